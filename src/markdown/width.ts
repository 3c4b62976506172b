// How wide text stands on the page, in columns: Han and emoji 2, letters 1. Graphemes are Unicode's, so a flag, a family
// emoji or a letter with its marks is one; the version of Node and ICU is part of the cache's world for this reason.
import { widthOf } from './scripts.js'

const plain = /^[\t\n\x20-\x7e]*$/

/** Graphemes of `text`; the segmenter is made per call because it holds no state worth keeping. */
export function graphemesOf(text: string): string[] {
  if (plain.test(text)) return [...text]
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

export function widthOfText(text: string): number {
  if (plain.test(text)) return text.length
  let width = 0
  for (const grapheme of graphemesOf(text)) width += widthOf(grapheme)
  return width
}
