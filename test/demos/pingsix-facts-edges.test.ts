// Edges of the same sources: what is counted, refused or left alone at the limits of each rule.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base, type Case, errorsOf, get, start } from './pingsix-world.js'

const node = 'upstream: { nodes: { "10.0.0.1:80": 1 } }'
const route = (more: string, id = '1', uri = '/x') => `  - { id: ${id}, uri: ${uri}, ${more} }\n`
const config = (...routes: string[]) => `${base}routes:\n${routes.join('')}`

const cases: readonly Case[] = [
  [
    'uri and uris',
    'uri wins',
    () => {
      const { gateway } = start(config(`  - { id: 1, uri: /a, uris: [/b], ${node} }\n`))
      return ['/a', '/b'].map((t) => gateway.handle(get(t)).response?.status)
    },
    [200, 404],
  ],
  [
    'host and hosts',
    'host wins',
    () => {
      const { gateway } = start(config(`  - { id: 1, uri: /a, host: a.com, hosts: [b.com], ${node} }\n`))
      return ['a.com', 'b.com'].map(
        (h) => gateway.handle(get('/a', { headers: [['Host', h]] })).response?.status,
      )
    },
    [200, 404],
  ],
  [
    'weights',
    'all zero is an error',
    () => errorsOf(config(route('upstream: { nodes: { "10.0.0.1:80": 0 } }'))).length > 0,
    true,
  ],
  [
    'ketama zero',
    'one zero weight is an error',
    () =>
      errorsOf(config(route('upstream: { type: ketama, nodes: { "10.0.0.1:80": 0, "10.0.0.2:80": 1 } }')))
        .length > 0,
    true,
  ],
  [
    'weight zero',
    'never chosen first',
    () => {
      const { gateway } = start(config(route('upstream: { nodes: { "10.0.0.1:80": 0, "10.0.0.2:80": 1 } }')))
      return [1, 2, 3].map(() => gateway.handle(get('/x')).upstreamRequest?.address)
    },
    ['10.0.0.2:80', '10.0.0.2:80', '10.0.0.2:80'],
  ],
  [
    'odd regex',
    'regex_uri in pairs',
    () => errorsOf(config(route(`${node}, plugins: { proxy-rewrite: { regex_uri: ["a"] } }`))),
    ['routes[0].plugins.proxy-rewrite regex_uri_length'],
  ],
  [
    'lookaround',
    'no look-around',
    () => errorsOf(config(route(`${node}, plugins: { proxy-rewrite: { regex_uri: ["(?=a)", "b"] } }`))),
    ['routes[0].plugins.proxy-rewrite invalid_regex'],
  ],
  [
    'unknown plugin',
    'start fails',
    () => errorsOf(config(route(`${node}, plugins: { nope: {} }`))),
    ['routes[0].plugins.nope unknown_plugin'],
  ],
  [
    'cidr',
    'bad CIDR',
    () => errorsOf(config(route(`${node}, plugins: { ip-restriction: { whitelist: ["10.0.0.0/40"] } }`))),
    ['routes[0].plugins.ip-restriction invalid_plugin_config'],
  ],
  [
    'bad ip',
    '500',
    () => {
      const { gateway } = start(
        config(route(`${node}, plugins: { ip-restriction: { whitelist: ["10.0.0.0/8"] } }`)),
      )
      return gateway.handle(
        get('/x', {
          headers: [
            ['Host', 'a.com'],
            ['X-Forwarded-For', 'nonsense'],
          ],
        }),
      ).response?.status
    },
    500,
  ],
  [
    'real ip',
    'X-Real-Ip second',
    () => {
      const { gateway } = start(
        config(route(`${node}, plugins: { ip-restriction: { whitelist: ["10.0.0.0/8"], message: no } }`)),
      )
      return [
        ['X-Real-Ip', ' 10.1.1.1 '],
        ['X-Real-Ip', '11.1.1.1'],
        ['X-Forwarded-For', '10.9.9.9, 1.1.1.1'],
      ].map(
        (h) =>
          gateway.handle(get('/x', { headers: [['Host', 'a.com'], h as [string, string]] })).response?.status,
      )
    },
    [200, 403, 200],
  ],
  [
    'cidr v6',
    'v6',
    () => {
      const { gateway } = start(
        config(route(`${node}, plugins: { ip-restriction: { blacklist: ["2001:db8::/32"] } }`)),
      )
      return ['2001:db8::1', '2001:db9::1'].map(
        (h) =>
          gateway.handle(
            get('/x', {
              headers: [
                ['Host', 'a.com'],
                ['X-Forwarded-For', h],
              ],
            }),
          ).response?.status,
      )
    },
    [403, 200],
  ],
  [
    'service limit',
    'one counter for two routes',
    () => {
      const { gateway } = start(
        `${base}services:\n  - id: s\n    ${node}\n    plugins: { limit-count: { key_type: vars, key: nothing, count: 1, time_window: 9 } }\nroutes:\n  - { id: 1, uri: /a, service_id: s }\n  - { id: 2, uri: /b, service_id: s }\n`,
      )
      return ['/a', '/b'].map((t) => gateway.handle(get(t)).response?.status)
    },
    [200, 503],
  ],
  [
    'retry timeout',
    'elapsed',
    () => {
      const { gateway } = start(
        config(route('upstream: { retries: 5, retry_timeout: 0, nodes: { "10.0.0.1:80": 1 } }')),
        { '10.0.0.1:80': { mode: 'refuse' } },
      )
      const t = gateway.handle(get('/x'))
      return [t.response?.status, t.attempts?.length]
    },
    [502, 1],
  ],
  [
    'ketama retries',
    'the same node',
    () => {
      const { gateway } = start(
        config(
          route('upstream: { type: ketama, retries: 2, nodes: { "10.0.0.1:80": 1, "10.0.0.2:80": 1 } }'),
        ),
        { '10.0.0.1:80': { mode: 'refuse' }, '10.0.0.2:80': { mode: 'refuse' } },
      )
      const t = gateway.handle(get('/x'))
      return [t.response?.status, new Set(t.attempts.map((a) => a.address)).size]
    },
    [502, 1],
  ],
  [
    'cookie',
    'the name is not trimmed',
    () => {
      const { gateway } = start(
        config(
          route(`${node}, plugins: { limit-count: { key_type: cookie, key: b, count: 1, time_window: 9 } }`),
        ),
      )
      return ['a=1; b=2', 'a=1; b=3', 'a=1;b=4', 'b=5', 'b=6'].map(
        (c) =>
          gateway.handle(
            get('/x', {
              headers: [
                ['Host', 'a.com'],
                ['Cookie', c],
              ],
            }),
          ).response?.status,
      )
    },
    [200, 503, 200, 200, 200],
  ],
  [
    'rewrite host',
    'pass_host: rewrite wins over proxy-rewrite',
    () => {
      const { gateway } = start(
        config(
          route(
            'upstream: { pass_host: rewrite, upstream_host: up.com, nodes: { "10.0.0.1:80": 1 } }, plugins: { proxy-rewrite: { host: p.com, uri: /new } }',
          ),
        ),
      )
      const u = gateway.handle(get('/x?q=1')).upstreamRequest
      return [u?.target, u?.headers.filter(([k]) => k.toLowerCase() === 'host').map(([, v]) => v)]
    },
    ['/new?q=1', ['up.com']],
  ],
  [
    'etcd',
    'static resources are ignored',
    () => {
      const { gateway } = start(
        `pingsix:\n  listeners:\n    - address: "0.0.0.0:8080"\n  etcd: { host: ["http://127.0.0.1:2379"], prefix: /p }\nroutes:\n${route(node)}`,
      )
      return gateway.handle(get('/x')).response?.status
    },
    404,
  ],
  [
    'h2',
    'needs tls',
    () =>
      errorsOf(
        `pingsix:\n  listeners:\n    - address: "localhost:80"\n    - { address: "1.1.1.1:80", offer_h2: true }\nroutes:\n${route(node)}`,
      ),
    ['pingsix.listeners[0].address invalid_type', 'pingsix.listeners[1] tls_required_for_h2'],
  ],
  [
    'ipv6 first',
    'v4 before v6',
    () => {
      const { gateway } = start(
        config(
          route(
            'upstream: { nodes: { "[::1]:80": 1, "10.0.0.2:80": 1, "10.0.0.1:81": 1, "10.0.0.1:80": 1 } }',
          ),
        ),
      )
      return [1, 2, 3, 4].map(() => gateway.handle(get('/x')).upstreamRequest?.address)
    },
    ['10.0.0.1:80', '10.0.0.1:81', '10.0.0.2:80', '[::1]:80'],
  ],
]
for (const [id, says, run, expected] of cases)
  test(`${id}: ${says}`, () => {
    assert.deepEqual(run(), expected)
  })
