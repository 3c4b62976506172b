// What the projects' pages say in prose of runs, held against the cores: numbers in a text must not drift.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import { Lab } from '../../content/projects/crd-query/demo/core/lab.js'
import { playStep, stories } from '../../content/projects/crd-query/demo/core/stories.js'
import crdWalkthrough from '../../content/projects/crd-query/walkthrough.js'
import { createNetwork, loadGateway } from '../../content/projects/pingsix/demo/core/index.js'
import { databasePath, parseWal } from '../../content/projects/vaultwarden-litestream/demo/core/index.js'
import { fiveRows, insert, objects, ready, world } from './vaultwarden-world.js'

const proseOf = (slug: string): string => readFileSync(`content/projects/${slug}/index.md`, 'utf8')
/** Cells of the table whose header row begins like this, without marks of code. */
function tableOf(text: string, header: string): string[][] {
  const lines = text.slice(text.indexOf(`\n| ${header}`) + 1).split('\n')
  const end = lines.findIndex((line) => !line.startsWith('|'))
  return lines.slice(2, end).map((line) =>
    line
      .replaceAll('`', '')
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

test('crd-query: versions and rows of the five steps are those of the story', async () => {
  const text = proseOf('crd-query')
  const story = stories[0]!
  const lab = new Lab(story.options)
  const played = story.steps.map((step) => {
    playStep(lab, step)
    const { lastSync, rows } = lab.view()
    return [lastSync, String(rows)]
  })
  assert.deepEqual(
    tableOf(text, '步骤').map((cells) => cells.slice(3)),
    played,
  )
  const log = lab.log.events.map(({ data }) => data.text).join('\n')
  for (const fact of [
    '退避0.91 s',
    '退避2.20 s',
    'data/audit-batch-0001（墓碑）',
    'too old resource version: 41 (42)',
    'LIST resourceVersion="41"',
  ])
    assert.ok(log.includes(fact), fact)
  const page = await crdWalkthrough()
  for (const fact of ['取回</th><td>142个对象', '丢弃</th><td>137个对象'])
    assert.ok(page.includes(fact), fact)
  assert.match(text, /取回142个，丢掉137个/)
})

test('pingsix: the journey of the request is the one that the gateway makes', () => {
  const text = proseOf('pingsix')
  const yaml = /```yaml[^\n]*\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
  const clock = createClock()
  const { gateway, errors } = loadGateway(yaml, { clock, rng: createRng(1), network: createNetwork() })
  assert.deepEqual(errors, [])
  const request = {
    method: 'GET',
    target: '/api/users/42?verbose=1',
    headers: [
      ['Host', 'api.example.com'],
      ['X-Api-Key', 'k-7'],
    ] as const,
    client: '203.0.113.7:50000',
  }
  const journey = tableOf(text, '时刻').map(([at = '', count = '']) => {
    clock.advance(Number.parseInt(at, 10) * 1000 - clock.now())
    const { response, attempts, upstreamRequest } = gateway!.handle(request)
    return {
      count: Number.parseInt(count, 10),
      status: response!.status,
      body: response!.body,
      node: attempts[0]?.address,
      target: upstreamRequest?.target,
    }
  })
  assert.deepEqual(
    journey.map(({ count, status, node }) => [count, status, node]),
    [
      [1, 200, '10.0.0.1:8080'],
      [2, 200, '10.0.0.1:8080'],
      [3, 503, undefined],
      [1, 200, '10.0.0.2:8080'],
    ],
  )
  assert.deepEqual([journey[0]?.target, journey[2]?.body], ['/v1/users/42?verbose=1', 'slow down'])
  assert.deepEqual(
    tableOf(text, '时刻').map(([, , result = '', node = '']) => [result.slice(0, 3), node]),
    [
      ['200', '10.0.0.1:8080'],
      ['200', '10.0.0.1:8080'],
      ['503', '没有走到选节点这一步'],
      ['200', '10.0.0.2:8080'],
    ],
  )
  const put = gateway!.handle({ ...request, method: 'PUT' })
  assert.equal(put.response!.status, 404)
})

test('vaultwarden-litestream: names and sizes of the objects are those in the bucket', () => {
  const text = proseOf('vaultwarden-litestream')
  const number = (value: number): string => value.toLocaleString('en')
  const { lab, container } = ready()
  assert.equal(container.disk.size(`${databasePath}-wal`), 24_752)
  assert.equal(parseWal(container.disk.read(`${databasePath}-wal`)).frames.length, 6)
  for (let i = 0; i < 3; i++) {
    world.clock.advance(10)
    insert(container)
    container.syncDatabase()
    container.syncReplica()
  }
  assert.deepEqual(
    tableOf(text, '键').map(([key = '', size]) => [key.slice(key.lastIndexOf('/') + 1), size]),
    objects(lab).map(([key, size]) => [key, number(size)]),
  )
  insert(container, 2)
  container.syncDatabase()
  assert.equal(container.disk.size(`${databasePath}-wal`), 45_352)
  container.sigkill()
  const { restored } = lab.coldStart()
  assert.deepEqual(
    [restored.keys, restored.missing.map(({ commit }) => commit.key)],
    [
      ['1', '2', '3'],
      ['4', '5'],
    ],
  )
  const restoredBytes = 24_752 + 3 * 4120
  for (const fact of [24_752, 45_352, 37_112, 8240, 4152])
    assert.ok(text.includes(number(fact)), number(fact))
  assert.equal(restoredBytes, 37_112)

  const later = fiveRows()
  assert.deepEqual(objects(later.lab).slice(-2), [
    ['00000000_000090f8.wal.lz4', 8240],
    ['00000001_00000000.wal.lz4', 4152],
  ])
  assert.equal(later.container.disk.size(`${databasePath}-wal`), 45_352)
  insert(later.container, 2)
  later.container.syncDatabase()
  assert.deepEqual(
    later.container.sigkill().commits.map(({ key }) => key),
    ['6', '7'],
  )
})
