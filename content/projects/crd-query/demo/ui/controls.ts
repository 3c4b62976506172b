// The bar above everything: how many objects, play and step, what goes wrong, which mistakes are made, and the link.
import { button, h, replace } from '../../../_kit/dom.js'
import type { LiveRegion } from '../../../_kit/live.js'
import { formatMs } from '../../../_kit/log.js'
import type { Bugs } from '../core/lab.js'
import type { Panel } from './panel.js'
import { type Session, sizes } from './session.js'

const speeds = [1, 4, 16, 64] as const
const sizeText = (count: number): string => `${count.toLocaleString('en')}个CR`
const slowMs = 10
const quickMs = 0.5

const bugNames: readonly (readonly [keyof Bugs, string])[] = [
  ['ignoreTombstones', '不处理墓碑'],
  ['noUpsert', '不做upsert'],
  ['trustInformerSync', 'informer.HasSynced就放行'],
]

function check(
  label: string,
  change: (isOn: boolean) => void,
): { element: HTMLElement; input: HTMLInputElement } {
  const input = h('input', { type: 'checkbox' })
  input.addEventListener('change', () => change(input.checked))
  return { element: h('label', { class: 'check' }, input, ` ${label}`), input }
}

const group = (name: string, ...children: readonly (Node | string)[]): HTMLElement =>
  h('fieldset', {}, h('legend', {}, name), h('div', { class: 'row' }, ...children))

export function createControls(session: Session, live: LiveRegion): Panel {
  const { drive } = session
  const act = (what: string, run: () => void) => () => {
    run()
    session.changed()
    live.say(what)
  }

  const play = button('', () => {
    if (drive.running) drive.stop()
    else drive.start()
    session.onChange()
  })
  const step = button('单步', () => {
    session.step()
    live.say(session.lab.log.events.at(-1)?.data.text ?? '')
  })
  const speed = h(
    'select',
    { 'aria-label': '倍速' },
    speeds.map((times) => h('option', { value: times }, `×${times}`)),
  )
  speed.addEventListener('change', () => drive.setSpeed(Number(speed.value)))

  // The sizes of stories are not on offer, but must be named while one plays.
  const other = h('option', { value: '', hidden: true })
  const size = h(
    'select',
    { 'aria-label': '规模' },
    sizes.map((count) => h('option', { value: count }, sizeText(count))),
    other,
  )
  size.addEventListener('change', () => {
    session.reset(Number(size.value)).then(() => {
      session.lab.start()
      drive.start()
      session.changed()
      live.say(`重新开始，${size.value}个CR`)
    })
  })

  const traffic = check('后台流量', (isOn) => session.lab.platform.setTraffic(isOn))
  const slow = check('慢处理器', (isOn) => {
    session.lab.handlerDelayMs = isOn ? slowMs : quickMs
  })
  const bugs = bugNames.map(([name, label]) => {
    const box = check(label, (isOn) => {
      session.lab.bugs = { ...session.lab.bugs, [name]: isOn }
    })
    return { name, ...box }
  })
  const share = button('复制链接', async () => {
    const { copyText, linkToScenario } = await import('../../../_kit/fragment.js')
    const scenario = { size: session.size, story: session.story?.id ?? '', steps: session.played }
    const link = await linkToScenario('crd-query', scenario)
    live.say((await copyText(link)) ? '链接已复制' : '链接已放进地址栏')
  })
  const time = h('output', { class: 'time', 'aria-label': '虚拟时间' })
  const fault = (label: string, said: string, run: () => void): HTMLButtonElement =>
    button(label, act(said, run))

  const element = h(
    'section',
    { class: 'controls', 'aria-label': '控制' },
    group('播放', play, step, speed, size, time, share),
    group(
      '故障',
      fault('断开watch', '已断开，2.5秒内拒绝连接', () => session.lab.disconnect()),
      fault('压缩历史', '历史已压缩，下次续WATCH可能得到410', () => session.lab.compact()),
      fault('429', '接下来三个请求回答429', () => session.lab.throttle()),
      fault('重启apiserver', 'apiserver重启，3秒后回来', () => session.lab.restartServer()),
      fault('重启进程', '同步进程重启，表从空开始', () => session.lab.restartProcess()),
      slow.element,
      traffic.element,
    ),
    group('经典错误', ...bugs.map((bug) => bug.element)),
  )

  return {
    element,
    update() {
      const { lab } = session
      replace(play, drive.running ? '暂停' : '播放')
      time.textContent = formatMs(lab.clock.now())
      other.textContent = sizeText(session.size)
      size.value = sizes.includes(session.size) ? String(session.size) : ''
      slow.input.checked = lab.handlerDelayMs >= slowMs
      traffic.input.checked = lab.platform.isTrafficOn
      for (const { name, input } of bugs) input.checked = lab.bugs[name]
    },
  }
}
