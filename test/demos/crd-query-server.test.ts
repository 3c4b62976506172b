// Public cases B-22 … B-24, B-29: the apiserver's lists, watches, window and conflicts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from '../../content/projects/crd-query/demo/core/status.js'
import type { ListResult } from '../../content/projects/crd-query/demo/core/types.js'
import { WatchCache } from '../../content/projects/crd-query/demo/core/watchcache.js'
import { named, serverAt, watching } from './crd-query-server-world.js'

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

test('a paged list holds on to the revision of its first page', () => {
  const { server, create } = serverAt(0)
  for (const name of ['a', 'b', 'c', 'd', 'e']) create(name)
  const first = server.list('projects', { limit: 2 })
  server.delete('projects', 'n', 'c')
  create('bb')
  const second = server.list('projects', { limit: 2, continue: first.metadata.continue ?? '' })
  const third = server.list('projects', { limit: 2, continue: second.metadata.continue ?? '' })
  assert.deepEqual([named(first), named(second), named(third)], [['a', 'b'], ['c', 'd'], ['e']])
  const heads = [first, second, third].map(({ metadata }) => [
    metadata.resourceVersion,
    metadata.remainingItemCount,
  ])
  assert.deepEqual(heads, [
    ['5', 3],
    ['5', 1],
    ['5', undefined],
  ])
})

test('with a selector nobody counts the rest', () => {
  const { server, create } = serverAt(0)
  for (const name of ['a', 'b', 'c']) create(name)
  const { metadata } = server.list('projects', { limit: 1, fieldSelector: 'metadata.namespace=n' })
  assert.deepEqual([metadata.continue !== undefined, 'remainingItemCount' in metadata], [true, false])
})

test('a continue token does not outlive a compaction', () => {
  const { server, create } = serverAt(0)
  for (const name of ['a', 'b']) create(name)
  const token = server.list('projects', { limit: 1 }).metadata.continue ?? ''
  create('c')
  server.compact()
  assert.throws(() => server.list('projects', { limit: 1, continue: token }), /continue parameter is too old/)
  assert.throws(() => server.list('projects', { continue: 'nonsense' }), /continue key is not valid/)
})

test('etcd forgets after 5 to 10 minutes', () => {
  const { clock, server, create } = serverAt(0)
  create('a')
  const exact = (resourceVersion: string) =>
    server.list('projects', { resourceVersion, resourceVersionMatch: 'Exact' })
  create('b')
  clock.advance(599_999)
  assert.deepEqual(named(exact('1')), ['a'])
  clock.advance(1)
  assert.throws(() => exact('1'), /too old/)
  assert.deepEqual(named(exact('2')), ['a', 'b'])
})

test('"0" ignores the limit, a number with a limit is an exact read, a number alone means not older', () => {
  const { server, create } = serverAt(0)
  for (const name of ['a', 'b', 'c']) create(name)
  assert.deepEqual(named(server.list('projects', { resourceVersion: '0', limit: 1 })), ['a', 'b', 'c'])
  assert.deepEqual(named(server.list('projects', { resourceVersion: '2', limit: 5 })), ['a', 'b'])
  assert.deepEqual(named(server.list('projects', { resourceVersion: '2' })), ['a', 'b', 'c'])
})

test('a list that waits for a revision is answered as soon as it is there', () => {
  const { clock, server, create } = serverAt(0)
  create('a')
  let found: string[] = []
  server.listWhenFresh('projects', { resourceVersion: '2' }, (result) => {
    if (!(result instanceof ApiError)) found = named(result)
  })
  clock.advance(1_000)
  create('b')
  clock.advance(50)
  assert.deepEqual(found, ['a', 'b'])
})
