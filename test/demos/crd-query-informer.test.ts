// Public case B-21: who is told what by a shared informer, and who has synced.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import {
  Indexer,
  processDeltas,
  SharedInformer,
} from '../../content/projects/crd-query/demo/core/informer.js'
import type { Notification } from '../../content/projects/crd-query/demo/core/listener.js'
import { expired } from '../../content/projects/crd-query/demo/core/status.js'
import type { CustomResource, ListResult } from '../../content/projects/crd-query/demo/core/types.js'

const listOf = (resourceVersion: string, items: readonly CustomResource[]): ListResult => ({
  metadata: { resourceVersion },
  items,
})

test('B-21 a relist of a known object at the same version is a resync, told only to those who asked', () => {
  const object: CustomResource = { metadata: { name: 'a', namespace: 'n', resourceVersion: '7' } }
  const indexer = new Indexer()
  indexer.put(object)
  const calls: string[] = []
  processDeltas(
    {
      onAdd: () => calls.push('add'),
      onUpdate: () => calls.push('update'),
      onDelete: () => calls.push('delete'),
    },
    indexer,
    [{ type: 'Replaced', object }],
    false,
  )
  assert.deepEqual(calls, ['update'])

  const clock = createClock()
  let lists = 0
  const informer = new SharedInformer({
    clock,
    random: () => 0,
    resyncMs: 600_000,
    listerWatcher: {
      list: (_, respond) => {
        lists++
        respond(listOf('9', [object]))
      },
      watch: (_, sink) => {
        if (lists === 1) clock.after(2_000, () => sink.event({ type: 'ERROR', object: expired('x').status }))
        return () => {}
      },
    },
  })
  const told: Record<'asked' | 'notAsked', Notification['type'][]> = { asked: [], notAsked: [] }
  informer.addEventHandler({ handle: (n) => told.asked.push(n.type) })
  informer.addEventHandler({ handle: (n) => told.notAsked.push(n.type), resyncMs: 0 })
  informer.start()
  clock.advance(1_000)
  clock.advance(3_000)
  assert.equal(lists, 2)
  assert.deepEqual(told, { asked: ['add', 'update'], notAsked: ['add'] })
})

const objects = (count: number): CustomResource[] =>
  Array.from({ length: count }, (_, i) => ({
    metadata: { name: `o-${i}`, namespace: 'n', resourceVersion: `${i}` },
  }))

/** An informer whose only list has `count` objects. */
function informerOf(count: number, resyncMs = 0) {
  const clock = createClock()
  const informer = new SharedInformer({
    clock,
    random: () => 0,
    resyncMs,
    listerWatcher: { list: (_, respond) => respond(listOf('9', objects(count))), watch: () => () => {} },
  })
  return { clock, informer }
}

test('the informer has synced when its indexer is full, a handler when it is done with all of it', () => {
  const { clock, informer } = informerOf(50)
  const seen: string[] = []
  const registration = informer.addEventHandler({
    handle: (notification) => seen.push(notification.type),
    delayMs: () => 10,
  })
  const states = (): [boolean, boolean] => [informer.hasSynced(), registration.hasSynced()]
  assert.deepEqual(states(), [false, false])
  informer.start()
  clock.advance(100)
  assert.deepEqual([states(), informer.indexer.size, seen.length], [[true, false], 50, 9])
  clock.advance(1_000)
  assert.deepEqual([states(), seen.length], [[true, true], 50])
})

test('a handler that comes late is told of everything there is', () => {
  const { clock, informer } = informerOf(3)
  informer.start()
  clock.advance(100)
  const seen: Notification[] = []
  const registration = informer.addEventHandler({ handle: (notification) => seen.push(notification) })
  assert.equal(registration.hasSynced(), false)
  clock.advance(100)
  assert.deepEqual(
    seen.map((notification) => notification.type === 'add' && notification.isInInitialList),
    [true, true, true],
  )
  assert.equal(registration.hasSynced(), true)
})

test('a resync tells only those whose period has passed, and never more often than once a second', () => {
  const { clock, informer } = informerOf(1, 10_000)
  const counts = { often: 0, seldom: 0, never: 0 }
  const counting = (who: keyof typeof counts) => ({
    handle: ({ type }: Notification) => {
      if (type === 'update') counts[who]++
    },
  })
  informer.addEventHandler(counting('often'))
  informer.addEventHandler({ ...counting('seldom'), resyncMs: 30_000 })
  informer.addEventHandler({ ...counting('never'), resyncMs: 0 })
  informer.start()
  clock.advance(60_500)
  assert.deepEqual(counts, { often: 6, seldom: 2, never: 0 })
})

test('an informer that is stopped tells nobody anything any more', () => {
  const { clock, informer } = informerOf(50)
  let count = 0
  informer.addEventHandler({ handle: () => count++, delayMs: () => 10 })
  informer.start()
  clock.advance(100)
  informer.stop()
  clock.advance(10_000)
  assert.equal(count, 9)
})
