// Behaviour of the model beyond the public cases: the oddities of December 2024 that a reader may try on the page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import {
  createNetwork,
  createStore,
  type GatewayRequest,
  handleAdmin,
  loadGateway,
  type NodeState,
  pluginTypes,
  type ReadResource,
  readConfig,
  readResource,
  startSync,
} from '../../content/projects/pingsix/demo/core/index.js'
import { presets } from '../../content/projects/pingsix/demo/core/presets.js'

const base = 'pingsix:\n  listeners:\n    - address: "0.0.0.0:8080"\n'
const start = (yaml: string, nodes: Record<string, NodeState> = {}, insertOrder?: 'reverse') => {
  const clock = createClock()
  const network = createNetwork(nodes)
  const loaded = loadGateway(yaml, { clock, rng: createRng(1), network, ...(insertOrder && { insertOrder }) })
  assert.deepEqual(loaded.errors, [])
  return { clock, network, gateway: loaded.gateway!, warnings: loaded.warnings }
}
const get = (
  target: string,
  headers: GatewayRequest['headers'] = [],
  more: Partial<GatewayRequest> = {},
): GatewayRequest => ({
  method: 'GET',
  target,
  headers: [['Host', 'a.com'], ...headers],
  client: '203.0.113.7:50000',
  ...more,
})

test('the Admin API checks, stores, and the data plane follows by watch', () => {
  const { gateway, clock } = start(
    'pingsix:\n  listeners: [{ address: "0.0.0.0:80" }]\n  etcd: { host: [x], prefix: /pingsix }\n  admin: { address: "127.0.0.1:9181", api_key: k }\n',
  )
  const store = createStore()
  const read: ReadResource = (kind, id, json) => readResource(kind, id, json, pluginTypes)
  const said: string[] = []
  startSync(store, '/pingsix', gateway.plane, clock, read, (text) => said.push(text))
  const admin = (
    method: string,
    path: string,
    body = '',
    headers: GatewayRequest['headers'] = [
      ['X-API-KEY', 'k'],
      ['Content-Type', 'application/json'],
    ],
  ) => {
    const { status, body: text } = handleAdmin(
      { method, path: `/apisix/admin/${path}`, headers, body },
      { apiKey: 'k', prefix: '/pingsix', store, read },
    )
    return text === '' ? status : `${status} ${text.split('\n')[0]}`
  }
  const route = '{"uri":"/x","upstream":{"nodes":{"10.0.0.1:80":1}}}'
  assert.deepEqual(
    [
      admin('GET', 'routes/1', '', []),
      admin('GET', 'routes/1'),
      admin('POST', 'routes/1', route),
      admin('PUT', 'routes/1', route, [['x-api-key', 'k']]),
      admin('PUT', 'plugins/1', '{}'),
      admin('PUT', 'routes/1', '{"uri":"/x"}'),
      admin('PUT', 'routes/1', '{"uri":"/x","upstream_id":1}'),
      admin('PUT', 'routes/1', '{'),
      admin('GET', 'routes/1/2'),
      gateway.handle(get('/x')).response!.status,
      admin('PUT', 'routes/1', route),
      gateway.handle(get('/x')).response!.status,
      admin('GET', 'routes/1'),
    ].map((value) => String(value).replace(/(json_syntax).*/, '$1')),
    [
      '403',
      '404 Not Found',
      '405',
      '400 Content-Type must be application/json',
      '400 Unsupported resource type',
      '400 upstream_or_service_required 路由要有upstream、upstream_id或service_id',
      '400 upstream_id invalid_type 应为字符串，实际是「1」',
      '400 json_syntax',
      '404 Not Found',
      '404',
      '200',
      '200',
      `200 {"value":${route}}`,
    ],
  )
  store.setReachable(false)
  assert.equal(admin('DELETE', 'routes/1'), '500 etcd连不上')
  clock.advance(1000)
  store.setReachable(true)
  store.delete('/pingsix/routes/1')
  clock.advance(2999)
  assert.equal(gateway.handle(get('/x')).response!.status, 200)
  clock.advance(1)
  assert.equal(gateway.handle(get('/x')).response!.status, 404)
  assert.deepEqual(said, [
    'list到0个资源，从修订2开始watch',
    'watch收到修订2：更新routes/1，路由树重建',
    'watch断开，1秒后重新list',
    'list失败，3秒后再试',
    'list到0个资源，从修订4开始watch',
  ])
})

test("a service's new hosts reach the matcher only with the next change of a route", () => {
  const { gateway } = start(
    `${base}services: [{ id: s, hosts: [old.com], upstream: { nodes: { a: 1 } } }]\nroutes: [{ id: 1, uri: /x, service_id: s }]`,
  )
  const found = () => gateway.handle({ ...get('/x'), headers: [['Host', 'new.com']] }).route.routeId
  const service = readConfig(`${base}services: [{ id: s, hosts: [new.com], upstream: { nodes: { a: 1 } } }]`)
    .value!.services[0]!
  gateway.plane.put({ kind: 'services', config: service })
  assert.equal(found(), null)
  gateway.plane.put({ kind: 'routes', config: gateway.plane.route('1')!.config })
  assert.equal(found(), '1')
})

test('health checks run at once and then by the interval of the virtual clock', () => {
  const { gateway, clock, network } = start(presets[4]!.yaml)
  const node = () => gateway.handle(presets[4]!.request).attempts.at(-1)!.address
  const first = node()!
  network.set(first, { mode: 'error', status: 503 })
  clock.advance(2000)
  assert.equal(node(), first)
  clock.advance(2000)
  assert.notEqual(node(), first)
  network.set(first, { mode: 'ok' })
  clock.advance(4000)
  assert.equal(node(), first)
})
