// A clock that only moves when it is told to: every demo core takes its time from here, so that a story can be
// replayed, tested and linked. It must never look at the real time (that is `drive.ts`, in the page only).

/** Calls off a timer; calling it twice, or after the timer ran, does nothing. */
export type Cancel = () => void

export interface Clock {
  /** Milliseconds since the scenario began. */
  now(): number
  /** Runs `run` once, `delayMs` from now (negative counts as 0). */
  after(delayMs: number, run: () => void): Cancel
  /** Runs `run` every `periodMs` (at least 1), first after one period. */
  every(periodMs: number, run: () => void): Cancel
}

export interface VirtualClock extends Clock {
  /**
   * Moves the clock on by `ms` and runs all timers that come due, in order of time, then of creation, each at
   * its own instant. Timers set while it runs take part. Throws after `maxTimers` (100,000) runs: a timer that
   * sets itself again without delay would never end.
   */
  advance(ms: number): void
  /** As `advance`, but waits for what each timer returns: for cores that use asynchronous APIs. */
  advanceAsync(ms: number): Promise<void>
  /** The instant of the next timer, or null. */
  next(): number | null
}

interface Timer {
  readonly order: number
  at: number
  readonly periodMs: number | null
  readonly run: () => unknown
}

const maxTimers = 100_000

/** A clock that stands still at `startMs` until `advance` is called. */
export function createClock(startMs = 0): VirtualClock {
  let time = startMs
  let order = 0
  const timers = new Set<Timer>()

  const add = (at: number, periodMs: number | null, run: () => unknown): Cancel => {
    const timer: Timer = { order: order++, at, periodMs, run }
    timers.add(timer)
    return () => {
      timers.delete(timer)
    }
  }
  const first = (): Timer | null => {
    let best: Timer | null = null
    for (const timer of timers)
      if (best === null || timer.at < best.at || (timer.at === best.at && timer.order < best.order))
        best = timer
    return best
  }
  /** Takes the next timer due up to `end` and sets the clock to its instant. */
  const take = (end: number): Timer | null => {
    const timer = first()
    if (timer === null || timer.at > end) return null
    time = Math.max(time, timer.at)
    if (timer.periodMs === null) timers.delete(timer)
    else timer.at += timer.periodMs
    return timer
  }
  const guard = (runs: number): void => {
    if (runs > maxTimers) throw new Error(`more than ${maxTimers} timers ran in one step of the clock`)
  }

  return {
    now: () => time,
    after: (delayMs, run) => add(time + Math.max(0, delayMs), null, run),
    every: (periodMs, run) => add(time + Math.max(1, periodMs), Math.max(1, periodMs), run),
    advance(ms) {
      const end = time + Math.max(0, ms)
      let runs = 0
      for (let timer = take(end); timer !== null; timer = take(end)) {
        guard(++runs)
        timer.run()
      }
      time = end
    },
    async advanceAsync(ms) {
      const end = time + Math.max(0, ms)
      let runs = 0
      for (let timer = take(end); timer !== null; timer = take(end)) {
        guard(++runs)
        await timer.run()
      }
      time = Math.max(time, end)
    },
    next: () => first()?.at ?? null,
  }
}
