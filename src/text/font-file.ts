// Font files: what characters one has, and a smaller one with some of them. The one file that knows subset-font and
// harfbuzzjs, which are loaded where a site has fonts. Their traps: both are WebAssembly with memory of their own, so
// that handles must not be kept; what fontverter gives is a view of that memory, which the next conversion overwrites, so
// there is one at a time and its result is copied at once; of a collection (.ttc) only the first face is seen.
import { requirePackage } from '../package.js'

interface Fontverter {
  convert(font: Uint8Array, format: 'sfnt'): Promise<Uint8Array>
}
type SubsetFont = (font: Uint8Array, text: string, options: { targetFormat: 'woff2' }) => Promise<Uint8Array>

/** The conversion that is being made: the next one waits for it. */
let last: Promise<unknown> = Promise.resolve()

/** Runs one after the other what uses that memory, and copies what it gives. */
function alone(run: () => Promise<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const done = last.then(async () => new Uint8Array(await run()))
  last = done.catch(() => {})
  return done
}

function sfntOf(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const fontverter = requirePackage('fontverter') as Fontverter // what the package exports
  return alone(() => fontverter.convert(Buffer.from(bytes), 'sfnt'))
}

/** Code points that the font has glyphs for. Throws where the bytes are no font. */
export async function coverageOf(bytes: Uint8Array): Promise<ReadonlySet<number>> {
  const { Blob, Face } = await import('harfbuzzjs')
  if (Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'ttcf')
    throw new Error('it is a collection of several fonts (.ttc), of which one must be taken out')
  const codes = new Face(new Blob(await sfntOf(bytes)), 0).collectUnicodes()
  if (codes.length === 0) throw new Error('it has no characters')
  return new Set(codes)
}

/** The outlines of one face at one weight. */
export interface FontFace {
  /** In the font's units, y upwards: an SVG path's data, and how far it moves on. */
  glyph(code: number): { readonly path: string; readonly advance: number }
}

/** Opens a font at a weight, where it is a variable one. Throws where the bytes are no font. */
export async function openFace(bytes: Uint8Array, weight: number): Promise<FontFace> {
  const { Blob, Face, Font, Variation } = await import('harfbuzzjs')
  const font = new Font(new Face(new Blob(await sfntOf(bytes)), 0))
  font.setVariations([new Variation('wght', weight)])
  return {
    glyph(code) {
      const id = font.nominalGlyph(code) ?? 0
      return { path: font.glyphToPath(id), advance: font.glyphHAdvance(id) }
    },
  }
}

/** A WOFF2 font with the glyphs for `text` and what they need (ligatures, marks). */
export async function subsetOf(bytes: Uint8Array, text: string): Promise<Uint8Array> {
  const subset = requirePackage('subset-font') as SubsetFont // what the package exports
  return alone(() => subset(Buffer.from(bytes), text, { targetFormat: 'woff2' }))
}
