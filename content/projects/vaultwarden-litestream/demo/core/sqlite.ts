// What the model needs of SQLite, as an interface: the real one (WebAssembly, over the in-memory disk) stands in
// `../sqlite/`, so that everything under `core/` stays free of it.
import type { Disk } from './disk.js'

export type SqlValue = string | number | null | Uint8Array
export type CheckpointMode = 'PASSIVE' | 'FULL' | 'RESTART' | 'TRUNCATE'

/** What `PRAGMA wal_checkpoint` answers. */
export interface CheckpointResult {
  readonly busy: number
  /** Frames in the WAL, -1 without one. */
  readonly log: number
  readonly checkpointed: number
}

/** One connection in WAL mode without automatic checkpoints; it plays Vaultwarden's and Litestream's at once. */
export interface SqliteConnection {
  /** Runs one or more statements; `bind` is for a single one. Throws SQLite's error. */
  exec(sql: string, bind?: readonly SqlValue[]): void
  rows(sql: string, bind?: readonly SqlValue[]): SqlValue[][]
  checkpoint(mode: CheckpointMode): CheckpointResult
  /** An orderly close: SQLite checkpoints and removes the WAL. */
  close(): void
  /** The process is gone: the files on the disk stay exactly as they are. */
  abandon(): void
}

export interface SqliteEngine {
  readonly version: string
  /** Opens or makes a database on a disk of the model. */
  open(disk: Disk, path: string): SqliteConnection
}
