// The story of one request, as plain data: the page and the walkthrough only render this.
import type { CompressionResult } from './compress.js'
import type { GatewayRequest, GatewayResponse, Header } from './http.js'
import type { Selection } from './lb.js'
import type { Phase } from './plugins/plugin.js'
import type { RouteTrace } from './routes.js'
import type { BalancerType } from './types.js'

export type Layer = 'global' | 'route'

export interface PluginStep {
  readonly phase: Phase
  readonly layer: Layer
  readonly plugin: string
  readonly priority: number
  /** `route:1`, `service:svc`, `global:x`. */
  readonly origin: string
  /** What it did, Chinese. */
  readonly notes: readonly string[]
  /** It answered: nothing after it ran. */
  readonly stopped: boolean
}

export interface ExecutorEntry {
  readonly plugin: string
  readonly priority: number
  readonly origin: string
  /** Another one of the same name took its place. */
  readonly overridden: boolean
}

/** One try to reach a backend. */
export interface Attempt {
  /** Where the upstream comes from: `route:1`, `upstream:u1`, `service:svc`. */
  readonly upstream: string
  readonly type: BalancerType
  readonly key: string
  readonly selection: Selection
  /** Addresses of the upstream's backends, in their order. */
  readonly addresses: readonly string[]
  /** Null where nobody is healthy. */
  readonly address: string | null
  readonly outcome: 'none-healthy' | 'refused' | 'timeout' | 'connected'
  /** Since the request came in. */
  readonly endMs: number
  /** Chinese: why there is another try, or none. */
  readonly note: string
}

export type AnsweredBy =
  | { readonly kind: 'no-route' | 'bad-request' | 'upstream' | 'upstream-error' | 'panic' }
  | { readonly kind: 'plugin' | 'plugin-error'; readonly plugin: string; readonly layer: Layer }

export interface Trace {
  /** Virtual milliseconds of the arrival. */
  readonly atMs: number
  readonly request: GatewayRequest
  readonly route: RouteTrace
  readonly global: readonly ExecutorEntry[]
  readonly executor: readonly ExecutorEntry[]
  /** In the order they ran. */
  readonly steps: readonly PluginStep[]
  readonly attempts: readonly Attempt[]
  readonly upstreamRequest: {
    readonly address: string
    readonly method: string
    readonly target: string
    readonly headers: readonly Header[]
  } | null
  readonly compression: CompressionResult
  /** Null after a panic: the connection just ends. */
  readonly response: GatewayResponse | null
  readonly keepAlive: boolean
  readonly answeredBy: AnsweredBy
  readonly error: string | null
  readonly durationMs: number
  /** One sentence, Chinese. */
  readonly summary: string
}
