// Public cases C-11 … C-17: syncs, checkpoints, generations.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { databasePath, fromHex } from '../../content/projects/vaultwarden-litestream/demo/core/index.js'

// The public cases C-01 to C-38 of the demo. Each runs the real parts: SQLite over the in-memory disk, its WAL,
// the model of Litestream, the bucket.
import { insert, newLab, world } from './vaultwarden-world.js'

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
