// Further behaviour of PingSIX in December 2024, from its sources and from those of Pingora 0.4 and matchit 0.8.5:
// what a reader who knows the real program would try on the page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createLimitWindow, selectorKey } from '../../content/projects/pingsix/demo/core/index.js'
import { base, type Case, get, start } from './pingsix-world.js'

const one = 'upstream: { nodes: { "10.0.0.1:80": 1 } }'
const plugged = (plugins: string, more = one) =>
  `${base}routes: [{ id: 1, uri: "/{*r}", ${more}, plugins: ${plugins} }]`
const header = (headers: readonly (readonly [string, string])[], name: string) =>
  headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value)

const cases: readonly Case[] = [
  [
    'quota',
    'accepted answers carry no quota headers; rejected ones close the connection',
    () => {
      const { gateway } = start(
        plugged('{ limit-count: { key_type: vars, key: uri, count: 1, time_window: 10 } }'),
      )
      const traces = [gateway.handle(get('/a')), gateway.handle(get('/a')), gateway.handle(get('/b'))]
      return traces.map(({ response, keepAlive }) => [
        response!.status,
        keepAlive,
        response!.headers.filter(([name]) => name.startsWith('X-Rate')).length,
      ])
    },
    [
      [200, true, 0],
      [503, false, 3],
      [200, true, 0],
    ],
  ],
  [
    'no quota',
    'show_limit_quota_header: false leaves them out',
    () => {
      const { gateway } = start(
        plugged(
          '{ limit-count: { key_type: vars, key: uri, count: 0, time_window: 10, show_limit_quota_header: false, rejected_code: 429 } }',
        ),
      )
      return [gateway.handle(get('/a')).response!.status, gateway.handle(get('/a')).response!.headers]
    },
    [429, []],
  ],
  [
    'window',
    'a window rolls with the first request after it, and rejected requests count',
    () => {
      const clock = createClock()
      const window = createLimitWindow(clock, 1000)
      const at = (ms: number) => {
        clock.advance(ms - clock.now())
        return window.observe('k')
      }
      return [at(500), at(999), at(1700), at(2650), at(2699), at(2700)]
    },
    [1, 2, 1, 2, 3, 1],
  ],
  [
    'one bucket',
    'all without a key share one',
    () => {
      const { gateway } = start(
        plugged('{ limit-count: { key_type: head, key: X-Nothing, count: 1, time_window: 10 } }'),
      )
      return [
        gateway.handle(get('/a')).response!.status,
        gateway.handle(get('/b', { client: '198.51.100.1:1' })).response!.status,
      ]
    },
    [200, 503],
  ],
  [
    'keys',
    'of the query: the first of a name, undecoded; unknown names are empty',
    () => {
      const request = get('/p?a=%41&a=2&b', { client: '[::1]:99' })
      return [
        'uri',
        'request_uri',
        'query_string',
        'remote_addr',
        'remote_port',
        'arg_a',
        'arg_b',
        'arg_c',
        'host',
      ].map((key) => selectorKey(request, 'vars', key))
    },
    ['/p', '/p?a=%41&a=2&b', 'a=%41&a=2&b', '[::1]:99', '99', '%41', '', '', ''],
  ],
  [
    'echo',
    '200 with the length in bytes, and nothing of the upstream',
    () => {
      const { gateway } = start(plugged('{ echo: { body: 你好, headers: { X-A: "1" } }, gzip: {} }'))
      const { response, attempts } = gateway.handle(get('/a'))
      return [
        response!.status,
        header(response!.headers, 'content-length'),
        header(response!.headers, 'x-a'),
        attempts.length,
      ]
    },
    [200, ['6'], ['1'], 0],
  ],
  [
    'redirect',
    'an expression that does not match leads to the same path, with its query',
    () => {
      const { gateway } = start(plugged('{ redirect: { regex_uri: ["^/a/(.*)", "/b/$1"], ret_code: 301 } }'))
      return ['/a/x?q=1', '/c?q=1'].map(
        (path) => header(gateway.handle(get(path)).response!.headers, 'location')[0],
      )
    },
    ['/b/x?q=1', '/c?q=1'],
  ],
  [
    'redirect before limit',
    'at one priority the name decides; the first answer stops the rest',
    () => {
      const { gateway } = start(
        plugged(
          '{ redirect: { uri: /z, regex_uri: [], ret_code: 302 }, limit-count: { key_type: vars, key: uri, count: 0, time_window: 9 } }',
        ),
      )
      const { response, steps } = gateway.handle(get('/a'))
      return [response!.status, steps.map(({ plugin }) => plugin)]
    },
    [302, ['redirect']],
  ],
  [
    'a dollar and ten',
    '$10 is eaten by $1',
    () => {
      const { gateway } = start(plugged('{ proxy-rewrite: { regex_uri: ["^/(.)(.*)", "/$10-$2"] } }'))
      return gateway.handle(get('/ab?x=1')).upstreamRequest!.target
    },
    '/a0-b?x=1',
  ],
  [
    'add',
    'add appends, set replaces, remove takes all',
    () => {
      const { gateway } = start(
        plugged(
          '{ proxy-rewrite: { headers: { set: [{ name: A, value: "1" }], remove: [B], add: [{ name: C, value: "2" }] } } }',
        ),
      )
      const { upstreamRequest } = gateway.handle(
        get('/x', {
          headers: [
            ['Host', 'a.com'],
            ['a', '0'],
            ['b', '0'],
            ['B', '1'],
            ['c', '0'],
          ],
        }),
      )
      return ['a', 'b', 'c'].map((name) => header(upstreamRequest!.headers, name))
    },
    [['1'], [], ['0', '2']],
  ],
  [
    'forbidden',
    'the first of X-Forwarded-For counts; the body is the message or nothing',
    () => {
      const { gateway } = start(plugged('{ ip-restriction: { blacklist: [203.0.113.0/24], message: no } }'))
      const of = (headers: readonly (readonly [string, string])[]) => {
        const { response } = gateway.handle(get('/x', { headers: [['Host', 'a.com'], ...headers] }))
        return `${response!.status} ${response!.body.slice(0, 2)}`
      }
      return [
        of([]),
        of([['X-Forwarded-For', ' 198.51.100.1 , 203.0.113.9']]),
        of([['X-Real-Ip', '203.0.113.1']]),
        of([
          ['X-Forwarded-For', '203.0.113.1'],
          ['X-Real-Ip', '198.51.100.1'],
        ]),
        of([['X-Forwarded-For', 'unknown']]).slice(0, 3),
      ]
    },
    ['403 no', '200 {"', '403 no', '403 no', '500'],
  ],
]

for (const [id, says, run, expected] of cases) test(`${id}: ${says}`, () => assert.deepEqual(run(), expected))
