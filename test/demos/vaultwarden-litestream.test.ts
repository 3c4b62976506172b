import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { test } from 'node:test'
import yaml from 'js-yaml'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import { deployFiles } from '../../content/projects/vaultwarden-litestream/demo/core/files.js'
import {
  type App,
  type Container,
  checksum,
  chooseGeneration,
  type Disk,
  databasePath,
  databasePaths,
  decodeFrame,
  decrypt,
  deriveMasterKey,
  encodeFrame,
  encryptText,
  formatEncString,
  frameAlign,
  fromHex,
  generationPath,
  generationsPath,
  Lab,
  type LabSettings,
  LitestreamDatabase,
  minSnapshot,
  ObjectStore,
  parseEncString,
  parseTimestamp,
  parseWal,
  passwordHash,
  planRestore,
  refuseExisting,
  type SqliteEngine,
  type StoredObject,
  snapshotPath,
  splitUserKey,
  stretchKey,
  tableApp,
  toHex,
  walSegmentPath,
  walSize,
} from '../../content/projects/vaultwarden-litestream/demo/core/index.js'
import { loadEngine } from '../../content/projects/vaultwarden-litestream/demo/sqlite/engine.js'
import {
  createAccount,
  listCiphers,
  loginStatement,
  openLogin,
  registerStatement,
  storedKey,
  unlock,
  vaultApp,
} from '../../content/projects/vaultwarden-litestream/demo/sqlite/vault.js'
import walkthrough, { summary } from '../../content/projects/vaultwarden-litestream/walkthrough.js'

// The public cases C-01 to C-38 of the demo. Each runs the real parts: SQLite over the in-memory disk, its WAL,
// the model of Litestream, the bucket.

const world = { clock: createClock(1_725_332_152_000), rng: createRng(1) }
const engine: SqliteEngine = await loadEngine({
  now: () => world.clock.now(),
  random: (bytes) => {
    for (let i = 0; i < bytes.length; i++) bytes[i] = world.rng.int(256)
  },
})

function newLab(settings: Partial<LabSettings> = {}, app: App = tableApp): Lab {
  world.clock = createClock(1_725_332_152_000)
  return new Lab({ ...world, engine, app, settings })
}

/** A running container after its first sync: generation, snapshot and first segment are in the bucket. */
function ready(settings: Partial<LabSettings> = {}, app: App = tableApp): { lab: Lab; container: Container } {
  const lab = newLab(settings, app)
  const container = lab.coldStart()
  container.syncDatabase()
  container.syncReplica()
  return { lab, container }
}

let rowCount = 0
function insert(container: Container, times = 1): void {
  for (let i = 0; i < times; i++) {
    const id = container.connection.rows('SELECT coalesce(max(id), 0) + 1 FROM t')[0]?.[0]
    container.write(String(id), 'INSERT INTO t (v) VALUES (?)', [`row ${++rowCount}`])
  }
}

const shortKey = (key: string): string => key.slice(key.lastIndexOf('/') + 1)
const objects = (lab: Lab): [string, number][] =>
  lab.store.list().map(({ key }) => [shortKey(key), decodeFrame(lab.store.get(key)).length])

const walHeaderHex = '377f0682002de218000010000000000052382eac857b1a4e'
/** A leaf page of a table with eight rows, rowid 1 to 8, each with the number 1 in its one column. */
function leafPage(): Uint8Array {
  const page = new Uint8Array(4096)
  page.set(fromHex('0d000000080fe000'))
  for (let row = 1; row <= 8; row++) {
    const cell = 4096 - 4 * row
    page.set([cell >> 8, cell & 255], 6 + 2 * row)
    page.set([2, row, 2, 9], cell)
  }
  return page
}
const hex = (sums: readonly number[]): string[] => sums.map((sum) => sum.toString(16).padStart(8, '0'))

test('C-01 the checksum of a WAL header', () => {
  assert.deepEqual(hex(checksum(fromHex(walHeaderHex))), ['81153b65', '87178e8f'])
})

test('C-02 the checksum goes on over a frame, in parts or in one pass', () => {
  const frame = new Uint8Array([...fromHex('0000000200000002'), ...leafPage()])
  const parts = checksum(frame, checksum(fromHex(walHeaderHex)))
  assert.deepEqual(hex(parts), ['dc2f3e84', '540488d3'])
  assert.deepEqual(checksum(new Uint8Array([...fromHex(walHeaderHex), ...frame])), parts)
})

for (const [offset, aligned] of [
  [0, 0],
  [31, 0],
  [32, 32],
  [4151, 32],
  [4152, 4152],
  [8271, 4152],
  [8272, 8272],
] as const)
  test(`C-03 frameAlign ${offset}`, () => assert.equal(frameAlign(offset, 4096), aligned))

for (const [pages, size] of [
  [1, 4152],
  [1000, 4_120_032],
  [10_000, 41_200_032],
  [500_000, 2_060_000_032],
] as const)
  test(`C-04 a WAL of ${pages} pages`, () => assert.equal(walSize(4096, pages), size))

test('C-05 the key of a snapshot', () => {
  assert.equal(
    snapshotPath('foo', '0123456701234567', 1000),
    'foo/generations/0123456701234567/snapshots/000003e8.snapshot.lz4',
  )
})

test('C-06 the key of a WAL segment', () => {
  assert.equal(
    walSegmentPath('foo', '0123456701234567', 1000, 1001),
    'foo/generations/0123456701234567/wal/000003e8_000003e9.wal.lz4',
  )
})

test('C-07 generations at the root of the bucket', () => {
  assert.equal(generationsPath(''), 'generations')
  assert.equal(generationsPath('foo'), 'foo/generations')
})

test('C-08 an empty generation is refused', () => {
  for (const path of [generationPath, (root: string, g: string) => snapshotPath(root, g, 0)])
    assert.throws(() => path('foo', ''), /^Error: generation required$/)
  assert.throws(() => walSegmentPath('foo', '', 0, 0), /^Error: generation required$/)
})

test('C-09 the snapshot with the lowest index of a generation', () => {
  const list = [
    { generation: '29cf4bced74e92ab', index: 0 },
    { generation: '5dfeb4aa03232553', index: 24 },
  ]
  assert.equal(minSnapshot(list, '29cf4bced74e92ab'), list[0])
  assert.equal(minSnapshot(list, '0000000000000000'), null)
})

test('C-10 the files beside a database', () => {
  const { wal, meta, generation, shadowWal } = databasePaths('/srv/db')
  assert.deepEqual(
    [wal, meta, generation, shadowWal('0123456701234567', 1)],
    [
      '/srv/db-wal',
      '/srv/.db-litestream',
      '/srv/.db-litestream/generation',
      '/srv/.db-litestream/generations/0123456701234567/wal/00000001.wal',
    ],
  )
})

test('C-11 the first sync copies the whole WAL under index 0', () => {
  const container = newLab().coldStart()
  const result = container.syncDatabase()!
  assert.deepEqual(result.position, {
    generation: result.position.generation,
    index: 0,
    offset: container.disk.size(`${databasePath}-wal`),
  })
  assert.match(result.position.generation, /^[0-9a-f]{16}$/)
  assert.equal(result.reason, 'no generation exists')
})

test('C-12 one more page, one more frame', () => {
  const container = newLab().coldStart()
  const before = container.syncDatabase()!.position
  insert(container)
  assert.deepEqual(container.syncDatabase()?.position, { ...before, offset: before.offset + 4120 })
})

test('C-13 a thousand pages are checkpointed and begin the next index', () => {
  const container = newLab().coldStart()
  const { generation } = container.syncDatabase()!.position
  insert(container, 1000)
  const result = container.syncDatabase()!
  assert.deepEqual(
    [result.position.generation, result.position.index, result.checkpoint],
    [generation, 1, 'PASSIVE'],
  )
})

test('C-14 an old database file is checkpointed too', () => {
  const lab = newLab({ database: { checkpointIntervalMs: 1e-6 } })
  const container = lab.coldStart()
  container.syncDatabase()
  insert(container)
  world.clock.advance(1)
  assert.equal(container.syncDatabase()?.position.index, 1)
})

/** Litestream starts again on the same disk: only what is on the disk is known. */
function restartLitestream(container: Container): LitestreamDatabase {
  return new LitestreamDatabase({
    disk: container.disk,
    path: databasePath,
    connection: container.connection,
    clock: world.clock,
    newGeneration: () => 'ffffffffffffffff',
  })
}

test('C-15 without the WAL a restarted Litestream begins a new generation', () => {
  const lab = newLab()
  const container = lab.coldStart()
  const before = container.syncDatabase()!.position.generation
  container.sigterm()
  const disk = container.disk.clone()
  disk.remove(`${databasePath}-wal`)
  const after = lab.coldStart({ disk }).syncDatabase()!
  assert.notEqual(after.position.generation, before)
  assert.equal(after.reason, 'no generation exists')
})

test('C-16 an overwritten last frame begins a new generation', () => {
  const container = newLab().coldStart()
  const { offset } = container.syncDatabase()!.position
  container.disk.writeAt(`${databasePath}-wal`, offset - 4120, fromHex('00000001'))
  const result = container.database.sync()!
  assert.equal(result.reason, 'wal overwritten by another process')
})

for (const [what, damage, reason] of [
  ['cut to part of a header', (disk: Disk, path: string) => disk.truncate(path, 31), 'no generation exists'],
  ['missing', (disk: Disk, path: string) => disk.remove(path), 'no generation exists'],
] as const)
  test(`C-17 a shadow WAL that is ${what} at the start begins a new generation`, () => {
    const container = newLab().coldStart()
    const { generation } = container.syncDatabase()!.position
    damage(container.disk, container.database.paths.shadowWal(generation, 0))
    const result = restartLitestream(container).sync()!
    assert.deepEqual([result.position.generation, result.reason], ['ffffffffffffffff', reason])
  })

for (const [size, reason] of [
  [31, 'short shadow wal'],
  [0, 'short shadow wal'],
  [null, 'no shadow wal'],
] as const)
  test(`C-17 a shadow WAL of ${size ?? 'no'} bytes while running begins a new generation`, () => {
    const container = newLab().coldStart()
    const { generation } = container.syncDatabase()!.position
    const path = container.database.paths.shadowWal(generation, 0)
    if (size === null) container.disk.remove(path)
    else container.disk.truncate(path, size)
    assert.equal(container.syncDatabase()?.reason, reason)
  })

test('C-17 a shadow WAL that ends within a frame goes on at the last whole one', () => {
  const container = newLab().coldStart()
  const { position } = container.syncDatabase()!
  const path = container.database.paths.shadowWal(position.generation, 0)
  container.disk.truncate(path, position.offset - 1)
  assert.deepEqual(
    [container.syncDatabase()?.position, container.disk.size(path)],
    [position, position.offset],
  )
})

test('a truncated real WAL begins a new generation', () => {
  const container = newLab().coldStart()
  const { offset } = container.syncDatabase()!.position
  container.disk.truncate(`${databasePath}-wal`, offset - 4120)
  assert.equal(container.database.sync()?.reason, 'wal truncated by another process')
})

test('C-18 the first upload equals the real WAL', () => {
  const { lab, container } = ready()
  const generations = new Set(lab.store.list().map(({ key }) => key.split('/')[1]))
  const { generation } = container.database.position()!
  assert.deepEqual([...generations], [generation])
  assert.deepEqual(
    decodeFrame(lab.store.get(walSegmentPath('', generation, 0, 0))),
    container.disk.read(`${databasePath}-wal`).slice(),
  )
})

test('C-19 a TRUNCATE checkpoint between two snapshots', () => {
  const { lab, container } = ready()
  container.checkpoint('TRUNCATE')
  container.replication.takeSnapshot()
  assert.deepEqual(
    container.replica.listing().snapshots.map(({ index }) => index),
    [0, 1],
  )
  assert.equal(lab.store.list().length, 4)
})

test('C-20 sizes of a new database', () => {
  const container = newLab().coldStart()
  container.syncDatabase()
  const wal = container.disk.read(`${databasePath}-wal`)
  assert.deepEqual(
    [container.disk.size(databasePath), wal.length, parseWal(wal).frames.length, parseWal(wal).validEnd],
    [4096, 24_752, 6, 24_752],
  )
  assert.deepEqual(container.connection.rows('SELECT name FROM sqlite_schema ORDER BY rowid'), [
    ['t'],
    ['_litestream_seq'],
    ['_litestream_lock'],
  ])
})

/** C-21 and C-22: three single inserts uploaded one by one, two more, a RESTART checkpoint. */
function fiveRows(settings: Partial<LabSettings> = {}): { lab: Lab; container: Container } {
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

test('C-21 and C-22 names and sizes of the segments', () => {
  const { lab, container } = fiveRows()
  assert.deepEqual(objects(lab), [
    ['00000000.snapshot.lz4', 16_384],
    ['00000000_00000000.wal.lz4', 24_752],
    ['00000000_000060b0.wal.lz4', 4120],
    ['00000000_000070c8.wal.lz4', 4120],
    ['00000000_000080e0.wal.lz4', 4120],
    ['00000000_000090f8.wal.lz4', 8240],
    ['00000001_00000000.wal.lz4', 4152],
  ])
  assert.equal(container.disk.size(`${databasePath}-wal`), 45_352)
  const states = parseWal(container.disk.read(`${databasePath}-wal`)).frames.map(({ state }) => state)
  assert.deepEqual(states, ['committed', ...Array<string>(10).fill('stale')])
})

test('C-23 what was not uploaded is lost with kill -9, the rest comes back whole', () => {
  const { lab, container } = fiveRows()
  insert(container, 2)
  container.syncDatabase()
  const loss = container.sigkill()
  assert.deepEqual(
    loss.commits.map(({ key }) => key),
    ['6', '7'],
  )
  const { keys, integrity, missing } = lab.coldStart().restored
  assert.deepEqual([keys, integrity], [['1', '2', '3', '4', '5'], 'ok'])
  assert.deepEqual(
    missing.map(({ commit, reason }) => [commit.key, reason]),
    [
      ['6', 'not-uploaded'],
      ['7', 'not-uploaded'],
    ],
  )
})

test('C-24 SIGTERM loses nothing', () => {
  const { lab, container } = fiveRows()
  insert(container, 2)
  assert.deepEqual(container.sigterm().commits, [])
  assert.deepEqual(lab.coldStart().restored.keys, ['1', '2', '3', '4', '5', '6', '7'])
})

test('C-25 a point in time is that of a segment', () => {
  const { lab, container } = fiveRows()
  container.sigterm()
  const segments = container.replica.listing().segments.slice(0, 4)
  const rows = segments.map(({ createdMs }) => {
    const restored = lab.coldStart({ timestamp: createdMs })
    const { keys } = restored.restored
    restored.sigkill()
    return keys
  })
  assert.deepEqual(rows, [[], ['1'], ['1', '2'], ['1', '2', '3']])
})

test('C-26 a restore never overwrites', () => {
  const { lab, container } = ready()
  assert.throws(() => refuseExisting(container.disk, databasePath), {
    message: `cannot restore, output path already exists: ${databasePath}`,
  })
  const { generation } = container.database.position()!
  assert.throws(() => lab.coldStart({ disk: container.disk, generation }), /output path already exists/)
})

test('C-27 an empty bucket is an error, but not with -if-replica-exists', () => {
  assert.equal(planRestore([], { ifReplicaExists: true }), null)
  assert.throws(() => planRestore([]), { message: 'no matching backups found' })
})

const object = (key: string, createdMs = 1): StoredObject => ({
  key: `generations/0123456701234567/${key}`,
  size: 1,
  createdMs,
})

test('C-28 an index that does not begin at its start', () => {
  assert.throws(
    () => planRestore([object('snapshots/00000000.snapshot.lz4'), object('wal/00000000_00001038.wal.lz4')]),
    /missing initial wal segment: generation=0123456701234567 index=00000000 offset=4152$/,
  )
})

test('C-29 a missing index', () => {
  assert.throws(
    () =>
      planRestore([
        object('snapshots/00000000.snapshot.lz4'),
        object('wal/00000000_00000000.wal.lz4'),
        object('wal/00000002_00000000.wal.lz4'),
      ]),
    /^Error: missing WAL index: 0123456701234567\/00000001$/,
  )
})

test('C-30 each cold start begins a generation with a snapshot of its own', () => {
  const lab = newLab()
  for (let life = 0; life < 3; life++) {
    const container = lab.coldStart()
    lab.advance(3000)
    container.sigkill()
  }
  const keys = lab.store.list().map(({ key }) => key)
  assert.equal(new Set(keys.map((key) => key.split('/')[1])).size, 3)
  assert.equal(keys.filter((key) => key.includes('/snapshots/')).length, 3)
})

test('C-31 retention keeps the current generation and deletes the others', () => {
  const lab = newLab()
  const first = lab.coldStart()
  lab.advance(3000)
  insert(first)
  lab.advance(3000)
  first.sigterm()
  const container = lab.coldStart()
  lab.advance(3000)
  lab.skip(25 * 3_600_000)
  const { generation } = container.database.position()!
  assert.deepEqual(container.replica.listing().generations, [generation])
  const [snapshot, ...others] = container.replica.listing().snapshots
  assert.deepEqual(others, [])
  assert.ok(snapshot!.createdMs > world.clock.now() - 86_400_000)
  container.sigkill()
  assert.deepEqual(lab.coldStart().restored.keys, ['1'])
})

for (const email of ['test@bitwarden.com', 'TEST@bitwarden.com', ' test@bitwarden.com'])
  test(`C-32 the password hash for "${email}"`, async () => {
    const masterKey = await deriveMasterKey('asdfasdf', email, 100_000)
    assert.equal(await passwordHash(masterKey, 'asdfasdf'), 'wmyadRMyBZOH7P/a/ucTCbSghKgdzDpPqUnu/DAVtSw=')
  })

const masterKeyHex = '1f4f68e29647b15ac250acd1118184518aa745a7fe95021b27c5402a16c3564b'

test('C-33 a master key', async () => {
  assert.equal(toHex(await deriveMasterKey('67t9b5g67$%Dh89n', 'test_key', 10_000)), masterKeyHex)
})

test('C-34 its stretched keys', async () => {
  const { enc, mac } = await stretchKey(fromHex(masterKeyHex))
  assert.deepEqual(
    [toHex(enc), toHex(mac)],
    [
      '6f1fb22dee9825728fd77c5387adc3178e8678f93d84a3b671c5bdccbc15ed60',
      'dd7fceea651bca265634221c4e1cb910303d7fa6d1f7c257e81a3055c1f9b39b',
    ],
  )
})

test('C-35 too few iterations are refused', async () => {
  await assert.rejects(deriveMasterKey('a', 'b', 4999), /at least 5000 iterations/)
})

const sample =
  '2.pMS6/icTQABtulw52pq2lg==|XXbxKxDTh+mWiN1HjH2N1w==|Q6PkuT+KX/axrgN9ubD5Ajk2YNwxQkgs3WJM0S0wtG8='

test('C-36 an encrypted string is read and printed back', () => {
  const parsed = parseEncString(sample)
  assert.deepEqual([parsed.type, parsed.iv.length, parsed.data.length, parsed.mac.length], [2, 16, 16, 32])
  assert.equal(formatEncString(parsed), sample)
})

test('C-37 a changed mac is refused before decrypting', async () => {
  const key = splitUserKey(Uint8Array.from({ length: 64 }, (_, i) => i))
  const secret = parseEncString(await encryptText('跬步', key, new Uint8Array(16)))
  assert.equal(new TextDecoder().decode(await decrypt(secret, key)), '跬步')
  const mac = secret.mac.slice()
  mac[0]! ^= 1
  await assert.rejects(decrypt({ ...secret, mac }, key), /refused before decrypting/)
  // The data is no whole number of blocks: had it been decrypted first, the error would be another one.
  await assert.rejects(decrypt({ ...secret, data: secret.data.slice(1) }, key), /refused before decrypting/)
})

test('C-38 an LZ4 frame without compression', (t) => {
  const content = Uint8Array.from({ length: 70_005 }, (_, i) => (i * 7) & 255)
  const frame = encodeFrame(content)
  assert.equal(toHex(frame.subarray(0, 7)), '04224d18607073')
  assert.equal(toHex(frame.subarray(-4)), '00000000')
  assert.deepEqual(decodeFrame(frame), content)
  const lz4 = spawnSync('lz4', ['-d', '-c'], { input: frame, maxBuffer: 1 << 20 })
  if (lz4.error !== undefined) return t.diagnostic('no lz4 on this machine')
  assert.deepEqual(new Uint8Array(lz4.stdout), content)
  const compressed = spawnSync('lz4', ['-c'], { input: content, maxBuffer: 1 << 20 }).stdout
  assert.deepEqual(decodeFrame(compressed), content)
})

test('split brain: the later generation wins, the writes of the other are gone', () => {
  const { lab, container } = ready()
  insert(container)
  lab.advance(3000)
  const second = lab.coldStart()
  assert.deepEqual(second.restored.keys, ['1'])
  container.write('a', "INSERT INTO t (id, v) VALUES (100, 'a')")
  lab.advance(3000)
  second.write('200', "INSERT INTO t (id, v) VALUES (200, 'b')")
  lab.advance(3000)
  container.sigkill()
  second.sigkill()
  const { restored } = lab.coldStart()
  assert.deepEqual(restored.keys, ['1', '200'])
  assert.deepEqual(
    restored.missing.map(({ commit, reason }) => [commit.key, reason]),
    [['a', 'other-generation']],
  )
})

test('over the clock a commit is in the bucket after monitor, sync and upload', () => {
  const lab = newLab({ uploadMs: 300 })
  const container = lab.coldStart()
  lab.advance(5000)
  insert(container)
  assert.equal(lab.commits[0]?.state, 'local')
  lab.advance(1000)
  assert.equal(lab.commits[0]?.state, 'shadow')
  lab.advance(1300)
  assert.equal(lab.commits[0]?.state, 'uploaded')
})

test('the same seed gives the same bytes', async () => {
  const run = async (): Promise<string> => {
    const clock = createClock(0)
    const rng = createRng(7)
    const fresh = await loadEngine({
      now: () => clock.now(),
      random: (bytes) =>
        bytes.forEach((_, i) => {
          bytes[i] = rng.int(256)
        }),
    })
    const lab = new Lab({ clock, rng, engine: fresh, app: tableApp })
    const container = lab.coldStart()
    insert(container)
    lab.advance(5000)
    return lab.store
      .list()
      .map(({ key, createdMs }) => `${key} ${createdMs} ${toHex(lab.store.get(key))}`)
      .join()
  }
  rowCount = 0
  const first = await run()
  rowCount = 0
  assert.equal(await run(), first)
})

test('a full bucket is told and replication goes on when there is room', () => {
  const clock = createClock()
  const store = new ObjectStore(clock, 10)
  store.put('a', new Uint8Array(8))
  assert.throws(() => store.put('b', new Uint8Array(3)), /已满/)
  store.put('a', new Uint8Array(10))
  assert.equal(store.size, 10)
})

test('timestamps are RFC 3339', () => {
  assert.equal(parseTimestamp('2024-09-03T10:55:52+08:00'), 1_725_332_152_000)
  for (const bad of ['2024-09-03', 'now', '2024-09-03 10:55:52Z', '2024-13-03T10:55:52Z'])
    assert.throws(() => parseTimestamp(bad), /invalid -timestamp/)
})

test('an index needs a generation and excludes a timestamp', () => {
  assert.throws(() => planRestore([], { index: 1 }), /must specify generation/)
  assert.throws(
    () => planRestore([], { index: 1, generation: '0123456701234567', timestamp: 1 }),
    /cannot specify index & timestamp/,
  )
})

test('without a timestamp the generation with the latest object is chosen', () => {
  const of = (generation: string, createdMs: number) => ({
    generations: [generation],
    snapshots: [{ key: generation, size: 1, createdMs, generation, index: 0 }],
    segments: [],
  })
  const a = of('a', 10)
  const b = of('b', 20)
  const both = {
    generations: ['a', 'b'],
    snapshots: [...a.snapshots, ...b.snapshots],
    segments: [],
  }
  assert.equal(chooseGeneration(both)?.generation, 'b')
  assert.equal(chooseGeneration(both, { timestamp: 10 })?.generation, 'a')
  assert.equal(chooseGeneration(both, { timestamp: 15 }), null)
})

test('the walkthrough tells the same story every time, with the sizes of the cases', async () => {
  const text = await walkthrough()
  assert.equal(await walkthrough(), text)
  for (const fact of [
    '00000000_000080e0.wal.lz4',
    '24,752',
    '45,352 B',
    '3条：1、2、3',
    '2条：4、5',
    'integrity_check：ok',
  ])
    assert.ok(text.includes(fact), fact)
  assert.ok(summary.length > 40)
})

test('the files to deploy are whole: YAML parses, the entrypoint is bash', () => {
  const text = (name: string): string => deployFiles.find((file) => file.name === name)!.text
  const replica = {
    type: 's3',
    endpoint: `\${REPLICA_URL}`,
    region: 'auto',
    bucket: 'sqlite',
    path: 'vaultwarden',
    'sync-interval': '1s',
  }
  assert.deepEqual(yaml.load(text('litestream.yml')), {
    dbs: [{ path: databasePath, replicas: [{ ...replica, 'snapshot-interval': '6h', retention: '72h' }] }],
  })
  assert.deepEqual(yaml.load(text('litestream-v0.5.yml')), {
    snapshot: { interval: '6h', retention: '72h' },
    dbs: [{ path: databasePath, replica }],
  })
  assert.deepEqual(Object.keys(yaml.load(text('compose.yaml')) as object), ['services'])
  const bash = spawnSync('bash', ['-n'], { input: text('entrypoint.sh'), encoding: 'utf8' })
  if (bash.error === undefined) assert.deepEqual([bash.status, bash.stderr], [0, ''])
  for (const { name, text, notes } of deployFiles)
    for (const { line } of notes)
      assert.ok(line >= 1 && line <= text.split('\n').length - 1, `${name}:${line}`)
})

test('only ciphertext reaches the bucket, and the restored vault opens with the master password', async () => {
  const random = (length: number) => Uint8Array.from({ length }, () => world.rng.int(256))
  const lab = newLab({}, vaultApp)
  const container = lab.coldStart()
  const account = await createAccount(' Demo@Example.com', 'correct horse', random, 5000)
  const login = { name: '跬步的邮箱', username: 'timmy', password: 'hunter2-hunter2' }
  for (const { key, sql, bind } of [
    registerStatement(account, world.clock.now()),
    await loginStatement(account, login, random, world.clock.now()),
  ])
    container.write(key, sql, bind)
  container.sigterm()
  const bucket = lab.store.list().map(({ key }) => new TextDecoder('latin1').decode(lab.store.get(key)))
  for (const secret of ['timmy', 'hunter2', 'correct horse'])
    assert.ok(!bucket.some((text) => text.includes(secret)), secret)
  const restored = lab.coldStart()
  const masterKey = await deriveMasterKey('correct horse', 'demo@example.com', 5000)
  const userKey = await unlock(storedKey(restored.connection, account)!, await stretchKey(masterKey))
  assert.deepEqual(await openLogin(listCiphers(restored.connection)[0]!, userKey), login)
})
