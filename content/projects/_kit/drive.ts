// Lets the page's real time move a virtual clock: the only place where the two meet. Runs in the page only,
// sleeps while the tab is hidden, and must never be imported by a core.

export interface Drive {
  readonly running: boolean
  /** Virtual milliseconds per real millisecond. */
  setSpeed(speed: number): void
  start(): void
  stop(): void
}

/**
 * Calls `advance(ms)` up to ten times a second while running; long gaps (a sleeping laptop, a hidden tab) count
 * as one tick. `advance` may be asynchronous: ticks never overlap.
 */
export function createDrive(advance: (ms: number) => void | Promise<void>, speed = 1): Drive {
  const tickMs = 100
  let rate = speed
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = 0
  const tick = async (): Promise<void> => {
    const now = performance.now()
    const passed = Math.min(now - last, tickMs * 3)
    last = now
    if (!document.hidden) await advance(Math.round(passed * rate))
    if (timer !== undefined) timer = setTimeout(tick, tickMs)
  }
  return {
    get running() {
      return timer !== undefined
    },
    setSpeed(value) {
      rate = value
    },
    start() {
      if (timer !== undefined) return
      last = performance.now()
      timer = setTimeout(tick, tickMs)
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}
