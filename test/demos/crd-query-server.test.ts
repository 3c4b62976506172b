// Public cases B-22 … B-24, B-29: the apiserver's lists, watches, window and conflicts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import { ApiServer } from '../../content/projects/crd-query/demo/core/apiserver.js'
import { ApiError } from '../../content/projects/crd-query/demo/core/status.js'
import type {
  CustomResource,
  ListResult,
  WatchEvent,
  WatchOptions,
} from '../../content/projects/crd-query/demo/core/types.js'
import { WatchCache } from '../../content/projects/crd-query/demo/core/watchcache.js'

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

const named = (list: ListResult): string[] => list.items.map((object) => object.metadata.name)

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

test('the generation counts changes of the spec alone, and a write that changes nothing is none', () => {
  const { server, create } = serverAt(0)
  const a = create('a')
  const spec = server.update('projects', { ...a, spec: { b: 1, a: 2 } })
  const labels = server.update('projects', {
    ...spec,
    metadata: { ...spec.metadata, labels: { env: 'prod' } },
  })
  const status = server.updateStatus('projects', { ...labels, status: { phase: 'Running' } })
  const same = server.update('projects', { ...status, spec: { a: 2, b: 1 } })
  assert.deepEqual(
    [a, spec, labels, status, same].map(({ metadata }) => [metadata.generation, metadata.resourceVersion]),
    [
      [1, '1'],
      [2, '2'],
      [2, '3'],
      [2, '4'],
      [2, '4'],
    ],
  )
  assert.deepEqual(server.update('projects', { ...same, status: { phase: 'x' } }).status, {
    phase: 'Running',
  })
})

test('finalizers hold an object until the last is gone', () => {
  const { server } = serverAt(0)
  const { events } = watching(server, '0')
  server.create('projects', { metadata: { namespace: 'n', name: 'a', finalizers: ['x/y'] } })
  const marked = server.delete('projects', 'n', 'a')
  server.delete('projects', 'n', 'a')
  server.update('projects', { ...marked, metadata: { ...marked.metadata, finalizers: [] } })
  assert.deepEqual(
    events.map((event) => event.type),
    ['ADDED', 'MODIFIED', 'DELETED'],
  )
  assert.equal(server.count('projects'), 0)
})

test('the failures of writes have their codes', () => {
  const { server, create } = serverAt(0)
  create('a')
  const code = (act: () => unknown): number | null => {
    try {
      act()
    } catch (error) {
      return error instanceof ApiError ? error.status.code : null
    }
    return null
  }
  assert.deepEqual(
    [
      code(() => create('a')),
      code(() => server.get('projects', 'n', 'b')),
      code(() => server.delete('projects', 'n', 'a', '99')),
      code(() => create('项目')),
      code(() => server.create('projects', { metadata: { name: 'b', labels: { owner: '李雷' } } })),
      code(() => server.list('projects', { fieldSelector: 'spec.owner=x' })),
      code(() => server.list('projects', { resourceVersion: 'x' })),
    ],
    [409, 404, 409, 422, 422, 400, 400],
  )
})

test('a watch with a selector sees objects come and go as they match', () => {
  const { server, create } = serverAt(0)
  const told: (readonly [string, string | undefined])[] = []
  const options: WatchOptions = { resourceVersion: '0', labelSelector: 'env=prod' }
  server.watch('projects', options, {
    event: ({ type, object }) =>
      told.push([type, 'metadata' in object ? object.metadata.resourceVersion : '']),
    close: () => {},
  })
  const relabel = (object: CustomResource, env: string) =>
    server.update('projects', { ...object, metadata: { ...object.metadata, labels: { env } } })
  let a = create('a')
  a = relabel(a, 'prod')
  a = server.update('projects', { ...a, spec: { x: 1 } })
  a = relabel(a, 'dev')
  server.delete('projects', 'n', 'a')
  assert.deepEqual(told, [
    ['ADDED', '2'],
    ['MODIFIED', '3'],
    ['DELETED', '4'],
  ])
})

test('bookmarks come on time and before the deadline, and carry the revision of all kinds', () => {
  const { clock, server, create } = serverAt(0)
  server.define({ ...projects, resource: 'plugins', kind: 'Plugin' })
  create('a')
  const told: string[] = []
  const options: WatchOptions = { resourceVersion: '1', allowWatchBookmarks: true, timeoutSeconds: 90 }
  server.watch('projects', options, {
    event: ({ type, object }) =>
      told.push(`${clock.now()} ${type} ${'metadata' in object ? object.metadata.resourceVersion : ''}`),
    close: () => told.push(`${clock.now()} closed`),
  })
  server.create('plugins', { metadata: { namespace: 'n', name: 'p' } })
  clock.advance(200_000)
  assert.deepEqual(told, ['60000 BOOKMARK 2', '88000 BOOKMARK 2', '90000 closed'])
})

test('writes of one kind do not push the events of another out of its window', () => {
  const { server, create } = serverAt(0, { lower: 3, upper: 3 })
  server.define({ ...projects, resource: 'plugins', kind: 'Plugin' })
  create('a')
  for (let i = 0; i < 10; i++) server.create('plugins', { metadata: { namespace: 'n', name: `p-${i}` } })
  create('b')
  assert.deepEqual(
    watching(server, '1').events.map((event) => event.type),
    ['ADDED'],
  )
})

test('a full window doubles while its events are fresh and halves when they are old', () => {
  const cache = new WatchCache({ lower: 4, upper: 16 }, 1)
  let revision = 1
  const write = (atMs: number, count: number) => {
    for (let i = 0; i < count; i++)
      cache.add({
        type: 'ADDED',
        key: 'k',
        revision: ++revision,
        object: { metadata: { name: 'k' } },
        previous: null,
        atMs,
      })
    return cache.capacity
  }
  assert.deepEqual([write(0, 4), write(1, 1), write(2, 20)], [4, 8, 16])
  assert.equal(cache.events.length, 16)
  assert.equal(write(200_000, 1), 8)
  assert.equal(cache.events.length, 8)
})

test('after a restart the window begins at the current revision, and all streams have ended', () => {
  const { server, create } = serverAt(0)
  create('a')
  const before = watching(server, '1')
  server.restart()
  create('b')
  assert.deepEqual([before.isClosed(), before.events.length], [true, 0])
  assert.equal(watching(server, '1').events[0]?.type, 'ADDED')
  server.restart()
  assert.equal(watching(server, '1').events[0]?.type, 'ERROR')
})
