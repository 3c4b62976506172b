// One request through all phases, in the order of Pingora: `createGateway(world).handle(request)` gives its trace.
// Everything is synchronous; time inside a request is added up, the clock itself is never moved from here.
import { applyCompression, type CompressionResult } from './compress.js'
import { createDataPlane, type DataPlane, type World } from './data-plane.js'
import { type Executor, mergePlugins } from './executor.js'
import { connect } from './forward.js'
import { utf8 } from './hash.js'
import { formatTarget, type GatewayRequest, type GatewayResponse, Headers, parseTarget } from './http.js'
import { createMetrics, type Metrics } from './metrics.js'
import {
  type Context,
  type LocalReply,
  type Phase,
  PluginFailure,
  type UpstreamRequest,
} from './plugins/plugin.js'
import { Panic } from './regex-uri.js'
import { summarize } from './summary.js'
import type { AnsweredBy, Attempt, Layer, PluginStep, Trace } from './trace.js'
import { requestHost } from './vars.js'

export interface Gateway {
  /** Answers one request at the clock's present instant. Never throws. */
  handle(request: GatewayRequest): Trace
  readonly plane: DataPlane
  readonly metrics: Metrics
}

/** Midnight of the day whose program this is: virtual time 0 for the Date header. */
const epochMs = Date.UTC(2024, 11, 19)

/** What Pingora answers by itself: no body, and the connection is closed. */
function errorReply(status: number, atMs: number): LocalReply {
  return {
    status,
    headers: [
      ['Server', 'Pingora'],
      ['Date', new Date(epochMs + atMs).toUTCString()],
      ['Content-Length', '0'],
      ['Cache-Control', 'private, no-store'],
    ],
    body: '',
    keepAlive: false,
  }
}

/** Ends a request early: with a reply, or (null) with a dead connection. */
class Stop {
  readonly reply: LocalReply | null
  readonly by: AnsweredBy
  readonly error: string | null
  constructor(reply: LocalReply | null, by: AnsweredBy, error: string | null = null) {
    this.reply = reply
    this.by = by
    this.error = error
  }
}

const nothing = mergePlugins()

export function createGateway(world: World): Gateway {
  const plane = createDataPlane(world)
  const metrics = createMetrics()

  const handle = (request: GatewayRequest): Trace => {
    const atMs = world.clock.now()
    const target = parseTarget(request.target)
    const host = requestHost(request, target)
    const routeTrace = plane.matcher().match(host, target?.path ?? '', request.method)
    const route = routeTrace.routeId === null ? undefined : plane.route(routeTrace.routeId)
    const layers: readonly (readonly [Layer, Executor])[] = [
      ['global', plane.globalExecutor()],
      ['route', route === undefined ? nothing : plane.executor(route)],
    ]
    const steps: PluginStep[] = []
    let notes: string[] = []
    const sent = { status: null as number | null, bodyBytes: 0, elapsedMs: 0 }
    const context = {
      request,
      target: target ?? { scheme: null, authority: null, path: '', query: null },
      route: route === undefined ? null : { id: route.config.id, serviceId: route.config.serviceId },
      host: host ?? '',
      compression: { gzip: 0, brotli: 0, decompress: false },
      metrics,
      node: '',
      sent,
      grpcWeb: false,
      note: (text: string) => {
        notes.push(text)
      },
    } satisfies Context
    let attempts: readonly Attempt[] = []
    let upstreamRequest: Trace['upstreamRequest'] = null
    let compression: CompressionResult = {
      action: 'none',
      coding: null,
      level: 0,
      reason: '没有插件启用压缩',
    }

    /** One phase: all global plugins, then the route's; a plugin's reply or failure stops the request. */
    const run = <T>(phase: Phase, argument: T): void => {
      for (const [layer, executor] of layers)
        for (const { plugin, origin } of executor.plugins) {
          // Each hook takes the context and its own argument; `run` is called with the one that fits the phase.
          const hook = plugin[phase] as
            | ((context: Context, argument: T) => LocalReply | null | undefined)
            | undefined
          if (hook === undefined) continue
          notes = []
          const step = { phase, layer, plugin: plugin.name, priority: plugin.priority, origin, notes }
          try {
            const reply = hook.call(plugin, context, argument) ?? null
            steps.push({ ...step, stopped: reply !== null })
            if (reply !== null) throw new Stop(reply, { kind: 'plugin', plugin: plugin.name, layer })
          } catch (error) {
            if (error instanceof Stop) throw error
            const message = error instanceof Error ? error.message : String(error)
            notes.push(message)
            steps.push({ ...step, stopped: true })
            if (error instanceof Panic) throw new Stop(null, { kind: 'panic' }, message)
            if (!(error instanceof PluginFailure)) throw error
            throw new Stop(
              errorReply(500, atMs),
              { kind: 'plugin-error', plugin: plugin.name, layer },
              message,
            )
          }
        }
    }
    const compress = (reply: LocalReply): LocalReply => {
      const headers = new Headers(reply.headers)
      const accept = new Headers(request.headers).get('accept-encoding')
      compression = applyCompression(context.compression, accept, headers, reply.body.length)
      return { ...reply, headers: headers.entries() }
    }
    const proxy = (): Stop => {
      if (route === undefined || target === null) return new Stop(errorReply(404, atMs), { kind: 'no-route' })
      const upstream = plane.upstreamOf(route)
      const failed = (status: number, reason: string) =>
        new Stop(errorReply(status, atMs), { kind: 'upstream-error' }, reason)
      if (upstream === null) return failed(500, '找不到上游（引用的id不存在）')
      const timeout = route.config.timeout ?? upstream.config.timeout
      const connection = connect(upstream, request, target, timeout, world)
      attempts = connection.attempts
      sent.elapsedMs = connection.elapsedMs
      context.node = attempts.at(-1)?.address ?? ''
      if (connection.failure !== null) return failed(connection.failure.status, connection.failure.reason)
      const { address } = connection.backend!
      const outgoing: UpstreamRequest = {
        method: request.method,
        path: target.path,
        query: target.query,
        headers: new Headers(request.headers),
      }
      run('upstream', outgoing)
      if (upstream.config.passHost === 'rewrite' && upstream.config.upstreamHost !== null)
        outgoing.headers.set('Host', upstream.config.upstreamHost)
      const sentTarget = formatTarget({
        scheme: null,
        authority: null,
        path: outgoing.path,
        query: outgoing.query,
      })
      const { method } = outgoing
      upstreamRequest = { address, method, target: sentTarget, headers: outgoing.headers.entries() }
      const latencyMs = world.network.latencyMs(address)
      const limitMs = timeout === null ? Number.POSITIVE_INFINITY : timeout.read * 1000
      sent.elapsedMs += Math.min(latencyMs, limitMs)
      if (latencyMs > limitMs) return failed(502, `等了${limitMs} ms没有响应（read超时，不重试）`)
      const answer = world.network.answer(address, {
        method,
        target: sentTarget,
        host: outgoing.headers.get('host') ?? '',
      })
      const reply = { status: answer.status, headers: new Headers(answer.headers) }
      run('response', reply)
      run('body', answer.body)
      return new Stop(
        { status: reply.status, headers: reply.headers.entries(), body: answer.body },
        { kind: 'upstream' },
      )
    }
    const answer = (): Stop => {
      if (target === null || !/^[\w!#$%&'*+.^`|~-]+$/.test(request.method))
        return new Stop(errorReply(400, atMs), { kind: 'bad-request' }, '请求行无法解析')
      try {
        run('early', undefined)
        if (route === undefined) return new Stop(errorReply(404, atMs), { kind: 'no-route' })
        run('request', undefined)
        return proxy()
      } catch (stop) {
        if (stop instanceof Stop) return stop
        throw stop
      }
    }

    const stop = answer()
    const reply = stop.reply === null ? null : compress(stop.reply)
    const response: GatewayResponse | null =
      reply === null ? null : { status: reply.status, headers: reply.headers, body: reply.body }
    sent.status = response?.status ?? null
    sent.bodyBytes = utf8(response?.body ?? '').length
    if (stop.by.kind !== 'panic' && stop.by.kind !== 'bad-request') run('logging', undefined)
    const trace = {
      atMs,
      request,
      route: routeTrace,
      global: layers[0]![1].entries,
      executor: layers[1]![1].entries,
      steps,
      attempts,
      upstreamRequest,
      compression,
      response,
      keepAlive: reply?.keepAlive ?? reply !== null,
      answeredBy: stop.by,
      error: stop.error,
      durationMs: sent.elapsedMs,
    }
    return { ...trace, summary: summarize(trace) }
  }
  return { handle, plane, metrics }
}
