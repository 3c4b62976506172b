// Litestream v0.3's side of the bucket: what is uploaded next, where the replica stands, retention. Taking time
// (latency, intervals) is the container's business; here every step is done at once.
import { readU32 } from '../bytes.js'
import { decodeFrame, encodeFrame } from '../lz4frame.js'
import type { ObjectStore } from '../objectstore.js'
import { walHeaderSize } from '../wal.js'
import type { LitestreamDatabase } from './db.js'
import { listReplica, minSnapshot, type ReplicaListing, type SnapshotInfo } from './listing.js'
import { type Position, snapshotPath, walSegmentPath } from './paths.js'

/** One object on its way. */
export interface Upload {
  readonly kind: 'snapshot' | 'segment'
  readonly key: string
  /** Before it is put into an LZ4 frame. */
  readonly content: Uint8Array
  readonly position: Position
}

export interface ReplicaOptions {
  readonly database: LitestreamDatabase
  readonly store: ObjectStore
  readonly clock: { now(): number }
  /** Path in the bucket; '' is its root. */
  readonly root?: string
  /** Default 24 hours. */
  readonly retentionMs?: number
}

export class Replica {
  readonly #database: LitestreamDatabase
  readonly #store: ObjectStore
  readonly #clock: { now(): number }
  readonly root: string
  readonly retentionMs: number
  #position: Position | null = null

  constructor(options: ReplicaOptions) {
    this.#database = options.database
    this.#store = options.store
    this.#clock = options.clock
    this.root = options.root ?? ''
    this.retentionMs = options.retentionMs ?? 86_400_000
    options.database.replicatedIndex = (generation) =>
      this.#position?.generation === generation ? this.#position.index : 0
  }

  /** Behind the last uploaded byte; null before the first sync and after an error. */
  get position(): Position | null {
    return this.#position
  }

  listing(): ReplicaListing {
    return listReplica(this.#store.list(), this.root)
  }

  /**
   * The next object to upload, or null when the bucket has everything: for a generation without a snapshot first a
   * snapshot, then the shadow WAL from the last position on. Throws `no generation, waiting for data` before the
   * database's first sync.
   */
  next(): Upload | null {
    const current = this.#database.position()
    if (current === null) throw new Error('no generation, waiting for data')
    if (this.#position?.generation !== current.generation) {
      const { snapshots } = this.listing()
      if (!snapshots.some(({ generation }) => generation === current.generation)) return this.snapshot()
      this.#position = this.#endOf(current.generation)
    }
    const read = this.#database.readShadow(this.#position)
    if (read === null) return null
    this.#checkSalts(read.bytes, read.position)
    const { generation, index, offset } = read.position
    return {
      kind: 'segment',
      key: walSegmentPath(this.root, generation, index, offset),
      content: read.bytes,
      position: read.position,
    }
  }

  /** A snapshot of the database as it is now, at the current index. */
  snapshot(): Upload {
    // The index is read after the checkpoint, as Litestream does: a snapshot must not be newer than its name.
    const content = this.#database.snapshotBytes()
    const position = this.#database.position()
    if (position === null) throw new Error('no generation available')
    return {
      kind: 'snapshot',
      key: snapshotPath(this.root, position.generation, position.index),
      content,
      position: { ...position, offset: 0 },
    }
  }

  /** The upload has arrived: the object exists from now on. Throws where the bucket is full; then `reset`. */
  finish(upload: Upload): void {
    this.#store.put(upload.key, encodeFrame(upload.content))
    if (upload.kind === 'segment')
      this.#position = { ...upload.position, offset: upload.position.offset + upload.content.length }
  }

  /** After an error the position is looked up in the bucket again. */
  reset(): void {
    this.#position = null
  }

  /** Uploads everything at once; what was uploaded. */
  sync(): Upload[] {
    const done: Upload[] = []
    try {
      for (let upload = this.next(); upload !== null; upload = this.next()) {
        this.finish(upload)
        done.push(upload)
      }
    } catch (error) {
      this.reset()
      throw error
    }
    return done
  }

  /**
   * Keeps snapshots younger than the retention time, takes a new one where none is, and deletes what lies before
   * the oldest kept snapshot of each generation, or the whole generation. The keys that were deleted.
   */
  enforceRetention(): { readonly taken: Upload | null; readonly deleted: readonly string[] } {
    const limit = this.#clock.now() - this.retentionMs
    let kept: SnapshotInfo[] = this.listing().snapshots.filter(({ createdMs }) => createdMs >= limit)
    let taken: Upload | null = null
    if (kept.length === 0) {
      taken = this.snapshot()
      this.finish(taken)
      kept = this.listing().snapshots.filter(({ key }) => key === taken?.key)
    }
    const { generations, snapshots, segments } = this.listing()
    const deleted: string[] = []
    for (const generation of generations) {
      const first = minSnapshot(kept, generation)
      for (const object of [...snapshots, ...segments])
        if (object.generation === generation && (first === null || object.index < first.index)) {
          this.#store.delete(object.key)
          deleted.push(object.key)
        }
    }
    return { taken, deleted }
  }

  /** End of the last segment in the bucket, or the start of the index of the last snapshot. */
  #endOf(generation: string): Position {
    const { snapshots, segments } = this.listing()
    const segment = segments.filter((info) => info.generation === generation).at(-1)
    if (segment !== undefined) {
      const length = decodeFrame(this.#store.get(segment.key)).length
      return { generation, index: segment.index, offset: segment.offset + length }
    }
    const snapshot = snapshots.filter((info) => info.generation === generation).at(-1)
    if (snapshot === undefined) throw new Error(`no snapshot available: generation=${generation}`)
    return { generation, index: snapshot.index, offset: 0 }
  }

  /** All frames of one segment must come from the same round of the WAL. */
  #checkSalts(bytes: Uint8Array, position: Position): void {
    const size = this.#database.pageSize + 24
    const header = position.offset === 0
    const first = header ? 16 : 8
    for (let at = header ? walHeaderSize : 0; at < bytes.length; at += size)
      if (
        readU32(bytes, at + 8) !== readU32(bytes, first) ||
        readU32(bytes, at + 12) !== readU32(bytes, first + 4)
      )
        throw new Error(`replica salt mismatch: ${position.generation}`)
  }
}
