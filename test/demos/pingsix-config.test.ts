// Behaviour of the model beyond the public cases: the oddities of December 2024 that a reader may try on the page.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import {
  createNetwork,
  type GatewayRequest,
  loadGateway,
  type NodeState,
  readConfig,
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
