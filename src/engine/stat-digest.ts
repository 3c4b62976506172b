// How many files look, in one short text: for saying whether any of them has changed without keeping and reading back what
// each looked like.
import type { FileStat } from './disk.js'
import { type Answer, fingerprint } from './fingerprint.js'

type Looks = Pick<FileStat, 'size' | 'mtimeMs' | 'ctimeMs' | 'inode'>

/** Names in an order that is always the same; `look` gives null for a file that is not there. */
export function statDigest(names: readonly string[], look: (name: string) => Looks | null): Answer {
  const numbers = new Float64Array(4 * names.length)
  let at = 0
  for (const name of names) {
    const looks = look(name)
    numbers[at++] = looks?.size ?? -1
    numbers[at++] = looks?.mtimeMs ?? 0
    numbers[at++] = looks?.ctimeMs ?? 0
    numbers[at++] = looks?.inode ?? 0
  }
  return `${fingerprint(names.join('\n'))}${fingerprint(new Uint8Array(numbers.buffer))}`
}
