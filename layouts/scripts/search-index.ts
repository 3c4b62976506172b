// Looks a query up in the static index: which shards it needs, which documents may hold it, best first, and which of
// them really do. It knows no page: files come through a function, results go out as data.
import { type Entry, look, type Part, type Prepared, prepare, type Result } from './search-look.js'
import {
  commonPair,
  fold,
  readPostings,
  shardOf,
  type Variants,
  type Wanted,
  wantedOf,
} from './search-terms.js'

export interface Round {
  readonly results: readonly Result[]
  /** There may be others: ask `next` again. */
  readonly more: boolean
}

export interface Search {
  next(): Promise<Round>
}

export interface SearchIndex {
  /** Undefined where there is nothing to look up (no letter in it). */
  find(query: string): Promise<Search | undefined>
}

/** `index.json` as the build writes it. */
interface Manifest {
  readonly shards: number
  readonly keys: string
  readonly length: number
  readonly sizes: string
  readonly variants: boolean
  readonly initials: boolean
}

const roundResults = 10
/** About so many bytes of texts a round, compressed. */
const roundBytes = 18_000
const heavyBytes = 8_000

/** `read` gives the text of a file below `/search/`; it may reject, and is asked again then. */
export function openIndex(read: (name: string) => Promise<string>): SearchIndex {
  const files = keeping(read)
  // The casts below say what the build wrote.
  const manifestOf = async (): Promise<Manifest> => JSON.parse(await files.get('index.json')) as Manifest
  const variantsOf = async ({ variants }: Manifest): Promise<Variants | undefined> =>
    variants ? tableOf(await files.get('variants.txt')) : undefined
  const documents = keeping(async (name) =>
    prepare(JSON.parse(await read(name)) as Entry, await variantsOf(await manifestOf())),
  )
  return {
    async find(query) {
      const manifest = await manifestOf()
      const variants = await variantsOf(manifest)
      const parts = partsOf(query, manifest, variants)
      const lookup = async ({ term, open, triple }: Wanted): Promise<Postings> => {
        const shard = await files.get(`terms/${shardOf(term, manifest.shards).toString(16)}.txt`)
        const found = postingsOf(shard, term, open)
        return triple !== '' && found.size > commonPair ? postingsOf(shard, triple, false) : found
      }
      const found = await Promise.all(parts.map((part) => documentsOf(part, lookup)))
      const [first, ...rest] = found.filter((postings) => postings !== undefined)
      if (!first) return undefined
      const waiting = [...first]
        .filter(([document]) => rest.every((postings) => postings.has(document)))
        .map(([document, where]) => {
          const rank = rest.reduce(
            (sum, postings) => sum + rankOf(postings.get(document) ?? 0),
            rankOf(where),
          )
          const file = waitingOf(document, manifest)
          return { ...file, document, rank, isHeavy: Number(file.bytes > heavyBytes) }
        })
        // Of equals the heavy ones wait; higher numbers are newer.
        .sort((a, b) => b.rank - a.rank || a.isHeavy - b.isHeavy || b.document - a.document)
      return { next: () => round(waiting, parts, variants, documents) }
    },
  }
}

/** Document → places, sums of `places`. */
type Postings = Map<number, number>

/** Each name is asked for once, but again after a failure. */
interface Kept<T> {
  get(name: string): Promise<T>
  has(name: string): boolean
}

function keeping<T>(make: (name: string) => Promise<T>): Kept<T> {
  const kept = new Map<string, Promise<T>>()
  return {
    has: (name) => kept.has(name),
    get(name) {
      const known = kept.get(name)
      if (known) return known
      const made = make(name)
      kept.set(name, made)
      made.catch(() => kept.delete(name))
      return made
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
function tableOf(text: string): Variants {
  const [from = '', to = ''] = text.split('\n')
  const targets = [...to]
  return new Map([...from].map((char, i) => [char, targets[i] ?? char]))
}

/** Of several places the best one counts. */
const rankOf = (where: number): number => 2 ** Math.floor(Math.log2(where || 1))

/** What a shard says of a term, or of all that begin with it. */
function postingsOf(shard: string, term: string, open: boolean): Postings {
  const found: Postings = new Map()
  const lines = `\n${shard}`
  const wanted = `\n${term}${open ? '' : '\t'}`
  for (let at = lines.indexOf(wanted); at >= 0; at = lines.indexOf(wanted, at + 1)) {
    const start = lines.indexOf('\t', at) + 1
    readPostings(lines.slice(start, lines.indexOf('\n', start)), found)
    if (!open) break
  }
  return found
}

/** Documents that may hold a part, with the places where all of it may stand together; undefined: it says nothing. */
async function documentsOf(
  part: Part,
  lookup: (wanted: Wanted) => Promise<Postings>,
): Promise<Postings | undefined> {
  const letters = part.initials && lookup({ term: `~${part.text.slice(0, 12)}`, open: true, triple: '' })
  const [first, ...rest] = await Promise.all(wantedOf(part.text, part.whole).map(lookup))
  if (!first) return undefined
  const found: Postings = new Map()
  for (const [document, where] of first) {
    const common = rest.reduce((all, postings) => all & (postings.get(document) ?? 0), where)
    if (common !== 0) found.set(document, common)
  }
  for (const [document, where] of (await letters) || [])
    found.set(document, (found.get(document) ?? 0) | where)
  return found
}

/** A document that may be a result; `bytes` is about what its text weighs. */
interface Waiting {
  readonly file: string
  readonly bytes: number
}

const waitingOf = (document: number, { keys, length, sizes }: Manifest): Waiting => ({
  file: `texts/${keys.slice(document * length, (document + 1) * length)}.json`,
  bytes: 256 * 1.5 ** (sizes.charCodeAt(document) - 0x30),
})

/** Takes documents off `waiting` until there is enough for one look. */
async function round(
  waiting: Waiting[],
  parts: readonly Part[],
  variants: Variants | undefined,
  documents: Kept<Prepared>,
): Promise<Round> {
  const found: { readonly score: number; readonly result: Result }[] = []
  let left = roundBytes
  for (;;) {
    const batch: string[] = []
    for (let next = waiting[0]; next && found.length + batch.length < roundResults; next = waiting[0]) {
      const bytes = documents.has(next.file) ? 0 : next.bytes
      // One is always looked at: there is something to show, or less to look at next time.
      if (bytes > left && found.length + batch.length > 0) break
      left -= bytes
      batch.push(next.file)
      waiting.shift()
    }
    if (batch.length === 0) break
    for (const document of await Promise.all(batch.map(documents.get))) {
      const result = look(document, parts, variants)
      if (result) found.push(result)
    }
  }
  const results = found.sort((a, b) => b.score - a.score).map(({ result }) => result)
  return { results, more: waiting.length > 0 }
}
