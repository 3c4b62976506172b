// Behaviour of the model beyond the public cases: the oddities of December 2024 that a reader may try on the page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import {
  applyRegexUri,
  checkRegexUri,
  createNetwork,
  type GatewayRequest,
  loadGateway,
  type NodeState,
  Panic,
  selectorKey,
} from '../../content/projects/pingsix/demo/core/index.js'

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
const withPlugin = (plugin: string) =>
  `${base}routes: [{ id: 1, uri: "/{*r}", upstream: { nodes: { "10.0.0.1:80": 1 } }, plugins: ${plugin} }]`

test('keys: ports in remote_addr, cookies untrimmed, arguments undecoded', () => {
  const request = get('/p?a=%20x&b=y', [
    ['Cookie', 'one=1; two=2'],
    ['X-Id', '7'],
  ])
  const key = (type: 'vars' | 'head' | 'cookie', name: string) => selectorKey(request, type, name)
  assert.deepEqual(
    [
      key('vars', 'remote_addr'),
      key('vars', 'remote_port'),
      key('vars', 'uri'),
      key('vars', 'arg_a'),
      key('vars', 'nonsense'),
      key('head', 'x-id'),
      key('cookie', 'one'),
      key('cookie', 'two'),
      key('cookie', ' two'),
    ],
    ['203.0.113.7:50000', '50000', '/p', '%20x', '', '7', '1', '', '2'],
  )
})

test('regex_uri: ascending replacement, and a panic for a group that took no part', () => {
  const ten = `^/${Array.from({ length: 10 }, () => '(.)').join('')}$`
  assert.equal(applyRegexUri('/abcdefghij', [ten, '/$10']), '/a0')
  assert.equal(applyRegexUri('/x/$2', ['^/(.)/(.*)$', '/$2-$1']), '/$2-x')
  assert.throws(() => applyRegexUri('/a', ['^/(a)|(b)', '/$1']), Panic)
  assert.deepEqual(
    ['(?P<n>a)', '[[:alpha:]]+', '\\A/x\\z', 'a\\-b', '(?i)a', '(a)\\1', '(?<!a)b', 'a{', '(?x)a'].map((p) =>
      checkRegexUri([p, '']),
    ),
    [null, null, null, null, null, 'invalid_regex', 'invalid_regex', 'invalid_regex', 'invalid_regex'],
  )
  assert.equal(checkRegexUri(['a']), 'regex_uri_length')
})

test('a panic ends the connection without an answer', () => {
  const { gateway } = start(withPlugin('{ redirect: { regex_uri: ["^/(a)|(b)", "/$1"], ret_code: 302 } }'))
  const { response, answeredBy } = gateway.handle(get('/a'))
  assert.deepEqual([response, answeredBy.kind], [null, 'panic'])
})

test('redirect answers 900 by default, keeps the query, and rarely goes to https', () => {
  const { gateway } = start(withPlugin('{ redirect: { uri: /new, regex_uri: [], http_to_https: true } }'))
  const location = (target: string) => {
    const { response } = gateway.handle(get(target))
    return [response!.status, response!.headers[0]]
  }
  assert.deepEqual(location('/old?x=1'), [900, ['Location', '/new?x=1']])
  assert.deepEqual(location('http://b.com:80/old?x=1'), [900, ['Location', 'https://b.com/old?x=1']])
})

test('ip-restriction believes X-Forwarded-For, and fails on nonsense in it', () => {
  const { gateway } = start(
    withPlugin('{ ip-restriction: { whitelist: [10.0.0.0/8, "2001:db8::/32"], message: no } }'),
  )
  const status = (...headers: GatewayRequest['headers']) => gateway.handle(get('/', headers)).response!.status
  assert.deepEqual(
    [
      gateway.handle(get('/x')).response,
      status(['X-Forwarded-For', ' 10.1.1.1 , 1.1.1.1']),
      status(['X-Real-Ip', '2001:DB8::1']),
      status(['X-Forwarded-For', 'unknown'], ['X-Real-Ip', '10.0.0.1']),
    ],
    [{ status: 403, headers: [['Content-Length', '2']], body: 'no' }, 404, 404, 404],
  )
})

test('ip-restriction over routes that match', () => {
  const { gateway } = start(
    withPlugin('{ ip-restriction: { whitelist: [10.0.0.0/8], blacklist: [10.0.0.1] } }'),
  )
  const by = (ip: string) => gateway.handle(get('/x', [['X-Forwarded-For', ip]])).response!.status
  assert.deepEqual(['10.0.0.2', '10.0.0.1', '11.0.0.1', '::1', 'unknown'].map(by), [200, 403, 403, 403, 500])
})

test('pass_host rewrite overrides the host of proxy-rewrite; set, remove, add in this order', () => {
  const { gateway } = start(`${base}routes:
  - id: 1
    uri: /{*r}
    upstream: { nodes: { "10.0.0.1:80": 1 }, pass_host: rewrite, upstream_host: up.internal }
    plugins:
      proxy-rewrite:
        uri: /new
        method: POST
        host: pr.internal
        headers: { set: [{ name: X-A, value: "1" }], remove: [x-b], add: [{ name: x-a, value: "2" }] }
`)
  const { upstreamRequest } = gateway.handle(get('/old?q=1', [['X-B', 'gone']]))
  assert.deepEqual(upstreamRequest, {
    address: '10.0.0.1:80',
    method: 'POST',
    target: '/new?q=1',
    headers: [
      ['Host', 'up.internal'],
      ['X-A', '1'],
      ['x-a', '2'],
    ],
  })
})

test('compression takes the first coding it knows, armed or not', () => {
  const { gateway } = start(withPlugin('{ gzip: {}, proxy-rewrite: {} }'))
  const result = (accept: string) => {
    const { compression, response } = gateway.handle(get('/x', [['Accept-Encoding', accept]]))
    return [compression.action, response!.headers.map(([name]) => name)]
  }
  assert.deepEqual(result('identity, gzip;q=0.1'), [
    'compress',
    ['Content-Type', 'Transfer-Encoding', 'Content-Encoding', 'Vary'],
  ])
  assert.deepEqual(result('br, gzip'), ['none', ['Content-Type', 'Content-Length']])
  assert.deepEqual(result('*'), ['none', ['Content-Type', 'Content-Length']])
})

test('a service shares its counter among its routes, two routes do not', () => {
  const limit = 'limit-count: { key_type: vars, key: nothing, count: 1, time_window: 1 }'
  const routes = (plugins: string) =>
    ['a', 'b'].map((id) => `  - { id: ${id}, uri: /${id}, service_id: s, plugins: {${plugins}} }\n`).join('')
  const service = (plugins: string) =>
    `services:\n  - { id: s, upstream: { nodes: { a: 1 } }, plugins: {${plugins}} }\n`
  const statuses = (yaml: string) => {
    const { gateway } = start(yaml)
    return ['/a', '/b'].map((path) => gateway.handle(get(path)).response!.status)
  }
  assert.deepEqual(statuses(`${base}routes:\n${routes('')}${service(limit)}`), [200, 503])
  assert.deepEqual(statuses(`${base}routes:\n${routes(limit)}${service('')}`), [200, 200])
})

test('prometheus in a global rule and on the route counts twice; a 404 is counted by the global one', () => {
  const { gateway } =
    start(`${base}routes: [{ id: 1, uri: /x, upstream: { nodes: { "10.0.0.1:80": 1 } }, plugins: { prometheus: {} } }]
global_rules: [{ id: g, plugins: { prometheus: {} } }]`)
  gateway.handle(get('/x'))
  gateway.handle(get('/none'))
  assert.deepEqual(
    gateway.metrics
      .text()
      .split('\n')
      .filter((line) => /^http_(requests|status)/.test(line)),
    [
      'http_requests_total 3',
      'http_status{code="200",route="1",matched_uri="/x",matched_host="a.com",service="a.com",node="10.0.0.1:80"} 2',
      'http_status{code="404",route="",matched_uri="",matched_host="",service="",node=""} 1',
    ],
  )
})

test('retries: FNV meets the same node again, retry_timeout and the cap of 16 end it', () => {
  const attempts = (upstream: string, nodes: Record<string, NodeState>) => {
    const { gateway } = start(
      `${base}routes: [{ id: 1, uri: /x, upstream: { ${upstream}, nodes: { "10.0.0.1:80": 1, "10.0.0.2:80": 1 } } }]`,
      nodes,
    )
    return gateway.handle(get('/x')).attempts.map((attempt) => attempt.address)
  }
  const down: NodeState = { mode: 'refuse', connectMs: 400 }
  const both = { '10.0.0.1:80': down, '10.0.0.2:80': down }
  assert.equal(new Set(attempts('type: fnv, retries: 3', both)).size, 1)
  assert.equal(attempts('retries: 9, retry_timeout: 1', both).length, 3)
  assert.equal(attempts('retries: 99', both).length, 16)
  assert.equal(attempts('type: random', both).length, 1)
  assert.deepEqual(attempts('retries: 1', { '10.0.0.1:80': down }), ['10.0.0.1:80', '10.0.0.2:80'])
})

test('a read that takes too long is 502 and not retried', () => {
  const { gateway } = start(
    `${base}routes: [{ id: 1, uri: /x, timeout: { connect: 1, send: 1, read: 1 }, upstream: { nodes: { "10.0.0.1:80": 1 }, retries: 2 } }]`,
    { '10.0.0.1:80': { mode: 'slow' } },
  )
  const { response, attempts, durationMs } = gateway.handle(get('/x'))
  assert.deepEqual([response!.status, attempts.length, durationMs], [502, 1, 1001])
})

test('absolute targets name the host, other hosts are cut at their first colon', () => {
  const { gateway } = start(
    `${base}routes: [{ id: 1, host: a.com, uri: /x, upstream: { nodes: { "10.0.0.1:80": 1 } } }]`,
  )
  const found = (target: string, host: string) =>
    gateway.handle({ method: 'GET', target, headers: [['Host', host]], client: '1.1.1.1:1' }).route.routeId
  assert.deepEqual(
    [
      found('/x', 'a.com:8080'),
      found('http://a.com:1/x', 'b.com'),
      found('/x', 'A.com'),
      found('/x', '[::1]:80'),
    ],
    ['1', '1', null, null],
  )
})

test('a request line that cannot be read is 400', () => {
  const { gateway } = start(withPlugin('{}'))
  assert.deepEqual(
    ['x', '/a b', '/ok'].map((target) => gateway.handle(get(target)).response!.status),
    [400, 400, 200],
  )
})
