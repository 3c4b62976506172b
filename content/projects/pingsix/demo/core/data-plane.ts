// What is in force: the resources as running things (balancers with their counters, health, plugin instances) and
// the matcher made of the routes. Putting a resource again resets what it had counted. It handles no requests.
import type { Clock } from '../../../_kit/clock.js'
import type { Rng } from '../../../_kit/rng.js'
import { type Bound, type Executor, mergePlugins } from './executor.js'
import { createHealth, type Health } from './health.js'
import { resourceKinds } from './kinds.js'
import { type Balancer, backendsOf, createBalancer, inventAddress, type Resolve } from './lb.js'
import type { Network } from './network.js'
import type { PluginType } from './plugins/plugin.js'
import { buildMatcher, type Matcher, type RouteEntry } from './routes.js'
import type {
  Config,
  GlobalRuleConfig,
  PluginConfig,
  RouteConfig,
  ServiceConfig,
  UpstreamConfig,
} from './types.js'

export interface World {
  readonly clock: Clock
  readonly rng: Rng
  readonly network: Network
  readonly types: readonly PluginType[]
  readonly resolve?: Resolve
  /** Routes go into the matcher in the order of the document, or from its end. */
  readonly insertOrder?: 'document' | 'reverse'
}

export interface UpstreamRuntime {
  /** `route:1`, `upstream:u1`, `service:svc`. */
  readonly label: string
  readonly config: UpstreamConfig
  readonly balancer: Balancer
  readonly health: Health
}
export interface RouteRuntime {
  readonly config: RouteConfig
  readonly upstream: UpstreamRuntime | null
  readonly plugins: readonly Bound[]
}
export interface ServiceRuntime {
  readonly config: ServiceConfig
  readonly upstream: UpstreamRuntime | null
  readonly plugins: readonly Bound[]
}

export type Resource =
  | { readonly kind: 'upstreams'; readonly config: UpstreamConfig }
  | { readonly kind: 'services'; readonly config: ServiceConfig }
  | { readonly kind: 'global_rules'; readonly config: GlobalRuleConfig }
  | { readonly kind: 'routes'; readonly config: RouteConfig }
export type ResourceKind = Resource['kind']

/** The resources of a configuration file. */
export const resourcesOf = (config: Config): Resource[] => [
  ...config.upstreams.map((item) => ({ kind: 'upstreams' as const, config: item })),
  ...config.services.map((item) => ({ kind: 'services' as const, config: item })),
  ...config.globalRules.map((item) => ({ kind: 'global_rules' as const, config: item })),
  ...config.routes.map((item) => ({ kind: 'routes' as const, config: item })),
]

export interface DataPlane {
  /** Adds or replaces one resource. A route rebuilds the matcher (and may throw MatcherPanic); others do not. */
  put(resource: Resource): void
  remove(kind: ResourceKind, id: string): void
  /** Replaces everything; upstreams go first, routes last. Throws MatcherPanic. */
  load(resources: readonly Resource[]): void
  matcher(): Matcher
  route(id: string): RouteRuntime | undefined
  /** Route over service. */
  executor(route: RouteRuntime): Executor
  globalExecutor(): Executor
  /** Of the route itself, else by its `upstream_id`, else of its service. */
  upstreamOf(route: RouteRuntime): UpstreamRuntime | null
  upstreams(): readonly UpstreamRuntime[]
  plugins(): readonly Bound[]
}

export function createDataPlane(world: World): DataPlane {
  const upstreams = new Map<string, UpstreamRuntime>()
  const services = new Map<string, ServiceRuntime>()
  const globalRules = new Map<string, readonly Bound[]>()
  const routes = new Map<string, RouteRuntime>()
  let matcher = buildMatcher([])
  /** Merged lists of plugins, by route (null: the global rules); dropped on every change. */
  const executors = new Map<RouteRuntime | null, Executor>()
  const remember = (key: RouteRuntime | null, merge: () => Executor): Executor => {
    const executor = executors.get(key) ?? merge()
    executors.set(key, executor)
    return executor
  }

  const bind = (plugins: readonly PluginConfig[], origin: string): Bound[] =>
    plugins.flatMap(({ name, options }) => {
      const type = world.types.find((candidate) => candidate.name === name)
      return type === undefined ? [] : [{ plugin: type.create(options)(world), origin }]
    })
  const start = (config: UpstreamConfig, label: string): UpstreamRuntime => {
    const backends = backendsOf(config, world.resolve ?? inventAddress)
    const balancer = createBalancer(config.type, backends, world.rng)
    const probe = (index: number) => world.network.probe(backends[index]!.address)
    return {
      label,
      config,
      balancer,
      health: createHealth(backends.length, config.check, probe, world.clock),
    }
  }
  const startInline = (config: UpstreamConfig | null, label: string) =>
    config === null ? null : start(config, label)

  const hostsOf = (config: RouteConfig): readonly string[] =>
    config.hosts.length > 0 || config.serviceId === null
      ? config.hosts
      : (services.get(config.serviceId)?.config.hosts ?? [])
  const rebuild = (): void => {
    const entries = [...routes.values()].map(
      ({ config }): RouteEntry => ({ ...config, hosts: hostsOf(config) }),
    )
    matcher = buildMatcher(world.insertOrder === 'reverse' ? entries.reverse() : entries)
  }
  /** Everything of `put` but the rebuilding. */
  const place = (resource: Resource): void => {
    executors.clear()
    const { id } = resource.config
    if (resource.kind === 'upstreams') {
      upstreams.get(id)?.health.stop()
      upstreams.set(id, start(resource.config, `upstream:${id}`))
    } else if (resource.kind === 'global_rules')
      globalRules.set(id, bind(resource.config.plugins, `global:${id}`))
    else if (resource.kind === 'services') {
      services.get(id)?.upstream?.health.stop()
      const label = `service:${id}`
      const { config } = resource
      services.set(id, {
        config,
        upstream: startInline(config.upstream, label),
        plugins: bind(config.plugins, label),
      })
    } else {
      routes.get(id)?.upstream?.health.stop()
      const label = `route:${id}`
      const { config } = resource
      routes.set(id, {
        config,
        upstream: startInline(config.upstream, label),
        plugins: bind(config.plugins, label),
      })
    }
  }
  const serviceOf = (route: RouteRuntime): ServiceRuntime | undefined =>
    route.config.serviceId === null ? undefined : services.get(route.config.serviceId)
  const byId = (id: string | null): UpstreamRuntime | null =>
    id === null ? null : (upstreams.get(id) ?? null)
  const allUpstreams = (): UpstreamRuntime[] => [
    ...upstreams.values(),
    ...[...services.values(), ...routes.values()].flatMap(({ upstream }) => upstream ?? []),
  ]

  return {
    put(resource) {
      place(resource)
      if (resource.kind === 'routes') rebuild()
    },
    remove(kind, id) {
      executors.clear()
      if (kind === 'upstreams') {
        upstreams.get(id)?.health.stop()
        upstreams.delete(id)
      } else if (kind === 'global_rules') globalRules.delete(id)
      else {
        const map = kind === 'services' ? services : routes
        map.get(id)?.upstream?.health.stop()
        map.delete(id)
        if (kind === 'routes') rebuild()
      }
    },
    load(resources) {
      for (const upstream of allUpstreams()) upstream.health.stop()
      for (const map of [executors, upstreams, services, globalRules, routes]) map.clear()
      for (const kind of resourceKinds)
        for (const resource of resources) if (resource.kind === kind) place(resource)
      rebuild()
    },
    matcher: () => matcher,
    route: (id) => routes.get(id),
    executor: (route) => remember(route, () => mergePlugins(route.plugins, serviceOf(route)?.plugins ?? [])),
    // Of two rules with one plugin, the later one's counts.
    globalExecutor: () => remember(null, () => mergePlugins(...[...globalRules.values()].reverse())),
    upstreamOf(route) {
      const service = serviceOf(route)
      return (
        route.upstream ??
        byId(route.config.upstreamId) ??
        service?.upstream ??
        byId(service?.config.upstreamId ?? null)
      )
    },
    upstreams: allUpstreams,
    plugins: () =>
      [...globalRules.values(), ...[...services.values(), ...routes.values()].map((r) => r.plugins)].flat(),
  }
}
