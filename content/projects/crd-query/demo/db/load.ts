// Loads the SQLite library; the only file that imports it, and only when called. Traps: in a browser the library tries
// file-system VFSs that this page does not need and warns where it may not have them, so they are switched off.
import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm'

const silent = (): void => {}

/** The library with nothing but memory databases. */
export async function loadSqlite(): Promise<Sqlite3Static> {
  const { default: init } = await import('@sqlite.org/sqlite-wasm')
  const config = {
    disable: { vfs: { opfs: true, 'opfs-vfs': true, 'opfs-sahpool': true, 'opfs-wl': true, kvvfs: true } },
    debug: silent,
    log: silent,
    warn: silent,
  }
  // The documented way to configure it, taken off again by the library itself.
  Object.assign(globalThis, { sqlite3ApiConfig: config })
  return init()
}
