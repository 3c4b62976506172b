// Tags, categories and series: spellings are folded into terms, terms get slugs that no two share. Nothing here
// may depend on the order of files: the same posts give the same names and addresses.
import type { SiteConfig } from '../config/types.js'
import { nameIn } from '../content/names.js'
import type { DocId } from '../content/types.js'
import type { Term } from './types.js'

/** What is seen of nothing: zero-width and direction marks. Joiners stay, emoji and some scripts need them. */
const invisible = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

/** The key of a spelling: NFKC (full width becomes half), lower case, inner blanks one space. `Ｃ＋＋` → `c++`. */
export function foldTerm(spelling: string): string {
  return spelling
    .toWellFormed()
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKC') // lower case can undo it: İ
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** `foldTerm` for who looks at many marks of few spellings: each is folded once. */
export function termKeys(): (spelling: string) => string {
  const keys = new Map<string, string>()
  return (spelling) => {
    const key = keys.get(spelling) ?? foldTerm(spelling)
    keys.set(spelling, key)
    return key
  }
}

/** ASCII without capitals, as nearly all addresses are: folded already. */
const isFolded = (name: string): boolean => /^[\0-@[-\x7f]*$/.test(name)

/** Equal for names that a file system may take for one: case and Unicode form do not count. */
export function foldName(name: string): string {
  if (isFolded(name)) return name
  return name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
}

// What Windows or a URL cannot hold in one segment; blanks would be `%20` in every address.
const unsafe = '[\\s\\p{Cc}/\\\\:*?"<>|]+'
const reserved = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?=\.|$)/
const slugBytes = 200

function cutBytes(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text
  let kept = ''
  let size = 0
  for (const char of text) {
    size += Buffer.byteLength(char)
    if (size > bytes) break
    kept += char
  }
  return kept
}

/** One safe path segment for a folded key: `c++`, `c#` and `.net` stay, `a/b` → `a-b`, `..` → `dot`. */
export function slugOfTerm(key: string): string {
  const slug = key
    .normalize('NFC')
    .replace(new RegExp(`^${unsafe}|${unsafe}$`, 'gu'), '')
    .replace(new RegExp(unsafe, 'gu'), '-')
    .replace(/\.+$/, '') // Windows drops trailing dots; `.` and `..` are no names at all
  if (slug === '') return key.includes('.') ? 'dot' : 'term'
  return cutBytes(slug.replace(reserved, '$&_'), slugBytes)
}

/**
 * Distinct slugs for `keys`, also on a disk that ignores case. The author's choice comes first, then terms that
 * are their own slug, then the rest; in each group by key. Who comes late gets `-2`, `-3` …
 */
export function slugsOf(
  keys: readonly string[],
  chosen: ReadonlyMap<string, string>,
  slugs: SiteConfig['slugs'] = 'unicode',
): ReadonlyMap<string, string> {
  const own = (key: string) => slugOfTerm(nameIn(slugs, foldTerm(key)))
  const rank = (key: string) => (chosen.has(key) ? 0 : own(key) === key ? 1 : 2)
  const ranked = keys
    .map((key) => ({ key, rank: rank(key) }))
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1))
  const taken = new Set<string>()
  const given = new Map<string, string>()
  for (const { key } of ranked) {
    // What the author chose keeps its case: an older site may have had `/tags/Python/`.
    const typed = chosen.get(key)
    const wanted = typed === undefined ? own(key) : slugOfTerm(typed)
    let slug = wanted
    for (let n = 2; taken.has(foldName(slug)); n++) slug = `${wanted}-${n}`
    taken.add(foldName(slug))
    given.set(key, slug)
  }
  return given
}

/**
 * All terms of a kind, by key. `bearers` are documents with their spellings, newest first: where two spellings
 * are used equally often, the one that is met first is shown.
 */
export function termsOf(
  bearers: Iterable<readonly [DocId, readonly string[]]>,
  base: string,
  slugOf: Readonly<Record<string, string>> = {},
  slugsIn: SiteConfig['slugs'] = 'unicode',
): readonly Term[] {
  const terms = new Map<string, { ids: DocId[]; spellings: { name: string; uses: number }[] }>()
  // A site has few spellings and many marks: each spelling is folded once. '' folds to no term.
  const known = new Map<string, { ids: DocId[]; spelling: { name: string; uses: number } } | null>()
  const meet = (typed: string) => {
    const key = foldTerm(typed)
    if (key === '') return null
    const term = terms.get(key) ?? { ids: [], spellings: [] }
    terms.set(key, term)
    const name = typed.toWellFormed().normalize('NFC').replace(/\s+/g, ' ').trim()
    let spelling = term.spellings.find((other) => other.name === name)
    if (!spelling) {
      spelling = { name, uses: 0 }
      term.spellings.push(spelling)
    }
    return { ids: term.ids, spelling }
  }
  for (const [id, spellings] of bearers) {
    for (const typed of spellings) {
      let mark = known.get(typed)
      if (mark === undefined) {
        mark = meet(typed)
        known.set(typed, mark)
      }
      if (mark === null) continue
      mark.spelling.uses++
      // `MySQL, mysql` on one post is one mark.
      if (mark.ids.at(-1) !== id) mark.ids.push(id)
    }
  }
  const chosen = new Map(Object.entries(slugOf).map(([name, slug]) => [foldTerm(name), slug]))
  const keys = [...terms.keys()].sort()
  const slugs = slugsOf(keys, chosen, slugsIn)
  return keys.map((key) => {
    const { ids, spellings } = terms.get(key)!
    const slug = slugs.get(key)!
    let name = key
    let most = 0
    for (const spelling of spellings) if (spelling.uses > most) ({ name, uses: most } = spelling)
    return { key, name, slug, url: `${base}${slug}/`, ids }
  })
}
