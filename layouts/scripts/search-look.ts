// Reads one document's text for search: whether all of what was typed really stands in it, and what is shown of it.
// Nothing is shown that was not found here.
import { type Folded, fold, inWord, places, type Variants } from './search-terms.js'

/** One piece of a shown text; `hit` where it is what was typed. */
export interface Piece {
  readonly text: string
  readonly hit: boolean
}

export interface Result {
  /** With the anchor of the nearest heading. */
  readonly url: string
  readonly lang: string
  readonly date: string
  readonly title: readonly Piece[]
  readonly tags: readonly (readonly Piece[])[]
  readonly heading: readonly Piece[]
  readonly snippet: readonly Piece[]
}

/** A text file as the build writes it. */
export interface Entry {
  readonly url: string
  readonly title: string
  readonly date: string
  readonly lang: string
  readonly tags: readonly string[]
  /** Each: id, heading, blocks. */
  readonly sections: readonly (readonly string[])[]
  readonly initials?: {
    readonly title: string
    readonly tags: readonly string[]
    readonly headings: readonly string[]
  }
}

/** Part of a query: folded; a quoted one is whole words. */
export interface Part {
  readonly text: string
  readonly whole: boolean
  /** May be first letters of pinyin, too. */
  readonly initials: boolean
}

/** A document with the folded text of everything in it: what is looked through at every key. */
export interface Prepared {
  readonly entry: Entry
  readonly title: string
  readonly tags: readonly string[]
  readonly sections: readonly (readonly string[])[]
}

export function prepare(entry: Entry, variants: Variants | undefined): Prepared {
  const folded = (text: string): string => fold(text, variants).text
  return {
    entry,
    title: folded(entry.title),
    tags: entry.tags.map(folded),
    sections: entry.sections.map(([, ...texts]) => texts.map(folded)),
  }
}

/** From where to where, the end not included. */
type Range = readonly [from: number, to: number]

/** Where a part stands in a folded text: from the beginning of a word, and to the end of one where it must be. */
function rangesOf(text: string, part: Part): Range[] {
  const found = anywhere(text, part.text)
  if (found.length === 0) return found
  const startsInWord = inWord(part.text[0])
  const needsEnd = inWord(part.text.at(-1)) && (part.whole || !inWord(part.text.at(-2)))
  return found.filter(
    ([start, end]) => !(startsInWord && inWord(text[start - 1])) && !(needsEnd && inWord(text[end])),
  )
}

function anywhere(text: string, wanted: string): Range[] {
  const found: Range[] = []
  for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + 1))
    found.push([start, start + wanted.length])
  return found
}

/** How many parts stand somewhere, and where all of them do. */
interface Sight {
  readonly count: number
  readonly found: readonly Range[]
}

/** What is shown of a document, where it holds every part; its score is that of the places where it really does. */
export function look(
  { entry, ...folded }: Prepared,
  parts: readonly Part[],
  variants: Variants | undefined,
): { readonly score: number; readonly result: Result } | undefined {
  const best = parts.map(() => 0)
  const see = (text = '', place: number, initials = ''): Sight => {
    const found: Range[] = []
    let count = 0
    for (const [i, part] of parts.entries()) {
      const ranges = [...rangesOf(text, part), ...(part.initials ? anywhere(initials, part.text) : [])]
      if (ranges.length === 0) continue
      count++
      best[i] = Math.max(best[i] ?? 0, place)
      found.push(...ranges)
    }
    return { count, found }
  }
  const pieces = (text: string, { found }: Sight): Piece[] => cut(text, unfold(text, variants, found))

  const title = see(folded.title, places.title, entry.initials?.title)
  const tags = entry.tags.map((tag, i) =>
    pieces(tag, see(folded.tags[i], places.tag, entry.initials?.tags[i])),
  )
  const nowhere: Sight = { count: 0, found: [] }
  let shown = { sight: nowhere, anchor: '', heading: '', above: nowhere, text: '', within: nowhere }
  for (const [i, [anchor = '', heading = '', ...blocks]] of entry.sections.entries()) {
    const [foldedHeading, ...foldedBlocks] = folded.sections[i] ?? []
    const above = see(foldedHeading, places.heading, entry.initials?.headings[i])
    if (above.count > shown.sight.count)
      shown = { sight: above, anchor, heading, above, text: blocks[0] ?? '', within: nowhere }
    for (const [j, text] of blocks.entries()) {
      const within = see(foldedBlocks[j], places.body)
      if (within.count > shown.sight.count) shown = { sight: within, anchor, heading, above, text, within }
    }
  }
  if (best.includes(0)) return undefined
  // Found in title or tags only: the beginning of the text.
  const text =
    shown.sight.count > 0 ? shown.text : (entry.sections.flatMap((section) => section.slice(2))[0] ?? '')
  return {
    score: best.reduce((sum, place) => sum + place, 0),
    result: {
      url: entry.url + (shown.anchor === '' ? '' : `#${encodeURIComponent(shown.anchor)}`),
      lang: entry.lang,
      date: entry.date,
      title: pieces(entry.title, title),
      tags: tags.filter((tag) => tag.some(({ hit }) => hit)),
      heading: pieces(shown.heading, shown.above),
      snippet: around(text, unfold(text, variants, shown.within.found)),
    },
  }
}

/** Ranges of the folded text in the text as it was written, in order, overlapping ones as one. */
function unfold(text: string, variants: Variants | undefined, found: readonly Range[]): Range[] {
  if (found.length === 0) return []
  const { at }: Folded = fold(text, variants)
  const merged: [number, number][] = []
  for (const [from, to] of [...found].sort((a, b) => a[0] - b[0])) {
    const start = at[from] ?? 0
    // A blank that folding dropped behind it is not what was typed.
    const end = start + text.slice(start, at[to]).trimEnd().length
    const last = merged.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}

/** The text from `start` to `end` in pieces. */
function cut(text: string, ranges: readonly Range[], start = 0, end = text.length): Piece[] {
  const pieces: Piece[] = []
  const add = (from: number, to: number, hit: boolean): void => {
    const piece = text.slice(Math.max(start, from), Math.min(end, to))
    if (piece !== '') pieces.push({ text: piece, hit })
  }
  let at = start
  for (const [from, to] of ranges) {
    add(at, from, false)
    add(from, to, true)
    at = Math.max(at, to)
  }
  add(at, end, false)
  return pieces
}

const columnsBefore = 36
const columns = 150
/** Neither a word nor a character is cut, but for very long ones. */
const patience = 24

/** A line or two around the first hit. */
function around(text: string, ranges: readonly Range[]): Piece[] {
  const wide = (i: number): number => (text.charCodeAt(i) < 0x2e80 ? 1 : 2)
  const isInside = (i: number): boolean =>
    i > 0 &&
    i < text.length &&
    (/[\udc00-\udfff\p{M}\u200d]/u.test(text.charAt(i)) || (inWord(text[i - 1]) && inWord(text[i])))
  const [hit = 0] = ranges[0] ?? []
  let start = hit
  for (let width = 0; start > 0 && width < columnsBefore; start--) width += wide(start - 1)
  for (let steps = 0; isInside(start) && steps < patience; steps++) start--
  if (start > 0) while (start < hit && /[\s\p{Pe}\p{Pf}\p{Po}]/u.test(text.charAt(start))) start++
  let end = start
  for (let width = 0; end < text.length && width < columns; end++) width += wide(end)
  for (let steps = 0; isInside(end) && steps < patience; steps++) end++
  const pieces = cut(text, ranges, start, end)
  if (start > 0) pieces.unshift({ text: '…', hit: false })
  if (end < text.length) pieces.push({ text: '…', hit: false })
  return pieces
}
