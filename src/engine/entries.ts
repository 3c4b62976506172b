// The parts of a step's value as they are kept, and as they cross threads. Encoding and hashing them is the dearer half of
// keeping them: whoever ran the step does it.
import type { Answer } from './fingerprint.js'
import { type Entry, encodeEntry, type PartValue } from './pack.js'

export type Parts = Readonly<Record<string, PartValue>>
export type Entries = Readonly<Record<string, Entry>>

export const entriesOf = (parts: Parts): Entries =>
  Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, encodeEntry(value)]))

/** Entries in one piece of memory of their own, to be handed over: a view would be copied with all it is a view of. */
export interface JoinedEntries {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly list: readonly (readonly [name: string, length: number, hash: Answer])[]
}

export function joinEntries(entries: Entries): JoinedEntries {
  const named = Object.entries(entries)
  const bytes = new Uint8Array(named.reduce((sum, [, entry]) => sum + entry.bytes.length, 0))
  let end = 0
  for (const [, entry] of named) {
    bytes.set(entry.bytes, end)
    end += entry.bytes.length
  }
  return { bytes, list: named.map(([name, entry]) => [name, entry.bytes.length, entry.hash]) }
}

export function splitEntries({ bytes, list }: JoinedEntries): Entries {
  const entries: Record<string, Entry> = {}
  let start = 0
  for (const [name, length, hash] of list) {
    entries[name] = { bytes: bytes.subarray(start, start + length), hash }
    start += length
  }
  return entries
}
