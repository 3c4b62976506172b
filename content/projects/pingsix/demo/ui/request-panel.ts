// The request to send, and the clock: everything that moves the story on.
import { button, field, h, replace } from '../../../_kit/dom.js'
import { createDrive } from '../../../_kit/drive.js'
import { formatMs } from '../../../_kit/log.js'
import { methods } from '../core/resources.js'
import type { Session } from './session.js'

export function requestPanel(session: Session): { element: HTMLElement; render(): void; show(): void } {
  const text = (label: string, className = '', inputmode = 'text') => {
    const input = h('input', {
      type: 'text',
      spellcheck: 'false',
      autocomplete: 'off',
      autocapitalize: 'off',
      inputmode,
    })
    return { input, element: field(label, input, `field ${className}`) }
  }
  const method = h(
    'select',
    {},
    methods.map((name) => h('option', {}, name)),
  )
  const host = text('主机')
  const target = text('路径和查询串', 'wide', 'url')
  const client = text('客户端IP:端口')
  const rows = h('div', { class: 'rows' })
  const count = h('input', { type: 'number', min: 1, max: 1000, value: 6 })
  const gap = h('input', { type: 'number', min: 0, max: 60000, value: 100 })
  const time = h('output', { class: 'time' })

  const headerRow = (name: string, value: string): HTMLElement => {
    const input = (label: string, content: string): HTMLInputElement =>
      h('input', {
        type: 'text',
        'aria-label': label,
        value: content,
        spellcheck: 'false',
        autocomplete: 'off',
      })
    const row = h('div', { class: 'row' }, input('头的名字', name), input('头的值', value))
    const remove = button('删除', () => {
      row.remove()
      add.focus()
      read()
    })
    remove.setAttribute('aria-label', `删除头${name}`)
    row.append(remove)
    return row
  }
  const add = button('加一个头', () => {
    const row = headerRow('', '')
    rows.append(row)
    row.querySelector('input')?.focus()
  })

  /** The form into the scenario, without starting over. */
  const read = (): void => {
    const headers = [...rows.children].flatMap((row): [string, string][] => {
      const [name, value] = [...row.querySelectorAll('input')].map((input) => input.value.trim())
      return name ? [[name, value ?? '']] : []
    })
    session.scenario = {
      ...session.scenario,
      request: {
        method: method.value,
        target: target.input.value,
        client: client.input.value.trim(),
        headers: host.input.value === '' ? headers : [['Host', host.input.value.trim()], ...headers],
      },
    }
  }
  const send = (times: number, gapMs: number): void => {
    read()
    session.send(times, gapMs)
  }
  const bounded = (input: HTMLInputElement): number =>
    Math.min(Number(input.max), Math.max(Number(input.min), Math.floor(Number(input.value)) || 0))

  const drive = createDrive((ms) => session.advance(ms))
  const play = button('走时', () => {
    if (drive.running) drive.stop()
    else drive.start()
    play.textContent = drive.running ? '暂停' : '走时'
  })
  const toWindow = button('到窗口末', () => {
    const meters =
      session.loaded.gateway?.plane.plugins().flatMap(({ plugin }) => plugin.meters?.() ?? []) ?? []
    session.advance(Math.max(0, ...meters.map((meter) => meter.remainingMs)))
  })

  const form = h(
    'form',
    {
      on: {
        submit: (event) => {
          event.preventDefault()
          send(1, 0)
        },
      },
    },
    h('div', { class: 'fields' }, field('方法', method), host.element, target.element, client.element),
    h('fieldset', {}, h('legend', {}, '其他请求头'), rows, add),
    h(
      'div',
      { class: 'actions' },
      h('button', { type: 'submit', class: 'primary' }, '发送'),
      button('连发', () => send(bounded(count), bounded(gap))),
      field('次数', count, 'inline'),
      field('间隔ms', gap, 'inline'),
    ),
  )
  return {
    element: h(
      'section',
      { class: 'request', 'aria-labelledby': 'pingsix-request-title' },
      h('h2', { id: 'pingsix-request-title' }, '请求'),
      form,
      h(
        'div',
        { class: 'actions clock', role: 'group', 'aria-label': '虚拟时钟' },
        h('span', {}, '虚拟时钟 ', time),
        play,
        button('+100 ms', () => session.advance(100)),
        button('+1 s', () => session.advance(1000)),
        toWindow,
      ),
    ),
    render() {
      time.textContent = formatMs(session.clock.now())
    },
    show() {
      const { request } = session.scenario
      const hostField = request.headers.find(([name]) => name.toLowerCase() === 'host')
      method.value = request.method
      host.input.value = hostField?.[1] ?? ''
      target.input.value = request.target
      client.input.value = request.client
      replace(
        rows,
        request.headers.filter((item) => item !== hostField).map(([name, value]) => headerRow(name, value)),
      )
    },
  }
}
