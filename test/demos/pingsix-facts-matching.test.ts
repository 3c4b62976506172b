// Further behaviour of PingSIX in December 2024, from its sources and from those of Pingora 0.4 and matchit 0.8.5:
// what a reader who knows the real program would try on the page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { requestHost } from '../../content/projects/pingsix/demo/core/index.js'
import { base, type Case, get, insertErrors, match, r, raw, start } from './pingsix-world.js'

const one = 'upstream: { nodes: { "10.0.0.1:80": 1 } }'
const header = (headers: readonly (readonly [string, string])[], name: string) =>
  headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value)

const cases: readonly Case[] = [
  [
    'parameters',
    'a literal prefix before a parameter',
    () => raw(['/user_{name}'], ['/user_a', '/user_', '/user_a/b']),
    [[1, { name: 'a' }], null, null],
  ],
  [
    'suffix',
    'nothing but a slash may follow a parameter',
    () => insertErrors('/img/{x}.png'),
    ['InvalidParamSegment'],
  ],
  [
    'catch-all',
    'a catch-all takes one character or more, slashes too',
    () => raw(['/src/{*p}', '/yyy{*x}'], ['/src/', '/src', '/src/a/b', '/yyy', '/yyyz/1']),
    [null, null, [1, { p: 'a/b' }], null, [2, { x: 'z/1' }]],
  ],
  [
    'braces',
    'doubled braces are literal',
    () => raw(['/{{a}}', '/x{{{b}'], ['/{a}', '/x{1', '/a']),
    [1, [2, { b: '1' }], null],
  ],
  [
    'names',
    'names are each pattern’s own',
    () => raw(['/x/{foo}/bar', '/x/{bar}/baz'], ['/x/1/bar', '/x/2/baz']),
    [
      [1, { foo: '1' }],
      [2, { bar: '2' }],
    ],
  ],
  [
    'one wildcard',
    'a parameter and a catch-all at one place conflict',
    () => [insertErrors('/{id}', '/{*p}'), insertErrors('/src/{file}', '/src/{*p}')],
    [
      ['ok', 'Conflict with /{id}'],
      ['ok', 'Conflict with /src/{file}'],
    ],
  ],
  [
    'joining',
    '/foo/{names} joins the slot of /foo/{name}',
    () => match([r('a', '/foo/{name}'), r('b', '/foo/{names}', { priority: 1 })], ['/foo/x']),
    [['b', { name: 'x' }]],
  ],
  [
    'case',
    'paths are case-sensitive, not decoded, and slashes count',
    () => match([r('1', '/a b'), r('2', '/A')], ['/a%20b', '/a', '/A', '/A/']),
    [null, null, '2', null],
  ],
  [
    'hosts',
    'a host is looked up as a whole, with its case',
    () => [
      match([r('1', '/', { hosts: ['a.com'] })], ['/'], 'a.com'),
      match([r('1', '/', { hosts: ['a.com'] })], ['/'], 'A.com'),
      match([r('1', '/', { hosts: ['a.com'] })], ['/'], 'b.a.com'),
    ],
    [['1'], [null], [null]],
  ],
  [
    'fallback',
    'a path that the host’s table lacks is looked up without host',
    () => match([r('h', '/x', { hosts: ['a.com'] }), r('n', '/{*r}')], ['/x', '/y'], 'a.com'),
    ['h', ['n', { r: 'y' }]],
  ],
  [
    'absorbed below',
    'equal priority: the specific pattern is never reached',
    () => match([r('all', '/{*rest}'), r('api', '/api')], ['/api', '/x']),
    [
      ['all', { rest: 'api' }],
      ['all', { rest: 'x' }],
    ],
  ],
  [
    'first of a host',
    'two equal patterns of the first route of a host stop the loader, not those of a later one',
    () => {
      const host = { hosts: ['a.com'] }
      const of = (routes: Parameters<typeof match>[0]) => {
        try {
          return match(routes, ['/x'], 'a.com')
        } catch (error) {
          return (error as Error).message
        }
      }
      return [
        of([r('1', '/x', { ...host, uris: ['/x', '/x'] })]),
        of([r('0', '/y', host), r('1', '/x', { ...host, uris: ['/x', '/x'] })]),
      ]
    },
    ['1 /x: Conflict with /x', ['1']],
  ],
  [
    'service hosts',
    'a route without hosts takes its service’s',
    () => {
      const { gateway } = start(
        `${base}services: [{ id: s, hosts: [a.com], ${one} }]\nroutes: [{ id: 1, uri: /x, service_id: s }]`,
      )
      const of = (host: string) => gateway.handle(get('/x', { headers: [['Host', host]] })).response!.status
      return [of('a.com'), of('a.com:8080'), of('b.com')]
    },
    [200, 200, 404],
  ],
  [
    'host header',
    'up to the first colon, so an IPv6 address becomes a bracket',
    () =>
      ['[::1]:80', 'a.com:80', 'A.com'].map((host) => requestHost(get('/', { headers: [['Host', host]] }))),
    ['[', 'a.com', 'A.com'],
  ],
  [
    '404',
    'no route: Pingora’s own answer, and request plugins of global rules do not run',
    () => {
      const { gateway } = start(
        `${base}global_rules: [{ id: g, plugins: { echo: { body: hi }, prometheus: {} } }]`,
      )
      const trace = gateway.handle(get('/x'))
      const { headers, body } = trace.response!
      return [
        trace.response!.status,
        ['Server', 'Content-Length', 'Cache-Control'].flatMap((name) => header(headers, name)),
        body,
        trace.steps.map(({ phase, plugin }) => `${phase} ${plugin}`),
      ]
    },
    [404, ['Pingora', '0', 'private, no-store'], '', ['logging prometheus']],
  ],
  [
    'executor',
    'on the same name the route wins; priorities decide the order',
    () => {
      const { gateway } = start(
        `${base}services: [{ id: s, ${one}, plugins: { gzip: {}, echo: { body: s } } }]\nroutes: [{ id: 1, uri: /x, service_id: s, plugins: { echo: { body: r }, ip-restriction: {} } }]`,
      )
      const { executor, response } = gateway.handle(get('/x'))
      return [
        executor.map(({ plugin, origin, overridden }) => `${plugin} ${origin}${overridden ? ' lost' : ''}`),
        response!.body,
      ]
    },
    [['ip-restriction route:1', 'gzip service:s', 'echo route:1', 'echo service:s lost'], 'r'],
  ],
  [
    'global twice',
    'the same plugin in a later global rule wins',
    () => {
      const { gateway } = start(
        `${base}global_rules: [{ id: a, plugins: { echo: { body: a } } }, { id: b, plugins: { echo: { body: b } } }]\nroutes: [{ id: 1, uri: /x, ${one} }]`,
      )
      return gateway.handle(get('/x')).response!.body
    },
    'b',
  ],
]

for (const [id, says, run, expected] of cases) test(`${id}: ${says}`, () => assert.deepEqual(run(), expected))
