// Further behaviour of kube-apiserver, from its sources and documentation.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { WatchEvent } from '../../content/projects/crd-query/demo/core/types.js'
import { codeOf, newServer } from './crd-query-facts-world.js'

test('one revision counts the writes of all kinds', () => {
  const { server, create } = newServer()
  create('a')
  create('b', {}, 'bs')
  assert.deepEqual([create('c').metadata.resourceVersion, server.revision], ['3', 3])
})

test('without a version an update is unconditional; with a stale one it is a conflict', () => {
  const { server, create } = newServer()
  const first = create('a')
  const { resourceVersion: _, ...rest } = first.metadata
  server.update('as', { ...first, metadata: rest, spec: { n: 1 } })
  assert.equal(
    codeOf(() => server.update('as', { ...first, spec: { n: 2 } })),
    '409 Conflict',
  )
  assert.equal(
    codeOf(() => server.update('as', { ...first, metadata: rest, spec: { n: 2 } })),
    'fine',
  )
})

test('what is there cannot be created, what is not cannot be updated', () => {
  const { server, create } = newServer()
  create('a')
  assert.equal(
    codeOf(() => create('a')),
    '409 AlreadyExists',
  )
  assert.equal(
    codeOf(() => server.update('as', { metadata: { namespace: 'n', name: 'z' } })),
    '404 NotFound',
  )
})

test('a list by number is not older than it, and without a match may be newer', () => {
  const { server, create } = newServer()
  for (const name of ['a', 'b', 'c']) create(name)
  const versions = ['', '0', '1', '3'].map(
    (resourceVersion) => server.list('as', { resourceVersion }).metadata.resourceVersion,
  )
  assert.deepEqual(versions, ['3', '3', '3', '3'])
})

test('pages are of one snapshot, in key order, and say what remains', () => {
  const { server, create } = newServer()
  for (const name of ['c', 'a', 'b', 'd']) create(name)
  const first = server.list('as', { limit: 2 })
  create('aa')
  const second = server.list('as', { limit: 2, continue: first.metadata.continue ?? '' })
  assert.deepEqual(
    [first, second].map(({ items, metadata }) => [
      items.map(({ metadata: { name } }) => name),
      metadata.remainingItemCount,
    ]),
    [
      [['a', 'b'], 2],
      [['c', 'd'], undefined],
    ],
  )
})

test('a continue token is gone after a compaction: 410', () => {
  const { server, create } = newServer()
  for (const name of ['a', 'b']) create(name)
  const { metadata } = server.list('as', { limit: 1 })
  create('c')
  server.compact()
  assert.equal(
    codeOf(() => server.list('as', { limit: 1, continue: metadata.continue ?? '' })),
    '410 Expired',
  )
})

test('a watch from "" tells of what is there first', () => {
  const { create, watch } = newServer()
  create('a')
  const told = watch({ resourceVersion: '' })
  create('b')
  assert.deepEqual(told, ['ADDED a 1', 'ADDED b 2'])
})

test('a watch with a selector: an object that ceases to match is DELETED at the version of that write', () => {
  const { server, create, watch } = newServer()
  const a = create('a', { metadata: { name: 'a', labels: { env: 'prod' } } })
  const told = watch({ resourceVersion: '1', labelSelector: 'env=prod' })
  server.update('as', { ...a, metadata: { ...a.metadata, labels: { env: 'test' } } })
  create('b')
  assert.deepEqual(told, ['DELETED a 2'])
})

test('a bookmark comes only to those who asked, and has nothing but kind and version', () => {
  const { clock, server, create } = newServer()
  create('a')
  const seen: WatchEvent[][] = [true, false].map((allowWatchBookmarks) => {
    const events: WatchEvent[] = []
    server.watch(
      'as',
      { resourceVersion: '1', allowWatchBookmarks },
      { event: (event) => events.push(event), close: () => {} },
    )
    return events
  })
  create('x', {}, 'bs')
  clock.advance(70_000)
  assert.deepEqual(
    seen.map((events) => events.map(({ type, object }) => [type, Object.keys(object).sort()])),
    [[['BOOKMARK', ['apiVersion', 'kind', 'metadata']]], []],
  )
})

test('the window is each kind’s own: writes of others do not age a watch', () => {
  const { create, watch } = newServer()
  create('a')
  for (let i = 0; i < 300; i++) create(`b${i}`, {}, 'bs')
  create('c')
  assert.deepEqual(watch({ resourceVersion: '1' }), ['ADDED c 302'])
})

test('label values are short and plain: a Chinese display name is refused', () => {
  const { create } = newServer()
  const code = (value: string) =>
    codeOf(() => create(`x${value.length}`, { metadata: { name: `x${value.length}`, labels: { k: value } } }))
  assert.deepEqual(['支付', 'a'.repeat(64), 'a'.repeat(63), '', '-a', 'a.b_c-d'].map(code), [
    '422 Invalid',
    '422 Invalid',
    'fine',
    'fine',
    '422 Invalid',
    'fine',
  ])
})
