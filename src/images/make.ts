// Making pictures: late, when all is known, each variant once and several at a time. What is on the shelf is not made.
// Nothing here is a step: what is wanted follows from bodies and pages in every build, and the shelf knows the rest.
import type { Path } from '../content/types.js'
import { type Answer, absent } from '../engine/fingerprint.js'
import { type Problem, ProblemError, passOn } from '../errors.js'
import { lookKey, reasonOf } from './look.js'
import { encode } from './sharp.js'
import type { Shelf } from './shelf.js'
import type { ImageWant } from './types.js'
import { type Picture, pictureOf, variantsOf } from './variants.js'

/** A file that is made by `make` and lies on the shelf then. */
export interface Made {
  readonly key: Answer
  readonly path: string
  /** Its source, for messages. */
  readonly by: string
  make(): Promise<Uint8Array>
  readonly file: Path
  readonly line: number
  readonly column: number
}

/** A want and the document that has it. */
export interface Shown {
  readonly file: Path
  readonly want: ImageWant
}

/** Every variant that is wanted, each once, in path order. Marks the looks that they rest on as used. */
export function imagesOf(shown: readonly Shown[], bytesOf: (path: Path) => Uint8Array, shelf: Shelf): Made[] {
  const made = new Map<string, Made>()
  for (const { file, want } of shown) {
    const { src, look, line, column } = want
    shelf.hashOf(lookKey(look.hash))
    const picture = pictureFor(want)
    const { variant } = picture.whole
    for (const { key, path, format, width } of want.onlyWhole
      ? variant
        ? [variant]
        : []
      : variantsOf(picture)) {
      const make = (): Promise<Uint8Array> => encode(bytesOf(src), { format, width, source: look.format })
      // Two sources for one path stay two: the collision names both.
      const id = `${path}\0${key}`
      if (!made.has(id)) made.set(id, { key, path, by: src, make, file, line, column })
    }
  }
  return [...made.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

export const pictureFor = ({ look, out, src }: Pick<ImageWant, 'look' | 'out' | 'src'>): Picture =>
  pictureOf(look, out, !src.startsWith('public/'))

export interface MakeSource {
  readonly shelf: Shelf
  /** Files that stand in the output with these bytes need not be read. */
  readonly stands: (path: string, hash: Answer) => boolean
  /** How many at a time. */
  readonly cores: number
  readonly progress: (done: number, total: number) => void
}

/** Makes what is missing and tells each one's hash. What cannot be made is a Problem where it is shown. */
export async function makeAll(
  wanted: readonly Made[],
  { shelf, stands, cores, progress }: MakeSource,
): Promise<{ hashes: ReadonlyMap<Made, Answer>; problems: readonly Problem[] }> {
  const hashes = new Map<Made, Answer>()
  const problems: Problem[] = []
  const missing: Made[] = []
  for (const one of wanted) {
    const hash = shelf.hashOf(one.key)
    if (hash !== undefined && (stands(one.path, hash) || shelf.read(one.key))) hashes.set(one, hash)
    else missing.push(one)
  }
  let next = 0
  let done = 0
  const work = async (): Promise<void> => {
    for (let one = missing[next++]; one; one = missing[next++]) {
      try {
        hashes.set(one, await ensure(one, shelf))
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        problems.push(...error.problems)
        hashes.set(one, absent)
      }
      progress(++done, missing.length)
    }
  }
  // libuv has four threads unless told otherwise.
  await Promise.all(Array.from({ length: Math.max(1, Math.min(cores, 4)) }, work))
  return { hashes, problems }
}

/** The entry's hash, made where it is missing. Throws a ProblemError that names the place where it is shown. */
export async function ensure(one: Made, shelf: Shelf): Promise<Answer> {
  const hash = shelf.hashOf(one.key)
  if (hash !== undefined && shelf.read(one.key)) return hash
  let bytes: Uint8Array
  try {
    bytes = await one.make()
  } catch (error) {
    passOn(error)
    if (error instanceof ProblemError || !(error instanceof Error)) throw error
    throw new ProblemError({
      severity: 'error',
      code: 'images/failed',
      what: `nothing can be made of ${one.by}: ${reasonOf(error)}`,
      file: one.file,
      ...(one.line > 0 && { line: one.line, column: one.column }),
      found: one.by,
      fix: 'save the picture again as PNG, JPEG, WebP or AVIF',
    })
  }
  return shelf.put(one.key, bytes)
}
