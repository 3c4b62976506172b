// Time from left to right: commits, copies to the shadow WAL, uploads, ends and starts, and, shaded, what would be
// lost or has been lost. The same as a table below it.
import { h, svg } from '../../../_kit/dom.js'
import { type EventKind, formatClock } from '../core/lab.js'
import { commitStates, eventNames, seconds } from './format.js'
import { fold, happened, type Panel, redrawn, section, table } from './panel.js'
import type { Session } from './session.js'

const spanMs = 20_000
const lanes: readonly (readonly [label: string, kinds: readonly EventKind[]])[] = [
  ['提交', ['commit']],
  ['影子', ['shadow', 'checkpoint', 'generation']],
  ['上传', ['snapshot', 'segment', 'retention']],
  ['实例', ['start', 'restore', 'term', 'kill', 'error']],
]
const laneHeight = 34
const left = 48

export function createTimelinePanel(): Panel {
  const picture = h('div', { class: 'picture' })
  const gap = h('p', { class: 'gap' })
  const list = h('div')
  const opened = new Map<string, boolean>()
  const drawList = redrawn(list, happened, (session) => events(session, opened))
  const drawPicture = redrawn(
    picture,
    (session) => `${happened(session)}/${Math.floor(session.lab.clock.now() / 200)}/${picture.clientWidth}`,
    // One unit a pixel, so that the letters keep their size on a phone.
    (session) => diagram(session, Math.max(300, picture.clientWidth)),
  )
  return {
    element: section('timeline', '时间线', gap, picture, list),
    update(session) {
      drawPicture(session)
      drawList(session)
      const text = exposure(session)
      if (gap.textContent !== text) gap.textContent = text
    },
  }
}

/** What a kill at this moment would cost, or what the last one cost. */
function exposure({ lab, active, lastLoss }: Session): string {
  if (active !== null) {
    const exposed = lab.commits.filter(
      ({ container, state }) => container === active.number && (state === 'local' || state === 'shadow'),
    )
    return exposed.length === 0
      ? '此刻强杀不会丢任何提交：全部都在桶里。'
      : `此刻强杀会丢${exposed.length}个提交，最早的一个在${seconds(lab.clock.now() - exposed[0]!.atMs)}之前。`
  }
  const commits = lastLoss?.loss.commits ?? []
  return commits.length === 0
    ? '没有丢失的提交。'
    : `丢失的提交：${commits
        .map(({ id }) => `#${id}`)
        .slice(0, 12)
        .join(
          '、',
        )}${commits.length > 12 ? '等' : ''}，共${commits.length}个，窗口${seconds(lastLoss!.loss.windowMs)}。`
}

function diagram({ lab }: Session, width: number): Node {
  const end = lab.clock.now()
  const x = (ms: number): number => left + ((ms - (end - spanMs)) / spanMs) * (width - left - 8)
  const visible = lab.log.events.filter(({ atMs }) => atMs >= end - spanMs)
  const height = lanes.length * laneHeight + 22
  // One stretch for each instance: from its first commit that is (or was, when it died) nowhere but on its disk.
  const shades = new Map<string, { from: number; to: number; lost: boolean }>()
  for (const { atMs, state, container } of lab.commits) {
    const to = lab.containers[container - 1]?.endedMs ?? end
    if (state === 'uploaded' || to < end - spanMs) continue
    const lost = state === 'lost'
    const key = `${container} ${lost}`
    const from = Math.min(shades.get(key)?.from ?? atMs, atMs)
    shades.set(key, { from, to, lost })
  }
  const ticks = Array.from(
    { length: 5 },
    (_, i) => Math.ceil((end - spanMs) / 5000) * 5000 + i * 5000,
  ).filter((at) => at <= end)
  return svg(
    'svg',
    {
      viewBox: `0 0 ${width} ${height}`,
      role: 'img',
      'aria-label': `最近20秒，${visible.length}个事件，列在下面的表里`,
    },
    [...shades.values()].map(({ from, to, lost }) => {
      const start = Math.max(left, x(from))
      return svg('rect', {
        class: lost ? 'shade lost' : 'shade',
        x: start,
        width: Math.max(2, x(to) - start),
        y: 0,
        height: lanes.length * laneHeight,
      })
    }),
    ticks.map((at) => [
      svg('line', { class: 'tick', x1: x(at), x2: x(at), y1: 0, y2: lanes.length * laneHeight }),
      svg(
        'text',
        { class: 'time', x: x(at), y: height - 6, 'text-anchor': 'middle' },
        formatClock(at, 0).slice(-5),
      ),
    ]),
    lanes.map(([label, kinds], lane) => {
      const y = lane * laneHeight + laneHeight / 2
      return [
        svg('line', { class: 'lane', x1: left, x2: width - 8, y1: y, y2: y }),
        svg('text', { class: 'label', x: 0, y: y + 5 }, label),
        visible
          .filter(({ data }) => kinds.includes(data.kind))
          .map(({ atMs, data }) =>
            svg(data.kind === 'kill' ? 'rect' : 'circle', {
              class: `mark mark-${data.kind}`,
              ...(data.kind === 'kill'
                ? { x: x(atMs) - 5, y: y - 11, width: 5, height: 22 }
                : { cx: x(atMs), cy: y, r: data.kind === 'snapshot' || data.kind === 'start' ? 7 : 5 }),
            }),
          ),
      ]
    }),
  )
}

function events({ lab, names }: Session, opened: Map<string, boolean>): Node[] {
  return [
    fold(opened, 'events', `事件表（最近60条，共${lab.log.events.length + lab.log.dropped}条）`, () =>
      table(
        '事件',
        ['时间', '实例', '事件', '说明'],
        lab.log.events
          .slice(-60)
          .reverse()
          .map(({ atMs, data }) => [
            formatClock(atMs),
            `#${data.container}`,
            eventNames[data.kind],
            data.text,
          ]),
      ),
    ),
    fold(opened, 'commits', `提交表（${lab.commits.length}个）`, () =>
      table(
        '提交',
        ['提交', '时间', '实例', '内容', '到哪里了'],
        lab.commits
          .slice(-100)
          .reverse()
          .map((commit) => [
            `#${commit.id}`,
            formatClock(commit.atMs),
            `#${commit.container}`,
            names.get(commit.key) ?? commit.key,
            commitStates[commit.state],
          ]),
        (row) => `commit-${lab.commits.slice(-100).reverse()[row]?.state}`,
      ),
    ),
  ]
}
