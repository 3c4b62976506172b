// The open watches of one kind: which event reaches which watch, bookmarks, deadlines, readers that are too slow.
// A watch with a selector sees objects come and go as they begin and cease to match.
import type { Clock } from '../../../_kit/clock.js'
import { parseFieldSelector } from './fieldselector.js'
import { parseLabelSelector } from './selector.js'
import type { CustomResource, ListOptions, WatchEvent, WatchOptions } from './types.js'
import type { CacheEvent } from './watchcache.js'

/** Whether an object belongs to a request, by namespace, labels and fields. Throws BadRequest on bad selectors. */
export function filterOf(options: ListOptions | WatchOptions): (object: CustomResource) => boolean {
  const labels = parseLabelSelector(options.labelSelector ?? '')
  const fields = parseFieldSelector(options.fieldSelector ?? '')
  const { namespace } = options
  return (object) =>
    (!namespace || object.metadata.namespace === namespace) &&
    labels.matches(object.metadata.labels ?? {}) &&
    fields.matches(object)
}

/** What a filtered watch is told of a write, or null. */
export function eventFor(event: CacheEvent, matches: (object: CustomResource) => boolean): WatchEvent | null {
  const { object, previous } = event
  const now = event.type !== 'DELETED' && matches(object)
  const before = previous !== null && matches(previous)
  if (now) return { type: before ? 'MODIFIED' : 'ADDED', object }
  if (!before) return null
  // The last state that matched, with the resourceVersion of the write that took it away.
  const gone = { ...previous, metadata: { ...previous.metadata, resourceVersion: `${event.revision}` } }
  return { type: 'DELETED', object: gone }
}

/** The server's end of a stream. Calls may come synchronously, from within the server's own methods. */
export interface Stream {
  event(event: WatchEvent): void
  close(): void
}

interface Watcher {
  readonly matches: (object: CustomResource) => boolean
  readonly after: number
  readonly stream: Stream
  stop(): void
}

export interface WatcherTimes {
  /** A bookmark per watcher this often. Kubernetes: about a minute. */
  readonly bookmarkMs: number
}

/** Bookmarks also come this long before a request's deadline. */
const beforeDeadlineMs = 2_000

export class Watchers {
  readonly #watchers = new Set<Watcher>()
  readonly #clock: Clock
  readonly #times: WatcherTimes
  readonly #bookmark: () => WatchEvent

  /** `bookmark` makes a BOOKMARK event of the current revision. */
  constructor(clock: Clock, times: WatcherTimes, bookmark: () => WatchEvent) {
    this.#clock = clock
    this.#times = times
    this.#bookmark = bookmark
  }

  get size(): number {
    return this.#watchers.size
  }

  /** Opens a watch for changes after revision `after`. Returns what the client calls to stop it. */
  open(options: WatchOptions, after: number, stream: Stream): () => void {
    const timers: (() => void)[] = []
    const watcher: Watcher = {
      matches: filterOf(options),
      after,
      stream,
      stop: () => {
        this.#watchers.delete(watcher)
        for (const cancel of timers) cancel()
      },
    }
    this.#watchers.add(watcher)
    const deadlineMs = options.timeoutSeconds === undefined ? null : options.timeoutSeconds * 1000
    if (options.allowWatchBookmarks === true) {
      const send = (): void => stream.event(this.#bookmark())
      timers.push(this.#clock.every(this.#times.bookmarkMs, send))
      if (deadlineMs !== null && deadlineMs > beforeDeadlineMs)
        timers.push(this.#clock.after(deadlineMs - beforeDeadlineMs, send))
    }
    if (deadlineMs !== null)
      timers.push(
        this.#clock.after(deadlineMs, () => {
          watcher.stop()
          stream.close()
        }),
      )
    return () => watcher.stop()
  }

  /** Tells every watch what it should know of `event`. */
  dispatch(event: CacheEvent): void {
    for (const { matches, after, stream } of [...this.#watchers]) {
      const told = event.revision > after ? eventFor(event, matches) : null
      if (told !== null) stream.event(told)
    }
  }

  /** Ends all streams from the server's side. */
  closeAll(): void {
    for (const watcher of [...this.#watchers]) {
      watcher.stop()
      watcher.stream.close()
    }
  }
}
