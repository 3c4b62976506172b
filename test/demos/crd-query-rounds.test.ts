// Pages, back-offs, deadlines and broken streams of a reflector.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { expired, internalError, tooManyRequests } from '../../content/projects/crd-query/demo/core/status.js'
import { listOf, pods, scripted, withLister } from './crd-query-reflector-world.js'

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
