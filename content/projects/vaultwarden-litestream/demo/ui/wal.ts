// The real WAL, frame by frame: what SQLite makes of each, and how far Litestream's copy and the bucket have got.
import { h } from '../../../_kit/dom.js'
import { frameSize, parseWal, type WalFrame } from '../core/wal.js'
import { bytes } from './format.js'
import { fold, happened, type Panel, redrawn, section, table } from './panel.js'
import type { Session } from './session.js'

const shownCells = 240
const shownRows = 40
const names = {
  uploaded: '已上传',
  shadow: '已进影子WAL',
  local: '只在本地',
  stale: '旧帧',
  broken: '无效',
} as const
type Reach = keyof typeof names

export function createWalPanel(): Panel {
  const body = h('div')
  const opened = new Map<string, boolean>()
  return {
    element: section('wal', '真实的WAL', body),
    update: redrawn(body, happened, (session) => draw(session, opened)),
  }
}

function draw({ target }: Session, opened: Map<string, boolean>): Node | Node[] {
  if (target === null || target.state !== 'running' || !target.disk.exists(target.database.paths.wal))
    return h('p', { class: 'empty' }, '没有运行中的实例。')
  const content = target.disk.read(target.database.paths.wal)
  const { header, frames, validEnd } = parseWal(content)
  if (header === null) return h('p', { class: 'empty' }, 'WAL是空的。')
  const shadow = target.database.position()
  const replica = target.replica.position
  const same = shadow !== null && replica?.generation === shadow.generation && replica.index === shadow.index
  const size = frameSize(header.pageSize)
  const reach = ({ state, offset }: WalFrame): Reach => {
    if (state === 'stale' || state === 'broken') return state
    if (same && offset + size <= replica.offset) return 'uploaded'
    return shadow !== null && offset + size <= shadow.offset ? 'shadow' : 'local'
  }
  const kinds = frames.map(reach)
  const count = (kind: Reach): number => kinds.filter((other) => other === kind).length
  const counts = (Object.keys(names) as Reach[]) // the keys are known from its type
    .filter((kind) => count(kind) > 0)
    .map((kind) => h('li', { class: `reach-${kind}` }, `${names[kind]} ${count(kind)}帧`))
  const first = Math.max(0, frames.length - shownCells)
  const hex = (value: number): string => value.toString(16).padStart(8, '0')
  return [
    h(
      'dl',
      { class: 'facts' },
      [
        ['页大小', String(header.pageSize)],
        ['序号', String(header.sequence)],
        ['盐', header.salts.map(hex).join(' ')],
        ['校验和', `${header.checksum.map(hex).join(' ')}${header.valid ? ' ✓' : ' ✗'}`],
        ['文件', bytes(content.length)],
        ['有效至', bytes(validEnd)],
      ].map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, h('code', {}, value)))),
    ),
    h('ul', { class: 'legend' }, counts),
    h(
      'div',
      { class: 'frames', role: 'img', 'aria-label': `${frames.length}帧，逐帧的内容见下面的表` },
      frames.slice(first).map((frame, i) =>
        h('i', {
          class: `frame reach-${kinds[first + i]}${frame.commit > 0 ? ' commit' : ''}`,
          title: `第${first + i + 1}帧 · 页${frame.page}${frame.commit > 0 ? ' · 提交' : ''} · ${names[kinds[first + i]!]}`,
        }),
      ),
    ),
    fold(opened, 'frames', `最后${Math.min(shownRows, frames.length)}帧的表`, () =>
      table(
        'WAL帧',
        ['帧', '偏移', '页', '提交后页数', '到哪里了'],
        frames
          .map((frame, i) => [i + 1, frame.offset, frame.page, frame.commit || '', names[kinds[i]!]])
          .slice(-shownRows),
        (row) => `reach-${kinds[Math.max(0, frames.length - shownRows) + row]}`,
      ),
    ),
  ]
}
