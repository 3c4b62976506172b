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

test('what processes left that were killed while they took it is swept; a living one’s draft stays', () => {
  const disk = memoryDisk()
  for (const name of ['lock.3', 'lock.3.old', 'lock.1', 'lock.txt', 'other.3']) disk.write(`/${name}`, '')
  takeLock(disk, '/lock', processes(2, { 1: 'then', 2: 'now' }))
  assert.deepEqual([...disk.files().keys()], ['lock', 'lock.1', 'lock.txt', 'other.3'])
})

test('of two that find a dead lock at once, one gets it', () => {
  const disk = memoryDisk()
  const alive = { 2: 'two', 3: 'three' }
  takeLock(disk, '/lock', processes(1, { 1: 'then' }))
  // The third comes just when the second has looked and is about to clear the dead lock away.
  let taken = false
  disk.beforeChange = ({ verb }) => {
    if (verb !== 'rename' || taken) return
    taken = true
    takeLock(disk, '/lock', processes(3, alive))
  }
  assert.throws(
    () => takeLock(disk, '/lock', processes(2, alive)),
    (error) => error instanceof LockHeld && error.pid === 3,
  )
})

test('a lock that cannot be given back does no harm', () => {
  const disk = memoryDisk()
  const release = takeLock(disk, '/lock', processes(1, { 1: 'then' }))
  disk.beforeChange = ({ path }) => {
    throw Object.assign(new Error(`EACCES: ${path}`), { code: 'EACCES', syscall: 'unlink' })
  }
  release()
})
