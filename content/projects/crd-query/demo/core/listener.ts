// One handler of an informer: its buffer without bound, its own pace, its own answer to "has it synced?", its own
// resync period (client-go's processorListener and synctrack.SingleFileTracker).
import type { Cancel, Clock } from '../../../_kit/clock.js'
import type { DeletedFinalStateUnknown } from './deltafifo.js'
import type { CustomResource } from './types.js'

export type Notification =
  | { readonly type: 'add'; readonly object: CustomResource; readonly isInInitialList: boolean }
  | {
      readonly type: 'update'
      readonly old: CustomResource
      readonly object: CustomResource
      /** Nothing changed: a resync, or a relist of the same version. */
      readonly isResync: boolean
    }
  | { readonly type: 'delete'; readonly object: CustomResource | DeletedFinalStateUnknown<CustomResource> }

export interface ListenerOptions {
  /** Called for each notification, one after the other. */
  readonly handle: (notification: Notification) => void
  /** How long one call takes, in milliseconds; asked before each. Default 0.5. */
  readonly delayMs?: () => number
  readonly resyncMs?: number
}

/** What `addEventHandler` returns. */
export interface Registration {
  /** The informer has synced, and this handler is done with all objects of the first list. */
  hasSynced(): boolean
  /** Notifications waiting. */
  readonly pending: number
  readonly handled: number
}

export class Listener implements Registration {
  readonly #clock: Clock
  readonly #options: ListenerOptions
  readonly #resyncMs: number
  readonly #upstreamSynced: () => boolean
  #queue: Notification[] = []
  #next = 0
  #initialPending = 0
  #nextResync: number
  #cancel: Cancel | null = null
  #isStopped = false
  /**
   * Takes part in the resync under way. Before the first check everyone who asked for resyncs does (client-go counts
   * in even those who did not, until then).
   */
  isSyncing: boolean
  handled = 0

  /** `resyncMs` 0 = never. */
  constructor(clock: Clock, options: ListenerOptions, resyncMs: number, upstreamSynced: () => boolean) {
    this.#clock = clock
    this.#options = options
    this.#resyncMs = resyncMs
    this.#upstreamSynced = upstreamSynced
    this.#nextResync = clock.now() + resyncMs
    this.isSyncing = resyncMs > 0
  }

  get pending(): number {
    return this.#queue.length - this.#next
  }

  hasSynced(): boolean {
    // Upstream first: only then is the number of waiting objects complete.
    return this.#upstreamSynced() && this.#initialPending === 0
  }

  add(notification: Notification): void {
    if (this.#isStopped) return
    if (notification.type === 'add' && notification.isInInitialList) this.#initialPending++
    this.#queue.push(notification)
    this.#runSoon()
  }

  /** Decides whether this listener takes part in the resync of now, and when the next is due. */
  prepareResync(nowMs: number): boolean {
    this.isSyncing = this.#resyncMs > 0 && nowMs >= this.#nextResync
    if (this.isSyncing) this.#nextResync = nowMs + this.#resyncMs
    return this.isSyncing
  }

  /** Nothing is handled any more; what waits is dropped, as when the process ends. */
  stop(): void {
    this.#isStopped = true
    this.#cancel?.()
    this.#cancel = null
    this.#queue = []
    this.#next = 0
  }

  #runSoon(): void {
    if (this.#cancel !== null || this.pending === 0) return
    const delay = Math.max(0, this.#options.delayMs?.() ?? 0.5)
    // Quick handlers are run several to a timer: a timer each would cost more than the work.
    const count = delay >= 1 ? 1 : Math.min(100, Math.floor(1 / Math.max(delay, 0.01)))
    this.#cancel = this.#clock.after(Math.max(delay, 1), () => {
      this.#cancel = null
      for (let i = 0; i < count && this.pending > 0; i++) this.#handleOne()
      this.#runSoon()
    })
  }

  #handleOne(): void {
    const notification = this.#queue[this.#next++]!
    if (this.#next > 1000) {
      this.#queue = this.#queue.slice(this.#next)
      this.#next = 0
    }
    this.#options.handle(notification)
    this.handled++
    if (notification.type === 'add' && notification.isInInitialList) this.#initialPending--
  }
}
