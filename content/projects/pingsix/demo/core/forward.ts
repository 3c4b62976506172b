// The upstream half of a request: pick a backend, connect, try again after a failed connection. What happens once
// a connection stands is the gateway's business.
import type { UpstreamRuntime, World } from './data-plane.js'
import type { GatewayRequest, Target } from './http.js'
import { type Backend, select } from './lb.js'
import type { Attempt } from './trace.js'
import type { Timeout } from './types.js'
import { selectorKey } from './vars.js'

/** Pingora gives up after so many tries, whatever `retries` says. */
const maxAttempts = 16

export interface Connection {
  readonly attempts: readonly Attempt[]
  /** The backend that took the connection; null after the last failure. */
  readonly backend: Backend | null
  /** Milliseconds since the request came in. */
  readonly elapsedMs: number
  /** 500 with nobody to pick, 502 with nobody to reach; null with a connection. */
  readonly failure: { readonly status: number; readonly reason: string } | null
}

/** Connects; `timeout` is the route's, else the upstream's. */
export function connect(
  upstream: UpstreamRuntime,
  request: GatewayRequest,
  target: Target,
  timeout: Timeout | null,
  world: Pick<World, 'network'>,
): Connection {
  const { config, balancer, health, label } = upstream
  const key = selectorKey(request, config.hashOn, config.key, target)
  const addresses = balancer.backends.map((b) => b.address)
  const attempts: Attempt[] = []
  let elapsedMs = 0
  if (balancer.backends.length === 0)
    return { attempts, backend: null, elapsedMs, failure: { status: 500, reason: '上游没有可用的地址' } }
  for (;;) {
    const selection = select(balancer, key, health.isHealthy)
    const base = { upstream: label, type: balancer.type, key, selection, addresses }
    if (selection.chosen === null) {
      attempts.push({
        ...base,
        address: null,
        outcome: 'none-healthy',
        endMs: elapsedMs,
        note: '没有健康的节点：500（不是503）',
      })
      return { attempts, backend: null, elapsedMs, failure: { status: 500, reason: '没有健康的节点' } }
    }
    const backend = balancer.backends[selection.chosen]!
    const takesMs = world.network.connectMs(backend.address)
    const limitMs = timeout === null ? Number.POSITIVE_INFINITY : timeout.connect * 1000
    const timedOut = takesMs > limitMs
    elapsedMs += timedOut ? limitMs : takesMs
    const done = { ...base, address: backend.address, endMs: elapsedMs }
    if (!timedOut && world.network.state(backend.address).mode !== 'refuse') {
      attempts.push({ ...done, outcome: 'connected', note: '连接成功' })
      return { attempts, backend, elapsedMs, failure: null }
    }
    const tries = attempts.length
    const outcome = timedOut ? 'timeout' : 'refused'
    const stop =
      config.retries === null || config.retries === 0
        ? '没有配置retries，不再重试'
        : tries >= config.retries
          ? `已经重试${tries}次，用完了`
          : config.retryTimeout !== null && elapsedMs > config.retryTimeout * 1000
            ? `已过${elapsedMs} ms，超过retry_timeout`
            : tries + 1 >= maxAttempts
              ? `Pingora最多连${maxAttempts}次`
              : null
    attempts.push({ ...done, outcome, note: stop ?? '连接失败，重新选节点再试' })
    if (stop !== null) return { attempts, backend: null, elapsedMs, failure: { status: 502, reason: stop } }
  }
}
