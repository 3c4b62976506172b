// The apiserver's watch cache of one kind: the last events in a window that grows and shrinks (apiserver
// pkg/storage/cacher/watch_cache.go). It holds events only; the objects live in the server.
import { tooOldResourceVersion } from './status.js'
import type { ChangeType, CustomResource } from './types.js'

/** One write. `previous` is the object before it, null for a creation. `object` of a deletion is the last state. */
export interface CacheEvent {
  readonly type: ChangeType
  readonly key: string
  readonly revision: number
  readonly object: CustomResource
  readonly previous: CustomResource | null
  /** Virtual milliseconds. */
  readonly atMs: number
}

export interface WatchWindow {
  /** Events at least, and at first. Kubernetes: 100. */
  readonly lower: number
  /** Events at most. Kubernetes: 102,400. Equal to `lower`: a window of fixed size. */
  readonly upper: number
}

export const kubernetesWindow: WatchWindow = { lower: 100, upper: 102_400 }
/** Events younger than this are worth keeping: a full window that spans less doubles. */
const freshMs = 75_000

export class WatchCache {
  readonly #window: WatchWindow
  #events: CacheEvent[] = []
  #capacity: number
  #evicted = false
  #listRevision: number

  /** `listRevision`: the revision of the LIST that filled the cache; 0 = there was none. */
  constructor(window: WatchWindow = kubernetesWindow, listRevision = 0) {
    this.#window = window
    this.#capacity = window.lower
    this.#listRevision = listRevision
  }

  get events(): readonly CacheEvent[] {
    return this.#events
  }
  get capacity(): number {
    return this.#capacity
  }

  /** Adds the newest event; the window is resized first, then the oldest go. */
  add(event: CacheEvent): void {
    this.#resize(event.atMs)
    this.#events.push(event)
    this.#trim()
  }

  /** Starts anew after a LIST at `revision`: no event is left, the next possible start is `revision`. */
  replace(revision: number): void {
    this.#events = []
    this.#evicted = false
    this.#listRevision = revision
  }

  /** The first revision that a watch could still be told of. */
  get oldest(): number {
    if (this.#listRevision > 0 && !this.#evicted) return this.#listRevision + 1
    return this.#events[0]?.revision ?? this.#listRevision + 1
  }

  /** Events strictly after `revision` (> 0). Throws 410 Expired where some may be gone: revision < oldest − 1. */
  eventsSince(revision: number): readonly CacheEvent[] {
    if (revision < this.oldest - 1) throw tooOldResourceVersion(revision, this.oldest - 1)
    return this.#events.filter((event) => event.revision > revision)
  }

  #resize(nowMs: number): void {
    if (this.#events.length < this.#capacity) return
    const { lower, upper } = this.#window
    const age = (index: number): number => nowMs - (this.#events[index]?.atMs ?? nowMs)
    if (age(0) < freshMs) this.#capacity = Math.max(this.#capacity, Math.min(this.#capacity * 2, upper))
    else {
      // Where even the oldest event of the most recent quarter is old, half the window would do.
      const quarter = Math.floor(this.#capacity / 4) || this.#capacity
      if (age(this.#events.length - quarter) > freshMs)
        this.#capacity = Math.min(this.#capacity, Math.max(Math.floor(this.#capacity / 2), lower))
    }
  }

  #trim(): void {
    const extra = this.#events.length - this.#capacity
    if (extra <= 0) return
    this.#events.splice(0, extra)
    this.#evicted = true
  }
}
