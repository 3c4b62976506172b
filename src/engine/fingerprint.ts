// Fingerprints: what the engine compares instead of values. Equal fingerprints mean equal bytes for every
// purpose of ours (128 bits of SHA-256). Nothing but bytes goes in: no clock, no path, no locale.
import { createHash, hash } from 'node:crypto'
import type { Json } from '../json.js'

/** Fingerprint of an answer, or `absent`. */
export type Answer = string

/** "There is no such thing" is an answer like any other. */
export const absent: Answer = 'absent'

/** 32 hex digits. Strings count as their UTF-8 bytes. */
export function fingerprint(bytes: Uint8Array | string): Answer {
  return hash('sha256', bytes, 'hex').slice(0, 32)
}

/** The same for bytes that come piece by piece: `end` gives the fingerprint of all that was added. */
export function fingerprintOfPieces(): { add(bytes: Uint8Array): void; end(): Answer } {
  const all = createHash('sha256')
  return { add: (bytes) => void all.update(bytes), end: () => all.digest('hex').slice(0, 32) }
}

/**
 * JSON with sorted keys and without `undefined`: equal values have equal texts. Throws a TypeError on what is
 * not JSON (functions, bigint, NaN), because a value that cannot be kept must not be handed out either.
 */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError(`not JSON: ${value}`)
    return JSON.stringify(value)
  }
  // Text is put together as it comes: this runs for every value of a build.
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value) text += `${text && ','}${canonical(item === undefined ? null : item)}`
    return `[${text}]`
  }
  if (typeof value === 'object') {
    // The values are looked at once each and by name.
    const fields = value as Readonly<Record<string, unknown>>
    for (const key of sorted(Object.keys(value))) {
      const item = fields[key]
      if (item !== undefined) text += `${text && ','}${quoted(key)}:${canonical(item)}`
    }
    return `{${text}}`
  }
  throw new TypeError(`not JSON: ${typeof value}`)
}

const needsEscapes = /["\\\0-\x1f\ud800-\udfff]/

const quoted = (text: string): string => (needsEscapes.test(text) ? JSON.stringify(text) : `"${text}"`)

/** Most are written in order already. */
function sorted(keys: string[]): string[] {
  for (let i = 1; i < keys.length; i++) if (keys[i - 1]! > keys[i]!) return keys.sort()
  return keys
}

export function fingerprintOf(value: Json | undefined): Answer {
  return fingerprint(canonical(value ?? null))
}

/** Freezes a parsed JSON value all the way down, so that nobody can change it for others. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    for (const item of Object.values(value)) deepFreeze(item)
  }
  return value
}
