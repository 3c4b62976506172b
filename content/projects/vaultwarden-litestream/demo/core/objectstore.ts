// The bucket: keys to bytes, outliving every container. An object appears whole at the moment its upload ends, or
// not at all; latency is the business of whoever uploads. Nothing here knows Litestream.

export interface StoredObject {
  readonly key: string
  readonly size: number
  /** Milliseconds of the virtual clock at which the upload was complete. */
  readonly createdMs: number
}

export class ObjectStore {
  readonly #objects = new Map<string, { readonly bytes: Uint8Array; readonly createdMs: number }>()
  readonly #clock: { now(): number }
  readonly limit: number

  /** `limit` in bytes: the bucket of this demo is small (16 MiB). */
  constructor(clock: { now(): number }, limit = 16 << 20) {
    this.#clock = clock
    this.limit = limit
  }

  /** Bytes of all objects. */
  get size(): number {
    let total = 0
    for (const { bytes } of this.#objects.values()) total += bytes.length
    return total
  }

  /** Stores a copy of `bytes`, replacing an object with the same key. Throws where the bucket would overflow. */
  put(key: string, bytes: Uint8Array): StoredObject {
    const before = this.#objects.get(key)?.bytes.length ?? 0
    if (this.size - before + bytes.length > this.limit) throw new Error('对象存储已满（演示上限16 MiB）')
    const createdMs = this.#clock.now()
    this.#objects.set(key, { bytes: bytes.slice(), createdMs })
    return { key, size: bytes.length, createdMs }
  }

  /** Throws where there is no such object. */
  get(key: string): Uint8Array {
    const object = this.#objects.get(key)
    if (object === undefined) throw new Error(`no such key: ${key}`)
    return object.bytes
  }

  delete(key: string): void {
    this.#objects.delete(key)
  }

  /** Objects whose key begins with `prefix`, by key. */
  list(prefix = ''): StoredObject[] {
    return [...this.#objects]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, { bytes, createdMs }]) => ({ key, size: bytes.length, createdMs }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
  }
}
