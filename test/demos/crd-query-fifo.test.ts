// Public cases B-13 … B-20: what waits in the DeltaFIFO, in which order, and when it has synced.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DeltaFifo, tombstone } from '../../content/projects/crd-query/demo/core/deltafifo.js'

interface Item {
  readonly name: string
  readonly value: number
}
const item = (name: string, value: number): Item => ({ name, value })

function fifoKnowing(...known: readonly Item[]): DeltaFifo<Item> {
  return new DeltaFifo<Item>({
    keyOf: (object) => object.name,
    knownObjects: {
      listKeys: () => known.map((object) => object.name),
      getByKey: (key) => known.find((object) => object.name === key),
    },
  })
}
const popAll = (fifo: DeltaFifo<Item>) => {
  const out = []
  for (let deltas = fifo.pop(); deltas !== null; deltas = fifo.pop()) out.push(deltas)
  return out
}

test('B-13 a deletion and a relist of the same key wait as two deltas', () => {
  const fifo = fifoKnowing(item('foo', 5))
  fifo.delete(item('foo', 10))
  fifo.replace([item('foo', 6)])
  assert.deepEqual(popAll(fifo), [
    [
      { type: 'Deleted', object: item('foo', 10) },
      { type: 'Replaced', object: item('foo', 6) },
    ],
  ])
})

test('B-14 a relist leaves a tombstone for what was known and is gone', () => {
  const fifo = fifoKnowing(item('foo', 5), item('bar', 6), item('baz', 7))
  fifo.delete(item('baz', 10))
  fifo.replace([item('foo', 6)])
  assert.deepEqual(popAll(fifo), [
    [{ type: 'Deleted', object: item('baz', 10) }],
    [{ type: 'Replaced', object: item('foo', 6) }],
    [{ type: 'Deleted', object: tombstone('bar', item('bar', 6)) }],
  ])
})

test('B-15 the tombstone of a key with a queued change holds the queued object', () => {
  const fifo = fifoKnowing(item('foo', 5), item('bar', 6), item('baz', 7))
  fifo.add(item('baz', 10))
  fifo.replace([item('foo', 5)])
  assert.deepEqual(popAll(fifo), [
    [
      { type: 'Added', object: item('baz', 10) },
      { type: 'Deleted', object: tombstone('baz', item('baz', 10)) },
    ],
    [{ type: 'Replaced', object: item('foo', 5) }],
    [{ type: 'Deleted', object: tombstone('bar', item('bar', 6)) }],
  ])
})

const resyncs: readonly [name: string, act: (fifo: DeltaFifo<Item>) => void, expected: string[]][] = [
  ['B-16 a resync queues a Sync for a known object', () => {}, ['Sync']],
  ['B-17 a resync leaves a queued update alone', (fifo) => fifo.update(item('foo', 6)), ['Updated']],
  ['B-18 a resync leaves a queued deletion alone', (fifo) => fifo.delete(item('foo', 10)), ['Deleted']],
]
for (const [name, act, expected] of resyncs)
  test(name, () => {
    const fifo = fifoKnowing(item('foo', 5))
    act(fifo)
    fifo.resync()
    assert.deepEqual(
      fifo.deltasOf('foo').map((delta) => delta.type),
      expected,
    )
  })

const two = [item('a', 1), item('b', 2)]
const syncs: readonly [name: string, replaced: readonly Item[] | null, pops: number, expected: boolean][] = [
  ['nothing', null, 0, false],
  ['Replace([])', [], 0, true],
  ['Replace(2)', two, 0, false],
  ['Replace(2) and a pop', two, 1, false],
  ['Replace(2) and two pops', two, 2, true],
]
for (const [name, replaced, pops, expected] of syncs)
  test(`B-19 HasSynced after ${name} is ${expected}`, () => {
    const fifo = fifoKnowing()
    if (replaced !== null) fifo.replace(replaced)
    for (let i = 0; i < pops; i++) fifo.pop()
    assert.equal(fifo.hasSynced(), expected)
  })

test('B-19 HasSynced after Add is true', () => {
  const fifo = fifoKnowing()
  fifo.add(item('a', 1))
  assert.equal(fifo.hasSynced(), true)
})

test('B-20 a deletion of what is only queued is kept', () => {
  const fifo = fifoKnowing()
  fifo.add(item('foo', 5))
  fifo.delete(item('foo', 6))
  assert.deepEqual(
    fifo.deltasOf('foo').map((delta) => delta.type),
    ['Added', 'Deleted'],
  )
})
