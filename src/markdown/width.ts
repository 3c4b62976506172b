// How wide text stands on the page, in columns: Han and emoji 2, letters 1. Graphemes are Unicode's, so a flag, a family
// emoji or a letter with its marks is one; the version of Node and ICU is part of the cache's world for this reason.
import { widthOf } from './scripts.js'

/** ASCII, Han, and the punctuation of both: each is a grapheme, and from U+3001 on two columns wide. */
const usual =
  /^[\t\n\x20-\x7e\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u3001-\u3029\u4e00-\u9fff\uff01-\uff60]*$/

/** Graphemes of `text`; the segmenter is made per call because it holds no state worth keeping. */
export function graphemesOf(text: string): string[] {
  if (usual.test(text)) return [...text]
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

export function widthOfText(text: string): number {
  let width = 0
  if (usual.test(text)) {
    for (let i = 0; i < text.length; i++) width += text.charCodeAt(i) < 0x3001 ? 1 : 2
    return width
  }
  for (const grapheme of graphemesOf(text)) width += widthOf(grapheme)
  return width
}
