import assert from 'node:assert/strict'
import test from 'node:test'
import { memoryDisk } from '../../src/engine/memory-disk.js'
import { encodeEntry, hashOf, openPack, selectionsOf } from '../../src/engine/pack.js'

test('what was appended can be read before it is on the disk, and long after', () => {
  const disk = memoryDisk()
  const pack = openPack(disk, '/pack', 0)
  // Far more than is held in memory.
  const entries = Array.from({ length: 40 }, (_, i) => encodeEntry(String(i).padEnd(1 << 20, 'x')))
  const refs = entries.map((entry) => pack.append(entry))
  assert.deepEqual(
    refs.map((ref) =>
      Buffer.from(pack.read(ref) ?? [])
        .subarray(0, 4)
        .toString(),
    ),
    entries.map(({ bytes }) => Buffer.from(bytes).subarray(0, 4).toString()),
  )
})

test('what was appended last is read without asking the disk', () => {
  const inner = memoryDisk()
  let asked = 0
  const disk = {
    ...inner,
    open(path: string) {
      const file = inner.open(path)
      return {
        ...file,
        readAt(offset: number, length: number) {
          asked++
          return file.readAt(offset, length)
        },
      }
    },
  }
  const pack = openPack(disk, '/pack', 0)
  const ref = pack.append(encodeEntry('a page'))
  pack.flush()
  assert.equal(pack.read(ref)?.length, 's a page'.length - 1)
  assert.equal(asked, 0)
  assert.equal(openPack(disk, '/pack', pack.length).read(ref)?.length, 's a page'.length - 1)
  assert.equal(asked, 1)
})

test('a selection of fields is known by the hash of an object that has only those', () => {
  const value = { b: [1, { z: 'ä"', a: null }], a: '\ud800', none: undefined, é: true, B: {} }
  const select = selectionsOf(value)
  for (const names of [[], ['a'], ['b', 'é'], ['B', 'a', 'b', 'none'], Object.keys(value)]) {
    const only = Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)))
    assert.equal(select((name) => names.includes(name)).hash, hashOf(only), names.join())
  }
})
