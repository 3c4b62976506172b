// The story of one request: the stages of its outline, and the ring where there is one. Loaded with the first request:
// a page on which nobody has sent any does not need it.
import { type Child, h, replace, svg } from '../../../_kit/dom.js'
import { gzipSize } from '../core/compress.js'
import type { UpstreamRuntime } from '../core/data-plane.js'
import { utf8 } from '../core/hash.js'
import { type Line, outline, type Stage } from '../core/outline.js'
import type { Trace } from '../core/trace.js'
import type { Session } from './session.js'

const marks = { yes: '✓', no: '✗', info: '·' }
const markNames = { yes: '是：', no: '否：', info: '' }
const states = { ran: '', stopped: '到此为止', skipped: '跳过' }

/** Text with code between grave accents. */
const rich = (text: string): Child[] =>
  text.split('`').map((part, i) => (i % 2 === 1 ? h('code', {}, part) : part))

const lineItem = (line: Line): HTMLElement =>
  h(
    'li',
    { class: line.mark },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, marks[line.mark]),
    h('span', { class: 'aside' }, markNames[line.mark]),
    line.badge !== undefined && [h('span', { class: 'badge' }, line.badge), ' '],
    rich(line.text),
  )

const stageItem = ({ title, phase, state, lines }: Stage, extra: Child = null): HTMLElement =>
  h(
    'li',
    { class: `stage ${state}` },
    h(
      'p',
      { class: 'stage-title' },
      h('b', {}, title),
      phase !== '' && [' ', h('code', {}, phase)],
      states[state] !== '' && [' ', h('span', { class: 'state' }, states[state])],
    ),
    lines.length > 0 && h('ul', {}, lines.map(lineItem)),
    extra,
  )

/** Where the key fell on the ring, and whose the arcs are; the table says the same in words. */
function ringFigure(upstream: UpstreamRuntime, trace: Trace): HTMLElement {
  const { ring, backends } = upstream.balancer
  const attempt = trace.attempts.at(-1)
  const turn = (hash: number): number => (hash / 2 ** 32) * 2 * Math.PI - Math.PI / 2
  const at = (hash: number, radius: number): string =>
    `${(100 + radius * Math.cos(turn(hash))).toFixed(1)} ${(100 + radius * Math.sin(turn(hash))).toFixed(1)}`
  const shares = backends.map(() => 0)
  const paths = backends.map(() => '')
  for (const [i, point] of ring.entries()) {
    // A point owns the arc that ends at it.
    const from = i === 0 ? 0 : ring[i - 1]!.hash
    shares[point.backend]! += point.hash - from + (i === 0 ? 2 ** 32 - ring.at(-1)!.hash : 0)
    paths[point.backend] += `M${at(from, 84)}A84 84 0 0 1 ${at(point.hash, 84)}`
  }
  const key = Number(attempt?.selection.pick.number ?? 0)
  const chosen = attempt?.selection.chosen ?? -1
  const picture = svg(
    'svg',
    { viewBox: '0 0 200 200', 'aria-hidden': 'true', class: 'ring' },
    paths.map((d, i) => svg('path', { d, class: `arc arc-${i % 4}${i === chosen ? ' chosen' : ''}` })),
    svg('path', { class: 'needle', d: `M100 100L${at(key, 96)}` }),
    svg('circle', { class: 'key', cx: at(key, 84).split(' ')[0]!, cy: at(key, 84).split(' ')[1]!, r: 5 }),
  )
  const row = (address: string, i: number): HTMLElement =>
    h(
      'tr',
      {},
      h(
        'th',
        { scope: 'row' },
        h('span', { class: `swatch arc-${i % 4}`, 'aria-hidden': 'true' }),
        h('code', {}, address),
      ),
      h('td', { class: 'number' }, String(ring.filter((point) => point.backend === i).length)),
      h('td', { class: 'number' }, `${((100 * shares[i]!) / 2 ** 32).toFixed(1)}%`),
      h('td', {}, i === chosen ? '选中' : ''),
    )
  return h(
    'figure',
    { class: 'ring-figure' },
    picture,
    h(
      'table',
      {},
      h('caption', {}, `哈希环，共${ring.length}个点`),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ['节点', '点数', '占环', ''].map((title) =>
            h(title === '' ? 'td' : 'th', title === '' ? {} : { scope: 'col' }, title),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        backends.map((b, i) => row(b.address, i)),
      ),
    ),
  )
}

/** Fills `list` with the stages of the session's last trace. */
export function drawTrace(list: HTMLElement, session: Session, trace: Trace): void {
  replace(list)
  const label = trace.attempts.at(-1)?.upstream
  const upstream = session.loaded.gateway?.plane
    .upstreams()
    .find((u) => u.label === label && u.balancer.ring.length > 0)
  for (const stage of outline(trace)) {
    const ring =
      stage.phase === 'upstream_peer' && upstream !== undefined ? ringFigure(upstream, trace) : null
    const item = stageItem(stage, ring)
    list.append(item)
    const { action, coding } = trace.compression
    const body = trace.response?.body ?? ''
    if (
      stage.title === '压缩模块' &&
      action === 'compress' &&
      coding === 'gzip' &&
      typeof CompressionStream !== 'undefined'
    )
      void gzipSize(body).then((size) =>
        item.append(h('p', { class: 'quiet' }, `${utf8(body).length}字节压成${size}字节`)),
      )
  }
}
