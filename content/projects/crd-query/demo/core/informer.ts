// client-go's shared informer: reflector → DeltaFIFO → indexer, and from there a notification for every handler.
// Handlers run behind a buffer without bound of their own: the indexer being filled does not mean that a handler has
// seen anything, which is the race this lab is about.
import type { Clock } from '../../../_kit/clock.js'
import {
  type DeletedFinalStateUnknown,
  DeltaFifo,
  type Deltas,
  isTombstone,
  type KnownObjects,
} from './deltafifo.js'
import { Listener, type ListenerOptions, type Notification, type Registration } from './listener.js'
import { Reflector } from './reflector.js'
import type { ReflectorEvent } from './reflectortypes.js'
import { type CustomResource, keyOf, type ListerWatcher } from './types.js'

/** The informer's cache: the last state of every object it has been told of. */
export class Indexer implements KnownObjects<CustomResource> {
  readonly #objects = new Map<string, CustomResource>()
  get size(): number {
    return this.#objects.size
  }
  listKeys(): readonly string[] {
    return [...this.#objects.keys()]
  }
  getByKey(key: string): CustomResource | undefined {
    return this.#objects.get(key)
  }
  list(): readonly CustomResource[] {
    return [...this.#objects.values()]
  }
  /** Adds or replaces. */
  put(object: CustomResource): void {
    this.#objects.set(keyOf(object), object)
  }
  delete(key: string): void {
    this.#objects.delete(key)
  }
}

/** What processing deltas calls. `isInInitialList`: the object was there when the informer began. */
export interface DeltaHandler {
  onAdd(object: CustomResource, isInInitialList: boolean): void
  onUpdate(old: CustomResource, object: CustomResource): void
  onDelete(object: CustomResource | DeletedFinalStateUnknown<CustomResource>): void
}

/** Brings the deltas of one key into the indexer and tells the handler of each. */
export function processDeltas(
  handler: DeltaHandler,
  indexer: Indexer,
  deltas: Deltas<CustomResource>,
  isInInitialList: boolean,
): void {
  for (const { type, object } of deltas) {
    if (type === 'Deleted') {
      indexer.delete(isTombstone(object) ? object.key : keyOf(object))
      handler.onDelete(object)
    } else if (!isTombstone(object)) {
      const old = indexer.getByKey(keyOf(object))
      indexer.put(object)
      if (old === undefined) handler.onAdd(object, isInInitialList)
      else handler.onUpdate(old, object)
    }
  }
}

export interface InformerOptions {
  readonly listerWatcher: ListerWatcher
  readonly clock: Clock
  readonly random: () => number
  readonly expectedKind?: string
  /** Default resync period of handlers; 0 = none. */
  readonly resyncMs?: number
  readonly allowWatchBookmarks?: boolean
  readonly onReflector?: (event: ReflectorEvent) => void
  /** Called for every key taken off the DeltaFIFO. */
  readonly onPop?: (deltas: Deltas<CustomResource>) => void
}

/** Keys taken off the queue in one virtual millisecond. */
const popsPerMs = 10
const minimumResyncMs = 1_000

export class SharedInformer {
  readonly #options: InformerOptions
  readonly #listeners: Listener[] = []
  #resyncCheckMs: number
  #isStarted = false
  #isPopping = false
  readonly indexer = new Indexer()
  readonly fifo: DeltaFifo<CustomResource>
  readonly reflector: Reflector

  constructor(options: InformerOptions) {
    this.#options = options
    this.#resyncCheckMs = options.resyncMs ?? 0
    this.fifo = new DeltaFifo({ keyOf, knownObjects: this.indexer, onQueued: () => this.#popSoon() })
    const { listerWatcher, clock, random, onReflector } = options
    this.reflector = new Reflector({
      listerWatcher,
      clock,
      random,
      store: this.fifo,
      resyncMs: options.resyncMs ?? 0,
      shouldResync: () => this.#shouldResync(),
      allowWatchBookmarks: options.allowWatchBookmarks ?? true,
      ...(options.expectedKind === undefined ? {} : { expectedKind: options.expectedKind }),
      ...(onReflector === undefined ? {} : { onEvent: onReflector }),
    })
  }

  start(): void {
    this.#isStarted = true
    this.reflector.start()
  }
  stop(): void {
    this.reflector.stop()
    for (const listener of this.#listeners) listener.stop()
  }

  /** The indexer holds the first LIST. Says nothing about handlers. */
  hasSynced(): boolean {
    return this.#isStarted && this.fifo.hasSynced()
  }

  /**
   * Adds a handler; one that comes after the start is told of all objects first. `resyncMs` below a second counts as
   * one; after the start it cannot be shorter than the informer's own check.
   */
  addEventHandler(options: ListenerOptions): Registration {
    const { clock, resyncMs = 0 } = this.#options
    let period = options.resyncMs ?? resyncMs
    if (period > 0) {
      period = Math.max(period, minimumResyncMs)
      if (period < this.#resyncCheckMs) {
        if (this.#isStarted) period = this.#resyncCheckMs
        else this.#resyncCheckMs = period
      }
    }
    if (this.#resyncCheckMs === 0) period = 0
    const listener = new Listener(clock, options, period, () => this.hasSynced())
    this.#listeners.push(listener)
    if (this.#isStarted)
      for (const object of this.indexer.list()) listener.add({ type: 'add', object, isInInitialList: true })
    return listener
  }

  #shouldResync(): boolean {
    const now = this.#options.clock.now()
    let isNeeded = false
    for (const listener of this.#listeners) isNeeded = listener.prepareResync(now) || isNeeded
    return isNeeded
  }

  #popSoon(): void {
    if (this.#isPopping) return
    this.#isPopping = true
    this.#options.clock.after(1, () => this.#popSome())
  }

  #popSome(): void {
    this.#isPopping = false
    if (this.reflector.state === 'stopped') return
    for (let i = 0; i < popsPerMs; i++) {
      const deltas = this.fifo.pop((popped, isInitial) => {
        processDeltas(this.#handler, this.indexer, popped, isInitial)
      })
      if (deltas === null) return
      this.#options.onPop?.(deltas)
    }
    if (this.fifo.length > 0) this.#popSoon()
  }

  readonly #handler: DeltaHandler = {
    onAdd: (object, isInInitialList) => this.#distribute({ type: 'add', object, isInInitialList }, false),
    onUpdate: (old, object) => {
      // A relist tells of everything, a resync too: the same version means that nothing has changed.
      const isResync = old.metadata.resourceVersion === object.metadata.resourceVersion
      this.#distribute({ type: 'update', old, object, isResync }, isResync)
    },
    onDelete: (object) => this.#distribute({ type: 'delete', object }, false),
  }

  #distribute(notification: Notification, isResync: boolean): void {
    for (const listener of this.#listeners) if (!isResync || listener.isSyncing) listener.add(notification)
  }
}
