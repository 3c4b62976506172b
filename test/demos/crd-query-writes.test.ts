// Writes, watches with selectors, bookmarks and the window of events.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError } from '../../content/projects/crd-query/demo/core/status.js'
import type { CustomResource, WatchOptions } from '../../content/projects/crd-query/demo/core/types.js'
import { WatchCache } from '../../content/projects/crd-query/demo/core/watchcache.js'
import { projects, serverAt, watching } from './crd-query-server-world.js'

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
