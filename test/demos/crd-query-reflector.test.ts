// Public cases B-08 … B-12, B-25 … B-27: what a reflector asks for, and when.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import { Reflector } from '../../content/projects/crd-query/demo/core/reflector.js'
import type {
  ReflectorEvent,
  ReflectorOptions,
} from '../../content/projects/crd-query/demo/core/reflectortypes.js'
import {
  ApiError,
  ConnectionRefused,
  expired,
  internalError,
  tooLargeResourceVersion,
  tooManyRequests,
} from '../../content/projects/crd-query/demo/core/status.js'
import {
  type CustomResource,
  keyOf,
  type ListOptions,
  type ListResult,
  type WatchOptions,
  type WatchSink,
} from '../../content/projects/crd-query/demo/core/types.js'

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

type List = (options: ListOptions) => ListResult | Error
type Watch = (options: WatchOptions, sink: WatchSink, nth: number) => void

/** A reflector whose server answers by functions; it notes every request. Without `watch` each watch ends the round. */
function withLister(list: List, options: Partial<ReflectorOptions> = {}, watch?: Watch) {
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
    ...options,
    listerWatcher: {
      list(asked, respond) {
        lists.push(asked.resourceVersion ?? '')
        respond(list(asked))
      },
      watch(asked, sink) {
        watches.push(asked.resourceVersion ?? '')
        if (watch === undefined) reflector.stop()
        else watch(asked, sink, watches.length)
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

/** The same, for servers that only look at the version. */
const scripted = (
  list: (resourceVersion: string) => ListResult | Error,
  watch?: Watch,
  options: Partial<ReflectorOptions> = {},
) => withLister((asked) => list(asked.resourceVersion ?? ''), options, watch)

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

test('a list in pages falls back to one request when a later page has expired', () => {
  const asked: string[] = []
  const { reflector, store } = withLister(
    (options) => {
      asked.push(`${options.resourceVersion ?? ''}|${options.continue ?? ''}|${options.limit ?? 0}`)
      if (options.resourceVersion === '0') return listOf('10', pods(4))
      if (options.continue === 'C1') return expired('too old')
      if (options.limit === 4) return { metadata: { resourceVersion: '11', continue: 'C1' }, items: pods(4) }
      return listOf('11', pods(8))
    },
    { pageSize: 4 },
  )
  reflector.listAndWatch(() => {})
  reflector.listAndWatch(() => {})
  assert.deepEqual([asked, store.objects.size], [['0||4', '10||4', '|C1|4', '10||0'], 8])
})

test('pages are joined, and only a list that etcd may answer is paged', () => {
  const asked: string[] = []
  const { reflector, store } = withLister((options) => {
    asked.push(`${options.resourceVersion ?? ''}|${options.continue ?? ''}|${options.limit ?? 0}`)
    if (options.continue === 'C1') return listOf('10', pods(8).slice(4))
    if (options.resourceVersion === '0')
      return { metadata: { resourceVersion: '10', continue: 'C1' }, items: pods(4) }
    return listOf('12', pods(1))
  })
  reflector.listAndWatch(() => {})
  assert.equal(store.objects.size, 8)
  // A server that pages even "0" has no watch cache: from now on everything is paged.
  reflector.listAndWatch(() => {})
  assert.deepEqual(asked, ['0||500', '|C1|500', '10||500'])
})

test('a relist by number is not paged where the server has a watch cache', () => {
  const limits: (number | undefined)[] = []
  const { reflector } = withLister((options) => {
    limits.push(options.limit)
    return listOf('10', pods(1))
  })
  reflector.listAndWatch(() => {})
  reflector.listAndWatch(() => {})
  assert.deepEqual(limits, [500, undefined])
})

for (const [name, maxMs, rewindAt, expected] of [
  ['off', 0, 0, 0],
  ['on, all fail', 30_000, 0, 31],
  ['on, with a quiet minute between', 30_000, 10, 40],
] as const)
  test(`internal errors with retries ${name}: ${expected} further watches`, () => {
    const { clock, watches, round } = scripted(
      () => listOf('1'),
      (_, sink, nth) => {
        clock.advance(nth === rewindAt ? 61_000 : 1_000)
        sink.event({ type: 'ERROR', object: internalError('etcdserver: no leader').status })
      },
      { internalErrorRetryMs: maxMs },
    )
    round()
    assert.equal(watches.length - 1, expected)
  })

test('429, as an answer or as an event, backs off and watches again without a list', () => {
  const { clock, lists, watches, reflector } = scripted(
    () => listOf('1'),
    (_, sink, nth) => {
      if (nth === 1) sink.fail(tooManyRequests())
      if (nth === 2) sink.event({ type: 'ERROR', object: tooManyRequests().status })
    },
  )
  reflector.start()
  clock.advance(10_000)
  assert.deepEqual([lists, watches], [['0'], ['1', '1', '1']])
})

test('a list that fails is tried again after a back-off that doubles, to 30 s at most', () => {
  const waits: number[] = []
  const { clock, reflector } = withLister(() => new Error('no'), {
    random: () => 0,
    onEvent: (event) => {
      if (event.type === 'backoff') waits.push(event.waitMs)
    },
  })
  reflector.start()
  clock.advance(100_000)
  assert.deepEqual(waits, [800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000])
})

test('a stream that ends after a second is opened again at once from the last version', () => {
  const { clock, lists, watches, reflector } = scripted(
    () => listOf('5'),
    (_, sink, nth) => {
      if (nth === 1) clock.after(1_000, () => sink.close())
    },
  )
  reflector.start()
  clock.advance(1_000)
  assert.deepEqual([lists, watches], [['0'], ['5', '5']])
})

test('events of another kind are passed over and move nothing', () => {
  const { store, reflector, round } = scripted(
    () => listOf('1'),
    (_, sink) => {
      sink.event({
        type: 'ADDED',
        object: { kind: 'Service', metadata: { name: 'x', resourceVersion: '2' } },
      })
      reflector.stop()
    },
    { expectedKind: 'Pod' },
  )
  round()
  assert.deepEqual([store.objects.size, reflector.lastSyncResourceVersion], [0, '1'])
})

test('a watch asks for 5 to 10 minutes, or for once to twice what was set, if that is more', () => {
  for (const [set, low, high] of [
    [0, 300, 600],
    [1_000, 300, 600],
    [1_800_000, 1_800, 3_600],
  ] as const) {
    let asked = 0
    const { reflector, round } = scripted(
      () => listOf('1'),
      (options) => {
        asked = options.timeoutSeconds ?? 0
        reflector.stop()
      },
      { minWatchTimeoutMs: set },
    )
    round()
    assert.ok(asked >= low && asked <= high, `${asked}`)
  }
})
