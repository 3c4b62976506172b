// Further behaviour of Litestream 0.3, from its sources: what a reader who knows it would try in the lab.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { planRestore } from '../../content/projects/vaultwarden-litestream/demo/core/index.js'
import { fiveRows, insert, newLab, object, objects, ready, shortKey } from './vaultwarden-world.js'

test('an object is in the bucket when its upload ends, and is named by generation, index and offset', () => {
  const lab = newLab({ monitorMs: 1000, syncMs: 1000, uploadMs: 400 })
  const container = lab.coldStart()
  lab.advance(1399)
  assert.deepEqual(objects(lab), [])
  lab.advance(1)
  assert.deepEqual(
    objects(lab).map(([key]) => key),
    ['00000000.snapshot.lz4'],
  )
  lab.advance(400)
  assert.deepEqual(
    objects(lab).map(([key]) => key),
    ['00000000.snapshot.lz4', '00000000_00000000.wal.lz4'],
  )
  assert.match(
    lab.store.list()[0]!.key,
    new RegExp(`^generations/${container.database.generation()}/snapshots/`),
  )
})

test('killed while an upload is on its way: that object never comes to be', () => {
  const { lab, container } = ready({ uploadMs: 500 })
  lab.advance(2000)
  const before = lab.store.list().length
  insert(container)
  while (container.replication.uploading === null) lab.advance(10)
  const loss = container.sigkill()
  lab.advance(10_000)
  assert.deepEqual([lab.store.list().length, loss.commits.length], [before, 1])
})

test('SIGTERM loses nothing, however slow the intervals', () => {
  const { lab, container } = ready({ monitorMs: 60_000, syncMs: 60_000, uploadMs: 3000 })
  insert(container, 2)
  assert.deepEqual(container.sigterm().commits, [])
  assert.deepEqual(lab.coldStart().restored.keys, ['1', '2'])
})

test('what a kill costs is told row by row, with the time since the first of them', () => {
  const { lab, container } = ready({ monitorMs: 10_000 })
  insert(container)
  lab.advance(700)
  insert(container)
  const { commits, windowMs } = container.sigkill()
  assert.deepEqual([commits.map(({ key }) => key), windowMs], [['1', '2'], 700])
})

test('a quiet database older than a minute is checkpointed: the next index begins', () => {
  const { lab, container } = ready()
  insert(container)
  lab.advance(3000)
  const before = container.database.position()!.index
  lab.advance(65_000)
  assert.equal(container.database.position()!.index, before + 1)
})

test('snapshots by interval go into the same generation, at its present index', () => {
  const { lab, container } = ready({ snapshotMs: 30_000 })
  insert(container)
  lab.advance(31_000)
  const { generations, snapshots } = container.replica.listing()
  assert.deepEqual([generations.length, snapshots.map(({ index }) => index)], [1, [0]])
  lab.advance(90_000)
  assert.deepEqual(
    container.replica.listing().snapshots.map(({ index }) => index),
    [0, 1],
  )
})

test('instances that never live an hour never clean up', () => {
  const lab = newLab()
  for (let i = 0; i < 4; i++) {
    const container = lab.coldStart()
    lab.skip(50 * 60_000)
    container.sigterm()
    lab.advance(30 * 3_600_000)
  }
  assert.equal(new Set(lab.store.list().map(({ key }) => key.split('/')[1])).size, 4)
})

test('a point in time before the first snapshot belongs to no generation', () => {
  const { lab } = ready()
  const at = lab.store.list()[0]!.createdMs
  assert.equal(planRestore(lab.store.list(), { timestamp: at - 1, ifReplicaExists: true }), null)
  assert.throws(() => planRestore(lab.store.list(), { timestamp: at - 1 }), /no matching backups found/)
})

test('a restore by index stops at it', () => {
  const { lab, container } = fiveRows()
  insert(container)
  container.syncDatabase()
  container.syncReplica()
  const generation = container.database.generation()
  const plan = planRestore(lab.store.list(), { generation, index: 0 })
  assert.deepEqual(
    plan?.files.map(({ index }) => index),
    [0],
  )
  const all = planRestore(lab.store.list(), { generation })
  assert.deepEqual(
    all?.files.map(({ index }) => index),
    [0, 1],
  )
})

test('the base is the newest snapshot that is not above the index', () => {
  const files = [
    object('snapshots/00000000.snapshot.lz4'),
    object('snapshots/00000002.snapshot.lz4', 2),
    object('wal/00000002_00000000.wal.lz4', 3),
  ]
  const keyOf = (index?: number) =>
    shortKey(
      planRestore([...files, object('wal/00000000_00000000.wal.lz4')], {
        generation: '0123456701234567',
        ...(index !== undefined && { index }),
      })!.snapshot.key,
    )
  assert.deepEqual([keyOf(), keyOf(0)], ['00000002.snapshot.lz4', '00000000.snapshot.lz4'])
})

test('segments out of order are refused', () => {
  const files = [
    'snapshots/00000000.snapshot.lz4',
    'wal/00000000_00000000.wal.lz4',
    'wal/00000000_00001038.wal.lz4',
  ]
  assert.equal(planRestore(files.map((key) => object(key)))?.files[0]?.segments.length, 2)
})

test('two containers at once: the bucket has both generations, the next start takes the later one', () => {
  const { lab, container } = ready()
  insert(container)
  lab.advance(3000)
  const second = lab.coldStart()
  lab.advance(3000)
  assert.equal(new Set(lab.store.list().map(({ key }) => key.split('/')[1])).size, 2)
  assert.notEqual(container.database.generation(), second.database.generation())
  container.write('9', 'INSERT INTO t (id, v) VALUES (9, ?)', ['late'])
  lab.advance(3000)
  container.sigterm()
  second.sigkill()
  assert.deepEqual(lab.coldStart().restored.keys, ['1', '9'])
})

test('the database stands still while nothing is written, and so does the bucket', () => {
  const { lab } = ready()
  lab.advance(200_000)
  const before = lab.store.list().length
  lab.advance(300_000)
  assert.ok(lab.store.list().length - before <= 6, `${lab.store.list().length - before} objects of nothing`)
})
