// What a build changed in the traces of the one before: little, mostly, of many.
import type { StepKey, Trace } from './trace.js'

export interface Difference {
  /** New, or other than before. */
  readonly steps: ReadonlyMap<StepKey, Trace>
  /** Those in whose place they are, and those that are gone. */
  readonly before: ReadonlyMap<StepKey, Trace>
}

/** What a build knows of its own traces: all others are those of before, and there are so many of them. */
export interface Made {
  readonly ran: readonly StepKey[]
  readonly kept: number
}

/** `made`: of a build that began with `before`. */
export function differenceFrom(
  before: ReadonlyMap<StepKey, Trace>,
  after: ReadonlyMap<StepKey, Trace>,
  made?: Made,
): Difference {
  const steps = new Map<StepKey, Trace>()
  const replaced = new Map<StepKey, Trace>()
  let both = made?.kept ?? 0
  for (const key of made?.ran ?? after.keys()) {
    const trace = after.get(key)
    const old = before.get(key)
    if (old) both++
    if (old === trace || !trace) continue
    steps.set(key, trace)
    if (old) replaced.set(key, old)
  }
  if (both < before.size) for (const [key, trace] of before) if (!after.has(key)) replaced.set(key, trace)
  return { steps, before: replaced }
}
