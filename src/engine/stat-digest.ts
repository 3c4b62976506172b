// How many files look, in one short text: for saying whether any of them has changed without keeping and reading back what
// each looked like.
import type { FileStat } from './disk.js'
import { type Answer, fingerprint } from './fingerprint.js'

type Looks = Pick<FileStat, 'size' | 'mtimeMs' | 'ctimeMs' | 'inode'>

export const numbersPerFile = 4

/** Writes how the file of a row looks; null for one that is not there. */
export function noteLooks(numbers: Float64Array, row: number, looks: Looks | null): void {
  const at = numbersPerFile * row
  numbers[at] = looks?.size ?? -1
  numbers[at + 1] = looks?.mtimeMs ?? 0
  numbers[at + 2] = looks?.ctimeMs ?? 0
  numbers[at + 3] = looks?.inode ?? 0
}

export const digestOf = (names: readonly string[], numbers: Float64Array): Answer =>
  `${fingerprint(names.join('\n'))}${fingerprint(new Uint8Array(numbers.buffer))}`

/** Names in an order that is always the same; `look` gives null for a file that is not there. */
export function statDigest(names: readonly string[], look: (name: string) => Looks | null): Answer {
  const numbers = new Float64Array(numbersPerFile * names.length)
  for (let row = 0; row < names.length; row++) noteLooks(numbers, row, look(names[row]!))
  return digestOf(names, numbers)
}
