// What the tests of the PingSIX playground share: gateways of a few lines, requests, matchers, raw routers.
import assert from 'node:assert/strict'
import { createClock } from '../../content/projects/_kit/clock.js'
import { createRng } from '../../content/projects/_kit/rng.js'
import {
  backend,
  buildMatcher,
  createBalancer,
  createNetwork,
  type GatewayRequest,
  InsertError,
  loadGateway,
  type NodeState,
  type RouteEntry,
  Router,
  readConfig,
  sortBackends,
} from '../../content/projects/pingsix/demo/core/index.js'
import type { PluginType } from '../../content/projects/pingsix/demo/core/plugins/plugin.js'

export const base = 'pingsix:\n  listeners:\n    - address: "0.0.0.0:8080"\n'
export const errorsOf = (yaml: string) => readConfig(yaml).errors.map(({ path, code }) => `${path} ${code}`)
export const inline = 'upstream: { nodes: { "127.0.0.1:80": 1 } }'

/** `r(id, uri, options)`: a route for the matcher. */
export const r = (id: string, uri: string, options: Partial<RouteEntry> = {}): RouteEntry => ({
  id,
  uris: [uri],
  hosts: [],
  methods: [],
  priority: 0,
  ...options,
})
export const match = (
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
export const raw = (patterns: readonly string[], paths: readonly string[]) => {
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
export const insertErrors = (...patterns: string[]) => {
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

export const start = (yaml: string, nodes: Record<string, NodeState> = {}, types?: readonly PluginType[]) => {
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
export const get = (target: string, more: Partial<GatewayRequest> = {}): GatewayRequest => ({
  method: 'GET',
  target,
  headers: [['Host', 'a.com']],
  client: '203.0.113.7:50000',
  ...more,
})

export const regexPairs = [
  '^/iresty/(.*)/(.*)/(.*)',
  '/$1-$2-$3',
  '^/theothers/(.*)/(.*)',
  '/theothers/$1-$2',
]
export const three = sortBackends([
  backend('1.1.1.1', 80),
  backend('1.0.0.1', 80, 8),
  backend('1.0.0.255', 80),
])
export const fnvThree = sortBackends([
  backend('1.1.1.1', 80),
  backend('1.0.0.1', 80, 10),
  backend('1.0.0.255', 80),
])
export const names: Record<string, string> = { '1.1.1.1:80': 'b1', '1.0.0.1:80': 'b2', '1.0.0.255:80': 'b3' }
export const equal = sortBackends(['1.1.1.1', '1.0.0.1', '1.0.0.255'].map((ip) => backend(ip, 80)))
export const walk = (type: 'fnv' | 'ketama', backends: typeof equal, key: string, steps: number) => {
  const { next } = createBalancer(type, backends, createRng(1)).walk(key)
  return Array.from({ length: steps }, () => backends[next()]!.address)
}
export const limitYaml = `${base}routes:
  - id: 1
    uri: /x
    ${inline}
    plugins:
      limit-count: { key_type: vars, key: remote_addr, count: 1, time_window: 1, rejected_code: 429, rejected_msg: slow }
      echo: { body: hi }
`

/** One row: what goes in, what must come out. */
export type Case = readonly [id: string, says: string, run: () => unknown, expected: unknown]
