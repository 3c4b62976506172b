// The words of the configuration after it has been read: defaults filled in, names in this project's spelling.
// Plain data; `config.ts` makes it, everything else reads it.
import type { KeyType } from './vars.js'

export type BalancerType = 'roundrobin' | 'random' | 'fnv' | 'ketama'
export type Scheme = 'http' | 'https' | 'grpc' | 'grpcs'

/** Whole seconds. */
export interface Timeout {
  readonly connect: number
  readonly send: number
  readonly read: number
}

export interface ActiveCheck {
  readonly type: 'http' | 'https' | 'tcp'
  /** Seconds. */
  readonly timeout: number
  readonly httpPath: string
  readonly host: string | null
  readonly port: number | null
  /** `interval` in seconds. */
  readonly healthy: {
    readonly interval: number
    readonly httpStatuses: readonly number[]
    readonly successes: number
  } | null
  readonly unhealthy: { readonly httpFailures: number; readonly tcpFailures: number } | null
}

export interface UpstreamConfig {
  readonly id: string
  readonly nodes: readonly { readonly node: string; readonly weight: number }[]
  readonly type: BalancerType
  readonly hashOn: KeyType
  readonly key: string
  readonly scheme: Scheme
  readonly passHost: 'pass' | 'rewrite'
  readonly upstreamHost: string | null
  readonly retries: number | null
  /** Seconds. */
  readonly retryTimeout: number | null
  readonly timeout: Timeout | null
  readonly check: ActiveCheck | null
}

/** A plugin as configured; its options have been checked by the plugin itself. */
export interface PluginConfig {
  readonly name: string
  /** Plain YAML values. */
  readonly options: unknown
}

export interface RouteConfig {
  readonly id: string
  /** `uri` alone if it is given, else `uris`. */
  readonly uris: readonly string[]
  readonly hosts: readonly string[]
  readonly methods: readonly string[]
  readonly priority: number
  readonly plugins: readonly PluginConfig[]
  readonly upstream: UpstreamConfig | null
  readonly upstreamId: string | null
  readonly serviceId: string | null
  readonly timeout: Timeout | null
}

export interface ServiceConfig {
  readonly id: string
  readonly plugins: readonly PluginConfig[]
  readonly upstream: UpstreamConfig | null
  readonly upstreamId: string | null
  readonly hosts: readonly string[]
}

export interface GlobalRuleConfig {
  readonly id: string
  readonly plugins: readonly PluginConfig[]
}

export interface Config {
  readonly listeners: readonly string[]
  /** With etcd, all static resources are ignored. */
  readonly etcd: { readonly prefix: string } | null
  readonly admin: { readonly address: string; readonly apiKey: string } | null
  readonly prometheus: boolean
  readonly routes: readonly RouteConfig[]
  readonly upstreams: readonly UpstreamConfig[]
  readonly services: readonly ServiceConfig[]
  readonly globalRules: readonly GlobalRuleConfig[]
}

/** One thing wrong, or worth knowing, about a configuration. */
export interface ConfigIssue {
  /** `routes[0].uri`; '' for the whole document. */
  readonly path: string
  /** Stable: the real validator's code where it has one. */
  readonly code: string
  /** For people, Chinese. */
  readonly message: string
  /** Counts from 1. */
  readonly line: number
}
