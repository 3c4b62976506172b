// The ledger held against the documents as they are now: which addresses they had before, which feed ids they keep, and
// what would be lost. Recomputed in every build from inputs alone; it changes nothing on disk.

import type { SiteConfig } from '../config/types.js'
import { instantOf, type Zone, zoneOf } from '../content/dates.js'
import { ledgerFile } from '../content/input-names.js'
import type { DocId, Meta, Url } from '../content/types.js'
import type { Problem } from '../errors.js'
import { absoluteOf, encodePath } from '../urls.js'
import { keyOf, type Ledger, type LedgerEntry, textMark } from './ledger.js'
import type { Index, Metas } from './types.js'

export interface SettleSource {
  readonly ledger: Ledger
  readonly metas: Metas
  readonly config: SiteConfig
  /** As for the Index. */
  readonly at: number
  readonly drafts: boolean
  readonly future: boolean
  /** A document's body; only asked for where a file seems to be renamed. */
  readonly body: (meta: Meta) => string
}

export interface Settled extends Pick<Index, 'former' | 'feedIds' | 'commentIds'> {
  /** The entry's key of each document that the ledger knows. */
  readonly keys: ReadonlyMap<DocId, string>
  /** Documents with an address that the ledger does not hold. */
  readonly unknown: readonly DocId[]
  readonly problems: readonly Problem[]
}

type State = 'shown' | 'draft' | 'future' | 'expired'

function stateOf(meta: Meta, { at, drafts, future }: SettleSource, zone: Zone): State {
  if (meta.expires !== null && instantOf(meta.expires, zone) <= at) return 'expired'
  if (meta.draft && !drafts) return 'draft'
  return meta.date !== null && instantOf(meta.date, zone) > at && !future ? 'future' : 'shown'
}

export function settleLedger(source: SettleSource): Settled {
  const { ledger, metas, config } = source
  const zone = zoneOf(config.timezone)
  const keys = matchKeys(source)
  const former = new Map<DocId, Url[]>()
  const feedIds = new Map<DocId, string>()
  const commentIds = new Map<DocId, string>()
  const unknown: DocId[] = []
  const problems: Problem[] = []
  const documents = [...metas.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const states = new Map(documents.map((meta) => [meta.id, stateOf(meta, source, zone)]))
  const shown = documents.filter(({ id }) => states.get(id) === 'shown')
  const owners = new Map(shown.map(({ id, url }) => [url, id]))
  const aliases = new Set([...shown.flatMap((meta) => meta.aliases), ...Object.keys(config.redirects)])

  for (const meta of documents) {
    const entry = ledger.entries.get(keys.get(meta.id) ?? '')
    const state = states.get(meta.id)
    if (!entry) {
      if (state === 'shown') unknown.push(meta.id)
      continue
    }
    const kept = entry.urls.filter((url) => !ledger.forgotten.has(url))
    if (state === 'draft' || state === 'future') {
      const gone = kept.filter((url) => !owners.has(url) && !aliases.has(url))
      if (gone.length > 0) problems.push(hidden(meta, state, gone))
    }
    if (state !== 'shown') continue
    if (!entry.urls.includes(meta.url)) unknown.push(meta.id)
    const old = kept.filter((url) => url !== meta.url)
    for (const url of old) {
      const owner = owners.get(url)
      if (owner !== undefined) problems.push(claimed(meta, url, metas.get(owner) ?? meta))
    }
    const free = old.filter((url) => !owners.has(url) && !aliases.has(url))
    if (free.length > 0) former.set(meta.id, free)
    if (entry.feed !== '' && entry.feed !== absoluteOf(meta.url, config.baseUrl))
      feedIds.set(meta.id, entry.feed)
    const first = entry.urls.at(-1)
    if (first !== undefined && first !== meta.url) commentIds.set(meta.id, encodePath(first))
  }

  const taken = new Set(keys.values())
  for (const [key, entry] of ledger.entries) {
    if (taken.has(key)) continue
    const gone = entry.urls.filter(
      (url) => !ledger.forgotten.has(url) && !owners.has(url) && !aliases.has(url),
    )
    if (gone.length > 0) problems.push(vanished(key, gone))
  }
  return { former, feedIds, commentIds, keys, unknown, problems }
}

/** Document → key of its entry: by its own key, by its path, and for what is left by an old address or the same text. */
function matchKeys({ ledger, metas, body }: SettleSource): Map<DocId, string> {
  const { entries } = ledger
  const keys = new Map<DocId, string>()
  const taken = new Set<string>()
  const take = (id: DocId, key: string | undefined): void => {
    if (key === undefined || taken.has(key) || keys.has(id)) return
    taken.add(key)
    keys.set(id, key)
  }
  for (const { id, data } of metas.values()) if (entries.has(keyOf(id, data))) take(id, keyOf(id, data))
  // An id that was given to a document after it was published.
  for (const { id } of metas.values()) if (!keys.has(id) && entries.has(id)) take(id, id)
  const orphans = [...entries].filter(([key]) => !taken.has(key))
  if (orphans.length === 0) return keys
  const newcomers = [...metas.values()].filter(({ id }) => !keys.has(id))
  const byUrl = uniqueKeys(
    orphans.flatMap(([key, { urls }]) => urls.map((url): [string, string] => [url, key])),
  )
  for (const { id, url, aliases } of newcomers)
    take(
      id,
      [url, ...aliases].map((known) => byUrl.get(known)).find((key) => key !== undefined),
    )
  const left = orphans.filter(([key]) => !taken.has(key))
  if (left.length === 0) return keys
  const byText = uniqueKeys(left.map(([key, { text }]) => [text, key]))
  const marks = newcomers
    .filter(({ id }) => !keys.has(id))
    .map((meta): [string, string] => [textMark(body(meta)), meta.id])
  // Two copies of one text: which of them moved nobody can tell.
  for (const [mark, id] of uniqueKeys(marks)) if (mark !== textMark('')) take(id, byText.get(mark))
  return keys
}

/** Pairs whose first part no other pair has. */
function uniqueKeys(pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const found = new Map<string, string>()
  const twice = new Set<string>()
  for (const [name, value] of pairs) {
    if (found.has(name) && found.get(name) !== value) twice.add(name)
    found.set(name, value)
  }
  for (const name of twice) found.delete(name)
  return found
}

const forget = (urls: readonly Url[]): string => `inkstone urls forget ${urls.join(' ')}`

function vanished(key: string, urls: readonly Url[]): Problem {
  return {
    severity: 'error',
    code: 'ledger/vanished',
    what: `${key} is gone, and with it ${urls.join(', ')}`,
    file: ledgerFile,
    found: key,
    fix: `bring the file back; if it was renamed, list the old address in its aliases; or run ${forget(urls)}`,
  }
}

function hidden(meta: Meta, state: 'draft' | 'future', urls: readonly Url[]): Problem {
  return {
    severity: 'error',
    code: 'ledger/vanished',
    what: `this document was public and is ${state === 'draft' ? 'a draft' : 'dated in the future'} now: ${urls.join(', ')} would be gone`,
    file: meta.file,
    line: 1,
    column: 1,
    fix: `publish it again, or run ${forget(urls)}`,
  }
}

function claimed(meta: Meta, url: Url, owner: Meta): Problem {
  return {
    severity: 'error',
    code: 'ledger/claimed',
    what: `${url} was the address of ${meta.file}; this document cannot have it`,
    file: owner.file,
    line: 1,
    column: 1,
    fix: `choose another slug or permalink, or run ${forget([url])}`,
  }
}

/** The ledger that `inkstone urls update` would write: entries never lose an address but by `forget`. */
export function updatedLedger(
  ledger: Ledger,
  settled: Settled,
  published: readonly { readonly meta: Meta; readonly body: string; readonly feedId: string }[],
): Ledger {
  const entries = new Map(ledger.entries)
  for (const { meta, body, feedId } of published) {
    const before = settled.keys.get(meta.id)
    const entry: LedgerEntry | undefined = before === undefined ? undefined : entries.get(before)
    if (before !== undefined) entries.delete(before)
    const urls = [
      meta.url,
      ...(entry?.urls ?? []).filter((url) => url !== meta.url && !ledger.forgotten.has(url)),
    ]
    entries.set(keyOf(meta.id, meta.data), { urls, feed: entry?.feed || feedId, text: textMark(body) })
  }
  // Entries whose last address may be gone are of no more use.
  for (const [key, { urls }] of entries)
    if (urls.every((url) => ledger.forgotten.has(url))) entries.delete(key)
  // What is an address again is worth keeping from now on.
  const present = new Set(published.map(({ meta }) => meta.url))
  return { entries, forgotten: new Set([...ledger.forgotten].filter((url) => !present.has(url))) }
}
