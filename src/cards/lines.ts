// A title in lines: Chinese may be broken between any two characters but not before punctuation that closes nor after
// one that opens (GB/T 15834, clreq 3.1); a Latin word and a number stay whole; of all ways to fill as few lines as are
// needed the one is taken whose lines are most alike and which divides few words, as the dictionary of ICU has them.

/** May not begin a line. */
const closing =
  /[\p{Pe}\p{Pf}，。、；：？！…—·～％‰℃々〻ー゛゜ヽヾぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:?!%'’”]/u
/** May not end a line. */
const opening = /[\p{Ps}\p{Pi}￥＄$#@‘“]/u
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef“”‘’…—·]/u

export interface Unit {
  readonly text: string
  /** Blank before it, kept within a line only. */
  readonly isSpaced: boolean
  /** It goes on with a word that the unit before began: a line that begins here is less good. */
  readonly isWithin: boolean
}

/** What may not be broken, in order. `terms` are words too, though no dictionary has them: a post's tags. */
export function unitsOf(title: string, terms: readonly string[] = []): Unit[] {
  const units: Unit[] = []
  for (const word of title.trim().split(/\s+/u)) {
    const starts = new Set(
      [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(word)].map(({ index }) => index),
    )
    for (const term of terms)
      for (let found = word.indexOf(term); found >= 0 && term !== ''; found = word.indexOf(term, found + 1))
        for (let inside = found + 1; inside < found + term.length; inside++) starts.delete(inside)
    let text = ''
    let at = 0
    const end = (): void => {
      const isFirst = at === 0
      if (text !== '') units.push({ text, isSpaced: isFirst && units.length > 0, isWithin: !starts.has(at) })
      at += text.length
      text = ''
    }
    let before = ''
    for (const char of word) {
      if (before !== '' && mayBreak(before, char)) end()
      text += char
      before = char
    }
    end()
  }
  return units
}

function mayBreak(before: string, after: string): boolean {
  if (closing.test(after) || opening.test(before)) return false
  // A number and the measure word behind it, a word and its brackets: between wide and narrow one may break.
  return wide.test(before) || wide.test(after)
}

/** As bad as a line that is two ems off. */
const dividing = 4

export interface Fit {
  /** Widest line, in the unit that `widthOf` measures in. */
  readonly width: number
  readonly most: number
  readonly widthOf: (text: string) => number
}

/** The lines, or undefined where they do not fit into `most` lines. */
export function breakLines(units: readonly Unit[], { width, most, widthOf }: Fit): string[] | undefined {
  const lineOf = (from: number, to: number): string =>
    units
      .slice(from, to)
      .map(({ text, isSpaced }, i) => (isSpaced && i > 0 ? ` ${text}` : text))
      .join('')
  const count = units.length
  const total = widthOf(lineOf(0, count))
  for (let lines = 1; lines <= most; lines++) {
    // best[n][i]: the least unevenness of the first i units in n lines, and where the last of them begins.
    let best: { cost: number; from: number[] }[] = [{ cost: 0, from: [] }]
    if (total > lines * width) continue
    const ideal = total / lines
    for (let n = 1; n <= lines; n++) {
      const next: { cost: number; from: number[] }[] = []
      for (let to = n; to <= count; to++)
        for (let from = to - 1; from >= n - 1; from--) {
          const length = widthOf(lineOf(from, to))
          if (length > width) break
          const start = best[from]
          if (!start) continue
          const divided = from > 0 && units[from]?.isWithin ? dividing : 0
          const cost = start.cost + (length - ideal) ** 2 + divided
          if (cost < (next[to]?.cost ?? Number.POSITIVE_INFINITY))
            next[to] = { cost, from: [...start.from, from] }
        }
      best = next
    }
    const found = best[count]
    if (found) return found.from.map((from, i) => lineOf(from, found.from[i + 1] ?? count))
  }
  return undefined
}

/** As many units as fit, the last line ending in `…`. A single unit that is too wide is cut within. */
export function cutLines(units: readonly Unit[], fit: Fit): string[] {
  // No more than would fill every line.
  let most = 0
  for (let filled = 0; most < units.length && filled <= fit.most * fit.width; most++)
    filled += fit.widthOf(units[most]?.text ?? '')
  for (let taken = Math.min(most, units.length - 1); taken > 0; taken--) {
    const kept = units.slice(0, taken)
    const last = kept[taken - 1]
    if (!last) break
    // No comma before the dots.
    const text = `${last.text.replace(/[\p{P}\s]+$/u, '')}…`
    const lines = breakLines([...kept.slice(0, -1), { ...last, text }], fit)
    if (lines) return lines
  }
  const chars = [...(units[0]?.text ?? '')]
  while (chars.length > 1 && fit.widthOf(`${chars.join('')}…`) > fit.width) chars.pop()
  return [`${chars.join('')}…`]
}
