import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Disk } from '../../src/engine/disk.js'
import { type MemoryDisk, memoryDisk } from '../../src/engine/memory-disk.js'
import { encodeEntry } from '../../src/engine/pack.js'
import { openStore } from '../../src/engine/store.js'
import type { Trace } from '../../src/engine/trace.js'

const world = (hash: string) => ({ hash, parts: { inkstone: 'i', 'the configuration': hash } })
const open = (disk: Disk, hash = 'w', fresh = false) =>
  openStore({ disk, folder: '/cache', world: world(hash), fresh })

const about = (reasons: Readonly<Record<string, string>> = {}) => ({ isOfOneMoment: true, reasons })

function saved(disk: Disk, values: Record<string, string>, hash = 'w'): void {
  const store = open(disk, hash)
  const traces = new Map<string, Trace>()
  for (const [key, value] of Object.entries(values))
    traces.set(key, {
      version: '1',
      reads: [['file:a', 'x']],
      parts: { value: store.pack.append(encodeEntry(value)) },
    })
  store.save(traces, about({ one: 'new' }))
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

/** Twenty steps, then another value for the first of them, one more, and the second gone. */
function changedOnce(): { disk: MemoryDisk; before: Uint8Array } {
  const disk = memoryDisk()
  saved(disk, Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`step ${i}`, `value ${i}`])))
  const before = disk.read('/cache/state')
  const store = open(disk)
  const traces = new Map(store.old)
  const trace = (value: string): Trace => ({
    version: '2',
    reads: [['file:b', 'y']],
    parts: { value: store.pack.append(encodeEntry(value)) },
  })
  traces.set('step 0', trace('other'))
  traces.set('step 20', trace('new'))
  traces.delete('step 1')
  store.save(traces, about({ 'step 0': 'changed: file:b' }))
  store.sweep()
  return { disk, before }
}

const valuesOf = (disk: Disk): Map<string, string> => {
  const { old, pack } = open(disk)
  return new Map(
    [...old].map(([key, { parts }]) => [key, Buffer.from(pack.read(parts['value']!) ?? []).toString()]),
  )
}

test('a small change is written beside the state, and found again', () => {
  const { disk, before } = changedOnce()
  assert.deepEqual(disk.read('/cache/state'), before)
  const values = valuesOf(disk)
  assert.equal(values.size, 20)
  assert.deepEqual(
    [values.get('step 0'), values.get('step 1'), values.get('step 2'), values.get('step 20')],
    ['sother', undefined, 'svalue 2', 'snew'],
  )
  assert.deepEqual(open(disk).old.get('step 0')?.reads, [['file:b', 'y']])
  assert.deepEqual(open(disk).reasons, { 'step 0': 'changed: file:b' })
})

test('a change that is cut or altered anywhere is as if it had never been', () => {
  const { disk } = changedOnce()
  const whole = disk.read('/cache/state.journal')
  const pack = disk.read('/cache/pack-1')
  const look = (journal: Uint8Array): string => {
    disk.write('/cache/state.journal', journal)
    disk.write('/cache/pack-1', pack)
    return valuesOf(disk).get('step 0') ?? ''
  }
  assert.equal(look(whole), 'sother')
  for (let i = 0; i < whole.length; i++) {
    assert.equal(look(whole.subarray(0, i)), 'svalue 0', `cut at ${i}`)
    const flipped = Uint8Array.from(whole)
    flipped[i] = (flipped[i] ?? 0) ^ 4
    assert.equal(look(flipped), 'svalue 0', `byte ${i}`)
  }
})

test('behind a torn change nothing is written: the whole state is saved anew', () => {
  const { disk } = changedOnce()
  disk.append('/cache/state.journal', Buffer.from('{"torn'))
  const store = open(disk)
  assert.equal(store.old.size, 20)
  store.save(store.old, about())
  assert.equal(disk.stat('/cache/state.journal'), null)
  assert.equal(valuesOf(disk).get('step 20'), 'snew')
})

test('many changes are written as a whole state', () => {
  const disk = memoryDisk()
  const values = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`step ${i}`, `value ${i}`]))
  saved(disk, values)
  for (let round = 0; round < 10; round++) {
    const store = open(disk)
    const traces = new Map(store.old)
    traces.set(`step ${round}`, {
      version: '2',
      reads: [],
      parts: { value: store.pack.append(encodeEntry(`round ${round}`)) },
    })
    store.save(traces, about())
  }
  const found = valuesOf(disk)
  for (let i = 0; i < 20; i++) assert.equal(found.get(`step ${i}`), i < 10 ? `sround ${i}` : `svalue ${i}`)
  const journal = disk.stat('/cache/state.journal')?.size ?? 0
  assert.ok(journal < disk.read('/cache/state').length / 2, `${journal} bytes of changes`)
})
