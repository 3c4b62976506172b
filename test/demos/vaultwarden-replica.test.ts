// Public cases C-18 … C-25: what reaches the bucket, and what a death costs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import {
  databasePath,
  decodeFrame,
  ObjectStore,
  parseWal,
  walSegmentPath,
} from '../../content/projects/vaultwarden-litestream/demo/core/index.js'

// The public cases C-01 to C-38 of the demo. Each runs the real parts: SQLite over the in-memory disk, its WAL,
// the model of Litestream, the bucket.
import { fiveRows, insert, newLab, objects, ready } from './vaultwarden-world.js'

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

test('a full bucket is told and replication goes on when there is room', () => {
  const clock = createClock()
  const store = new ObjectStore(clock, 10)
  store.put('a', new Uint8Array(8))
  assert.throws(() => store.put('b', new Uint8Array(3)), /已满/)
  store.put('a', new Uint8Array(10))
  assert.equal(store.size, 10)
})
