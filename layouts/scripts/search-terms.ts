// What search understands by text: how it is folded, and which index terms stand in it. The build makes the index with
// this very file and the reader's browser looks things up with it, so the two can never disagree. It must not touch
// the page, the network or the language of the machine.

/** Text as it is compared: `at[i]` is where unit i of `text` stands in the original; one more for its end. */
export interface Folded {
  readonly text: string
  readonly at: readonly number[]
}

/** One character for another before comparing, such as traditional for simplified. */
export type Variants = ReadonlyMap<string, string>

// Han with its extensions, kana, bopomofo, hangul: written without blanks, so found by pairs of characters.
const cjk =
  '\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3038-\\u303b\\u3040-\\u312f\\u3131-\\u318e\\u31a0-\\u31bf' +
  '\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3fffd}'
const isCjk = new RegExp(`^[${cjk}]`, 'u')
/** A run of such characters; or a word with a dot before it or `++`, `#` behind it: `.net`, `c++`, `c#`, `k8s`. */
const token = new RegExp(
  `([${cjk}]+)|(\\.?)((?:[a-z0-9]|(?![${cjk}])[\\p{L}\\p{N}\\p{M}])+)(\\+\\+|#)?`,
  'gu',
)
const isWordUnit = new RegExp(`^(?![${cjk}])[\\p{L}\\p{N}\\p{M}]$`, 'u')
/** A character with what belongs to it: marks, and the voice signs of half-width kana. */
const cluster = /\P{M}[\p{M}\uff9e\uff9f]*|\p{M}+/uy
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ufe00-\ufe0f]/g
/** More of a word is compared, but not looked up. */
const wordLength = 32

/** Half width, lower case, no invisible characters, blanks one space and none between Han and Latin. */
export function fold(original: string, variants?: Variants): Folded {
  let text = ''
  const at: number[] = []
  /** Where a blank stands that is not written yet, -1 for none. */
  let blank = -1
  const put = (units: string, place: number): void => {
    if (blank >= 0 && text !== '' && lastIsCjk() === isCjk.test(units)) {
      text += ' '
      at.push(blank)
    }
    blank = -1
    text += units
    for (let i = 0; i < units.length; i++) at.push(place)
  }
  // Looked at only where a blank follows: two units are enough for any character.
  const lastIsCjk = (): boolean => isCjk.test(/.$/su.exec(text.slice(-2))?.[0] ?? '')
  for (let i = 0; i < original.length; ) {
    const code = original.charCodeAt(i)
    const next = original.charCodeAt(i + 1)
    let units: string
    let length = 1
    // Nearly all text: what is folded by itself, and is followed by nothing that could join it.
    if (isSimple(code) && (Number.isNaN(next) || next < 0x300 || isSimple(next)))
      units = code < 0x80 ? String.fromCharCode(code).toLowerCase() : original.charAt(i)
    else {
      cluster.lastIndex = i
      const unit = cluster.exec(original)?.[0] ?? original.charAt(i)
      length = unit.length
      units = unit.normalize('NFKC').toLowerCase().normalize('NFKC').replace(invisible, '')
    }
    units = variants?.get(units) ?? units
    if (units !== '' && units.trim() === '') {
      if (blank < 0) blank = i
    } else if (units !== '') put(units, i)
    i += length
  }
  at.push(original.length)
  return { text, at }
}

const isSimple = (code: number): boolean => (code >= 0x20 && code < 0x7f) || (code >= 0x4e00 && code < 0xa000)

/** Is this unit of folded text a letter or digit of a script with blanks? */
export function inWord(unit: string | undefined): boolean {
  return unit !== undefined && isWordUnit.test(unit)
}

/** Calls `add` for every index term of folded text; the same term may come again. */
export function eachTerm(folded: string, add: (term: string) => void): void {
  for (const [, run, dot, letters = '', behind] of folded.matchAll(token)) {
    if (run !== undefined) {
      let before = ''
      let last = ''
      for (const char of run) {
        add(char)
        if (last !== '') add(last + char)
        if (before !== '') add(before + last + char)
        before = last
        last = char
      }
      continue
    }
    const word = letters.slice(0, wordLength)
    add(word)
    if (word.length > 1) add(`${word.slice(0, 2)}*`)
    if (behind) add(word + behind)
    if (dot) add(`.${word}`)
  }
}

/**
 * Where a pair of characters stands in more documents than this, it says little, and a shard tells of each triple that
 * begins with it, too.
 */
export const commonPair = 4

/** A pair for a triple, '' for what is none. */
export function pairOf(term: string): string {
  if (!isCjk.test(term)) return ''
  const chars = [...term]
  return chars.length === 3 ? `${chars[0]}${chars[1]}` : ''
}

/** A term that must be in a document for a piece of a query to be there. */
export interface Wanted {
  readonly term: string
  /** It is the beginning of one. */
  readonly open: boolean
  /** For a pair: the triple that must be there as well, '' for none. */
  readonly triple: string
}

/** So many pairs of characters say nearly as much as all of them, and each may cost a file. */
const most = 3

/** Which terms to look up for one piece of a query, folded. A piece of signs only (`->`) has none. */
export function wantedOf(piece: string, whole: boolean): Wanted[] {
  const wanted: Wanted[] = []
  const add = (term: string, open = false, triple = ''): void => {
    if (!wanted.some((other) => other.term === term)) wanted.push({ term, open, triple })
  }
  for (const found of piece.matchAll(token)) {
    const [all, run, dot, letters = '', behind] = found
    if (run !== undefined) {
      const chars = [...run]
      if (chars.length === 1) add(run)
      // Pairs with the character behind them; the last pair of three or more says nothing new.
      const pairs = chars.slice(1, Math.max(2, chars.length - 1)).map((char, i) => chars[i] + char)
      const count = Math.min(pairs.length, most)
      for (let i = 0; i < count; i++) {
        const at = count === 1 ? 0 : Math.round((i * (pairs.length - 1)) / (count - 1))
        const next = chars[at + 2]
        add(pairs[at] ?? '', false, next === undefined ? '' : pairs[at] + next)
      }
      continue
    }
    const word = letters.slice(0, wordLength)
    const isLast = found.index + all.length === piece.length && !whole && !behind
    const isLong = letters.length > wordLength
    if (behind && !isLong) add(word + behind)
    else if (letters.length === 1 || !(isLast || isLong)) add((dot ?? '') + word)
    else if (letters.length === 2 && !dot) add(`${word}*`)
    else add((dot ?? '') + word, true)
  }
  return wanted
}

/** Which of `count` shards (a power of two) holds a term, and all that begin like it. FNV-1a. */
export function shardOf(term: string, count: number): number {
  // Triples lie with their pair, words with all that begin like them.
  const key = isCjk.test(term) ? pairOf(term) || term : term.slice(0, 3)
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return ((hash ^ (hash >>> 15)) >>> 0) & (count - 1)
}

// A posting: distance from the document before in base 32, low digits first; where the term stands not only in the
// body, a letter before it says where else.
const finalDigit = 0x30
const moreDigit = 0x50
const placeLetter = 0x70

/** Where in a document a term stands; sums of these. */
export const places = { body: 1, heading: 2, tag: 4, title: 8 }

/** Writes one posting behind that of document `before` (-1 for none). */
export function writePosting(before: number, document: number, where: number): string {
  let text = where === places.body ? '' : String.fromCharCode(placeLetter + where - 1)
  let rest = document - before - 1
  for (; rest > 31; rest >>= 5) text += String.fromCharCode(moreDigit + (rest & 31))
  return text + String.fromCharCode(finalDigit + rest)
}

/** Adds what `text` says to `found`: document → places. */
export function readPostings(text: string, found: Map<number, number>): void {
  let document = -1
  let where = places.body
  let rest = 0
  let shift = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > placeLetter) where = code - placeLetter + 1
    else if (code >= moreDigit) {
      rest |= (code - moreDigit) << shift
      shift += 5
    } else {
      document += (rest | ((code - finalDigit) << shift)) + 1
      found.set(document, (found.get(document) ?? 0) | where)
      where = places.body
      rest = 0
      shift = 0
    }
  }
}
