// The window of limit-count. The real one is a count-min sketch that may count too much when keys collide; this
// one is an exact map. Windows are fixed but rolled late: by the first request after the old one has ended.
import type { Clock } from '../../../_kit/clock.js'

export interface LimitMeter {
  readonly key: string
  readonly count: number
}

export interface LimitWindow {
  /** Counts one request of `key`; returns how many the window now has of it. */
  observe(key: string): number
  /** What the window holds now, by key in order of first arrival; empty once it has ended. */
  meters(): readonly LimitMeter[]
  /** Milliseconds until the next request would open a new window; 0 if it would do so now. */
  remainingMs(): number
}

/** A window of `windowMs`, the first one beginning now. */
export function createLimitWindow(clock: Pick<Clock, 'now'>, windowMs: number): LimitWindow {
  let start = clock.now()
  let counts = new Map<string, number>()
  const remainingMs = (): number => Math.max(0, start + windowMs - clock.now())
  return {
    observe(key) {
      if (clock.now() - start >= windowMs) {
        start = clock.now()
        counts = new Map()
      }
      const count = (counts.get(key) ?? 0) + 1
      counts.set(key, count)
      return count
    },
    meters: () => (remainingMs() === 0 ? [] : [...counts].map(([key, count]) => ({ key, count }))),
    remainingMs,
  }
}
