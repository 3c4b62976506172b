// The documented way in: everything a test, the walkthrough or the page drives the model with.
//
//   const clock = createClock()
//   const { gateway, errors, warnings } = loadGateway(yaml, { clock, rng: createRng(1), network: createNetwork() })
//   const trace = gateway.handle({ method: 'GET', target: '/x', headers: [['Host', 'a.com']], client: '203.0.113.7:50000' })
export { handleAdmin } from './admin.js'
export { applyCompression, gzipSize } from './compress.js'
export { readConfig } from './config.js'
export type { World } from './data-plane.js'
export { createStore, type ReadResource, startSync } from './etcd.js'
export { mergePlugins } from './executor.js'
export { createGateway, type Gateway } from './gateway.js'
export { crc32, fnv1a64 } from './hash.js'
export { createHealth } from './health.js'
export type { GatewayRequest, GatewayResponse, Header } from './http.js'
export { backend, backendsOf, createBalancer, ketamaRing, parseNode, select, sortBackends } from './lb.js'
export { createLimitWindow } from './limit.js'
export { type Loaded, loadGateway } from './load.js'
export { InsertError, Router } from './matchit.js'
export { createMetrics } from './metrics.js'
export { createNetwork, type NodeState } from './network.js'
export { pluginTypes } from './plugins/index.js'
export { readResource } from './read-resource.js'
export { applyRegexUri, checkRegexUri, Panic } from './regex-uri.js'
export { buildMatcher, MatcherPanic, type RouteEntry } from './routes.js'
export type { Trace } from './trace.js'
export { requestHost, selectorKey } from './vars.js'
