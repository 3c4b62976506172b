// Active health checks: one state per backend, flipped by a run of contrary results. Nothing passive: a failed
// request changes nothing here. Time comes from the clock that is handed in.
import type { Clock } from '../../../_kit/clock.js'
import type { ActiveCheck } from './types.js'

export interface HealthState {
  readonly healthy: boolean
  /** Contrary results in a row. */
  readonly run: number
  /** How many of them flip the state. */
  readonly threshold: number
}

export interface Health {
  isHealthy(index: number): boolean
  state(index: number): HealthState
  /** Takes one result; true if the state flipped. */
  observe(index: number, success: boolean): boolean
  /** Checks all backends once, in order. */
  check(): void
  stop(): void
}

/** What a probe found: the status of an http check, whether the connection was made for tcp. */
export interface ProbeResult {
  readonly connected: boolean
  readonly status: number
}

/** Whether a probe counts as success. */
export function isSuccess(check: ActiveCheck, result: ProbeResult): boolean {
  if (!result.connected || check.type === 'tcp') return result.connected
  return check.healthy === null ? result.status === 200 : check.healthy.httpStatuses.includes(result.status)
}

/** How many results in a row make a backend healthy, or unhealthy; 1 where the section is absent. */
export function thresholdOf(check: ActiveCheck, toHealthy: boolean): number {
  if (toHealthy) return check.healthy?.successes ?? 1
  return (check.type === 'tcp' ? check.unhealthy?.tcpFailures : check.unhealthy?.httpFailures) ?? 1
}

/**
 * Health of `count` backends. With a check and a clock, checks run at once and then every `interval` seconds,
 * one backend after the other; without a check everything stays healthy.
 */
export function createHealth(
  count: number,
  check: ActiveCheck | null,
  probe: (index: number) => ProbeResult,
  clock: Clock | null,
): Health {
  const states = Array.from({ length: count }, () => ({ healthy: true, run: 0 }))
  const health: Health = {
    isHealthy: (index) => states[index]?.healthy ?? false,
    state(index) {
      const { healthy, run } = states[index]!
      return { healthy, run, threshold: check === null ? 0 : thresholdOf(check, !healthy) }
    },
    observe(index, success) {
      const state = states[index]!
      if (state.healthy === success) {
        state.run = 0
        return false
      }
      state.run++
      if (check === null || state.run < thresholdOf(check, success)) return false
      state.healthy = success
      state.run = 0
      return true
    },
    check() {
      if (check !== null) for (let i = 0; i < count; i++) health.observe(i, isSuccess(check, probe(i)))
    },
    stop: () => {},
  }
  if (check !== null && clock !== null) {
    health.check()
    health.stop = clock.every((check.healthy?.interval ?? 1) * 1000, health.check)
  }
  return health
}
