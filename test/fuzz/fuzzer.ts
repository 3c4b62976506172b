// What a fuzzer is: it makes inputs from chance and knows what must hold for every one of them. Inputs are lists of texts,
// so that any of them can be kept as a file, and be made smaller by cutting.
import type { Random } from '../incremental/random-site.js'

export type Input = readonly string[]

export interface Fuzzer {
  readonly name: string
  /** The same chance gives the same input. */
  make(random: Random): Input
  /** Throws where a promise is broken. Must bear any list of texts, also one that was cut. */
  check(input: Input): void | Promise<void>
}

/** Throws where somebody has reached the prototype that all objects share. */
export function assertNoPollution(): void {
  const probe: object = {}
  for (const key in probe) {
    Reflect.deleteProperty(Object.prototype, key)
    throw new Error(`Object.prototype has got a property "${key}"`)
  }
  if (Object.getPrototypeOf(probe) !== Object.prototype)
    throw new Error('the prototype of objects has changed')
}

/** Why this input fails, '' where it does not. */
export async function failureOf(fuzzer: Fuzzer, input: Input): Promise<string> {
  try {
    await fuzzer.check(input)
    assertNoPollution()
    return ''
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
}

const kindOf = (failure: string): string => (failure.split('\n', 1)[0] ?? '').slice(0, 24)

/** A smaller input that fails alike: ever shorter pieces of each text are left out, as long as it goes on failing. */
export async function shrink(fuzzer: Fuzzer, input: Input, failure: string, tries = 400): Promise<Input> {
  let best = [...input]
  let left = tries
  for (let at = 0; at < best.length; at++)
    for (let piece = Math.max(1, (best[at] ?? '').length >> 1); piece >= 1 && left > 0; piece >>= 1)
      for (let from = 0; from < (best[at] ?? '').length && left > 0; ) {
        const text = best[at] ?? ''
        const shorter = best.with(at, text.slice(0, from) + text.slice(from + piece))
        left--
        if (kindOf(await failureOf(fuzzer, shorter)) === kindOf(failure)) best = shorter
        else from += piece
      }
  return best
}
