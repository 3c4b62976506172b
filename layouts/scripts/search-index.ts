// Looks a query up in the static index: which shards it needs, which documents may hold it, and what of them really
// does, read in their texts. Nothing is shown that was not found in the text itself. It knows no page: files come
// through a function, results go out as data.
import {
  type Folded,
  fold,
  inWord,
  places,
  readPostings,
  shardOf,
  type Variants,
  wantedOf,
} from './search-terms.js'

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

export interface Round {
  readonly results: readonly Result[]
  /** There may be others: ask `next` again. */
  readonly more: boolean
}

export interface Search {
  next(): Promise<Round>
}

export interface SearchIndex {
  /** Nothing to look up (no letter in it): undefined. */
  find(query: string): Promise<Search | undefined>
}

/** `index.json` and a text file, as the build writes them. */
interface Manifest {
  readonly shards: number
  readonly keys: string
  readonly length: number
  readonly sizes: string
  readonly variants: boolean
  readonly initials: boolean
}
interface Entry {
  readonly url: string
  readonly title: string
  readonly date: string
  readonly lang: string
  readonly tags: readonly string[]
  readonly sections: readonly (readonly string[])[]
  readonly initials?: {
    readonly title: string
    readonly tags: readonly string[]
    readonly headings: readonly string[]
  }
}

/** Part of a query: folded; a quoted one is whole words. */
interface Part {
  readonly text: string
  readonly whole: boolean
  /** May be first letters of pinyin, too. */
  readonly initials: boolean
}

const roundResults = 10
/** About so many bytes of texts a round, compressed. */
const roundBytes = 20_000

/** `read` gives the text of a file below `/search/`; it may reject, and is asked again then. */
export function openIndex(read: (name: string) => Promise<string>): SearchIndex {
  const files = new Map<string, Promise<string>>()
  const once = (name: string): Promise<string> => {
    const known = files.get(name)
    if (known) return known
    const file = read(name)
    files.set(name, file)
    file.catch(() => files.delete(name))
    return file
  }
  return {
    async find(query) {
      // What the build wrote.
      const manifest = JSON.parse(await once('index.json')) as Manifest
      const variants = manifest.variants ? variantsOf(await once('variants.txt')) : undefined
      const parts = partsOf(query, manifest, variants)
      const lookup = async (term: string, open: boolean): Promise<Map<number, number>> => {
        const shard = await once(`terms/${shardOf(term, manifest.shards).toString(16)}.txt`)
        return postingsOf(shard, term, open)
      }
      const ofParts = (await Promise.all(parts.map((part) => documentsOf(part, lookup)))).filter(
        (found) => !!found,
      )
      const [first, ...rest] = ofParts
      if (!first) return undefined
      const ranked = [...first]
        .filter(([document]) => rest.every((found) => found.has(document)))
        .map(([document, where]) => {
          const score = rest.reduce((sum, found) => sum + rankOf(found.get(document) ?? 0), rankOf(where))
          return { document, score }
        })
        // Higher numbers are newer.
        .sort((a, b) => b.score - a.score || b.document - a.document)
        .map(({ document }) => ({
          file: `texts/${manifest.keys.slice(document * manifest.length, (document + 1) * manifest.length)}.json`,
          bytes: 256 * 1.5 ** (manifest.sizes.charCodeAt(document) - 0x30),
        }))
      return { next: () => round(ranked, parts, variants, once, (name) => files.has(name)) }
    },
  }
}

/** Divides what was typed at blanks; what stands in quotes stays together. */
function partsOf(query: string, { initials }: Manifest, variants: Variants | undefined): Part[] {
  const parts: Part[] = []
  for (const [, quoted, word] of query
    .normalize('NFC')
    .matchAll(/["“”„＂]([^"“”„＂]+)["“”„＂]?|([^\s"“”„＂]+)/g)) {
    const { text } = fold(quoted ?? word ?? '', variants)
    if (text === '' || parts.some((part) => part.text === text)) continue
    const whole = quoted !== undefined
    parts.push({ text, whole, initials: initials && !whole && /^[a-z]{2,}$/.test(text) })
  }
  return parts
}

/** Two lines: characters, and what each is taken for. */
function variantsOf(text: string): Variants {
  const [from = '', to = ''] = text.split('\n')
  const targets = [...to]
  return new Map([...from].map((char, i) => [char, targets[i] ?? char]))
}

const rankOf = (where: number): number => 2 ** Math.floor(Math.log2(where || 1))

function postingsOf(shard: string, term: string, open: boolean): Map<number, number> {
  const found = new Map<number, number>()
  const lines = `\n${shard}`
  const wanted = `\n${term}${open ? '' : '\t'}`
  for (let at = lines.indexOf(wanted); at >= 0; at = lines.indexOf(wanted, at + 1)) {
    const start = lines.indexOf('\t', at) + 1
    readPostings(lines.slice(start, lines.indexOf('\n', start)), found)
    if (!open) break
  }
  return found
}

type Lookup = (term: string, open: boolean) => Promise<Map<number, number>>

/** Documents that may hold a part, with the places where all of it may stand together; undefined: it says nothing. */
async function documentsOf(part: Part, lookup: Lookup): Promise<Map<number, number> | undefined> {
  const wanted = wantedOf(part.text, part.whole)
  const letters = part.initials ? lookup(`~${part.text.slice(0, 12)}`, true) : undefined
  const [first, ...rest] = await Promise.all(wanted.map(({ term, open }) => lookup(term, open)))
  if (!first) return undefined
  const found = new Map<number, number>()
  for (const [document, where] of first) {
    const common = rest.reduce((all, postings) => all & (postings.get(document) ?? 0), where)
    if (common !== 0) found.set(document, common)
  }
  for (const [document, where] of (await letters) ?? [])
    found.set(document, (found.get(document) ?? 0) | where)
  return found
}

/** Takes documents off `ranked` until there is enough for one look. */
async function round(
  ranked: { readonly file: string; readonly bytes: number }[],
  parts: readonly Part[],
  variants: Variants | undefined,
  read: (name: string) => Promise<string>,
  isHere: (name: string) => boolean,
): Promise<Round> {
  const found: { readonly score: number; readonly result: Result }[] = []
  let left = roundBytes
  for (;;) {
    const batch: string[] = []
    for (let next = ranked[0]; next && found.length + batch.length < roundResults; next = ranked[0]) {
      const bytes = isHere(next.file) ? 0 : next.bytes
      if (bytes > left && found.length + batch.length > 0) break
      left -= bytes
      batch.push(next.file)
      ranked.shift()
    }
    if (batch.length === 0) break
    for (const text of await Promise.all(batch.map(read))) {
      // What the build wrote.
      const result = look(JSON.parse(text) as Entry, parts, variants)
      if (result) found.push(result)
    }
  }
  const results = found.sort((a, b) => b.score - a.score).map(({ result }) => result)
  return { results, more: ranked.length > 0 }
}

/** From where to where in the original, in order. */
type Range = readonly [from: number, to: number]

/** Where a part stands in a folded text: from the beginning of a word, and to the end of one where it must be. */
function rangesOf(folded: Folded, part: Part, initials?: string): Range[] {
  const { text, at } = folded
  const ranges: Range[] = []
  const startsInWord = inWord(part.text[0])
  const needsEnd = inWord(part.text.at(-1)) && (part.whole || !inWord(part.text.at(-2)))
  const add = (start: number): void => {
    ranges.push([at[start] ?? 0, at[start + part.text.length] ?? 0])
  }
  for (let start = text.indexOf(part.text); start >= 0; start = text.indexOf(part.text, start + 1)) {
    const end = start + part.text.length
    if (!(startsInWord && inWord(text[start - 1])) && !(needsEnd && inWord(text[end]))) add(start)
  }
  if (part.initials && initials)
    for (let i = initials.indexOf(part.text); i >= 0; i = initials.indexOf(part.text, i + 1)) add(i)
  return ranges
}

/** What is shown of a document, where it holds every part; its score is that of the places where it really does. */
function look(
  entry: Entry,
  parts: readonly Part[],
  variants: Variants | undefined,
): { readonly score: number; readonly result: Result } | undefined {
  const best = parts.map(() => 0)
  const see = (text: string, place: number, initials?: string): { ranges: Range[]; count: number } => {
    const folded = fold(text, variants)
    const of = parts.map((part, i) => {
      const ranges = rangesOf(folded, part, initials)
      if (ranges.length > 0) best[i] = Math.max(best[i] ?? 0, place)
      return ranges
    })
    return { ranges: merged(of.flat()), count: of.filter((ranges) => ranges.length > 0).length }
  }
  const title = see(entry.title, places.title, entry.initials?.title)
  const tags = entry.tags.map((tag, i) => see(tag, places.tag, entry.initials?.tags[i]).ranges)
  let shown: { count: number; anchor: string; heading: Piece[]; text: string; ranges: Range[] } | undefined
  for (const [i, [anchor = '', heading = '', ...blocks]] of entry.sections.entries()) {
    const above = see(heading, places.heading, entry.initials?.headings[i])
    const head = (): Piece[] => cut(heading, above.ranges)
    if (above.count > (shown?.count ?? 0))
      shown = { count: above.count, anchor, heading: head(), text: blocks[0] ?? '', ranges: [] }
    for (const text of blocks) {
      const { count, ranges } = see(text, places.body)
      if (count > (shown?.count ?? 0)) shown = { count, anchor, heading: head(), text, ranges }
    }
  }
  if (best.includes(0)) return undefined
  const { anchor, heading, text, ranges } = shown ?? {
    anchor: '',
    heading: [],
    text: entry.sections[0]?.find((block, i) => i > 1 && block !== '') ?? '',
    ranges: [],
  }
  return {
    score: best.reduce((sum, place) => sum + place, 0),
    result: {
      url: entry.url + (anchor === '' ? '' : `#${encodeURIComponent(anchor)}`),
      lang: entry.lang,
      date: entry.date,
      title: cut(entry.title, title.ranges),
      tags: entry.tags.map((tag, i) => cut(tag, tags[i] ?? [])).filter((tag) => tag.some(({ hit }) => hit)),
      heading,
      snippet: around(text, ranges),
    },
  }
}

/** In order, and overlapping ones as one. */
function merged(ranges: readonly Range[]): Range[] {
  const sorted: [number, number][] = []
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = sorted.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else sorted.push([from, to])
  }
  return sorted
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

/** A line or two around the first hit, cut neither in a word nor in a character. */
function around(text: string, ranges: readonly Range[]): Piece[] {
  const wide = (i: number): number => (text.charCodeAt(i) < 0x2e80 ? 1 : 2)
  const isInside = (i: number): boolean =>
    i > 0 &&
    i < text.length &&
    (/[\udc00-\udfff\p{M}\u200d]/u.test(text.charAt(i)) || (inWord(text[i - 1]) && inWord(text[i])))
  const [hit = 0] = ranges[0] ?? []
  let start = hit
  for (let width = 0; start > 0 && width < columnsBefore; start--) width += wide(start - 1)
  for (let steps = 0; isInside(start) && steps < 24; steps++) start--
  let end = start
  for (let width = 0; end < text.length && width < columns; end++) width += wide(end)
  for (let steps = 0; isInside(end) && steps < 24; steps++) end++
  const pieces = cut(text, ranges, start, end)
  if (start > 0) pieces.unshift({ text: '…', hit: false })
  if (end < text.length) pieces.push({ text: '…', hit: false })
  return pieces
}
