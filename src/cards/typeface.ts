// The face of cards: Noto Serif SC (SIL Open Font License 1.1) from its package, which holds it in a hundred slices by
// how often their characters stand together; only the slices that a title needs are opened. What each slice really has
// is kept on the shelf: the package's own list names characters that the font lacks.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fingerprint } from '../engine/fingerprint.js'
import type { Shelf } from '../images/shelf.js'
import { resolvePackage, versionOf } from '../package.js'
import { coverageOf, type FontFace, openFace } from '../text/font-file.js'
import type { Glyph, Typeface } from './types.js'

const name = '@fontsource-variable/noto-serif-sc'
/** The package's entry is a style sheet. */
const entry = `${name}/index.css`

/** A fact of the installed program, asked for with every card. */
let version: string | undefined

/** Part of every card's key. */
export function typefaceVersion(): string {
  version ??= versionOf(entry)
  return version
}

/** Weight of a title: heavy, as a headline cut in wood. */
const weight = 700

const folder = (): string => dirname(resolvePackage(entry))
const sliceFile = (slice: string): string =>
  join(folder(), 'files', `noto-serif-sc-${slice}-wght-normal.woff2`)

/** Slice → its code points, as ranges. */
type Coverage = Readonly<Record<string, readonly (readonly [from: number, to: number])[]>>

async function readCoverage(): Promise<Coverage> {
  const listed = JSON.parse(readFileSync(join(folder(), 'unicode.json'), 'utf8')) as Record<string, string>
  const coverage: Record<string, [number, number][]> = {}
  for (const key of Object.keys(listed)) {
    const slice = key.replace(/[[\]]/g, '')
    const ranges: [number, number][] = []
    for (const code of [...(await coverageOf(readFileSync(sliceFile(slice))))].sort((a, b) => a - b)) {
      const last = ranges.at(-1)
      if (last && last[1] === code - 1) last[1] = code
      else ranges.push([code, code])
    }
    coverage[slice] = ranges
  }
  return coverage
}

/** Opens the face; reads all of it the first time on a machine. */
export async function openTypeface(shelf: Shelf): Promise<Typeface> {
  const key = fingerprint(`coverage 1 ${typefaceVersion()}`)
  const kept = shelf.read(key)
  // Its hash says that we wrote it.
  const coverage = kept ? (JSON.parse(Buffer.from(kept).toString('utf8')) as Coverage) : await readCoverage()
  if (!kept) shelf.put(key, Buffer.from(JSON.stringify(coverage), 'utf8'))
  const sliceOf = new Map<number, string>()
  for (const [slice, ranges] of Object.entries(coverage))
    for (const [from, to] of ranges) for (let code = from; code <= to; code++) sliceOf.set(code, slice)
  const faces = new Map<string, FontFace>()
  const glyphs = new Map<string, Glyph>()
  const codeOf = (char: string): number => char.codePointAt(0) ?? 0
  return {
    unitsPerEm: 1000,
    has: (char) => sliceOf.has(codeOf(char)),
    async load(texts) {
      for (const char of new Set(texts.flatMap((text) => [...text]))) {
        const slice = sliceOf.get(codeOf(char))
        if (slice === undefined || glyphs.has(char)) continue
        const face = faces.get(slice) ?? (await openFace(readFileSync(sliceFile(slice)), weight))
        faces.set(slice, face)
        glyphs.set(char, face.glyph(codeOf(char)))
      }
    },
    glyph(char) {
      const glyph = glyphs.get(char)
      if (!glyph) throw new Error(`the glyph of ${char} was not loaded`)
      return glyph
    },
  }
}
