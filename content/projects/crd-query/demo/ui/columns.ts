// The three columns: apiserver → informer → SQLite, each as a short list of numbers and what waits there.
import { h, replace } from '../../../_kit/dom.js'
import { type Drift, driftOf, type LabView } from '../core/view.js'
import type { Panel } from './panel.js'
import type { Session } from './session.js'

interface Facts {
  readonly element: HTMLElement
  set(values: readonly (string | number)[]): void
}

/** Numbers under fixed names; only what differs is written. */
function facts(names: readonly string[]): Facts {
  const cells = names.map(() => h('dd'))
  return {
    element: h(
      'dl',
      { class: 'facts' },
      names.map((name, i) => h('div', {}, h('dt', {}, name), cells[i])),
    ),
    set(values) {
      values.forEach((value, i) => {
        const cell = cells[i]
        const text = String(value)
        if (cell !== undefined && cell.textContent !== text) cell.textContent = text
      })
    },
  }
}

const yes = (isTrue: boolean): string => (isTrue ? '是' : '否')
const shortNames: Readonly<Record<string, string>> = { ADDED: 'A', MODIFIED: 'M', DELETED: 'D' }
const states: Readonly<Record<string, string>> = {
  idle: '未启动',
  LIST: 'LIST',
  WATCH: 'WATCH',
  BACKOFF: '退避',
  stopped: '停止',
}

const agreed = '与服务端一致'

/** What is wrong with the table, in words; '' where it agrees with the server. */
function driftText(drift: Drift, { state, pending, queued }: LabView): string {
  const parts = [
    drift.ghosts > 0 ? `多出${drift.ghosts}行幽灵` : '',
    drift.missing > 0 ? `少${drift.missing}行` : '',
    drift.stale > 0 ? `${drift.stale}行是旧版本` : '',
  ].filter((part) => part !== '')
  if (parts.length === 0) return agreed
  const isCatchingUp = pending > 0 || queued > 0 || state !== 'WATCH'
  return `${parts.join('，')}${isCatchingUp ? '（还在追赶）' : ''}`
}

function serviceText({ ready }: LabView): string {
  if (ready === null) return '等待同步，未放行'
  return `已放行，当时${ready.rows} / ${ready.of}行`
}

const card = (title: string, note: string, ...children: readonly Node[]): HTMLElement =>
  h('section', { class: 'card' }, h('h3', {}, title), h('p', { class: 'note' }, note), ...children)

export function createColumns(session: Session): Panel {
  const server = facts(['版本R', '项目', 'watch连接', '压缩到', '可续WATCH的最早版本'])
  const windowName = h('p', { class: 'note' })
  const events = h('ol', { class: 'window', 'aria-label': '窗口中的事件，从旧到新' })
  const informer = facts(['状态', 'lastSync', 'DeltaFIFO', 'indexer', 'HasSynced'])
  const queue = h('ol', { class: 'queue', 'aria-label': 'DeltaFIFO中最先的几个key' })
  const sqlite = facts(['行数', '待处理通知', '已处理', '处理器HasSynced', '失败的写入', '服务'])
  const drift = h('p', { class: 'drift' })
  const recent = h('ol', { class: 'queue', 'aria-label': '最近的写入，从旧到新' })
  let lastWindow = ''
  let lastQueue = ''
  let lastRecent = ''
  let lastDrift = Number.NEGATIVE_INFINITY

  return {
    element: h(
      'div',
      { class: 'columns' },
      card('apiserver', '一个版本计数器，每种资源一个事件窗口', server.element, windowName, events),
      card('informer', 'LIST、WATCH、DeltaFIFO、indexer', informer.element, queue),
      card('SQLite', '处理器把通知写成行', sqlite.element, drift, recent),
    ),
    update() {
      const view = session.lab.view()
      const { window, refusedMs, throttled, state } = view
      server.set([view.revision, view.objects, view.watchers, view.compactedRevision, window.oldest - 1])
      const blocked =
        refusedMs > 0 ? `，${(refusedMs / 1000).toFixed(1)} s后可连接` : throttled > 0 ? '，429' : ''
      informer.set([
        `${states[state] ?? state}${blocked}`,
        view.lastSync === '' ? '""' : view.lastSync,
        `${view.queued}个key`,
        `${view.indexed}个对象`,
        yes(view.informerSynced),
      ])
      sqlite.set([
        view.rows,
        view.pending,
        view.handled,
        yes(view.handlerSynced),
        view.failures,
        serviceText(view),
      ])
      // Comparing all rows takes a while: twice a second is enough where there are many.
      const now = performance.now()
      if (view.objects < 1_000 || !session.drive.running || now - lastDrift > 500) {
        lastDrift = now
        drift.textContent = driftText(driftOf(session.lab), view)
        drift.dataset['tone'] = drift.textContent === agreed ? 'good' : 'bad'
      }

      const newest = window.events.at(-1)?.revision ?? 0
      const windowKey = `${window.oldest} ${newest}`
      if (windowKey !== lastWindow) {
        lastWindow = windowKey
        windowName.textContent = `窗口${window.events.length} / ${window.capacity}`
        replace(
          events,
          window.events.map(({ type, key, revision }) =>
            h('li', { 'data-type': type, title: `${type} ${key}` }, `${shortNames[type] ?? type}${revision}`),
          ),
        )
      }
      const recentKey = JSON.stringify(view.recent)
      if (recentKey !== lastRecent) {
        lastRecent = recentKey
        replace(
          recent,
          view.recent.map(({ op, key }) => h('li', {}, `${op.toUpperCase()} `, h('code', {}, key))),
        )
      }
      const queueKey = JSON.stringify(view.queue)
      if (queueKey !== lastQueue) {
        lastQueue = queueKey
        replace(
          queue,
          view.queue.map(({ key, deltas }) => h('li', {}, h('code', {}, key), ` ${deltas}`)),
        )
      }
    },
  }
}
