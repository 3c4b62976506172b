// Further behaviour of client-go 0.31 and of the post's handlers, tried in the lab.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Backoff, reflectorBackoff } from '../../content/projects/crd-query/demo/core/backoff.js'
import { type DeltaFifo, tombstone } from '../../content/projects/crd-query/demo/core/deltafifo.js'
import { Lab } from '../../content/projects/crd-query/demo/core/lab.js'
import { driftOf } from '../../content/projects/crd-query/demo/core/view.js'
import { fifoOf, linesAfter, startedLab, type Thing } from './crd-query-facts-world.js'

test('of two deletions in a row the newer is kept, and no tombstone takes the place of an object', () => {
  const older = { name: 'a', rv: 1 }
  const newer = { name: 'a', rv: 2 }
  const kept = (...deletions: Parameters<DeltaFifo<Thing>['delete']>[0][]) => {
    const fifo = fifoOf([older])
    for (const deletion of deletions) fifo.delete(deletion)
    return fifo.pop()?.map(({ object }) => object)
  }
  assert.deepEqual(kept(older, newer), [newer])
  assert.deepEqual(kept(older, tombstone('a', newer)), [older])
  assert.deepEqual(kept(tombstone('a', older), newer), [newer])
  assert.deepEqual(kept(tombstone('a', older), tombstone('a', newer)), [tombstone('a', older)])
})

test('the queue is in the order in which keys came first; a key takes all its deltas with it', () => {
  const fifo = fifoOf()
  for (const name of ['a', 'b', 'a']) fifo.add({ name, rv: 1 })
  assert.deepEqual([fifo.pop()?.length, fifo.pop()?.length, fifo.pop()], [2, 1, null])
})

test('the back-off doubles to 30 s, is stretched by at most as much again, and forgets after two quiet minutes', () => {
  let now = 0
  const waits = (random: number) => {
    const backoff = new Backoff(
      reflectorBackoff,
      () => now,
      () => random,
    )
    return Array.from({ length: 8 }, () => backoff.next())
  }
  assert.deepEqual(waits(0), [800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000])
  assert.deepEqual(waits(0.5).slice(0, 2), [1200, 2400])
  const backoff = new Backoff(
    reflectorBackoff,
    () => now,
    () => 0,
  )
  backoff.next()
  backoff.next()
  now += 120_001
  assert.equal(backoff.next(), 800)
})

test('the server goes away and comes back: with bookmarks the stream is taken up, without them all is listed again', () => {
  const listsOf = (allowWatchBookmarks: boolean) => {
    const lab = startedLab({ allowWatchBookmarks, bookmarkMs: 1_000 })
    for (let i = 0; i < 5; i++) lab.platform.beat()
    lab.advance(3_000)
    return linesAfter(lab, () => lab.restartServer(1_000), 30_000).filter((line) =>
      line.startsWith('projects：LIST r'),
    ).length
  }
  assert.deepEqual([listsOf(true), listsOf(false)], [0, 1])
})

test('429 costs time, not a list', () => {
  const lab = startedLab()
  const lines = linesAfter(lab, () => lab.throttle(2), 20_000)
  assert.deepEqual(
    lines.filter((line) => line.includes('：LIST')),
    [],
  )
  assert.equal(lab.view().state, 'WATCH')
})

test('a write while disconnected arrives by the stream that is taken up', () => {
  const lab = startedLab()
  lab.disconnect(1_000)
  lab.platform.create(lab.platform.draft())
  lab.advance(10_000)
  assert.deepEqual([lab.view().rows, driftOf(lab)], [21, { ghosts: 0, missing: 0, stale: 0 }])
})

test('ignored tombstones leave a ghost that no resync removes, only a new process', () => {
  const lab = startedLab()
  lab.bugs = { ...lab.bugs, ignoreTombstones: true }
  lab.disconnect(1_000)
  const { namespace = '', name } = lab.server.objects('projects')[0]!.metadata
  lab.platform.delete(namespace, name)
  lab.compact()
  lab.advance(700_000)
  assert.equal(driftOf(lab).ghosts, 1)
  lab.restartProcess()
  lab.advance(2_000)
  assert.equal(driftOf(lab).ghosts, 0)
})

test('without upsert a project made anew under its name keeps its old row', () => {
  const lab = startedLab()
  lab.bugs = { ...lab.bugs, noUpsert: true }
  const old = lab.server.objects('projects')[0]!
  const { namespace = '', name } = old.metadata
  lab.disconnect(1_000)
  lab.platform.delete(namespace, name)
  lab.platform.create({ metadata: { namespace, name }, spec: { ...old.spec } })
  lab.compact()
  lab.advance(60_000)
  assert.deepEqual([lab.view().failures > 0, driftOf(lab).stale], [true, 1])
})

test('a service that trusts informer.HasSynced opens before its rows are there; the registration knows better', () => {
  const rowsAt = (trustInformerSync: boolean) => {
    const lab = new Lab({ size: 200 })
    lab.handlerDelayMs = 10
    lab.bugs = { ...lab.bugs, trustInformerSync }
    lab.start()
    lab.advance(5_000)
    return lab.ready
  }
  const early = rowsAt(true)
  const late = rowsAt(false)
  assert.ok(early !== null && early.rows < early.of, JSON.stringify(early))
  assert.deepEqual([late?.rows, late?.of], [200, 200])
  assert.deepEqual([early.atMs % 100, (late?.atMs ?? 1) % 100], [0, 0])
})

test('a resync after ten minutes tells handlers of everything, and changes no row', () => {
  const lab = startedLab()
  const before = lab.view().handled
  lab.advance(610_000)
  assert.deepEqual([lab.view().handled - before, driftOf(lab)], [20, { ghosts: 0, missing: 0, stale: 0 }])
})

test('every kind starts again from an empty table when the process dies', () => {
  const lab = startedLab()
  const cleared: string[] = []
  lab.onChange = ({ resource }, change) => {
    if (change === null) cleared.push(resource)
  }
  lab.restartProcess()
  assert.deepEqual([cleared, lab.view().rows, lab.ready], [['templates', 'projects', 'plugins'], 0, null])
})
