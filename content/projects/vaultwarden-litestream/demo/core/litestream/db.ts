// Litestream v0.3's side of the database: the shadow WAL, generations, the check before every copy, checkpoints.
// Works on the bytes of the container's disk and asks SQLite only for SQL and checkpoints. The long read transaction
// that keeps others from restarting the WAL is not modelled: here nobody else has the database open.
import { equal, utf8 } from '../bytes.js'
import type { Disk } from '../disk.js'
import type { CheckpointMode, CheckpointResult, SqliteConnection } from '../sqlite.js'
import { applyCommitted, frameAlign, frameSize, walHeaderSize, walSize } from '../wal.js'
import { databasePaths, isGenerationName, maxIndex, type Position, parseShadowWalPath } from './paths.js'
import { type ShadowPart, ShadowWal } from './shadow.js'

export interface DatabaseSettings {
  /** PASSIVE checkpoint from this many pages in the WAL on. */
  readonly minCheckpointPages: number
  /** RESTART checkpoint (waits for readers). */
  readonly maxCheckpointPages: number
  readonly truncatePages: number
  /** PASSIVE checkpoint where the database file is older than this and the WAL holds more than one page. 0 is never. */
  readonly checkpointIntervalMs: number
}

export const databaseDefaults: DatabaseSettings = {
  minCheckpointPages: 1000,
  maxCheckpointPages: 10_000,
  truncatePages: 500_000,
  checkpointIntervalMs: 60_000,
}

export interface SyncResult {
  readonly position: Position
  /** Why a new generation began, or '' if none did. */
  readonly reason: string
  /** The WAL had been restarted: the next index began. */
  readonly restarted: boolean
  readonly checkpoint: CheckpointMode | null
  /** Whether replicas are told that there is something new. */
  readonly changed: boolean
}

export interface LitestreamDatabaseOptions {
  readonly disk: Disk
  readonly path: string
  readonly connection: SqliteConnection
  readonly clock: { now(): number }
  /** Makes the names of generations: 16 hexadecimal digits. */
  readonly newGeneration: () => string
  readonly settings?: Partial<DatabaseSettings>
}

interface Verified {
  readonly generation: string
  readonly index: number
  readonly reason: string
  readonly restart: boolean
  readonly walSize: number
  readonly shadowSize: number
  /** Null where the check ended before it looked at the file. */
  readonly databaseModifiedMs: number | null
}

const bumpSequence =
  'INSERT INTO _litestream_seq (id, seq) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET seq = seq + 1'

export class LitestreamDatabase {
  readonly #options: LitestreamDatabaseOptions
  readonly #disk: Disk
  readonly paths
  readonly settings: DatabaseSettings
  readonly #shadow: ShadowWal
  #pageSize = 0
  /** Set by the replica: the index up to which everything is in the bucket. Older shadow files are removed. */
  replicatedIndex: ((generation: string) => number) | null = null

  constructor(options: LitestreamDatabaseOptions) {
    this.#options = options
    this.#disk = options.disk
    this.paths = databasePaths(options.path)
    this.settings = { ...databaseDefaults, ...options.settings }
    this.#shadow = new ShadowWal(options.disk, this.paths)
  }

  /** Page size in bytes; 0 before the first sync. */
  get pageSize(): number {
    return this.#pageSize
  }

  /** The generation written down on the disk, or ''. */
  generation(): string {
    if (!this.#disk.exists(this.paths.generation)) return ''
    const name = new TextDecoder().decode(this.#disk.read(this.paths.generation)).trim()
    return isGenerationName(name) ? name : ''
  }

  /** End of the shadow WAL, or null without a generation. */
  position(): Position | null {
    const generation = this.generation()
    if (generation === '') return null
    const index = this.#shadow.lastIndex(generation)
    const size = this.#disk.size(this.paths.shadowWal(generation, index))
    return size === null ? null : { generation, index, offset: frameAlign(size, this.#pageSize) }
  }

  /**
   * One turn of the monitor: makes sure that the WAL has a header, checks that the last copied frame is still there
   * (a new generation begins where not), copies committed frames, checkpoints where a threshold is reached.
   * Null where there is no database file yet.
   */
  sync(): SyncResult | null {
    if (!this.#init()) return null
    if ((this.#disk.size(this.paths.wal) ?? 0) < walHeaderSize) this.#options.connection.exec(bumpSequence)
    const found = this.#verify()
    let { generation, index, restart } = found
    if (found.reason !== '') {
      generation = this.#createGeneration()
      index = 0
      restart = false
    }
    const copied = this.#shadow.copy(generation, index)
    let size = copied.size
    if (restart) size = this.#shadow.begin(generation, index + 1)
    const checkpoint = this.#checkpointDue(copied.walSize, size, found.databaseModifiedMs)
    if (checkpoint !== null) this.checkpoint(checkpoint)
    this.#clean()
    return {
      position: this.position()!,
      reason: found.reason,
      restarted: restart,
      checkpoint,
      changed: found.walSize !== found.shadowSize || restart || found.reason !== '' || checkpoint !== null,
    }
  }

  /** Copies what is left, checkpoints, writes a row so that a restarted WAL shows; then the next index begins. */
  checkpoint(mode: CheckpointMode): CheckpointResult {
    const generation = this.generation()
    if (generation === '') throw new Error('no generation available')
    const index = this.#shadow.lastIndex(generation)
    const before = this.#shadow.walHeader()
    this.#shadow.copy(generation, index)
    const result = this.#options.connection.checkpoint(mode)
    this.#options.connection.exec(bumpSequence)
    if (!equal(before, this.#shadow.walHeader())) {
      this.#shadow.copy(generation, index)
      this.#shadow.begin(generation, index + 1)
    }
    return result
  }

  /**
   * The database file as a snapshot takes it: after a passive checkpoint that writes all committed pages back but,
   * because of Litestream's own read lock, cannot restart the WAL. SQLite would restart it here (we are its only
   * connection), so these pages are written by us; they are byte for byte the same. The shadow WAL is brought up to
   * date first, so that a snapshot never holds more than the segments that follow it.
   */
  snapshotBytes(): Uint8Array {
    const { path } = this.#options
    const generation = this.generation()
    if (generation !== '') this.#shadow.copy(generation, this.#shadow.lastIndex(generation))
    const before = this.#disk.read(path)
    const after = applyCommitted(before, this.#disk.read(this.paths.wal))
    if (!equal(before, after)) this.#disk.write(path, after) // else it stays as old as it is
    return after
  }

  /** Bytes of the shadow WAL from `position` on; see `ShadowWal.read`. */
  readShadow(position: Position): ShadowPart | null {
    return this.#shadow.read(position)
  }

  #init(): boolean {
    if (this.#pageSize > 0) return true
    const { connection, path } = this.#options
    if (!this.#disk.exists(path)) return false
    connection.exec('CREATE TABLE IF NOT EXISTS _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)')
    connection.exec('CREATE TABLE IF NOT EXISTS _litestream_lock (id INTEGER)')
    this.#pageSize = Number(connection.rows('PRAGMA page_size')[0]?.[0])
    this.#shadow.pageSize = this.#pageSize
    // After a restart on the same disk the last shadow file must have the header of the real WAL.
    const generation = this.generation()
    if (generation !== '') {
      const shadow = this.paths.shadowWal(generation, this.#shadow.lastIndex(generation))
      const header = this.#disk.exists(shadow) ? this.#disk.read(shadow, 0, walHeaderSize) : null
      const real = this.#disk.exists(this.paths.wal) ? this.#shadow.walHeader() : new Uint8Array(0)
      if (header === null || real.length < walHeaderSize || !equal(header, real))
        this.#disk.remove(this.paths.generation)
    }
    this.#clean()
    return true
  }

  #verify(): Verified {
    const generation = this.generation()
    const index = generation === '' ? 0 : this.#shadow.lastIndex(generation)
    const shadow = generation === '' ? '' : this.paths.shadowWal(generation, index)
    const fileSize = this.#disk.size(shadow)
    const shadowSize = frameAlign(fileSize ?? 0, this.#pageSize)
    const walBytes = frameAlign(this.#disk.size(this.paths.wal) ?? 0, this.#pageSize)
    const result = (reason: string, restart = false): Verified => ({
      generation,
      index,
      reason,
      restart,
      walSize: walBytes,
      shadowSize,
      databaseModifiedMs: generation === '' ? null : this.#disk.modified(this.#options.path),
    })
    if (generation === '') return result('no generation exists')
    if (index >= maxIndex) return result('max index exceeded')
    if (fileSize === null) return result('no shadow wal')
    if (shadowSize < walHeaderSize) return result('short shadow wal')
    if (shadowSize > walBytes) return result('wal truncated by another process')
    const restart = !equal(this.#shadow.walHeader(), this.#disk.read(shadow, 0, walHeaderSize))
    if (shadowSize === walHeaderSize)
      return restart ? result('wal header only, mismatched', true) : result('')
    const size = frameSize(this.#pageSize)
    const last = (path: string): Uint8Array => this.#disk.read(path, shadowSize - size, size)
    return equal(last(this.paths.wal), last(shadow))
      ? result('', restart)
      : result('wal overwritten by another process', restart)
  }

  #createGeneration(): string {
    const generation = this.#options.newGeneration()
    this.#shadow.begin(generation, 0)
    this.#disk.write(this.paths.generation, utf8(`${generation}\n`))
    this.#clean()
    return generation
  }

  #checkpointDue(wal: number, shadow: number, modifiedMs: number | null): CheckpointMode | null {
    const { minCheckpointPages, maxCheckpointPages, truncatePages, checkpointIntervalMs } = this.settings
    const reached = (size: number, pages: number): boolean =>
      pages > 0 && size >= walSize(this.#pageSize, pages)
    if (reached(wal, truncatePages)) return 'TRUNCATE'
    if (reached(shadow, maxCheckpointPages)) return 'RESTART'
    if (reached(shadow, minCheckpointPages)) return 'PASSIVE'
    const age = modifiedMs === null ? 0 : this.#options.clock.now() - modifiedMs
    return checkpointIntervalMs > 0 && age > checkpointIntervalMs && shadow > walSize(this.#pageSize, 1)
      ? 'PASSIVE'
      : null
  }

  /** Removes other generations, and shadow files that are in the bucket, but for the last one before. */
  #clean(): void {
    const generation = this.generation()
    const keep = `${this.paths.generations}/${generation}/`
    const lowest = (this.replicatedIndex?.(generation) ?? 0) - 1
    for (const { path } of this.#disk.list(`${this.paths.generations}/`))
      if (!path.startsWith(keep) || (path.endsWith('.wal') && parseShadowWalPath(path) < lowest))
        this.#disk.remove(path)
  }
}
