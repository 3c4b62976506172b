// How many files look, in one short text: for saying whether any of them has changed without keeping and reading back what
// each looked like. A text for each few of them also says where to look for what has changed.
import type { FileStat } from './disk.js'
import { type Answer, fingerprint } from './fingerprint.js'

type Looks = Pick<FileStat, 'size' | 'mtimeMs' | 'ctimeMs' | 'inode'>

/** The part of a digest that says which names there are. */
export const namesIn = (digest: Answer): Answer => digest.slice(0, digest.length / 2)

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

/** Of so many names one ends a stretch, more or less. */
const perStretch = 64
/** Letters from the end by which that is told: where the names of `a/name.md` and of `name/index.md` differ. */
const telling = [4, 5, 6, 7, 10, 11, 12, 13]

/**
 * Names in an order that is always the same, cut into stretches. Where one ends is said by the name alone: who adds a name
 * leaves all stretches as they are but one.
 */
export function stretchesOf(names: readonly string[]): (readonly string[])[] {
  const stretches: (readonly string[])[] = []
  let start = 0
  names.forEach((name, i) => {
    let sum = name.length
    // Before a short name there is nothing: NaN, which counts as 0.
    for (const back of telling) sum = (Math.imul(sum, 31) + (name.charCodeAt(name.length - back) | 0)) | 0
    if ((sum ^ (sum >>> 12)) % perStretch !== 0 && i < names.length - 1) return
    stretches.push(names.slice(start, i + 1))
    start = i + 1
  })
  return stretches
}
