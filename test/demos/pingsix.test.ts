// The public cases of the PingSIX playground, one row each: what goes in, what must come out. Sources: the tests of
// PingSIX (December 2024), Pingora 0.4 and matchit 0.8.5; rows without such a test were run against those programs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import {
  applyRegexUri,
  backend,
  buildMatcher,
  createBalancer,
  createHealth,
  createNetwork,
  type GatewayRequest,
  InsertError,
  ketamaRing,
  loadGateway,
  mergePlugins,
  type NodeState,
  parseNode,
  pluginTypes,
  type RouteEntry,
  Router,
  readConfig,
  select,
  sortBackends,
} from '../../content/projects/pingsix/demo/core/index.js'
import { type PluginType, phases } from '../../content/projects/pingsix/demo/core/plugins/plugin.js'

const base = 'pingsix:\n  listeners:\n    - address: "0.0.0.0:8080"\n'
const errorsOf = (yaml: string) => readConfig(yaml).errors.map(({ path, code }) => `${path} ${code}`)
const inline = 'upstream: { nodes: { "127.0.0.1:80": 1 } }'

/** `r(id, uri, options)`: a route for the matcher. */
const r = (id: string, uri: string, options: Partial<RouteEntry> = {}): RouteEntry => ({
  id,
  uris: [uri],
  hosts: [],
  methods: [],
  priority: 0,
  ...options,
})
const match = (
  routes: readonly RouteEntry[],
  paths: readonly string[],
  host: string | null = null,
  method = 'GET',
) => {
  const matcher = buildMatcher(routes)
  return paths.map((path) => {
    const { routeId, params } = matcher.match(host, path, method)
    return Object.keys(params).length === 0 ? routeId : [routeId, params]
  })
}
/** Number (from 1) of the pattern that answers each path. */
const raw = (patterns: readonly string[], paths: readonly string[]) => {
  const router = new Router<number>()
  for (const [i, pattern] of patterns.entries()) router.insert(pattern, i + 1)
  return paths.map((path) => {
    const found = router.at(path)
    return found === null
      ? null
      : found.params.length === 0
        ? found.value
        : [found.value, Object.fromEntries(found.params)]
  })
}
const insertErrors = (...patterns: string[]) => {
  const router = new Router<true>()
  return patterns.map((pattern) => {
    try {
      router.insert(pattern, true)
      return 'ok'
    } catch (error) {
      if (error instanceof InsertError) return error.message
      throw error
    }
  })
}

const start = (yaml: string, nodes: Record<string, NodeState> = {}, types?: readonly PluginType[]) => {
  const clock = createClock()
  const loaded = loadGateway(yaml, {
    clock,
    rng: createRng(1),
    network: createNetwork(nodes),
    ...(types && { types }),
  })
  assert.deepEqual(loaded.errors, [])
  return { clock, gateway: loaded.gateway!, warnings: loaded.warnings }
}
const get = (target: string, more: Partial<GatewayRequest> = {}): GatewayRequest => ({
  method: 'GET',
  target,
  headers: [['Host', 'a.com']],
  client: '203.0.113.7:50000',
  ...more,
})

const regexPairs = ['^/iresty/(.*)/(.*)/(.*)', '/$1-$2-$3', '^/theothers/(.*)/(.*)', '/theothers/$1-$2']
const three = sortBackends([backend('1.1.1.1', 80), backend('1.0.0.1', 80, 8), backend('1.0.0.255', 80)])
const fnvThree = sortBackends([backend('1.1.1.1', 80), backend('1.0.0.1', 80, 10), backend('1.0.0.255', 80)])
const names: Record<string, string> = { '1.1.1.1:80': 'b1', '1.0.0.1:80': 'b2', '1.0.0.255:80': 'b3' }
const equal = sortBackends(['1.1.1.1', '1.0.0.1', '1.0.0.255'].map((ip) => backend(ip, 80)))
const walk = (type: 'fnv' | 'ketama', backends: typeof equal, key: string, steps: number) => {
  const { next } = createBalancer(type, backends, createRng(1)).walk(key)
  return Array.from({ length: steps }, () => backends[next()]!.address)
}
const limitYaml = `${base}routes:
  - id: 1
    uri: /x
    ${inline}
    plugins:
      limit-count: { key_type: vars, key: remote_addr, count: 1, time_window: 1, rejected_code: 429, rejected_msg: slow }
      echo: { body: hi }
`

const cases: readonly (readonly [id: string, says: string, run: () => unknown, expected: unknown])[] = [
  [
    'A-01',
    'no listener is an error',
    () => errorsOf('pingsix:\n  listeners: []\n'),
    ['pingsix.listeners length'],
  ],
  [
    'A-02',
    'offer_h2 needs tls',
    () => errorsOf('pingsix:\n  listeners:\n    - address: "0.0.0.0:8080"\n      offer_h2: true\n'),
    ['pingsix.listeners[0] tls_required_for_h2'],
  ],
  [
    'A-03',
    'a route needs uri or uris',
    () => errorsOf(`${base}routes:\n  - { id: "1", ${inline} }\n`),
    ['routes[0] uri_or_uris_required'],
  ],
  [
    'A-04',
    'pass_host rewrite needs upstream_host',
    () =>
      errorsOf(
        `${base}routes:\n  - { id: "1", uri: /, upstream: { nodes: { "127.0.0.1:80": 1 }, pass_host: rewrite } }\n`,
      ),
    ['routes[0].upstream upstream_host_required_for_rewrite'],
  ],
  [
    'A-05',
    'an entry of upstreams needs an id',
    () => errorsOf(`${base}upstreams:\n  - { nodes: { "127.0.0.1:80": 1 } }\n`),
    ['upstreams[0].id upstream_id_required'],
  ],
  [
    'A-06',
    'a route needs an upstream or a service',
    () => errorsOf(`${base}routes:\n  - { id: "1", uri: / }\n`),
    ['routes[0] upstream_or_service_required'],
  ],
  [
    'A-07',
    'a service needs an upstream',
    () => errorsOf(`${base}services:\n  - { id: "1", hosts: [a.com] }\n`),
    ['services[0] upstream_required'],
  ],
  [
    'A-08',
    'unquoted numbers are ids',
    () => {
      const { value, errors } = readConfig(
        `${base}routes: [{ id: 1, uri: /, ${inline}, service_id: 1 }]\nupstreams: [{ id: 1, nodes: { "127.0.0.1": 1 } }]\nservices: [{ id: 1, upstream_id: 1 }]\nglobal_rules: [{ id: 1 }]\n`,
      )
      const { routes, upstreams, services, globalRules } = value!
      return [
        errors,
        ...[routes, upstreams, services, globalRules].map((list) => list[0]!.id),
        services[0]!.upstreamId,
      ]
    },
    [[], '1', '1', '1', '1', '1'],
  ],
  [
    'A-09',
    'nodes are host and port',
    () =>
      [
        '127.0.0.1',
        '[::1]',
        'example.com',
        'example.com:80',
        '192.168.1.1:8080',
        '[2001:db8:85a3::8a2e:370:7334]:8080',
        '',
        'invalid:port',
        '127.0.0.1:invalid',
      ].map(parseNode),
    [
      { host: '127.0.0.1', port: null },
      { host: '[::1]', port: null },
      { host: 'example.com', port: null },
      { host: 'example.com', port: 80 },
      { host: '192.168.1.1', port: 8080 },
      { host: '[2001:db8:85a3::8a2e:370:7334]', port: 8080 },
      null,
      null,
      null,
    ],
  ],
  ['A-10', 'the first pair that matches', () => applyRegexUri('/iresty/a/b/c', regexPairs), '/a-b-c'],
  [
    'A-11',
    'the second pair, or none',
    () => ['/theothers/x/y', '/api/test', ''].map((path) => applyRegexUri(path, regexPairs)),
    ['/theothers/x-y', '/api/test', ''],
  ],
  [
    'A-12',
    'groups are greedy, any character may be in them',
    () => ['/iresty/a/b/c/d/e/f', '/iresty/a/!/@'].map((path) => applyRegexUri(path, regexPairs)),
    ['/a/b/c/d-e-f', '/a-!-@'],
  ],
  [
    'A-13',
    'an empty template gives an empty path',
    () => applyRegexUri('/iresty/a/b/c', [regexPairs[0]!, '', regexPairs[2]!, '']),
    '',
  ],
  [
    'A-14',
    'literal text beats a catch-all',
    () => raw(['/path/foo', '/path/{*rest}'], ['/path/foo', '/path/bar', '/path/foo/']),
    [1, [2, { rest: 'bar' }], [2, { rest: 'foo/' }]],
  ],
  [
    'A-15',
    'the search goes back to a parameter',
    () => raw(['/{object}/{id}', '/secret/{id}/path'], ['/secret/978/path', '/something/978', '/secret/978']),
    [
      [2, { id: '978' }],
      [1, { object: 'something', id: '978' }],
      [1, { object: 'secret', id: '978' }],
    ],
  ],
  [
    'A-16',
    'a catch-all is never empty',
    () =>
      raw(
        ['/foo/{*catchall}', '/bar', '/bar/', '/bar/{*catchall}'],
        ['/foo', '/foo/', '/foo/x', '/bar', '/bar/', '/bar/x'],
      ),
    [null, null, [1, { catchall: 'x' }], 2, 3, [4, { catchall: 'x' }]],
  ],
  [
    'A-17',
    'a parameter is never empty',
    () => raw(['/y/{foo}', '/x/{foo}/z', '/z/{*xx}'], ['/y/', '/x//z', '/z/']),
    [null, null, null],
  ],
  [
    'A-18',
    'bad patterns are told apart',
    () => ['/{foo}{bar}', '/{foo}s', '/src/{*p}/x', '/{}'].flatMap((pattern) => insertErrors(pattern)),
    ['InvalidParamSegment', 'InvalidParamSegment', 'InvalidCatchAll', 'InvalidParam'],
  ],
  [
    'A-19',
    'one wildcard child for a node',
    () => insertErrors('/cmd/{tool}/{sub}', '/cmd/{*path}'),
    ['ok', 'Conflict with /cmd/{tool}/{sub}'],
  ],
  [
    'A-20',
    'a pattern joins the slot that it is found in',
    () => {
      const matcher = buildMatcher([r('all', '/{*rest}'), r('api', '/api/users', { priority: 10 })])
      const { routeId, params, lookups } = matcher.match(null, '/x', 'GET')
      return [
        routeId,
        params,
        lookups[0]!.slot.map((c) => c.id),
        matcher.absorptions.map((a) => [a.route, a.slot, a.takesOver]),
      ]
    },
    ['api', { rest: 'x' }, ['api', 'all'], [['api', '/{*rest}', true]]],
  ],
  [
    'A-21',
    'the other way round all is as one expects',
    () => match([r('api', '/api/users', { priority: 10 }), r('all', '/{*rest}')], ['/api/users', '/x', '/']),
    ['api', ['all', { rest: 'x' }], null],
  ],
  [
    'A-22',
    'a slot is in order of priority, then of insertion',
    () =>
      buildMatcher([
        r('low', '/a', { priority: 1 }),
        r('high', '/a', { priority: 9 }),
        r('mid', '/a', { priority: 5 }),
        r('mid2', '/a', { priority: 5 }),
      ])
        .match(null, '/a', 'GET')
        .lookups[0]!.slot.map((c) => c.id),
    ['high', 'mid', 'mid2', 'low'],
  ],
  ['A-23', 'a bare star is a star', () => match([r('1', '/foo/*')], ['/foo/bar', '/foo/*']), [null, '1']],
  [
    'A-24',
    'no route of the host takes the method: the table without a host is asked',
    () =>
      match(
        [r('host', '/x', { hosts: ['a.com'], methods: ['GET'] }), r('any', '/x')],
        ['/x'],
        'a.com',
        'POST',
      ),
    ['any'],
  ],
  [
    'A-25',
    'a wrong method is 404',
    () => {
      const { gateway } = start(`${base}routes: [{ id: 1, uri: /x, methods: [GET], ${inline} }]`)
      const { response } = gateway.handle(get('/x', { method: 'PUT' }))
      const headers = Object.fromEntries(response!.headers)
      return [response!.status, headers['Server'], headers['Content-Length'], response!.body]
    },
    [404, 'Pingora', '0', ''],
  ],
  [
    'A-26',
    "the route's plugin replaces the service's",
    () => {
      const { gateway } = start(`${base}routes:
  - id: 1
    uri: /x
    service_id: svc
    plugins: { limit-count: { key_type: vars, key: uri, count: 1, time_window: 1 }, echo: { body: hi } }
services:
  - id: svc
    ${inline}
    plugins: { limit-count: { key_type: vars, key: uri, count: 9, time_window: 9 } }
`)
      return gateway
        .handle(get('/x'))
        .executor.filter((e) => !e.overridden)
        .map((e) => `${e.plugin} ${e.origin}`)
    },
    ['limit-count route:1', 'echo route:1'],
  ],
  [
    'A-27',
    'plugins run by falling priority',
    () => {
      const order = [
        'echo',
        'prometheus',
        'redirect',
        'limit-count',
        'ip-restriction',
        'gzip',
        'brotli',
        'grpc-web',
      ]
      const plugins = order.map((name) => {
        const { priority } = pluginTypes.find((type) => type.name === name)!
        return { plugin: { name, priority }, origin: '' }
      })
      return mergePlugins(plugins).plugins.map((bound) => bound.plugin.name)
    },
    ['ip-restriction', 'redirect', 'limit-count', 'brotli', 'gzip', 'grpc-web', 'prometheus', 'echo'],
  ],
  [
    'A-28',
    'an answer of a global rule keeps the route out',
    () => {
      const { gateway } = start(`${base}routes:
  - { id: 1, uri: /x, ${inline}, plugins: { limit-count: { key_type: vars, key: uri, count: 0, time_window: 1 } } }
global_rules:
  - { id: g, plugins: { echo: { body: global } } }
`)
      const { response, steps } = gateway.handle(get('/x'))
      return [response!.status, response!.body, steps.map((step) => `${step.layer} ${step.plugin}`)]
    },
    [200, 'global', ['global echo']],
  ],
  [
    'A-29',
    'global first, then the route, in every phase',
    () => {
      const seen: string[] = []
      const recorder: PluginType = {
        name: 'recorder',
        priority: 1,
        options: [],
        create: (options) => () => {
          const say = (phase: string) => () => {
            seen.push(`${phase} ${options}`)
            return null
          }
          const hooks = Object.fromEntries(phases.map((phase) => [phase, say(phase)]))
          return { name: 'recorder', priority: 1, ...hooks }
        },
      }
      const { gateway } = start(
        `${base}routes: [{ id: 1, uri: /x, ${inline}, plugins: { recorder: route } }]\nglobal_rules: [{ id: g, plugins: { recorder: global } }]\n`,
        {},
        [recorder],
      )
      gateway.handle(get('/x'))
      return seen
    },
    phases.flatMap((phase) => [`${phase} global`, `${phase} route`]),
  ],
  [
    'A-30',
    'limit-count refuses with its headers and body',
    () => {
      const { gateway, clock } = start(limitYaml)
      const first = gateway.handle(get('/x'))
      clock.advance(10)
      const second = gateway.handle(get('/x'))
      return [first.response!.status, second.response, second.keepAlive]
    },
    [
      200,
      {
        status: 429,
        headers: [
          ['X-Rate-Limit-Limit', '1'],
          ['X-Rate-Limit-Remaining', '0'],
          ['X-Rate-Limit-Reset', '1'],
          ['Content-Length', '4'],
        ],
        body: 'slow',
      },
      false,
    ],
  ],
  [
    'A-31',
    'the next window starts at 1,000 ms',
    () => {
      const { gateway, clock } = start(limitYaml)
      return [0, 10, 990].map((ms) => {
        clock.advance(ms)
        return gateway.handle(get('/x')).response!.status
      })
    },
    [200, 429, 200],
  ],
  [
    'A-32',
    'round robin walks the weighted list first, then the plain one',
    () => {
      const balancer = createBalancer('roundrobin', three, createRng(1))
      const { next } = balancer.walk('')
      const one = Array.from({ length: 5 }, () => three[next()]!.address)
      return [one, Array.from({ length: 7 }, () => three[balancer.walk('').next()]!.address)].map((list) =>
        list.map((address) => names[address]),
      )
    },
    [
      ['b2', 'b3', 'b1', 'b2', 'b3'],
      ['b2', 'b2', 'b2', 'b3', 'b1', 'b2', 'b2'],
    ],
  ],
  [
    'A-33',
    'FNV hashes its own hash for the next candidate',
    () => walk('fnv', fnvThree, 'test', 11).map((address) => names[address]),
    ['b2', 'b2', 'b2', 'b1', 'b3', 'b2', 'b2', 'b1', 'b2', 'b3', 'b1'],
  ],
  [
    'A-34',
    'FNV spreads keys by weight',
    () => [1, 2, 3, 4, 5, 6, 7].map((n) => names[walk('fnv', fnvThree, `test${n}`, 1)[0]!]),
    ['b2', 'b2', 'b3', 'b1', 'b2', 'b2', 'b2'],
  ],
  [
    'A-35',
    'ketama',
    () => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => names[walk('ketama', equal, `test${n}`, 1)[0]!]),
    ['b2', 'b1', 'b1', 'b1', 'b1', 'b3', 'b1', 'b3', 'b1', 'b2'],
  ],
  [
    'A-36',
    'ketama moves only the keys of the backend that left',
    () => {
      const two = equal.filter((b) => names[b.address] !== 'b3')
      return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => names[walk('ketama', two, `test${n}`, 1)[0]!])
    },
    ['b2', 'b1', 'b1', 'b1', 'b1', 'b2', 'b1', 'b1', 'b1', 'b2'],
  ],
  [
    'A-37',
    'ketama walks along the ring',
    () => {
      const nodes = [7777, 7778, 7779].map((port) => backend('127.0.0.1', port))
      return walk('ketama', nodes, 'doghash', 8).map((address) => Number(address.at(-1)))
    },
    [8, 9, 9, 7, 7, 8, 8, 9],
  ],
  [
    'A-38',
    'ketama over IPv6',
    () => {
      const nodes = [7777, 7778, 7779].map((port) => backend('::1', port))
      return walk('ketama', nodes, 'doghash', 7).map((address) => Number(address.at(-1)))
    },
    [7, 8, 7, 8, 8, 7, 9],
  ],
  [
    'A-39',
    "ketama finds nginx's nodes",
    () => {
      const nodes = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => backend(`10.0.0.${n}`, 443, 100))
      return [
        '/81fa1d251d605775d647b5b55565e71526d4cef6',
        '/2fec328e6ccdda6a7edf329f9f780e546ea183b4',
        '/19fb835d90883a6263ec4279c6da184e3f1a79b2',
      ].map((key) => walk('ketama', nodes, key, 1)[0])
    },
    ['10.0.0.7:443', '10.0.0.5:443', '10.0.0.4:443'],
  ],
  [
    'A-40',
    'a run of contrary results flips the state, any other result ends the run',
    () => {
      const check = readConfig(
        `${base}upstreams: [{ id: 1, nodes: { "127.0.0.1:80": 1 }, checks: { active: { healthy: { successes: 2 }, unhealthy: { http_failures: 5 } } } }]`,
      ).value!.upstreams[0]!.check
      const health = createHealth(1, check, () => ({ connected: true, status: 200 }), null)
      return [...'FFFFTFFFFFTT']
        .map((result) => {
          health.observe(0, result === 'T')
          return health.isHealthy(0) ? 'h' : 'u'
        })
        .join('')
    },
    'hhhhhhhhhuuh',
  ],
  [
    'A-41',
    'nobody healthy is 500',
    () => {
      const { gateway } = start(
        `${base}routes: [{ id: 1, uri: /x, upstream: { nodes: { "127.0.0.1:80": 1, "127.0.0.2:80": 1 }, checks: { active: { type: tcp } } } }]`,
        { '127.0.0.1:80': { mode: 'refuse' }, '127.0.0.2:80': { mode: 'refuse' } },
      )
      const { response, attempts } = gateway.handle(get('/x'))
      return [response!.status, attempts.map((a) => a.outcome)]
    },
    [500, ['none-healthy']],
  ],
  [
    'A-42',
    'two retries are three attempts, then 502',
    () => {
      const { gateway } = start(
        `${base}routes: [{ id: 1, uri: /x, upstream: { nodes: { "127.0.0.1:80": 1, "127.0.0.2:80": 1 }, retries: 2 } }]`,
        { '127.0.0.1:80': { mode: 'refuse' }, '127.0.0.2:80': { mode: 'refuse' } },
      )
      const { response, attempts } = gateway.handle(get('/x'))
      return [response!.status, attempts.map((a) => a.address)]
    },
    [502, ['127.0.0.1:80', '127.0.0.2:80', '127.0.0.1:80']],
  ],
]

for (const [id, says, run, expected] of cases) test(`${id}: ${says}`, () => assert.deepEqual(run(), expected))

test('the ring of ketama has 160 points for each unit of weight, less the equal ones', () => {
  assert.equal(ketamaRing(equal).length, 480)
})

test('a walk gives each backend once, and the round robin counter pays for every step', () => {
  const balancer = createBalancer('roundrobin', three, createRng(1))
  const { candidates, chosen } = select(balancer, '', () => false)
  assert.deepEqual([candidates.length, chosen, balancer.counter], [3, null, 256])
})
