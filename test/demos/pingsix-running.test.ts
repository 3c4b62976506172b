// Public cases of the PingSIX playground, one row each: what goes in, what must come out. Sources: the tests of
// PingSIX (December 2024), Pingora 0.4 and matchit 0.8.5; rows without such a test were run against those programs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  createHealth,
  mergePlugins,
  pluginTypes,
  readConfig,
} from '../../content/projects/pingsix/demo/core/index.js'
import { type PluginType, phases } from '../../content/projects/pingsix/demo/core/plugins/plugin.js'
import { base, type Case, get, inline, limitYaml, start } from './pingsix-world.js'

const cases: readonly Case[] = [
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
