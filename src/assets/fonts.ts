// The site's own fonts: slices of each with just the characters that its pages show, and the style sheet that names
// them, `/fonts.css`. Its address has no hash, so that a new character changes no page. Steps: `font:FILE` reads
// what a font has, `slice:FILE …` makes one slice.
import type { FontConfig } from '../config/types.js'
import type { Snapshot } from '../content/scan.js'
import { fingerprint } from '../engine/fingerprint.js'
import type { Pace } from '../engine/pace.js'
import { note } from '../engine/reads.js'
import type { Engine } from '../engine/step.js'
import { didYouMean, type Problem } from '../errors.js'
import { coverageOf, subsetOf } from '../text/font-file.js'
import { hrefOf } from '../urls.js'
import type { BundledOutput } from './bundles.js'
import { slicesOf, unicodeRange } from './font-slices.js'

/** A page's characters, see `glyphsOf`, and the document it shows. */
export interface ShownText {
  readonly glyphs: string
  /** '' for a page that is no document's. */
  readonly file: string
}

export interface FontsSource {
  readonly engine: Engine
  readonly snapshot: Snapshot
  readonly fonts: readonly FontConfig[]
  readonly basePath: string
  readonly pages: readonly ShownText[]
  readonly pace: Pace
}

export interface Fonts {
  readonly outputs: readonly BundledOutput[]
  readonly problems: readonly Problem[]
}

export const fontSheet = 'fonts.css'

/** The `font` part of a step. */
interface FontFile {
  /** Code points in order; [] for what is no font. */
  readonly codes: readonly number[]
  readonly fault: string
}

/** Makes every slice of every font. Never throws for what an author may do. */
export async function makeFonts(source: FontsSource): Promise<Fonts> {
  const { engine, snapshot, fonts, basePath, pages, pace } = source
  const outputs: BundledOutput[] = []
  const problems: Problem[] = []
  const faces: string[] = []
  /** A variable font has one entry with a range of weights. */
  const done = new Set<string>()
  for (const { family, file, weight } of fonts) {
    if (!snapshot.has(file)) {
      problems.push(missingFile(file, snapshot))
      continue
    }
    const bytes = (): Uint8Array => {
      note(`file:${file}`)
      return snapshot.bytes(file) ?? new Uint8Array()
    }
    if (done.has(file)) continue
    done.add(file)
    const read = await engine.step(`font:${file}`, '', async () => ({ font: await readFont(bytes()) }))
    const font = read.part<FontFile>('font')
    if (font.codes.length === 0) {
      problems.push({
        severity: 'error',
        code: 'fonts/not-a-font',
        what: `this font cannot be read: ${font.fault}`,
        file,
        expected: ['.ttf', '.otf', '.woff', '.woff2'],
        fix: 'save the file again; or name another one in fonts of the configuration',
      })
      continue
    }
    const coverage = new Set(font.codes)
    for (const page of pages) problems.push(...missingGlyphs(page, family, coverage))
    for (const [name, chars] of slicesOf(
      pages.map(({ glyphs }) => glyphs),
      coverage,
    )) {
      const step = await engine.step(`slice:${file} ${name}`, chars, async () => ({
        bytes: await subsetOf(bytes(), chars),
      }))
      const hash = fingerprint(step.part<Uint8Array>('bytes'))
      const path = `assets/${slugOf(family)}-${slugOf(weight)}-${name}-${hash.slice(0, 8)}.woff2`
      outputs.push({ entry: 'fonts', path, hash, bytes: () => step.part<Uint8Array>('bytes') })
      faces.push(
        `@font-face{font-family:${JSON.stringify(family)};font-weight:${weight};font-display:swap;` +
          `src:url("${hrefOf(`/${path}`, basePath)}") format("woff2");unicode-range:${unicodeRange(chars)}}\n`,
      )
      await pace.breathe()
    }
  }
  const sheet = Buffer.from(faces.join(''), 'utf8')
  if (fonts.length > 0)
    outputs.push({ entry: 'fonts', path: fontSheet, hash: fingerprint(sheet), bytes: () => sheet })
  return { outputs, problems }
}

async function readFont(bytes: Uint8Array): Promise<FontFile> {
  try {
    return { codes: [...(await coverageOf(bytes))].sort((a, b) => a - b), fault: '' }
  } catch (error) {
    return { codes: [], fault: error instanceof Error ? error.message : String(error) }
  }
}

const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || `font-${fingerprint(text).slice(0, 4)}`

/** A font with fewer Han characters than this is for Latin text, and lacks none. */
const hanFont = 500
const shownGlyphs = 12

function missingGlyphs(
  { glyphs, file }: ShownText,
  family: string,
  coverage: ReadonlySet<number>,
): Problem[] {
  if (file === '') return []
  let han = 0
  for (const code of coverage) if (code >= 0x4e00 && code < 0xa000) han++
  const lacks = [...glyphs].filter(
    (char) =>
      !coverage.has(char.codePointAt(0) ?? 0) &&
      /\p{L}/u.test(char) &&
      (han >= hanFont || !/\p{sc=Han}|\p{sc=Hira}|\p{sc=Kana}|\p{sc=Hangul}/u.test(char)),
  )
  if (lacks.length === 0) return []
  return [
    {
      severity: 'warning',
      code: 'fonts/missing-glyph',
      what: `the font "${family}" lacks ${lacks.length === 1 ? 'a character' : `${lacks.length} characters`} of this document; another font stands in`,
      file,
      found: lacks.slice(0, shownGlyphs).join(' ') + (lacks.length > shownGlyphs ? ' …' : ''),
      fix: 'use another character or another font, or leave it',
    },
  ]
}

function missingFile(file: string, snapshot: Snapshot): Problem {
  const near = didYouMean(file, snapshot.under('fonts'))
  return {
    severity: 'error',
    code: 'fonts/missing-file',
    what: `there is no font ${file}`,
    found: file,
    expected: ['a file in fonts/ beside content/, such as fonts/name.ttf'],
    ...(near === undefined ? {} : { fix: `did you mean "${near}"?` }),
  }
}
