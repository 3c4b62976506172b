// What a plugin is: a name, a priority, options checked when the configuration is read, and a function for each
// phase it takes part in. Plugins see the request through a context and must keep no state but their own.
import type { Clock } from '../../../../_kit/clock.js'
import type { GatewayRequest, GatewayResponse, Headers, Target } from '../http.js'
import type { Metrics } from '../metrics.js'

/** The phases of one request, in order. */
export const phases = ['early', 'request', 'upstream', 'response', 'body', 'logging'] as const
export type Phase = (typeof phases)[number]

/** Levels of the compression module, 0 = not armed. */
export interface Compression {
  gzip: number
  brotli: number
  decompress: boolean
}

/** The request on its way to a backend; plugins of the upstream phase change it. */
export interface UpstreamRequest {
  method: string
  path: string
  query: string | null
  readonly headers: Headers
}

export interface Context {
  readonly request: GatewayRequest
  readonly target: Target
  /** Null where no route matched. */
  readonly route: { readonly id: string; readonly serviceId: string | null } | null
  readonly host: string
  readonly compression: Compression
  readonly metrics: Metrics
  /** `ip:port` of the backend, '' before one was picked. */
  readonly node: string
  /** What was sent, in the logging phase. */
  readonly sent: { readonly status: number | null; readonly bodyBytes: number; readonly elapsedMs: number }
  grpcWeb: boolean
  /** A sentence for the trace: what the plugin just did, Chinese. */
  note(text: string): void
}

export interface LocalReply extends GatewayResponse {
  readonly keepAlive?: boolean
}

export interface Plugin {
  readonly name: string
  readonly priority: number
  early?(context: Context): void
  /** A reply stops everything: later plugins, and the upstream. */
  request?(context: Context): LocalReply | null
  upstream?(context: Context, request: UpstreamRequest): void
  response?(context: Context, response: { status: number; readonly headers: Headers }): void
  body?(context: Context, body: string): void
  logging?(context: Context): void
  /** For the page: what it has counted so far. */
  meters?(): {
    readonly limit: number
    readonly remainingMs: number
    readonly keys: readonly { key: string; count: number }[]
  }
}

export interface PluginEnv {
  readonly clock: Pick<Clock, 'now'>
}

export interface PluginType {
  readonly name: string
  /** Larger runs earlier. */
  readonly priority: number
  /** Names of its options; others are ignored without a word, as by the real program. */
  readonly options: readonly string[]
  /** Checks the options; throws PluginError. What it returns makes one instance. */
  create(options: unknown): (env: PluginEnv) => Plugin
}

/** Options that the real program refuses when it starts. */
export class PluginError extends Error {
  readonly code: string
  constructor(message: string, code = 'invalid_plugin_config') {
    super(message)
    this.code = code
  }
}

/** A failure while a request runs: answered with 500. */
export class PluginFailure extends Error {}
