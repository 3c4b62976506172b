// Which characters are Chinese, Japanese, Korean, wide: one place, so that soft breaks, autolinks, counts and
// excerpts agree. Ranges by Unicode script where a script says it, by block where it does not (punctuation).

/** Han ideographs, with `々〇`. */
export const han = '\\p{sc=Han}'
export const kana = '\\p{sc=Hiragana}\\p{sc=Katakana}\\u30fb\\u30fc'
/** Full-width punctuation and forms: CJK symbols, vertical forms, full-width ASCII; not the half-width ones. */
const widePunctuation =
  '\\u3000-\\u303f\\ufe10-\\ufe1f\\ufe30-\\ufe4f\\uff01-\\uff0f\\uff1a-\\uff20\\uff3b-\\uff40\\uff5b-\\uff60\\uffe0-\\uffe6'
/** Punctuation that Chinese shares with Latin: “ ” ‘ ’ … — ·; only its neighbours say whose it is. */
const sharedPunctuation = '\\u2018\\u2019\\u201c\\u201d\\u2014\\u2026\\u00b7'

const joining = new RegExp(`^[${han}${kana}${widePunctuation}]$`, 'u')
const shared = new RegExp(`^[${sharedPunctuation}]$`, 'u')

/** A text without any of these can neither hold Chinese nor be changed by a rule for Chinese. */
export function hasWideText(text: string): boolean {
  return /[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\ufe10-\ufe6f\uff00-\uffef]|[\ud840-\ud8bf]/.test(text)
}

/** Han, kana or full-width punctuation: written without blanks between. Takes one code point. */
export function isUnspaced(char: string): boolean {
  return joining.test(char)
}

/** “ ” ‘ ’ … — ·: unspaced where the other side of the line break is. Takes one code point. */
export function isSharedPunctuation(char: string): boolean {
  return shared.test(char)
}

/** The first character at which a bare URL must end: Han, kana, full-width or Chinese punctuation. */
export const urlEnd = new RegExp(`[${han}${kana}${widePunctuation}${sharedPunctuation}]`, 'u')

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u
const zeroWidth = /^[\p{M}\p{Cf}\u200b-\u200f]+$/u

/** Columns that one grapheme takes: a Han character or an emoji (U+FE0F makes one) 2, a letter 1, a mark alone 0. */
export function widthOf(grapheme: string): number {
  if (grapheme.length === 1 && grapheme.charCodeAt(0) < 0x300) return 1
  if (wide.test(grapheme)) return 2
  return zeroWidth.test(grapheme) ? 0 : 1
}
