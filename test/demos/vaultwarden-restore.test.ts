// Public cases C-26 … C-31: restores, their refusals, retention.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  chooseGeneration,
  databasePath,
  parseTimestamp,
  planRestore,
  refuseExisting,
} from '../../content/projects/vaultwarden-litestream/demo/core/index.js'

// The public cases C-01 to C-38 of the demo. Each runs the real parts: SQLite over the in-memory disk, its WAL,
// the model of Litestream, the bucket.
import { insert, newLab, object, ready, world } from './vaultwarden-world.js'

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
