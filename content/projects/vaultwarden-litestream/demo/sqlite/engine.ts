// SQLite for the model: connections over the in-memory VFS, opened the way that gives a true `-wal` file without
// shared memory. The only place that calls the WebAssembly build.
import type { Database, Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import type { Disk } from '../core/disk.js'
import type { SqliteConnection, SqliteEngine, SqlValue } from '../core/sqlite.js'
import { installMemoryVfs, type MemoryVfs, type VfsEnvironment } from './memvfs.js'

/** Pages a database may have: 4 MiB. */
const maxPages = 1024

/** SQLite as an engine whose time and randomness come from `environment`. One instance of SQLite, one engine. */
export function createEngine(sqlite3: Sqlite3Static, environment: VfsEnvironment): SqliteEngine {
  const vfs = installMemoryVfs(sqlite3, environment)
  // Throws away what the generator was seeded with before our VFS came: the WAL's salts follow the given seed.
  sqlite3.capi.sqlite3_randomness(0, 0)
  return {
    version: sqlite3.version.libVersion,
    open: (disk, path) => openConnection(sqlite3, vfs, disk, path),
  }
}

/** Loads the WebAssembly build (shared with other demos, split off by the bundler) and makes an engine. */
export async function loadEngine(environment: VfsEnvironment): Promise<SqliteEngine> {
  const { default: init } = await import('@sqlite.org/sqlite-wasm')
  return createEngine(await init(), environment)
}

function openConnection(sqlite3: Sqlite3Static, vfs: MemoryVfs, disk: Disk, path: string): SqliteConnection {
  const prefix = vfs.mount(disk)
  const db: Database = new sqlite3.oo1.DB({ filename: prefix + path, flags: 'c', vfs: vfs.name })
  const rows = (sql: string, bind: readonly SqlValue[] = []): SqlValue[][] =>
    db.exec(bind.length > 0 ? { sql, bind: [...bind], ...asRows } : { sql, ...asRows }) as SqlValue[][] // rowMode 'array'
  // Exclusive first: without shared memory, `journal_mode=WAL` would otherwise answer "delete".
  rows('PRAGMA locking_mode=EXCLUSIVE')
  // The WebAssembly build's default is 8192; SQLite's own, and Vaultwarden's, is 4096. Without effect on a database
  // that has pages already.
  rows('PRAGMA page_size=4096')
  const mode = rows('PRAGMA journal_mode=WAL')[0]?.[0]
  if (mode !== 'wal') throw new Error(`enable wal failed, mode="${mode}"`)
  rows('PRAGMA synchronous=NORMAL')
  rows('PRAGMA wal_autocheckpoint=0')
  rows(`PRAGMA max_page_count=${maxPages}`)
  return {
    exec: (sql, bind) => {
      rows(sql, bind)
    },
    rows,
    checkpoint(mode) {
      const [busy = 0, log = 0, checkpointed = 0] = (rows(`PRAGMA wal_checkpoint(${mode})`)[0] ?? []).map(
        Number,
      )
      return { busy, log, checkpointed }
    },
    close() {
      db.close()
      vfs.unmount(prefix)
    },
    abandon() {
      // Closing frees SQLite's memory, but would also checkpoint and delete the WAL: it does so on a dead disk.
      vfs.remount(prefix, disk.clone())
      db.close()
      vfs.unmount(prefix)
    },
  }
}

const asRows = { rowMode: 'array', returnValue: 'resultRows' } as const
