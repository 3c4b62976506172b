// client-go's DeltaFIFO: a queue of keys, each with what happened to its object, in order. The producer is a
// reflector, the consumer an informer whose store is `knownObjects`. Only two deletions in a row collapse.

export type DeltaType = 'Added' | 'Updated' | 'Deleted' | 'Replaced' | 'Sync'

/** Tombstone: the object is gone, but the deletion itself was never seen. `object` may be old, or not known at all. */
export interface DeletedFinalStateUnknown<T> {
  readonly deletedFinalStateUnknown: true
  readonly key: string
  readonly object: T | null
}

export interface Delta<T> {
  readonly type: DeltaType
  readonly object: T | DeletedFinalStateUnknown<T>
}
export type Deltas<T> = readonly Delta<T>[]

/** The consumer's store, as far as the queue looks into it. */
export interface KnownObjects<T> {
  listKeys(): readonly string[]
  getByKey(key: string): T | undefined
}

export interface DeltaFifoOptions<T> {
  readonly keyOf: (object: T) => string
  /** Absent: only the queue itself counts as known, and there is no resync. */
  readonly knownObjects?: KnownObjects<T>
  /** False: a relist is told as Sync, as before 1.19. */
  readonly emitReplaced?: boolean
  /** Called after something was queued. */
  readonly onQueued?: () => void
}

export function isTombstone<T extends object>(
  object: T | DeletedFinalStateUnknown<T>,
): object is DeletedFinalStateUnknown<T> {
  return 'deletedFinalStateUnknown' in object
}

export const tombstone = <T>(key: string, object: T | null): DeletedFinalStateUnknown<T> => ({
  deletedFinalStateUnknown: true,
  key,
  object,
})

export class DeltaFifo<T extends object> {
  readonly #options: DeltaFifoOptions<T>
  /** Insertion order is the queue's order: the first time a key came in. */
  readonly #items = new Map<string, Delta<T>[]>()
  #isPopulated = false
  #initialCount = 0

  constructor(options: DeltaFifoOptions<T>) {
    this.#options = options
  }

  /** Keys waiting. */
  get length(): number {
    return this.#items.size
  }
  /** In the order in which they will be popped. */
  keys(): string[] {
    return [...this.#items.keys()]
  }
  /** The next `count` keys, without walking the whole queue. */
  firstKeys(count: number): string[] {
    const keys: string[] = []
    for (const key of this.#items.keys()) {
      if (keys.length === count) break
      keys.push(key)
    }
    return keys
  }
  /** What waits under `key`, oldest first; empty where nothing does. */
  deltasOf(key: string): Deltas<T> {
    return [...(this.#items.get(key) ?? [])]
  }

  add(object: T): void {
    this.#isPopulated = true
    this.#queue('Added', object)
  }

  update(object: T): void {
    this.#isPopulated = true
    this.#queue('Updated', object)
  }

  /** Ignored where the key is neither queued nor known: a relist has reported that deletion already. */
  delete(object: T | DeletedFinalStateUnknown<T>): void {
    this.#isPopulated = true
    const key = this.#keyOf(object)
    const isKnown = this.#options.knownObjects?.getByKey(key) !== undefined
    if (isKnown || this.#items.has(key)) this.#queue('Deleted', object)
  }

  /** A relist: Replaced for each object, a tombstone for each key that was queued or known and is not among them. */
  replace(objects: readonly T[]): void {
    const { emitReplaced = true, knownObjects } = this.#options
    const keys = new Set<string>()
    for (const object of objects) {
      keys.add(this.#options.keyOf(object))
      this.#queue(emitReplaced ? 'Replaced' : 'Sync', object)
    }
    let deletions = 0
    for (const [key, deltas] of [...this.#items]) {
      if (keys.has(key)) continue
      const last = deltas.at(-1)!.object
      deletions++
      this.#queue('Deleted', tombstone(key, isTombstone(last) ? last.object : last))
    }
    for (const key of knownObjects?.listKeys() ?? []) {
      if (keys.has(key) || this.#items.has(key)) continue
      deletions++
      this.#queue('Deleted', tombstone(key, knownObjects?.getByKey(key) ?? null))
    }
    if (this.#isPopulated) return
    this.#isPopulated = true
    this.#initialCount = keys.size + deletions
  }

  /** Sync for every known object for which nothing is queued: what is queued is newer than what is known. */
  resync(): void {
    const { knownObjects } = this.#options
    for (const key of knownObjects?.listKeys() ?? []) {
      const object = knownObjects?.getByKey(key)
      if (object !== undefined && !this.#items.has(key)) this.#queue('Sync', object)
    }
  }

  /** Takes all deltas of the first key and processes them; null where nothing waits. */
  pop(process: (deltas: Deltas<T>, isInInitialList: boolean) => void = () => {}): Deltas<T> | null {
    const first = this.#items.entries().next()
    if (first.done) return null
    const isInInitialList = !this.hasSynced()
    const [key, deltas] = first.value
    this.#items.delete(key)
    if (this.#initialCount > 0) this.#initialCount--
    process(deltas, isInInitialList)
    return deltas
  }

  /** True once the first relist has been popped entirely, or at once where a single change came before any relist. */
  hasSynced(): boolean {
    return this.#isPopulated && this.#initialCount === 0
  }

  #keyOf(object: T | DeletedFinalStateUnknown<T>): string {
    return isTombstone(object) ? object.key : this.#options.keyOf(object)
  }

  #queue(type: DeltaType, object: T | DeletedFinalStateUnknown<T>): void {
    const key = this.#keyOf(object)
    const deltas = this.#items.get(key)
    const last = deltas?.at(-1)
    if (deltas === undefined) this.#items.set(key, [{ type, object }])
    else if (type === 'Deleted' && last?.type === 'Deleted') {
      // The same deletion twice: the newer one is kept, unless it knows less.
      if (!isTombstone(object)) deltas[deltas.length - 1] = { type, object }
    } else deltas.push({ type, object })
    this.#options.onQueued?.()
  }
}
