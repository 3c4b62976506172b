// Cuts plain text for descriptions and titles by visual width. Never inside a grapheme (an emoji sequence, a letter
// with its marks), and at the end of a sentence where one is near.

const wide =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u

/**
 * At most `columns` columns of `text` (a Han character is 2, a Latin letter 1), blanks and line breaks made one
 * blank. Ends at the last sentence end in the second half, else with `…` (which counts).
 */
export function takeColumns(text: string, columns: number): string {
  const flat = text.replace(/\s+/gu, ' ').trim()
  let width = 0
  let taken = ''
  let sentence = ''
  for (const { segment } of new Intl.Segmenter('und').segment(flat)) {
    width += wide.test(segment) ? 2 : 1
    if (width > columns) return sentence || `${withoutLast(taken).trimEnd()}…`
    taken += segment
    if (/[。！？!?.]$/u.test(segment) && width * 2 >= columns) sentence = taken
  }
  return flat
}

/** Room for the ellipsis. */
function withoutLast(text: string): string {
  const graphemes = [...new Intl.Segmenter('und').segment(text)]
  return graphemes
    .slice(0, -1)
    .map(({ segment }) => segment)
    .join('')
}
