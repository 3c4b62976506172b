import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Disk } from '../../src/engine/disk.js'
import { memoryDisk } from '../../src/engine/memory-disk.js'
import { encodeEntry } from '../../src/engine/pack.js'
import type { Trace } from '../../src/engine/state.js'
import { openStore } from '../../src/engine/store.js'

const world = (hash: string) => ({ hash, parts: { inkstone: 'i', 'the configuration': hash } })
const open = (disk: Disk, hash = 'w', fresh = false) =>
  openStore({ disk, folder: '/cache', world: world(hash), fresh })

function saved(disk: Disk, values: Record<string, string>, hash = 'w'): void {
  const store = open(disk, hash)
  const traces = new Map<string, Trace>()
  for (const [key, value] of Object.entries(values))
    traces.set(key, {
      version: '1',
      reads: [['file:a', 'x']],
      parts: { value: store.pack.append(encodeEntry(value)) },
    })
  store.save(traces, { one: 'new' })
  store.sweep()
}

test('what was saved is there again', () => {
  const disk = memoryDisk()
  saved(disk, { one: '中', two: 'b' })
  const store = open(disk)
  assert.deepEqual([...store.old.keys()], ['one', 'two'])
  assert.deepEqual(store.old.get('one')?.reads, [['file:a', 'x']])
  const ref = store.old.get('one')?.parts['value']
  assert.equal(ref && Buffer.from(store.pack.read(ref) ?? []).toString(), 's中')
  assert.equal(store.notice, '')
})

test('another world starts empty and says which part differs', () => {
  const disk = memoryDisk()
  saved(disk, { one: 'a' })
  const store = open(disk, 'other')
  assert.equal(store.old.size, 0)
  assert.equal(store.notice, 'Changed since the last build: the configuration; everything is built anew.')
})

test('every single flipped byte of the state is noticed', () => {
  const disk = memoryDisk()
  saved(disk, { one: 'a' })
  const whole = disk.read('/cache/state')
  for (let i = 0; i < whole.length; i++) {
    const flipped = Uint8Array.from(whole)
    flipped[i] = (flipped[i] ?? 0) ^ 4
    disk.write('/cache/state', flipped)
    assert.equal(open(disk).old.size, 0, `byte ${i}`)
    saved(disk, { one: 'a' })
  }
})

test('a state cut anywhere is noticed', () => {
  const disk = memoryDisk()
  saved(disk, { one: 'a' })
  const whole = disk.read('/cache/state')
  for (let length = 0; length < whole.length; length++) {
    disk.write('/cache/state', whole.subarray(0, length))
    assert.equal(open(disk).old.size, 0, `length ${length}`)
  }
})

test('a torn tail of the pack is cut off and the rest is used', () => {
  const disk = memoryDisk()
  saved(disk, { one: 'a' })
  const length = disk.read('/cache/pack-1').length
  disk.append('/cache/pack-1', Buffer.from('torn'))
  assert.equal(open(disk).old.size, 1)
  assert.equal(disk.read('/cache/pack-1').length, length)
})

test('a pack shorter than the state says is not believed', () => {
  const disk = memoryDisk()
  saved(disk, { one: 'a', two: 'b' })
  disk.truncate('/cache/pack-1', 2)
  const store = open(disk)
  assert.equal(store.old.size, 0)
  assert.equal(store.pack.length, 0)
})

test('distrust leaves out exactly the damaged entries', () => {
  const disk = memoryDisk()
  saved(disk, { one: 'aaaa', two: 'bbbb' })
  const bytes = Uint8Array.from(disk.read('/cache/pack-1'))
  bytes[1] = 0
  disk.write('/cache/pack-1', bytes)
  const store = open(disk)
  store.distrust()
  assert.deepEqual([...store.old.keys()], ['two'])
})

test('the pack is rewritten when the dead outweigh the living', () => {
  const disk = memoryDisk()
  for (let round = 0; round < 4; round++) saved(disk, { one: `${round}${'x'.repeat(800_000)}` })
  const packs = disk.list('/cache').filter(({ name }) => name.startsWith('pack-'))
  assert.equal(packs.length, 1)
  assert.notEqual(packs[0]?.name, 'pack-1')
  const store = open(disk)
  const ref = store.old.get('one')?.parts['value']
  assert.equal(ref && store.pack.read(ref)?.length, 800_002)
})

test('--clean ignores the cache', () => {
  const disk = memoryDisk()
  saved(disk, { one: 'a' })
  assert.equal(open(disk, 'w', true).old.size, 0)
})
