// A kube-apiserver with its etcd, for custom resources: LIST with the meanings of resourceVersion and with pages,
// WATCH from a window of events, compaction, restart; the writes are `store.ts`. It answers at once: the way there and
// its faults are the business of `network.ts`.
import type { Clock } from '../../../_kit/clock.js'
import type { Rng } from '../../../_kit/rng.js'
import { continueExpired, decodeContinue, listExpired, page } from './history.js'
import { ApiError, badRequest, tooLargeResourceVersion } from './status.js'
import { Store } from './store.js'
import {
  type CustomResource,
  keyOf,
  type ListOptions,
  type ListResult,
  type Resource,
  type WatchEvent,
  type WatchOptions,
} from './types.js'
import { type CacheEvent, kubernetesWindow, WatchCache, type WatchWindow } from './watchcache.js'
import { eventFor, filterOf, type Stream, Watchers } from './watchers.js'

export interface ApiServerOptions {
  readonly clock: Clock
  readonly rng: Rng
  /** What `clock.now() === 0` is in milliseconds since 1970; default 2024-10-22T02:00:00Z. */
  readonly epochMs?: number
  /** How many events the watch cache of each kind keeps; default as Kubernetes. */
  readonly window?: WatchWindow
  /** Default: a minute. */
  readonly bookmarkMs?: number
  /** etcd forgets, this often, what is older than one such period; default 5 minutes. */
  readonly compactionMs?: number
  /** The first write becomes this revision + 1; default 0. */
  readonly revision?: number
}

interface Serving {
  readonly cache: WatchCache
  readonly watchers: Watchers
}

/** How long a LIST waits to see a revision that the server has not seen. */
export const freshWaitMs = 3_000

/** '' and '0' are 0. Throws a BadRequest for anything that is no number. */
function parseVersion(text: string): number {
  if (!/^\d*$/.test(text)) throw badRequest(`resourceVersion: Invalid value: "${text}"`)
  return Number(text)
}

export class ApiServer {
  /** Told of every write, after the watches. */
  onWrite: (resource: string, event: CacheEvent) => void = () => {}
  readonly #clock: Clock
  readonly #store: Store
  readonly #serving = new Map<string, Serving>()
  readonly #window: WatchWindow
  readonly #bookmarkMs: number

  constructor(options: ApiServerOptions) {
    const { clock, rng, epochMs = 1_729_562_400_000, revision = 0, compactionMs = 300_000 } = options
    this.#clock = clock
    this.#window = options.window ?? kubernetesWindow
    this.#bookmarkMs = options.bookmarkMs ?? 60_000
    this.#store = new Store({
      rng,
      epochMs,
      revision,
      now: () => clock.now(),
      onWrite: (resource, event) => {
        const { cache, watchers } = this.#served(resource)
        cache.add(event)
        watchers.dispatch(event)
        this.onWrite(resource, event)
      },
    })
    let revisionThen = revision
    clock.every(compactionMs, () => {
      this.#store.compact(revisionThen)
      revisionThen = this.#store.revision
    })
  }

  get revision(): number {
    return this.#store.revision
  }
  /** Snapshots before this revision are gone. */
  get compactedRevision(): number {
    return this.#store.compactedRevision
  }

  /** Installs a kind (what a CustomResourceDefinition does). Its watch cache starts at the current revision. */
  define(resource: Resource): void {
    this.#store.define(resource)
    const { group, version, kind } = resource
    const bookmark = (): WatchEvent => ({
      type: 'BOOKMARK',
      object: { apiVersion: `${group}/${version}`, kind, metadata: { resourceVersion: `${this.revision}` } },
    })
    this.#serving.set(resource.resource, {
      cache: new WatchCache(this.#window, this.revision),
      watchers: new Watchers(this.#clock, { bookmarkMs: this.#bookmarkMs }, bookmark),
    })
  }

  /** Fails with 409 AlreadyExists, 422 Invalid. `restored`: as of before the story, with status, uid and age. */
  create(resource: string, object: CustomResource, restored = false): CustomResource {
    return this.#store.create(resource, object, restored)
  }
  /** Everything but the status; 404, 409 Conflict on a stale resourceVersion, unconditional without one. */
  update(resource: string, object: CustomResource): CustomResource {
    return this.#store.update(resource, object)
  }
  /** The status alone; as `update`, but the generation stays. */
  updateStatus(resource: string, object: CustomResource): CustomResource {
    return this.#store.updateStatus(resource, object)
  }
  /** Deletes, or marks where there are finalizers; 404, 409. */
  delete(resource: string, namespace: string, name: string, resourceVersion?: string): CustomResource {
    return this.#store.delete(resource, namespace, name, resourceVersion)
  }
  /** 404 */
  get(resource: string, namespace: string, name: string): CustomResource {
    return this.#store.get(resource, namespace, name)
  }

  count(resource: string): number {
    return this.#store.kind(resource).history.current.size
  }
  /** All objects of a kind in key order, for those inside the server. */
  objects(resource: string): readonly CustomResource[] {
    return this.#store.kind(resource).history.sorted()
  }
  /** The kind's window of events, for the display. */
  cacheOf(resource: string): WatchCache {
    return this.#served(resource).cache
  }
  watcherCount(resource: string): number {
    return this.#served(resource).watchers.size
  }

  /** Answers at once; a resourceVersion from the future is a 504 (`listWhenFresh` waits first). Throws ApiErrors. */
  list(resource: string, options: ListOptions = {}): ListResult {
    const { history } = this.#store.kind(resource)
    const matches = filterOf(options)
    const version = options.resourceVersion ?? ''
    if (options.continue) {
      if (version !== '' && version !== '0')
        throw badRequest('specifying resource version is not allowed when using continue')
      const { revision, start } = decodeContinue(options.continue)
      const rest = history.at(revision, continueExpired).filter((object) => keyOf(object) >= start)
      return page(rest, matches, options, revision)
    }
    const asked = parseVersion(version)
    if (asked > this.revision) throw tooLargeResourceVersion(asked, this.revision)
    // "0" comes from the watch cache, which ignores the limit.
    if (version === '0') return page(history.sorted(), matches, { ...options, limit: 0 }, this.revision)
    // An old rule: a limit together with a number is an exact read from etcd, unless the match says otherwise.
    const isExact = (options.resourceVersionMatch ?? (options.limit ? 'Exact' : '')) === 'Exact'
    if (asked > 0 && isExact) return page(history.at(asked, listExpired), matches, options, asked)
    return page(history.sorted(), matches, options, this.revision)
  }

  /** As `list`, but waits up to 3 s for a revision not seen yet. Responds once; what it returns calls it off. */
  listWhenFresh(
    resource: string,
    options: ListOptions,
    respond: (result: ListResult | ApiError) => void,
  ): () => void {
    const answer = (): void => {
      let result: ListResult | ApiError
      try {
        result = this.list(resource, options)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        result = error
      }
      respond(result)
    }
    const version = options.resourceVersion ?? ''
    const asked = options.continue || !/^\d+$/.test(version) ? 0 : Number(version)
    const until = this.#clock.now() + freshWaitMs
    if (asked <= this.revision) {
      answer()
      return () => {}
    }
    const stop = this.#clock.every(50, () => {
      if (asked > this.revision && this.#clock.now() < until) return
      stop()
      answer()
    })
    return stop
  }

  /** Opens a watch; a start too old is told as an ERROR event before the stream ends. Throws only a BadRequest. */
  watch(resource: string, options: WatchOptions, stream: Stream): () => void {
    const { cache, watchers } = this.#served(resource)
    const matches = filterOf(options)
    const from = parseVersion(options.resourceVersion ?? '')
    if (from === 0) {
      for (const object of this.objects(resource))
        if (matches(object)) stream.event({ type: 'ADDED', object })
      return watchers.open(options, this.revision, stream)
    }
    let missed: readonly CacheEvent[]
    try {
      missed = cache.eventsSince(from)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      stream.event({ type: 'ERROR', object: error.status })
      stream.close()
      return () => {}
    }
    for (const event of missed) {
      const told = eventFor(event, matches)
      if (told !== null) stream.event(told)
    }
    return watchers.open(options, from, stream)
  }

  /** etcd forgets all revisions before this one, and the windows of events start anew. Open watches live on. */
  compact(): void {
    this.#store.compact(this.revision)
    for (const { cache } of this.#serving.values()) cache.replace(this.revision)
  }

  /** A new process: all streams end, the watch caches are filled by a LIST of now. What etcd holds lives on. */
  restart(): void {
    for (const { cache, watchers } of this.#serving.values()) {
      watchers.closeAll()
      cache.replace(this.revision)
    }
  }

  /** Ends the streams of one kind without an error. */
  closeWatches(resource: string): void {
    this.#served(resource).watchers.closeAll()
  }

  #served(resource: string): Serving {
    const serving = this.#serving.get(resource)
    if (serving === undefined) throw new Error(`no kind "${resource}" is defined on this server`)
    return serving
  }
}
