import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LockHeld, type Processes, takeLock } from '../../src/engine/lock.js'
import { memoryDisk } from '../../src/engine/memory-disk.js'

const processes = (own: number, alive: Record<number, string>): Processes => ({
  own,
  isAlive: (pid) => pid in alive,
  startOf: (pid) => alive[pid] ?? '',
})

test('a lock held by a live process is refused, naming it', () => {
  const disk = memoryDisk()
  takeLock(disk, '/lock', processes(1, { 1: 'then' }))
  assert.throws(
    () => takeLock(disk, '/lock', processes(2, { 1: 'then', 2: 'now' })),
    (error) => error instanceof LockHeld && error.pid === 1,
  )
})

test('a lock that was given back is free', () => {
  const disk = memoryDisk()
  takeLock(disk, '/lock', processes(1, { 1: 'then' }))()
  takeLock(disk, '/lock', processes(2, { 1: 'then', 2: 'now' }))
})

test('the lock of a dead process is taken over', () => {
  const disk = memoryDisk()
  takeLock(disk, '/lock', processes(1, { 1: 'then' }))
  takeLock(disk, '/lock', processes(2, { 2: 'now' }))
})

test('another process under the same number does not hold it', () => {
  const disk = memoryDisk()
  takeLock(disk, '/lock', processes(1, { 1: 'then' }))
  takeLock(disk, '/lock', processes(2, { 1: 'later', 2: 'now' }))
})

test('a damaged lock is taken over', () => {
  const disk = memoryDisk()
  disk.write('/lock', '{"pid":1')
  takeLock(disk, '/lock', processes(2, { 1: 'then', 2: 'now' }))
})
