// The way between informer and apiserver: refused, throttled, cut, too slow.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import { ApiServer } from '../../content/projects/crd-query/demo/core/apiserver.js'
import { Network } from '../../content/projects/crd-query/demo/core/network.js'
import { projects } from '../../content/projects/crd-query/demo/core/resources.js'

function setUp(streamCapacity?: number) {
  const clock = createClock()
  const server = new ApiServer({ clock, rng: createRng(1) })
  server.define(projects)
  const network = new Network({ clock, server, ...(streamCapacity === undefined ? {} : { streamCapacity }) })
  const told: string[] = []
  const watch = (resourceVersion = '0') =>
    network.connect('projects').watch(
      { resourceVersion },
      {
        event: ({ type }) => told.push(`${clock.now()} ${type}`),
        close: () => told.push(`${clock.now()} closed`),
        fail: (error) => told.push(`${clock.now()} ${error.message.slice(0, 20)}`),
      },
    )
  const create = (name: string) => server.create('projects', { metadata: { namespace: 'n', name } })
  return { clock, server, network, told, watch, create }
}

test('events take their time and arrive in order', () => {
  const { clock, told, watch, create } = setUp()
  create('a')
  watch()
  clock.advance(30)
  create('b')
  clock.advance(100)
  assert.deepEqual(told, ['20 ADDED', '40 ADDED'])
})

test('a cut loses what is under way, and the stream ends at both ends', () => {
  const { clock, server, network, told, watch, create } = setUp()
  watch()
  clock.advance(20)
  create('a')
  network.cut()
  clock.advance(100)
  assert.deepEqual([told, server.watcherCount('projects')], [['30 closed'], 0])
})

test('while connections are refused every request fails, afterwards none', () => {
  const { clock, network, told, watch } = setUp()
  network.disconnect(500)
  watch()
  clock.advance(1_000)
  network.connect('projects').list({}, (answer) => told.push(answer instanceof Error ? 'failed' : 'listed'))
  clock.advance(100)
  assert.deepEqual(told, ['20 dial tcp 10.96.0.1:4', 'listed'])
})

test('so many requests are answered 429 as were asked for', () => {
  const { clock, network } = setUp()
  network.throttle(2)
  const answers: boolean[] = []
  for (let i = 0; i < 3; i++)
    network.connect('projects').list({}, (answer) => answers.push(answer instanceof Error))
  clock.advance(100)
  assert.deepEqual(answers, [true, true, false])
})

test('a reader too slow for a burst is cut off by the server, but not for what is replayed at the start', () => {
  const { clock, told, watch, create } = setUp(3)
  for (let i = 0; i < 5; i++) create(`a-${i}`)
  watch()
  clock.advance(100)
  assert.equal(told.length, 5)
  for (let i = 0; i < 6; i++) create(`b-${i}`)
  clock.advance(100)
  assert.deepEqual(
    told.slice(5).map((line) => line.split(' ')[1]),
    ['ADDED', 'ADDED', 'ADDED', 'ADDED', 'closed'],
  )
})

test('a watch that was stopped by its reader is told nothing', () => {
  const { clock, server, told, watch, create } = setUp()
  const stop = watch()
  clock.advance(20)
  create('a')
  stop()
  clock.advance(100)
  assert.deepEqual([told, server.watcherCount('projects')], [[], 0])
})
