// Public cases of the PingSIX playground, one row each: what goes in, what must come out. Sources: the tests of
// PingSIX (December 2024), Pingora 0.4 and matchit 0.8.5; rows without such a test were run against those programs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  applyRegexUri,
  buildMatcher,
  parseNode,
  readConfig,
} from '../../content/projects/pingsix/demo/core/index.js'
import {
  base,
  type Case,
  errorsOf,
  get,
  inline,
  insertErrors,
  match,
  r,
  raw,
  regexPairs,
  start,
} from './pingsix-world.js'

const cases: readonly Case[] = [
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
]

for (const [id, says, run, expected] of cases) test(`${id}: ${says}`, () => assert.deepEqual(run(), expected))
