import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import {
  type App,
  type Container,
  databasePath,
  decodeFrame,
  fromHex,
  Lab,
  type LabSettings,
  LitestreamDatabase,
  type SqliteEngine,
  type StoredObject,
  tableApp,
} from '../../content/projects/vaultwarden-litestream/demo/core/index.js'
import { loadEngine } from '../../content/projects/vaultwarden-litestream/demo/sqlite/engine.js'

// The public cases C-01 to C-38 of the demo. Each runs the real parts: SQLite over the in-memory disk, its WAL,
// the model of Litestream, the bucket.

export const world = { clock: createClock(1_725_332_152_000), rng: createRng(1) }
export const engine: SqliteEngine = await loadEngine({
  now: () => world.clock.now(),
  random: (bytes) => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = world.rng.int(256)
  },
})

export function newLab(settings: Partial<LabSettings> = {}, app: App = tableApp): Lab {
  world.clock = createClock(1_725_332_152_000)
  return new Lab({ ...world, engine, app, settings })
}

/** A running container after its first sync: generation, snapshot and first segment are in the bucket. */
export function ready(
  settings: Partial<LabSettings> = {},
  app: App = tableApp,
): { lab: Lab; container: Container } {
  const lab = newLab(settings, app)
  const container = lab.coldStart()
  container.syncDatabase()
  container.syncReplica()
  return { lab, container }
}

export function insert(container: Container, times = 1): void {
  for (let i = 0; i < times; i++) {
    const id = container.connection.rows('SELECT coalesce(max(id), 0) + 1 FROM t')[0]?.[0]
    container.write(String(id), 'INSERT INTO t (v) VALUES (?)', [`row ${id}`])
  }
}

export const shortKey = (key: string): string => key.slice(key.lastIndexOf('/') + 1)
export const objects = (lab: Lab): [string, number][] =>
  lab.store.list().map(({ key }) => [shortKey(key), decodeFrame(lab.store.get(key)).length])

export const walHeaderHex = '377f0682002de218000010000000000052382eac857b1a4e'
/** A leaf page of a table with eight rows, rowid 1 to 8, each with the number 1 in its one column. */
export function leafPage(): Uint8Array {
  const page = new Uint8Array(4096)
  page.set(fromHex('0d000000080fe000'))
  for (let row = 1; row <= 8; row++) {
    const cell = 4096 - 4 * row
    page.set([cell >> 8, cell & 255], 6 + 2 * row)
    page.set([2, row, 2, 9], cell)
  }
  return page
}
export const hex = (sums: readonly number[]): string[] => sums.map((sum) => sum.toString(16).padStart(8, '0'))

/** Litestream starts again on the same disk: only what is on the disk is known. */
export function restartLitestream(container: Container): LitestreamDatabase {
  return new LitestreamDatabase({
    disk: container.disk,
    path: databasePath,
    connection: container.connection,
    clock: world.clock,
    newGeneration: () => 'ffffffffffffffff',
  })
}

/** C-21 and C-22: three single inserts uploaded one by one, two more, a RESTART checkpoint. */
export function fiveRows(settings: Partial<LabSettings> = {}): { lab: Lab; container: Container } {
  const { lab, container } = ready(settings)
  for (let i = 0; i < 3; i++) {
    world.clock.advance(10)
    insert(container)
    container.syncDatabase()
    container.syncReplica()
  }
  world.clock.advance(10)
  insert(container, 2)
  container.syncDatabase()
  container.checkpoint('RESTART')
  container.syncReplica()
  return { lab, container }
}

export const object = (key: string, createdMs = 1): StoredObject => ({
  key: `generations/0123456701234567/${key}`,
  size: 1,
  createdMs,
})

export const masterKeyHex = '1f4f68e29647b15ac250acd1118184518aa745a7fe95021b27c5402a16c3564b'

export const sample =
  '2.pMS6/icTQABtulw52pq2lg==|XXbxKxDTh+mWiN1HjH2N1w==|Q6PkuT+KX/axrgN9ubD5Ajk2YNwxQkgs3WJM0S0wtG8='
