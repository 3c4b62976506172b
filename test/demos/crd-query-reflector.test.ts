// Public cases B-08 … B-12, B-25 … B-27: what a reflector asks for, and when.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  ApiError,
  ConnectionRefused,
  expired,
  tooLargeResourceVersion,
} from '../../content/projects/crd-query/demo/core/status.js'
import { listOf, pods, scripted } from './crd-query-reflector-world.js'

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
