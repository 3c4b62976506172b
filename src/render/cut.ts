// Cuts plain text for descriptions and titles by visual width. Never inside a grapheme (an emoji sequence, a letter
// with its marks) or a Latin word, and at the end of a sentence where one is near.
import { endOfWord } from '../markdown/sentence.js'
import { graphemesOf, widthOfText } from '../markdown/width.js'

/**
 * At most `columns` columns of `text` (a Han character is 2, a Latin letter 1), blanks and line breaks made one
 * blank. Ends at the last sentence end in the second half, else with `…` (which counts).
 */
export function takeColumns(text: string, columns: number): string {
  const graphemes = graphemesOf(text.replace(/\s+/gu, ' ').trim())
  let width = 0
  let sentence = ''
  for (const [i, grapheme] of graphemes.entries()) {
    width += widthOfText(grapheme)
    // Room for the ellipsis.
    if (width > columns) return sentence || `${upTo(graphemes, i - 1).trimEnd()}…`
    // A full stop within `example.org` or `3.14` ends nothing.
    const isEnd = /^[。！？!?]/u.test(grapheme) || (grapheme === '.' && /^ ?$/.test(graphemes[i + 1] ?? ''))
    if (isEnd && width * 2 >= columns) sentence = graphemes.slice(0, i + 1).join('')
  }
  return graphemes.join('')
}

const upTo = (graphemes: readonly string[], end: number): string =>
  endOfWord(graphemes.slice(0, Math.max(0, end)).join(''), graphemes[Math.max(0, end)] ?? '')
