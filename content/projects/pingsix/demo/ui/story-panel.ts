// The place where the last request's story stands. What draws it is loaded when somebody turns to the page's forms, so
// that it is there before the first request is sent.
import { h, replace } from '../../../_kit/dom.js'
import type { Trace } from '../core/trace.js'
import type { Session } from './session.js'

const load = () => import('./trace-panel.js')

export function storyPanel(session: Session): { element: HTMLElement; render(): void; prepare(): void } {
  const list = h('ol', { class: 'trace' })
  const empty = h('p', { class: 'quiet' }, '发一个请求，它的经过会逐阶段列在这里。')
  let shown: Trace | null = null
  return {
    element: h(
      'section',
      { class: 'story', 'aria-labelledby': 'pingsix-trace-title' },
      h('h2', { id: 'pingsix-trace-title' }, '经过'),
      empty,
      list,
    ),
    /** Begins to load; a failure shows when something is to be drawn. */
    prepare: () => void load().catch(() => {}),
    render() {
      const { trace } = session
      if (trace === shown) return
      shown = trace
      empty.hidden = trace !== null
      if (trace === null) {
        replace(list)
        return
      }
      load().then(
        ({ drawTrace }) => {
          // Meanwhile there may be another one.
          if (session.trace === trace) drawTrace(list, session, trace)
        },
        () => replace(list, h('li', {}, '这部分没有加载成功，请检查网络后再发一次。')),
      )
    },
  }
}
