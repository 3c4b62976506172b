// What a reflector is given and what it tells: its store, its options, its events. No code in here.
import type { Clock } from '../../../_kit/clock.js'
import type { BackoffOptions } from './backoff.js'
import type { CustomResource, ListerWatcher, ListOptions, WatchEvent } from './types.js'

/** Where a reflector puts what it learns: a DeltaFIFO, or a plain store in tests. */
export interface ReflectorStore {
  add(object: CustomResource): void
  update(object: CustomResource): void
  delete(object: CustomResource): void
  replace(objects: readonly CustomResource[], resourceVersion: string): void
  resync?(): void
}

export type ReflectorState = 'idle' | 'LIST' | 'WATCH' | 'BACKOFF' | 'stopped'
/** What happened, for a log. `ended`: a round is over; with an error where LIST or the WATCH request failed. */
export type ReflectorEvent =
  | { readonly type: 'list'; readonly options: ListOptions }
  | { readonly type: 'listed'; readonly count: number; readonly resourceVersion: string }
  | { readonly type: 'unavailable'; readonly error: Error }
  | { readonly type: 'watch'; readonly resourceVersion: string; readonly timeoutSeconds: number }
  | { readonly type: 'event'; readonly event: WatchEvent }
  | { readonly type: 'closed'; readonly error: Error | null; readonly events: number }
  | {
      readonly type: 'backoff'
      readonly waitMs: number
      readonly then: 'LIST' | 'WATCH'
      readonly error: Error | null
    }
  | { readonly type: 'resync' }
  | { readonly type: 'ended'; readonly error: Error | null }

export interface ReflectorOptions {
  readonly listerWatcher: ListerWatcher
  readonly store: ReflectorStore
  readonly clock: Clock
  /** From 0 up to 1: jitter and watch timeouts. */
  readonly random: () => number
  /** Events of objects of another kind are passed over. */
  readonly expectedKind?: string
  /** 0 = no resync. */
  readonly resyncMs?: number
  readonly shouldResync?: () => boolean
  /** A watch asks for between once and twice this; at least and by default 5 minutes. */
  readonly minWatchTimeoutMs?: number
  /** Pages of every LIST; default: 500 where the server may answer from etcd, else none. */
  readonly pageSize?: number
  readonly internalErrorRetryMs?: number
  readonly backoff?: BackoffOptions
  /** Default true; false shows what a client without bookmarks goes through. */
  readonly allowWatchBookmarks?: boolean
  readonly onEvent?: (event: ReflectorEvent) => void
}
