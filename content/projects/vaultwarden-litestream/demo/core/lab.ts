// The platform of the story: one bucket, one virtual clock, containers that come and go, and the book of every
// commit that was ever acknowledged, so that a loss can be named row by row.
//
//   const lab = new Lab({ clock, rng, engine, app: tableApp })
//   const first = lab.coldStart()                 // restore -if-replica-exists, then replicate -exec
//   first.write('1', 'INSERT INTO t (v) VALUES (?)', ['a'])
//   lab.advance(3000)                             // monitor, upload
//   first.sigkill()                               // → Loss
//   lab.coldStart().restored                      // → RestoreReport
import type { VirtualClock } from '../../../_kit/clock.js'
import { createLog, type EventLog } from '../../../_kit/log.js'
import type { Rng } from '../../../_kit/rng.js'
import { Container } from './container.js'
import { Disk } from './disk.js'
import type { DatabaseSettings } from './litestream/db.js'
import type { Position } from './litestream/paths.js'
import type { RestoreOptions, RestorePlan, RestoreStep } from './litestream/restore.js'
import { ObjectStore } from './objectstore.js'
import type { SqliteEngine } from './sqlite.js'

export interface LabSettings {
  /** How often Litestream looks at the WAL. */
  readonly monitorMs: number
  /** The least time between two uploads. */
  readonly syncMs: number
  /** How long one upload takes. */
  readonly uploadMs: number
  /** Extra snapshots; 0 is off, as in Litestream. */
  readonly snapshotMs: number
  readonly retentionMs: number
  readonly retentionCheckMs: number
  readonly database: Partial<DatabaseSettings>
}

export const labDefaults: LabSettings = {
  monitorMs: 1000,
  syncMs: 1000,
  uploadMs: 200,
  snapshotMs: 0,
  retentionMs: 86_400_000,
  retentionCheckMs: 3_600_000,
  database: {},
}

/** The program in the container, as far as its database goes. */
export interface App {
  /** Statements that make the tables if they are not there. */
  readonly schema: readonly string[]
  /** One column: the key of every row that counts. Keys are those given to `Container.write`. */
  readonly keys: string
}

/** A transaction that the program has acknowledged to its user. */
export interface Commit {
  readonly id: number
  readonly atMs: number
  readonly container: number
  readonly key: string
  /** `local`: in the WAL. `shadow`: copied by Litestream. `uploaded`: in the bucket. `lost`: its container died first. */
  state: 'local' | 'shadow' | 'uploaded' | 'lost'
  /** End of the shadow WAL when it was copied. */
  position: Position | null
  uploadedMs: number | null
}

export type EventKind =
  | 'start'
  | 'restore'
  | 'commit'
  | 'generation'
  | 'shadow'
  | 'checkpoint'
  | 'snapshot'
  | 'segment'
  | 'retention'
  | 'term'
  | 'kill'
  | 'error'

export interface LabEvent {
  readonly kind: EventKind
  readonly container: number
  readonly text: string
}

/** What a container's end cost. */
export interface Loss {
  readonly atMs: number
  readonly commits: readonly Commit[]
  /** From the first lost commit to the end; 0 if nothing was lost. */
  readonly windowMs: number
}

export type MissingReason = 'not-uploaded' | 'other-generation' | 'point-in-time'

export interface RestoreReport {
  /** Null: the bucket was empty (exit 0, no database), or the file was already there. */
  readonly plan: RestorePlan | null
  readonly steps: readonly RestoreStep[]
  /** SQLite's `integrity_check`. */
  readonly integrity: string
  /** Keys in the database after the start, in its order. */
  readonly keys: readonly string[]
  /** Acknowledged commits that are not in it, and why. */
  readonly missing: readonly { readonly commit: Commit; readonly reason: MissingReason }[]
}

export interface LabOptions {
  readonly clock: VirtualClock
  readonly rng: Rng
  readonly engine: SqliteEngine
  readonly app: App
  readonly settings?: Partial<LabSettings>
}

/** A program with one table, for tests and the walkthrough. */
export const tableApp: App = {
  schema: ['CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, v TEXT)'],
  keys: 'SELECT id FROM t ORDER BY id',
}

/** The path of the database in every container, as in the post. */
export const databasePath = '/data/db.sqlite3'

export class Lab {
  readonly clock: VirtualClock
  readonly engine: SqliteEngine
  readonly app: App
  readonly store: ObjectStore
  readonly log: EventLog<LabEvent>
  readonly commits: Commit[] = []
  readonly containers: Container[] = []
  readonly #rng: Rng
  /** Read by containers when they start. */
  settings: LabSettings

  constructor(options: LabOptions) {
    this.clock = options.clock
    this.engine = options.engine
    this.app = options.app
    this.#rng = options.rng
    this.settings = { ...labDefaults, ...options.settings }
    this.store = new ObjectStore(this.clock)
    this.log = createLog<LabEvent>(this.clock, 2000)
  }

  /** Running containers, oldest first. */
  get running(): readonly Container[] {
    return this.containers.filter(({ state }) => state === 'running')
  }

  /**
   * Starts a container: the entrypoint restores where there is no database file, then replication begins and the
   * program runs. `disk` is a disk that survived (a platform with volumes). Throws what `litestream restore` throws;
   * then no container exists.
   */
  coldStart({ disk, ...restore }: RestoreOptions & { readonly disk?: Disk } = {}): Container {
    const container = new Container(this, this.containers.length + 1, disk ?? new Disk(this.clock), restore)
    this.containers.push(container)
    return container
  }

  advance(ms: number): void {
    this.clock.advance(ms)
  }

  /**
   * Lets hours pass in which nothing is written: as `advance`, but without the turns of the monitors, which would
   * find nothing. The hourly retention checks of running containers take place.
   */
  skip(ms: number): void {
    // One idle minute first: it uploads what is pending and lets the checkpoint of the quiet database happen.
    const settle = Math.min(ms, 2 * 60_000)
    this.clock.advance(settle)
    const running = this.running
    for (const container of running) container.replication.pause()
    this.clock.advance(ms - settle)
    for (const container of running) container.replication.resume()
  }

  /** A new name for a generation. */
  newGeneration(): string {
    const half = (): string => this.#rng.uint32().toString(16).padStart(8, '0')
    return half() + half()
  }
}

/**
 * `10:55:52.000`: the wall clock of the story (UTC+8) from milliseconds since 1970, with `digits` (0 to 3) of the
 * second's fraction; on later days with `+1天` before it.
 */
export function formatClock(ms: number, digits = 3): string {
  const local = ms + 8 * 3_600_000
  const day = Math.floor(local / 86_400_000) - Math.floor((storyStartMs + 8 * 3_600_000) / 86_400_000)
  const text = new Date(local).toISOString().slice(11, digits === 0 ? 19 : 20 + digits)
  return day > 0 ? `+${day}天 ${text}` : text
}

/** 2024-09-03 10:55:52 +08:00, when the post appeared. */
export const storyStartMs = 1_725_332_152_000
