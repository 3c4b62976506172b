// The ledger `urls.lock.json`: every public address and feed id that each document ever had. One line an entry, sorted,
// so that two branches seldom meet in one line; the last line is always the same. Only the commands write it; a build
// reads it. Nothing here looks at documents: `settle-ledger.ts` does.
import { ledgerFile } from '../content/input-names.js'
import type { DocId, Meta, Url } from '../content/types.js'
import { fingerprint } from '../engine/fingerprint.js'
import type { Problem } from '../errors.js'

const version = 1

export interface LedgerEntry {
  /** The present address first, then former ones, newest first. */
  readonly urls: readonly Url[]
  /** '' for a document that was in no feed. */
  readonly feed: string
  /** Fingerprint of the text, by which a renamed file is known again. */
  readonly text: string
}

export interface Ledger {
  /** By key: `id:` and the front matter's `id`, else the document's path. */
  readonly entries: ReadonlyMap<string, LedgerEntry>
  /** Addresses that may be gone. */
  readonly forgotten: ReadonlySet<Url>
}

/** A document's key: a chosen `id` survives every move. */
export function keyOf(id: DocId, data: Meta['data']): string {
  const chosen = data['id']
  return typeof chosen === 'string' && chosen.trim() !== '' ? `id:${chosen.trim()}` : id
}

/** What of a text counts: its words, not how they are broken into lines. */
export function textMark(body: string): string {
  return fingerprint(body.replace(/\s+/g, '')).slice(0, 12)
}

export interface Publication {
  readonly meta: Meta
  /** The document's body as in its file. */
  readonly body: string
  /** '' where it stands in no feed. */
  readonly feedId: string
}

/** The ledger of a site that has none yet. */
export function ledgerOf(published: readonly Publication[]): Ledger {
  const entries = published.map(({ meta, body, feedId }): [string, LedgerEntry] => [
    keyOf(meta.id, meta.data),
    { urls: [meta.url], feed: feedId, text: textMark(body) },
  ])
  return { entries: new Map(entries), forgotten: new Set() }
}

export function writeLedger({ entries, forgotten }: Ledger): string {
  const lines = [
    ...[...forgotten].map((url): [string, string] => [url, 'null']),
    ...[...entries].map(([key, { urls, feed, text }]): [string, string] => [
      key,
      JSON.stringify({ urls, ...(feed !== '' && { feed }), text }),
    ]),
  ].sort(([a], [b]) => (a < b ? -1 : 1))
  return `{\n${lines.map(([key, value]) => `${JSON.stringify(key)}: ${value},\n`).join('')}"version": ${version}\n}\n`
}

/** Reads the file's text; a damaged one is an error, because what it knew must not be forgotten silently. */
export function readLedger(text: string): { readonly ledger: Ledger; readonly problems: readonly Problem[] } {
  const entries = new Map<string, LedgerEntry>()
  const forgotten = new Set<Url>()
  const ledger = { entries, forgotten }
  const refuse = (what: string, line = 1, fix = 'restore the file from version control') => ({
    ledger,
    problems: [
      { severity: 'error' as const, code: 'ledger/damaged', what, file: ledgerFile, line, column: 1, fix },
    ],
  })
  if (/^(?:<<<<<<<|=======|>>>>>>>)/m.test(text)) {
    const line = text.slice(0, text.search(/^(?:<<<<<<<|=======|>>>>>>>)/m)).split('\n').length
    return refuse('a merge was not finished here', line, 'keep the lines of both sides and delete the marks')
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return refuse(`this is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('this is no ledger')
  for (const [key, entry] of Object.entries(value)) {
    if (key === 'version') {
      if (entry !== version)
        return refuse(
          `this ledger has version ${String(entry)}, not ${version}`,
          1,
          'use the version of inkstone that wrote it',
        )
    } else if (key.startsWith('/') && entry === null) forgotten.add(key)
    else if (isEntry(entry))
      entries.set(key, { urls: entry.urls, feed: entry.feed ?? '', text: entry.text ?? '' })
    else return refuse(`the entry "${key}" is none`, lineOf(text, key))
  }
  return { ledger, problems: [] }
}

const lineOf = (text: string, key: string): number =>
  text.slice(0, Math.max(0, text.indexOf(`\n${JSON.stringify(key)}:`) + 1)).split('\n').length

function isEntry(value: unknown): value is { urls: Url[]; feed?: string; text?: string } {
  if (typeof value !== 'object' || value === null || !('urls' in value)) return false
  const { urls } = value
  const isText = (part: unknown): boolean => part === undefined || typeof part === 'string'
  return (
    Array.isArray(urls) &&
    urls.length > 0 &&
    urls.every((url) => typeof url === 'string' && url.startsWith('/')) &&
    isText(Reflect.get(value, 'feed')) &&
    isText(Reflect.get(value, 'text'))
  )
}
