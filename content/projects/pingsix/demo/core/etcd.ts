// A store with revisions, as etcd is one, and the loop that keeps a data plane in step with it: list everything,
// then watch from the next revision; after a failure pause and list again.
import type { Clock } from '../../../_kit/clock.js'
import type { DataPlane, Resource } from './data-plane.js'
import { isResourceKind, type ResourceKind } from './kinds.js'
import type { ConfigIssue } from './types.js'

/** Checks the JSON of one resource, as `readResource` does. */
export type ReadResource = (
  kind: ResourceKind,
  id: string,
  json: string,
) => { resource: Resource | null; errors: readonly ConfigIssue[] }

export interface StoreEvent {
  readonly revision: number
  readonly key: string
  /** Null: deleted. */
  readonly value: string | null
}

export interface Store {
  readonly revision: number
  readonly reachable: boolean
  /** Breaks or mends the connection for everyone. */
  setReachable(reachable: boolean): void
  get(key: string): string | null
  put(key: string, value: string): void
  delete(key: string): void
  /** Keys and values under a prefix, by key. */
  list(prefix: string): readonly (readonly [key: string, value: string])[]
  /** `down` is called when a watch breaks. */
  watch(event: (event: StoreEvent) => void, down: () => void): void
}

export class StoreError extends Error {}

export function createStore(): Store {
  const values = new Map<string, string>()
  const watchers: { event: (event: StoreEvent) => void; down: () => void }[] = []
  let revision = 1
  let reachable = true
  const check = (): void => {
    if (!reachable) throw new StoreError('etcd连不上')
  }
  const change = (key: string, value: string | null): void => {
    check()
    if (value === null && !values.delete(key)) return
    if (value !== null) values.set(key, value)
    revision++
    for (const watcher of watchers) watcher.event({ revision, key, value })
  }
  return {
    get revision() {
      return revision
    },
    get reachable() {
      return reachable
    },
    setReachable(next) {
      const broke = reachable && !next
      reachable = next
      if (broke) for (const watcher of watchers.splice(0)) watcher.down()
    },
    get(key) {
      check()
      return values.get(key) ?? null
    },
    put: (key, value) => change(key, value),
    delete: (key) => change(key, null),
    list(prefix) {
      check()
      return [...values].filter(([key]) => key.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1))
    },
    watch(event, down) {
      check()
      watchers.push({ event, down })
    },
  }
}

/** Keeps `plane` in step with everything under `prefix`; tells `say` what happens (Chinese). */
export function startSync(
  store: Store,
  prefix: string,
  plane: DataPlane,
  clock: Clock,
  read: ReadResource,
  say: (text: string) => void,
): void {
  const parse = (key: string): { kind: ResourceKind; id: string } | null => {
    const [kind = '', id = ''] = key.slice(prefix.length + 1).split('/')
    return isResourceKind(kind) && id !== '' ? { kind, id } : null
  }
  const guard = (run: () => void): void => {
    try {
      run()
    } catch (error) {
      say(
        `插不进路由树，真实程序在这里崩溃，本页保留旧的路由树：${error instanceof Error ? error.message : ''}`,
      )
    }
  }
  const apply = ({ key, value, revision }: StoreEvent): void => {
    const at = parse(key)
    if (at === null) return
    if (value === null) guard(() => plane.remove(at.kind, at.id))
    else {
      const { resource } = read(at.kind, at.id, value)
      if (resource !== null) guard(() => plane.put(resource))
    }
    const rebuilt = at.kind === 'routes' ? '，路由树重建' : at.kind === 'services' ? '，路由树不重建' : ''
    say(`watch收到修订${revision}：${value === null ? '删除' : '更新'}${at.kind}/${at.id}${rebuilt}`)
  }
  const connect = (): void => {
    let entries: ReturnType<Store['list']>
    try {
      entries = store.list(prefix)
      store.watch(apply, () => {
        say('watch断开，1秒后重新list')
        clock.after(1000, connect)
      })
    } catch {
      say('list失败，3秒后再试')
      clock.after(3000, connect)
      return
    }
    const found = entries.flatMap(([key, value]) => {
      const at = parse(key)
      return at === null ? [] : (read(at.kind, at.id, value).resource ?? [])
    })
    guard(() => plane.load(found))
    say(`list到${found.length}个资源，从修订${store.revision + 1}开始watch`)
  }
  connect()
}
