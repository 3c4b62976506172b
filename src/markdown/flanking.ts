// May a run of `*`, `_` or `~` begin or end something? Plain Markdown and the rules for Chinese (remark-cjk-friendly) look
// at the characters beside it and judge differently; here both judgements stand side by side, for characters that every
// parser classes alike. Must give up (undefined) rather than guess.

/** What a run may do: begin emphasis, end it. */
interface Flanks {
  readonly opens: boolean
  readonly closes: boolean
}

export interface Run {
  readonly marker: string
  readonly length: number
  readonly plain: Flanks
  readonly chinese: Flanks
}

const ascii = /^[\t\n\r -~]?$/
/** Characters that both parsers and we judge alike (a test holds them against the library's own tables). */
const wideLetter = /^[\u3041-\u3096\u30a1-\u30fa\u3400-\u4db5\u4e00-\u9fa5\uac00-\ud7a3]$/
const widePunctuation = /^[、。〃〈-】〔-〛！-／：-＠［-｀｛-･]$/
const sharedPunctuation = /^[‘’“”—…·]$/
/** Without × and ÷, which are signs. */
const latinLetter = /^[À-ÖØ-öø-ɏ]$/
const asciiPunctuation = /^[!-/:-@[-`{-~]$/

export interface CharacterClass {
  readonly space: boolean
  readonly punctuation: boolean
  readonly wide: boolean
}

/** Undefined for a character that is not judged. '' is the edge of the text, and a space. */
export function classOf(char: string): CharacterClass | undefined {
  if (ascii.test(char)) {
    const space = /^[\t\n\r ]?$/.test(char)
    return { space, punctuation: asciiPunctuation.test(char), wide: false }
  }
  if (latinLetter.test(char)) return { space: false, punctuation: false, wide: false }
  if (wideLetter.test(char)) return { space: false, punctuation: false, wide: true }
  if (widePunctuation.test(char)) return { space: false, punctuation: true, wide: true }
  if (sharedPunctuation.test(char)) return { space: false, punctuation: true, wide: false }
  return undefined
}

export const isMarker = (char: string): boolean => char === '*' || char === '_' || char === '~'

/** Both judgements of a run between two characters ('' for the edge); undefined where we do not know. */
export function judge(
  marker: string,
  before: string,
  after: string,
): { plain: Flanks; chinese: Flanks } | undefined {
  const b = classOf(before)
  const a = classOf(after)
  // Of two kinds of markers side by side each parser has its own opinion.
  if (!a || !b || isMarker(before) || isMarker(after)) return undefined
  const flanks = (
    bSpace: boolean,
    bMark: boolean,
    aSpace: boolean,
    aMark: boolean,
    chinese: boolean,
  ): Flanks => {
    const bStops = bSpace || bMark
    const aStops = aSpace || aMark
    const opens = !aStops || (aMark && (bStops || (chinese && b.wide)))
    const closes = !bStops || (bMark && (aStops || (chinese && a.wide)))
    if (marker !== '_') return { opens, closes }
    return {
      opens: opens && (b.space || b.punctuation || !closes),
      closes: closes && (a.space || a.punctuation || !opens),
    }
  }
  return {
    plain: flanks(b.space, b.punctuation, a.space, a.punctuation, false),
    chinese: flanks(b.space, b.punctuation && !b.wide, a.space, a.punctuation && !a.wide, true),
  }
}

const same = ({ plain, chinese }: Run): boolean =>
  plain.opens === chinese.opens && plain.closes === chinese.closes
const isInert = ({ marker, length, plain, chinese }: Run): boolean =>
  (marker === '~' && length > 2) || !(plain.opens || plain.closes || chinese.opens || chinese.closes)

/**
 * Runs of one level (a paragraph, or the text of one link in it) give the same tree by both judgements if these are
 * equal; or if the runs come in pairs of one kind and length, the first may open and the second may close by both: a
 * closing run takes the nearest opening one, none is left over from before, and runs of equal length use each other up.
 */
export function readAlike(runs: readonly Run[]): boolean {
  if (runs.every(same)) return true
  const live = runs.filter((run) => !isInert(run))
  return (
    live.length % 2 === 0 &&
    live.every((run, i) => {
      if (i % 2 === 0) return run.plain.opens && run.chinese.opens
      const opener = live[i - 1]
      return (
        opener?.marker === run.marker &&
        opener.length === run.length &&
        run.plain.closes &&
        run.chinese.closes
      )
    })
  )
}
