// The public cases B-01 … B-30 of the CRD query lab, each against the core as it is. Names carry the case's number.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import { ApiServer } from '../../content/projects/crd-query/demo/core/apiserver.js'
import { DeltaFifo, tombstone } from '../../content/projects/crd-query/demo/core/deltafifo.js'
import {
  Indexer,
  processDeltas,
  SharedInformer,
} from '../../content/projects/crd-query/demo/core/informer.js'
import type { Notification } from '../../content/projects/crd-query/demo/core/listener.js'
import { Reflector } from '../../content/projects/crd-query/demo/core/reflector.js'
import type { ReflectorEvent } from '../../content/projects/crd-query/demo/core/reflectortypes.js'
import { parseLabelSelector } from '../../content/projects/crd-query/demo/core/selector.js'
import {
  ApiError,
  ConnectionRefused,
  expired,
  tooLargeResourceVersion,
} from '../../content/projects/crd-query/demo/core/status.js'
import {
  type CustomResource,
  keyOf,
  type ListResult,
  type WatchEvent,
  type WatchOptions,
  type WatchSink,
} from '../../content/projects/crd-query/demo/core/types.js'
import { WatchCache } from '../../content/projects/crd-query/demo/core/watchcache.js'

// ---- selectors --------------------------------------------------------------------------------------------------

for (const text of ['x=a,y=b,z=c', '', 'x!=a,y=b', 'x=', '!x', 'x>1', 'x>1,z<5'])
  test(`B-01 the selector "${text}" parses and prints as itself`, () => {
    assert.equal(parseLabelSelector(text).toString(), text)
  })

for (const text of ['x=a||y=b', 'x==a==b', '!x=a', 'x<a'])
  test(`B-02 the selector "${text}" does not parse`, () => {
    assert.throws(() => parseLabelSelector(text), ApiError)
  })

const matching: readonly [number: string, selector: string, labels: Record<string, string>, yes: boolean][] =
  [
    ['B-03', '', { x: 'y' }, true],
    ['B-03', 'x=y', { x: 'y' }, true],
    ['B-03', 'x!=y,z!=w', { x: 'z', z: 'a' }, true],
    ['B-03', '!x', { y: 'z' }, true],
    ['B-04', 'x=z', {}, false],
    ['B-04', 'x=y,z=w', { x: 'w', z: 'w' }, false],
    ['B-04', '!x', { x: 'z' }, false],
    ['B-05', 'x>1', { x: '2' }, true],
    ['B-05', 'x>1', { x: '0' }, false],
    ['B-05', 'x<1', { x: '0' }, true],
    ['B-05', 'x<1', { x: '2' }, false],
    ['B-06', 'notin=in', { notin: 'in' }, true],
    ['B-07', 'foo=bar,foobar=bar,baz=blah', { foo: 'bar', baz: 'blah' }, false],
  ]
for (const [number, selector, labels, yes] of matching)
  test(`${number} "${selector}" ${yes ? 'matches' : 'does not match'} ${JSON.stringify(labels)}`, () => {
    assert.equal(parseLabelSelector(selector).matches(labels), yes)
  })

// ---- reflector --------------------------------------------------------------------------------------------------

const pods = (count: number): CustomResource[] =>
  Array.from({ length: count }, (_, i) => ({ metadata: { name: `pod-${i}`, resourceVersion: `${i}` } }))
const listOf = (resourceVersion: string, items: readonly CustomResource[] = []): ListResult => ({
  metadata: { resourceVersion },
  items,
})

/** A plain store, as the upstream tests use one. */
function plainStore() {
  const objects = new Map<string, CustomResource>()
  return {
    objects,
    add: (object: CustomResource) => void objects.set(keyOf(object), object),
    update: (object: CustomResource) => void objects.set(keyOf(object), object),
    delete: (object: CustomResource) => void objects.delete(keyOf(object)),
    replace: (items: readonly CustomResource[]) => {
      objects.clear()
      for (const item of items) objects.set(keyOf(item), item)
    },
  }
}

/** A reflector whose server answers by functions; it notes every request. Each watch ends the round unless `watch` does more. */
function scripted(
  list: (resourceVersion: string) => ListResult | Error,
  watch?: (options: WatchOptions, sink: WatchSink, nth: number) => void,
) {
  const clock = createClock()
  const rng = createRng(7)
  const store = plainStore()
  const lists: string[] = []
  const watches: string[] = []
  const events: ReflectorEvent[] = []
  const reflector: Reflector = new Reflector({
    clock,
    store,
    random: () => rng.next(),
    onEvent: (event) => events.push(event),
    listerWatcher: {
      list(options, respond) {
        lists.push(options.resourceVersion ?? '')
        respond(list(options.resourceVersion ?? ''))
      },
      watch(options, sink) {
        watches.push(options.resourceVersion ?? '')
        if (watch === undefined) reflector.stop()
        else watch(options, sink, watches.length)
        return () => {}
      },
    },
  })
  /** One LIST-and-WATCH round to its end. */
  const round = (): Error | null => {
    let outcome: Error | null | undefined
    reflector.listAndWatch((error) => {
      outcome = error
    })
    assert.notEqual(outcome, undefined, 'the round is over')
    return outcome ?? null
  }
  return { clock, store, lists, watches, events, reflector, round }
}

test('B-08 a relist asks for the version of the last list', () => {
  const { lists, store, round } = scripted((rv) =>
    rv === '0' ? listOf('10', pods(4)) : listOf('11', pods(8)),
  )
  round()
  const first = store.objects.size
  round()
  assert.deepEqual([lists, first, store.objects.size], [['0', '10'], 4, 8])
})

test('B-09 an expired version is listed again at once without one', () => {
  const { lists, store, round } = scripted((rv) => {
    if (rv === '0') return listOf('10', pods(4))
    return rv === '10'
      ? expired('The resourceVersion for the provided watch is too old.')
      : listOf('11', pods(8))
  })
  round()
  round()
  assert.deepEqual([lists, store.objects.size], [['0', '10', ''], 8])
})

test('B-10 a version too large, in the three ways servers have said so, is listed again without one', () => {
  const old = (message: string, causes: { message: string }[]): ApiError =>
    new ApiError({
      kind: 'Status',
      status: 'Failure',
      code: 504,
      reason: 'Timeout',
      message,
      details: { causes },
    })
  let version = 30
  const { lists, round } = scripted((rv) => {
    if (rv === '0') return listOf('20')
    if (rv === '20') return tooLargeResourceVersion(20, 1)
    if (rv === '30') return old('too large resource version', [{ message: 'Too large resource version' }])
    if (rv === '40') return old('Too large resource version', [])
    version += 10
    return listOf(`${version - 10}`)
  })
  for (let i = 0; i < 4; i++) assert.equal(round(), null)
  assert.deepEqual(lists, ['0', '20', '', '30', '', '40', ''])
})

test('B-11 events reach the store in order, and the version is that of the last one', () => {
  const { store, reflector, round } = scripted(
    () => listOf('1', [{ metadata: { name: 'foo' } }, { metadata: { name: 'bar' } }]),
    (_, sink) => {
      sink.event({ type: 'DELETED', object: { metadata: { name: 'foo' } } })
      sink.event({ type: 'MODIFIED', object: { metadata: { name: 'bar', resourceVersion: '55' } } })
      sink.event({ type: 'ADDED', object: { metadata: { name: 'baz', resourceVersion: '32' } } })
      reflector.stop()
    },
  )
  round()
  const versions = Object.fromEntries([...store.objects].map(([key, o]) => [key, o.metadata.resourceVersion]))
  assert.deepEqual([versions, reflector.lastSyncResourceVersion], [{ bar: '55', baz: '32' }, '32'])
})

test('B-12 a bookmark moves the version, not the store, and the next watch starts from it', () => {
  const { store, watches, reflector, round } = scripted(
    () => listOf('10', pods(2)),
    (_, sink, nth) => {
      if (nth === 2) return reflector.stop()
      sink.event({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '90' } } })
      sink.close()
    },
  )
  round()
  assert.deepEqual([store.objects.size, watches, reflector.lastSyncResourceVersion], [2, ['10', '90'], '90'])
})

test('B-25 a watch that ends within a second without an event is followed by a relist from lastSync', () => {
  const { clock, lists, events, reflector } = scripted(
    () => listOf('41'),
    (_, sink, nth) => {
      if (nth === 1) clock.after(400, () => sink.close())
    },
  )
  reflector.start()
  clock.advance(400)
  const closed = events.find((event) => event.type === 'closed')
  assert.match(closed?.type === 'closed' ? (closed.error?.message ?? '') : '', /^very short watch/)
  clock.advance(1600)
  assert.deepEqual(lists, ['0', '41'])
})

test('B-26 connection refused on a watch: 0.8 to 1.6 s, then the same watch, no list', () => {
  const { clock, lists, watches, events, reflector } = scripted(
    () => listOf('41'),
    (_, sink, nth) => {
      if (nth === 1) sink.fail(new ConnectionRefused())
    },
  )
  reflector.start()
  const wait = events.find((event) => event.type === 'backoff')
  assert.ok(wait?.type === 'backoff' && wait.waitMs >= 800 && wait.waitMs <= 1600 && wait.then === 'WATCH')
  clock.advance(1600)
  assert.deepEqual([lists, watches], [['0'], ['41', '41']])
})

test('B-27 410 on a running watch: the next list asks for lastSync', () => {
  const { clock, lists, reflector } = scripted(
    () => listOf('50'),
    (_, sink, nth) => {
      if (nth > 1) return
      sink.event({ type: 'ADDED', object: { metadata: { name: 'a', resourceVersion: '55' } } })
      sink.event({ type: 'ERROR', object: expired('too old resource version: 55 (60)').status })
    },
  )
  reflector.start()
  clock.advance(1600)
  assert.deepEqual(lists, ['0', '55'])
})

// ---- DeltaFIFO --------------------------------------------------------------------------------------------------

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

// ---- informer ---------------------------------------------------------------------------------------------------

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

// ---- apiserver --------------------------------------------------------------------------------------------------

const projects = { group: 'apps.example.com', version: 'v1alpha1', resource: 'projects', kind: 'Project' }

function serverAt(revision: number, window?: { lower: number; upper: number }) {
  const clock = createClock()
  const server = new ApiServer({
    clock,
    rng: createRng(1),
    revision,
    ...(window === undefined ? {} : { window }),
  })
  server.define(projects)
  const create = (name: string) => server.create('projects', { metadata: { namespace: 'n', name } })
  return { clock, server, create }
}
function watching(server: ApiServer, resourceVersion: string) {
  const events: WatchEvent[] = []
  let isClosed = false
  server.watch(
    'projects',
    { resourceVersion },
    { event: (e) => events.push(e), close: () => (isClosed = true) },
  )
  return { events, isClosed: () => isClosed }
}

test('B-22 a watch starts where the window still reaches, else it is told 410', () => {
  const { server, create } = serverAt(90, { lower: 20, upper: 20 })
  for (let i = 91; i <= 120; i++) create(`p-${i}`)
  const versions = (from: string) =>
    watching(server, from).events.map((e) =>
      'metadata' in e.object ? e.object.metadata.resourceVersion : e.object.message,
    )
  const upTo = (from: number) => Array.from({ length: 120 - from }, (_, i) => `${from + 1 + i}`)
  assert.deepEqual(versions('99'), ['too old resource version: 99 (100)'])
  assert.deepEqual(versions('100'), upTo(100))
  assert.deepEqual(versions('110'), upTo(110))
})

test('B-22 the window itself says the same', () => {
  const cache = new WatchCache({ lower: 20, upper: 20 }, 1)
  for (let revision = 2; revision <= 120; revision++)
    cache.add({
      type: 'ADDED',
      key: 'k',
      revision,
      object: { metadata: { name: 'k' } },
      previous: null,
      atMs: 0,
    })
  assert.throws(() => cache.eventsSince(99), { message: 'too old resource version: 99 (100)' })
  assert.equal(cache.eventsSince(100).length, 20)
  assert.deepEqual(
    cache.eventsSince(110).map((event) => event.revision),
    [111, 112, 113, 114, 115, 116, 117, 118, 119, 120],
  )
})

test('B-23 a list of a version from the future waits 3 s and fails', () => {
  const { clock, server } = serverAt(120)
  let answer: ListResult | ApiError | null = null
  server.listWhenFresh('projects', { resourceVersion: '500' }, (result) => {
    answer = result
  })
  clock.advance(2_999)
  assert.equal(answer, null)
  clock.advance(1)
  assert.deepEqual((answer as ApiError | null)?.status, {
    kind: 'Status',
    status: 'Failure',
    code: 504,
    reason: 'Timeout',
    message: 'Too large resource version: 500, current: 120',
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  })
})

test('B-24 a watch from "0" is told of what there is, then of what comes', () => {
  const { server, create } = serverAt(0)
  for (const name of ['a', 'b', 'c']) create(name)
  const { events } = watching(server, '0')
  const before = events.map((event) => event.type)
  create('d')
  assert.deepEqual([before, events.length, events[3]?.type], [['ADDED', 'ADDED', 'ADDED'], 4, 'ADDED'])
})

test('B-29 an update with a stale version is a conflict', () => {
  const { server, create } = serverAt(0)
  const first = create('a')
  server.update('projects', { ...first, spec: { replicas: 2 } })
  assert.throws(
    () => server.update('projects', { ...first, spec: { replicas: 3 } }),
    (error: unknown) =>
      error instanceof ApiError && error.status.code === 409 && error.status.reason === 'Conflict',
  )
})
