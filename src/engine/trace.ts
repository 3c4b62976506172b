// What a step leaves behind: the questions it asked, what it was told, and where its value lies.
import type { Answer } from './fingerprint.js'
import type { PackRef } from './pack.js'
import type { Question } from './reads.js'

export type StepKey = string

export type Read = readonly [Question, Answer]

export interface Trace {
  /** Hash of the step's arguments. */
  readonly version: string
  /** The questions in the order of first asking, with the answers that the step got. */
  readonly reads: readonly Read[]
  /** The parts of its value. */
  readonly parts: Readonly<Record<string, PackRef>>
}

/** Bytes that the values of these take in the pack. */
export function liveBytes(traces: Iterable<Trace>): number {
  let bytes = 0
  for (const { parts } of traces) for (const name in parts) bytes += parts[name]?.[1] ?? 0
  return bytes
}
