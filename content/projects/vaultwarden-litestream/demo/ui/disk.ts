// Two places where bytes lie: the container's disk, which dies with it, and the bucket, which stays. The objects can
// be downloaded; they are LZ4 frames that the real tool opens.
import { button, h } from '../../../_kit/dom.js'
import { download } from '../../../_kit/download.js'
import { formatClock } from '../core/lab.js'
import { bytes, size } from './format.js'
import { fold, happened, type Panel, redrawn, section, table } from './panel.js'
import type { Session } from './session.js'

function purpose(path: string): string {
  if (path.endsWith('-wal')) return 'WAL'
  if (path.endsWith('.wal')) return '影子WAL'
  return path.endsWith('/generation') ? '当前的代' : '数据库'
}

/** Without the folder, and with the long name of the generation cut. */
const shortened = (path: string): string =>
  path.replace('/data/', '').replace(/([0-9a-f]{4})[0-9a-f]{12}/, '$1…')

export function createDiskPanel(): Panel {
  const body = h('div')
  const draw = redrawn(
    body,
    (session) => `${happened(session)}/${session.target?.disk.list().length}`,
    ({ target }) => {
      if (target === null || target.state !== 'running')
        return h('p', { class: 'empty' }, '没有运行中的实例：磁盘已经随它消失。')
      return table(
        '容器磁盘上的文件',
        ['是什么', '大小', '文件'],
        target.disk
          .list()
          .map((file) => [purpose(file.path), bytes(file.size), h('code', {}, shortened(file.path))]),
      )
    },
  )
  return {
    element: section(
      'disk',
      '容器磁盘 /data',
      h('p', { class: 'note' }, '在内存里，随实例消失。一条SQLite连接同时扮演Vaultwarden和Litestream。'),
      body,
    ),
    update: draw,
  }
}

const shown = 60

export function createStorePanel(): Panel {
  const body = h('div')
  const opened = new Map<string, boolean>()
  const draw = redrawn(body, happened, (session) => {
    const objects = session.lab.store.list()
    if (objects.length === 0) return h('p', { class: 'empty' }, '桶是空的。')
    const latest = [...objects].sort((a, b) => b.createdMs - a.createdMs).slice(0, shown)
    return [
      h(
        'p',
        { class: 'note' },
        `${objects.length}个对象，共${size(session.lab.store.size)}（上限16 MiB）${objects.length > shown ? `，下面是最新的${shown}个` : ''}。`,
      ),
      tree(session, new Set(latest.map(({ key }) => key)), opened),
    ]
  })
  return {
    element: section(
      'store',
      '对象存储',
      h('p', { class: 'note' }, '下载到的是真正的LZ4帧（未压缩块），可以用lz4 -d解开。'),
      body,
    ),
    update: draw,
  }
}

/** Objects by generation, the newest generation first and open. */
function tree(
  { lab, target }: Session,
  wanted: ReadonlySet<string>,
  opened: Map<string, boolean>,
): HTMLElement[] {
  const groups = new Map<string, ReturnType<typeof lab.store.list>>()
  for (const object of lab.store.list()) {
    if (!wanted.has(object.key)) continue
    const generation = object.key.split('/')[1] ?? ''
    groups.set(generation, [...(groups.get(generation) ?? []), object])
  }
  const current = target?.state === 'running' ? target.database.generation() : ''
  const newest = (generation: string): number =>
    Math.max(...groups.get(generation)!.map(({ createdMs }) => createdMs))
  return [...groups.keys()]
    .sort((a, b) => newest(b) - newest(a))
    .map((generation, i) =>
      fold(
        opened,
        `generation-${generation}`,
        [h('code', {}, generation), generation === current ? '（当前）' : ''],
        () =>
          table(
            `generation ${generation}的对象`,
            ['文件', '对象', '时间', '键'],
            groups.get(generation)!.map(({ key, size: length, createdMs }) => {
              const name = key.split('/').slice(2).join('/')
              return [
                button(
                  '下载',
                  () =>
                    download(name.replace('/', '-'), lab.store.get(key).slice(), 'application/octet-stream'),
                  {
                    'data-key': key,
                    'aria-label': `下载${name}`,
                  },
                ),
                bytes(length),
                formatClock(createdMs, 1),
                h('code', {}, name),
              ]
            }),
          ),
        i === 0,
      ),
    )
}
