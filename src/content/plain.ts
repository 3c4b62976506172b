// What a parser gave → plain JSON that cannot do harm: limits on depth and size (YAML aliases can make a few lines stand
// for millions of values), no `__proto__`, no dates, no NaN. It must copy, never hand on the parser's own objects.
import type { Json, JsonObject } from '../json.js'

export const maxDepth = 30
export const maxValues = 10_000

/** Why a value was refused; `front matter is nested deeper than 30 levels`. */
export class TooMuch extends Error {}

/** A copy in plain JSON. Throws TooMuch beyond the limits; `most` is how many values it may hold. */
export function plainJson(value: unknown, most = maxValues): Json {
  let count = 0
  const copy = (input: unknown, depth: number): Json => {
    if (++count > most) throw new TooMuch(`it holds more than ${most} values`)
    if (depth > maxDepth) throw new TooMuch(`it is nested deeper than ${maxDepth} levels`)
    if (input === null || input === undefined) return null
    if (typeof input === 'string' || typeof input === 'boolean') return input
    // JSON knows no infinity, and a number that lost digits is worse than its text.
    // Nor a negative zero, which kept values would lose.
    if (typeof input === 'number') return Number.isFinite(input) ? input + 0 : String(input)
    if (input instanceof Date) return Number.isNaN(input.getTime()) ? '' : input.toISOString()
    if (Array.isArray(input)) return input.map((item: unknown) => copy(item, depth + 1))
    if (typeof input !== 'object') return String(input)
    const result: Record<string, Json> = {}
    for (const [key, item] of Object.entries(input)) {
      // Object.assign with such a key would swap the prototype of its target.
      if (key !== '__proto__') result[key] = copy(item, depth + 1)
    }
    return result
  }
  return copy(value, 0)
}

/** Is this a mapping? */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
