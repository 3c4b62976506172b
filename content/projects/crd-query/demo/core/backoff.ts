// How long a client waits before it tries again: exponential with jitter, and the patience with internal errors.
// Numbers and order of steps are client-go's (apimachinery util/wait/backoff.go, tools/cache/retry_with_deadline.go).
import { isInternalError } from './status.js'

export interface BackoffOptions {
  readonly initialMs: number
  readonly maxMs: number
  /** After this long without a back-off the next one is the first again. */
  readonly resetMs: number
  readonly factor: number
  /** 1 = between once and twice the wait. */
  readonly jitter: number
}

/** What a reflector uses: 0.8 s · 2ⁿ up to 30 s, doubled at most by jitter, forgotten after 2 quiet minutes. */
export const reflectorBackoff: BackoffOptions = {
  initialMs: 800,
  maxMs: 30_000,
  resetMs: 120_000,
  factor: 2,
  jitter: 1,
}

export class Backoff {
  readonly #options: BackoffOptions
  readonly #now: () => number
  readonly #random: () => number
  #nextMs: number
  #lastStart: number | null = null

  /** `random`: from 0 up to 1. */
  constructor(options: BackoffOptions, now: () => number, random: () => number) {
    this.#options = options
    this.#now = now
    this.#random = random
    this.#nextMs = options.initialMs
  }

  /** Milliseconds to wait now; each call makes the next wait longer. */
  next(): number {
    const { initialMs, maxMs, resetMs, factor, jitter } = this.#options
    const now = this.#now()
    if (this.#lastStart !== null && now - this.#lastStart > resetMs) this.#nextMs = initialMs
    this.#lastStart = now
    const base = this.#nextMs
    this.#nextMs = Math.min(base * factor, maxMs)
    return base + this.#random() * jitter * base
  }
}

/** Whether a watch that ended with an internal error is opened again: for `maxMs` since the first of a series. */
export class InternalErrorRetry {
  readonly #maxMs: number
  readonly #now: () => number
  #first: number | null = null
  #last: number | null = null

  constructor(maxMs: number, now: () => number) {
    this.#maxMs = maxMs
    this.#now = now
  }

  /** Tells how the last watch ended. A minute without internal errors begins a new series. */
  after(error: unknown): void {
    if (!isInternalError(error)) return
    const now = this.#now()
    if (this.#last === null || now - this.#last >= 60_000) this.#first = null
    this.#first ??= now
    this.#last = now
  }

  shouldRetry(): boolean {
    if (this.#maxMs <= 0 || this.#first === null) return false
    if (this.#now() - this.#first <= this.#maxMs) return true
    this.#first = null
    this.#last = null
    return false
  }
}
