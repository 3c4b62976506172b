// The log: the last lines, newest at the end, following along while the reader is at the end. It is a log to
// assistive technology, too, but does not speak by itself: the live region says what an action led to.
import { button, h } from '../../../_kit/dom.js'
import { download } from '../../../_kit/download.js'
import { formatMs, type LogEvent } from '../../../_kit/log.js'
import type { Actor, Line } from '../core/narrate.js'
import type { Panel } from './panel.js'
import type { Session } from './session.js'

const shown = 120
const names: Readonly<Record<Actor, string>> = {
  apiserver: 'apiserver',
  informer: 'informer',
  sqlite: 'SQLite',
  service: '服务',
  reader: '操作',
}

const lineText = ({ atMs, data }: LogEvent<Line>): string =>
  `${formatMs(atMs)} ${names[data.actor]} ${data.text}`

export function createLogList(session: Session): Panel {
  // Not `aria-live`: hundreds of lines a second would drown everything.
  const list = h('ol', { class: 'log' })
  const frame = h('div', { role: 'log', 'aria-live': 'off', 'aria-label': '日志', tabindex: 0 }, list)
  const save = button('下载日志', () =>
    download('crd-query.log', `${session.lab.log.events.map(lineText).join('\n')}\n`),
  )
  let lastId = 0
  let lastLab = session.lab

  const row = ({ atMs, data }: LogEvent<Line>): HTMLElement =>
    h(
      'li',
      { class: data.tone ?? false },
      h('span', { class: 'at' }, formatMs(atMs)),
      ' ',
      h('span', { class: 'actor', 'data-actor': data.actor }, names[data.actor]),
      ' ',
      data.text,
    )

  return {
    element: h(
      'section',
      { class: 'log-panel' },
      h('div', { class: 'row head' }, h('h3', {}, '日志'), save),
      frame,
    ),
    update() {
      const { lab } = session
      if (lab !== lastLab) {
        lastLab = lab
        lastId = 0
        list.replaceChildren()
      }
      const { events } = lab.log
      if ((events.at(-1)?.id ?? 0) <= lastId) return
      const isAtEnd = frame.scrollHeight - frame.scrollTop - frame.clientHeight < 40
      const fresh = events.slice(-shown).filter((event) => event.id > lastId)
      lastId = events.at(-1)?.id ?? lastId
      list.append(...fresh.map(row))
      while (list.childElementCount > shown) list.firstElementChild?.remove()
      if (isAtEnd) frame.scrollTop = frame.scrollHeight
    },
  }
}
