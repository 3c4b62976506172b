// Behaviour of the model beyond the public cases: the oddities of December 2024 that a reader may try on the page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import {
  applyRegexUri,
  checkRegexUri,
  createNetwork,
  createStore,
  type GatewayRequest,
  handleAdmin,
  loadGateway,
  type NodeState,
  Panic,
  pluginTypes,
  type ReadResource,
  readConfig,
  readResource,
  selectorKey,
  startSync,
} from '../../content/projects/pingsix/demo/core/index.js'
import { formatIp, parseIp, parseNetwork } from '../../content/projects/pingsix/demo/core/ip.js'
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
const withPlugin = (plugin: string) =>
  `${base}routes: [{ id: 1, uri: "/{*r}", upstream: { nodes: { "10.0.0.1:80": 1 } }, plugins: ${plugin} }]`
const codes = (issues: readonly { path: string; code: string; line: number }[]) =>
  issues.map(({ path, code, line }) => `${line} ${path} ${code}`)

test('every preset starts, and its request is answered as its hint says', () => {
  const answers = presets.map((preset) => {
    const { gateway, warnings } = start(preset.yaml)
    return [preset.id, gateway.handle(preset.request).summary, codes(warnings)]
  })
  assert.deepEqual(answers, [
    ['minimal', '200 OK：路由1 → 127.0.0.1:1980，13 ms', []],
    ['hosts', '200 OK：路由by-host → 10.0.0.1:80，13 ms', []],
    ['merge', '200 OK：路由1 → 10.0.1.1:8080，13 ms', []],
    ['limit', '200 OK：路由1 → 10.0.0.1:80，13 ms', []],
    ['ketama', '200 OK：路由1 → 10.0.0.3:80，13 ms', []],
    ['absorb', '200 OK：路由users → 10.0.0.2:80，13 ms', ['10 routes[1] absorbed']],
  ])
})

test('inserted from the end, the absorbed route answers only for itself', () => {
  const { gateway, warnings } = start(presets.at(-1)!.yaml, {}, 'reverse')
  assert.deepEqual([gateway.handle(get('/hello')).route.routeId, warnings], ['all', []])
})

test('ignored fields, references to nothing and literal stars are warnings', () => {
  const yaml = `${base}routes:
  - id: 1
    uri: /foo/*
    uris: [/a]
    vars: []
    host: "*.a.com"
    upstream_id: none
  - id: 1
    uri: /b
    service_id: none
`
  const { errors, warnings } = readConfig(yaml)
  assert.deepEqual(
    [errors, codes(warnings)],
    [
      [],
      [
        '6 routes[0].uri literal_star',
        '7 routes[0].uris uris_ignored',
        '8 routes[0].vars ignored_field',
        '9 routes[0].host literal_host',
        '5 routes[0].upstream_id dangling_reference',
        '11 routes[1].id duplicate_id',
        '11 routes[1].service_id dangling_reference',
      ].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)),
    ],
  )
})

test('all errors are told at once, with their lines', () => {
  const yaml = `pingsix:
  listeners:
    - address: localhost:80
routes:
  - id: 1
    uri: /x
    methods: [get]
    priority: -1
    upstream:
      type: chash
      hash_on: header
      pass_host: node
      nodes:
        "a b": 1
        c: 0.5
    plugins:
      jwt-auth: {}
      echo: { body: 1 }
      limit-count: { key_type: vars }
      redirect: { uri: /y }
      proxy-rewrite: { regex_uri: ["(?=x)", ""] }
      ip-restriction: { whitelist: [300.0.0.1] }
`
  assert.deepEqual(codes(readConfig(yaml).errors), [
    '3 pingsix.listeners[0].address invalid_type',
    '7 routes[0].methods[0] unknown_variant',
    '8 routes[0].priority invalid_type',
    '10 routes[0].upstream.type unknown_variant',
    '11 routes[0].upstream.hash_on unknown_variant',
    '12 routes[0].upstream.pass_host unknown_variant',
    '14 routes[0].upstream.nodes.a b invalid_node_key',
    '15 routes[0].upstream.nodes.c invalid_type',
    '17 routes[0].plugins.jwt-auth unknown_plugin',
    '18 routes[0].plugins.echo invalid_plugin_config',
    '19 routes[0].plugins.limit-count invalid_plugin_config',
    '20 routes[0].plugins.redirect invalid_plugin_config',
    '21 routes[0].plugins.proxy-rewrite invalid_regex',
    '22 routes[0].plugins.ip-restriction invalid_plugin_config',
  ])
})

test('ids keep their spelling, quoted numbers are no numbers', () => {
  const { value, errors } = readConfig(`${base}upstreams: [{ id: 007, nodes: { a: 1 }, retries: "1" }]`)
  assert.deepEqual([value, codes(errors)], [null, ['4 upstreams[0].retries invalid_type']])
  assert.equal(readConfig(`${base}upstreams: [{ id: 007, nodes: { a: 1 } }]`).value!.upstreams[0]!.id, '007')
})

test('a pattern that cannot be put in stops the loader', () => {
  const load = (uris: string) =>
    loadGateway(`${base}routes: [{ id: 1, host: a.com, uris: ${uris}, upstream: { nodes: { a: 1 } } }]`, {
      clock: createClock(),
      rng: createRng(1),
      network: createNetwork(),
    })
  assert.deepEqual(codes(load('["/a{b}c"]').errors), ['4 routes[0] InvalidParamSegment'])
  assert.deepEqual(codes(load('["/a", "/a"]').errors), ['4 routes[0] Conflict'])
  assert.equal(load('["/a"]').gateway === null, false)
})

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

test('addresses and networks are read and written as Rust does', () => {
  assert.deepEqual(
    [
      '1.2.3.4',
      '01.2.3.4',
      '1.2.3',
      '::',
      '1::2',
      '1:0:0:2:0:0:0:3',
      '::ffff:1.2.3.4',
      '1::2::3',
      '12345::',
    ].map((text) => {
      const ip = parseIp(text)
      return ip && formatIp(ip)
    }),
    ['1.2.3.4', null, null, '::', '1::2', '1:0:0:2::3', '::ffff:1.2.3.4', null, null],
  )
  assert.deepEqual(
    ['10.0.0.0/8', '10.0.0.0/255.0.0.0', '::/0', '10.0.0.1', '10.0.0.0/33', '10.0.0.0/255.0.255.0'].map(
      (text) => parseNetwork(text)?.prefix ?? null,
    ),
    [8, 8, 0, 32, null, null],
  )
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
