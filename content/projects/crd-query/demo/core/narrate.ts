// The sentences of the lab's log: one line for each thing that happens between apiserver, informer and handlers.
// Text only; it decides nothing.
import type { Deltas } from './deltafifo.js'
import { isTombstone } from './deltafifo.js'
import type { Notification } from './listener.js'
import type { ReflectorEvent } from './reflectortypes.js'
import { ApiError } from './status.js'
import type { RowChange } from './synchronizer.js'
import { type CustomResource, keyOf } from './types.js'
import type { CacheEvent } from './watchcache.js'

/** Who speaks: the three columns of the page, the service that waits for them, and the reader's own acts. */
export type Actor = 'apiserver' | 'informer' | 'sqlite' | 'service' | 'reader'
export interface Line {
  readonly actor: Actor
  readonly text: string
  /** What deserves a look. */
  readonly tone?: 'good' | 'bad'
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
const version = (resourceVersion: string | undefined): string => `"${resourceVersion ?? ''}"`

/** `410 Expired：too old …`, or the plain message. */
export function errorText(error: Error): string {
  if (!(error instanceof ApiError)) return error.message
  const { code, reason, message } = error.status
  return `${code} ${reason}：${message}`
}

export function writeLine(resource: string, event: CacheEvent): Line {
  return { actor: 'apiserver', text: `${event.type} ${resource}/${event.key}，R=${event.revision}` }
}

/** What a reflector did; null for what the other lines already say. */
export function reflectorLine(resource: string, event: ReflectorEvent): Line | null {
  const line = (text: string, tone?: 'good' | 'bad'): Line => ({
    actor: 'informer',
    text: `${resource}：${text}`,
    ...(tone === undefined ? {} : { tone }),
  })
  switch (event.type) {
    case 'list': {
      const { resourceVersion, limit, continue: token } = event.options
      const paging = `${limit ? ` limit=${limit}` : ''}${token ? ' continue=…' : ''}`
      return line(`LIST resourceVersion=${version(resourceVersion)}${paging}`)
    }
    case 'listed':
      return line(`LIST返回${event.count}个对象，lastSync=${version(event.resourceVersion)}`)
    case 'unavailable':
      return line(`LIST失败，${errorText(event.error)}；改用resourceVersion=""立即重试`, 'bad')
    case 'watch':
      return line(`WATCH从${version(event.resourceVersion)}起，超时${event.timeoutSeconds} s`)
    case 'event':
      if (event.event.type === 'BOOKMARK')
        return line(
          `收到BOOKMARK，lastSync=${version(event.event.object.metadata.resourceVersion)}，缓存不动`,
        )
      if (event.event.type === 'ERROR') return null
      return line(
        `收到${event.event.type} ${keyOf(event.event.object)}，lastSync=${version(event.event.object.metadata.resourceVersion)}`,
      )
    case 'closed':
      if (event.error === null) return line(`WATCH正常结束（收到${event.events}个事件），从lastSync续上`)
      return line(`WATCH结束，${errorText(event.error)}`, 'bad')
    case 'backoff':
      return line(
        `${event.error === null ? '' : `${errorText(event.error)}；`}退避${seconds(event.waitMs)}后重新${event.then}`,
      )
    case 'resync':
      return line('resync：给缓存里的每个对象排一个Sync')
    case 'ended':
      return null
  }
}

/** `Replaced → Deleted（墓碑）` */
export function deltasText(deltas: Deltas<CustomResource>): string {
  return deltas.map(({ type, object }) => (isTombstone(object) ? `${type}（墓碑）` : type)).join(' → ')
}

const callNames: Readonly<Record<Notification['type'], string>> = {
  add: 'OnAdd',
  update: 'OnUpdate',
  delete: 'OnDelete',
}
const verbs: Readonly<Record<RowChange['op'], string>> = {
  upsert: 'UPSERT',
  insert: 'INSERT',
  update: 'UPDATE … WHERE uid',
  delete: 'DELETE',
}

/** What a handler did with a notification. `rows` and `error`: the answer of the table. */
export function handlerLine(
  resource: string,
  notification: Notification,
  change: RowChange | null,
  outcome: { readonly rows: number; readonly error: string | null } | null,
): Line {
  const { object } = notification
  const isDead = isTombstone(object)
  const call = `${resource}：${callNames[notification.type]} ${isDead ? `${object.key}（墓碑）` : keyOf(object)}`
  if (change === null || outcome === null) {
    if (isDead) return { actor: 'sqlite', text: `${call} → 类型断言失败，忽略；这一行成了幽灵`, tone: 'bad' }
    return { actor: 'sqlite', text: `${call} → 版本没变，跳过` }
  }
  if (outcome.error !== null)
    return { actor: 'sqlite', text: `${call} → ${verbs[change.op]}失败：${outcome.error}`, tone: 'bad' }
  if (outcome.rows === 0 && change.op === 'update')
    return { actor: 'sqlite', text: `${call} → UPDATE影响0行：uid已经换了，更新丢失`, tone: 'bad' }
  return { actor: 'sqlite', text: `${call} → ${verbs[change.op]}，影响${outcome.rows}行` }
}
