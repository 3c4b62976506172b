// From what an importer found to the files of a site that builds: addresses settled against those that the old site is
// known to have had, the plan of the new site asked for everything it will publish, and something put at each address
// that would otherwise be gone. Pure: the files are handed back, nobody has written them.

import { posix } from 'node:path'
import { checkConfig } from '../config/check.js'
import type { MoreFeed, SiteConfig } from '../config/types.js'
import { dateOfDayNumber, dayNumber, padded } from '../content/calendar.js'
import { calendarOf, zoneOf } from '../content/dates.js'
import { readMeta } from '../content/meta.js'
import type { DocId, Meta, Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { featuresWith, planPages } from '../pages/plan.js'
import { buildIndex } from '../site/index.js'
import type { Publication } from '../site/ledger.js'
import type { Index } from '../site/types.js'
import { absoluteOf, outPathOf } from '../urls.js'
import { keptAliases, keptFeeds } from './aliases.js'
import { answerOld } from './answers.js'
import { writeDocument } from './frontmatter.js'
import { settleReferences } from './references.js'
import { settleAddresses } from './settle.js'
import { tidied, usable, writeConfig } from './site-config.js'
import { termSlugs } from './term-slugs.js'
import { plainText, showStrangeTags } from './tidy.js'
import { type Imported, type ImportedDocument, type ImportRequest, isRecord, type Note } from './types.js'

export interface Assembled {
  /** New path → its text, or the old file that is copied there. */
  readonly files: ReadonlyMap<string, { readonly text: string } | { readonly copy: string }>
  readonly documents: readonly { readonly source: string; readonly id: DocId; readonly url: Url | null }[]
  readonly redirects: Readonly<Record<string, string>>
  readonly feeds: readonly MoreFeed[]
  /** Known old addresses that nothing answers. */
  readonly open: readonly Url[]
  readonly notes: readonly Note[]
  /** What the ledger begins with. */
  readonly published: readonly Publication[]
}

export async function assemble(imported: Imported, request: ImportRequest): Promise<Assembled> {
  const notes: Note[] = [...imported.notes]
  const note = (added: Note): void => void notes.push(added)
  const addresses = settleAddresses(imported.documents, request.old, note)
  const documents = await withReferences(imported, addresses, request, note)
  const value: Record<string, Json | undefined> = usable(imported.config, note)
  const before = dayAfterNewest(imported.documents)
  if (isRecord(value['markdown']) && isRecord(value['markdown']['anchors']))
    value['markdown'] = {
      ...value['markdown'],
      anchors: { ...value['markdown']['anchors'], ...(before !== '' && { before }) },
    }
  const texts = new Map<string, string>()
  const metas = new Map<DocId, Meta>()
  const configOf = (): SiteConfig => checkConfig({ value: tidied(value), file: '', text: '' }).config
  const config = configOf()
  const owners = new Map<Url, string>()
  for (const document of documents.documents) {
    let { text, meta } = placeDocument(document, addresses.get(document.source) ?? null, config, note)
    const owner = meta && owners.get(meta.url.toLowerCase())
    if (meta && owner !== undefined) {
      const free = freeUrl(meta.url, owners)
      note({
        kind: 'warning',
        what: `the address ${meta.url} belongs to ${owner}; this one is at ${free}`,
        file: document.source,
      })
      ;({ text, meta } = placeDocument(document, free, config, note))
    }
    if (meta) owners.set(meta.url.toLowerCase(), document.source)
    texts.set(`content/${document.id}`, text)
    if (meta) metas.set(document.id, meta)
  }
  // Terms whose address differs get their own slug, where that is all it takes.
  const show = { at: request.now, drafts: false, future: false }
  const planned = (config: SiteConfig): { index: Index; outputs: Set<string> } => {
    const index = buildIndex(metas, config, show)
    const { pages } = planPages(index, metas, featuresWith([]))
    return {
      index,
      outputs: new Set([...pages.map(({ url }) => outPathOf(url)), ...publicPaths(documents.copies, metas)]),
    }
  }
  const slugs = termSlugs(imported, request.old, planned(configOf()).index)
  for (const [key, own] of Object.entries(slugs)) if (Object.keys(own).length > 0) value[key] = own

  const withFeeds = (feeds: readonly MoreFeed[]): void => {
    const own = isRecord(value['feeds']) ? value['feeds'] : {}
    value['feeds'] = {
      ...own,
      more: feeds.map(
        ({ url, format, of, folder }): JsonObject => ({
          url,
          ...(format !== 'rss' && { format }),
          ...(of !== 'site' && { of }),
          ...(folder !== '' && { folder }),
        }),
      ),
    }
  }
  const offered = keptFeeds(imported.feeds, (what) => note({ kind: 'warning', what }))
  withFeeds(offered)
  let now = planned(configOf())
  const wanted = [...(request.old ?? [])].sort()
  let answered = answerOld({ ...now, lists: imported.lists, wanted })
  const feeds = uniqueFeeds([...usedFeeds(offered, now.index), ...answered.feeds])
  withFeeds(feeds)
  now = planned(configOf())
  answered = answerOld({ ...now, lists: imported.lists, wanted })
  if (Object.keys(answered.redirects).length > 0) value['redirects'] = sorted(answered.redirects)

  const files = new Map<string, { text: string } | { copy: string }>()
  for (const [path, text] of [...texts, ...imported.texts]) files.set(path, { text })
  for (const [from, to] of documents.copies) if (!files.has(to)) files.set(to, { copy: from })
  files.set('site.config.ts', { text: writeConfig(tidied(value), imported.kind) })
  const feedIdOf = new Map(imported.documents.map(({ id, feedId }) => [id, feedId]))
  const { baseUrl } = configOf()
  return {
    files: new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1))),
    documents: imported.documents.map(({ source, id }) => {
      const meta = metas.get(id)
      return { source, id, url: meta === undefined || meta.draft ? null : meta.url }
    }),
    redirects: answered.redirects,
    feeds,
    open: answered.open,
    notes,
    published: now.index.published.flatMap((id) => {
      const meta = metas.get(id)
      const text = texts.get(meta?.file ?? '') ?? ''
      // Without an address of the site no id can be told.
      const own = imported.config['baseUrl'] === undefined ? '' : meta && absoluteOf(meta.url, baseUrl)
      const feedId = meta?.kind === 'post' ? feedIdOf.get(id) || own : ''
      return meta ? [{ meta, body: text.slice(meta.bodyOffset), feedId: feedId ?? '' }] : []
    }),
  }
}

/** All bodies with their relative addresses settled, and the files that come over with them. */
async function withReferences(
  imported: Imported,
  addresses: ReadonlyMap<string, Url | null>,
  { files }: ImportRequest,
  note: (note: Note) => void,
) {
  const copies = new Map(imported.copies)
  const known = [...addresses].flatMap(([source, url]): [string, Url][] =>
    url === null ? [] : [[source, url]],
  )
  const world = {
    files,
    copies,
    arrived: new Set(copies.values()),
    sources: new Map(known),
    addresses: new Set(known.map(([, url]) => url)),
    basePath: basePathOf(imported.config['baseUrl']),
    note,
  }
  const documents: ImportedDocument[] = []
  for (const document of imported.documents) {
    const url = addresses.get(document.source) ?? document.url ?? '/'
    const { text, dropped } = plainText(document.body)
    if (dropped > 0)
      note({ kind: 'changed', what: `${dropped} control characters were taken out`, file: document.source })
    const settled = { ...document, body: settleReferences({ ...document, body: text }, url, world) }
    documents.push({ ...settled, body: await showStrangeTags(settled, note) })
  }
  return { documents, copies }
}

const basePathOf = (baseUrl: Json | undefined): string =>
  typeof baseUrl === 'string' && URL.canParse(baseUrl) ? decodeURI(new URL(baseUrl).pathname) : '/'

/** A document's text, with a permalink where the configuration's pattern would put it elsewhere. */
function placeDocument(
  document: ImportedDocument,
  url: Url | null,
  config: SiteConfig,
  note: (note: Note) => void,
): { text: string; meta: Meta | null } {
  const { id, source, aliases } = document
  const zone = zoneOf(config.timezone)
  const make = (fields: JsonObject): { text: string; meta: Meta | null } => {
    const text = writeDocument(fields, document.body)
    const { meta, problems } = readMeta(
      id,
      (path) => (path === `content/${id}` ? text : undefined),
      config,
      zone,
    )
    for (const { what, severity } of problems)
      if (severity === 'error') note({ kind: 'warning', what, file: source })
    return { text, meta }
  }
  const old = keptAliases(aliases, (what) => note({ kind: 'warning', what, file: source }))
  const withAliases: JsonObject = old.length === 0 ? document.fields : { ...document.fields, aliases: old }
  const plain = make(withAliases)
  if (url === null || plain.meta?.url === url) return plain
  const placed = make({ ...document.fields, permalink: url, ...(old.length > 0 && { aliases: old }) })
  if (placed.meta && placed.meta.url !== url)
    note({
      kind: 'warning',
      what: `the address ${url} cannot be kept; it is ${placed.meta.url} now`,
      file: source,
    })
  return placed.meta ? placed : plain
}

/** `/a-2/` or `/a-2.html` */
function freeUrl(url: Url, taken: ReadonlyMap<Url, string>): Url {
  const [, stem = url, ending = ''] = /^(.*?)(\/|\.\w+)$/.exec(url) ?? []
  let free = url
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${stem}-${n}${ending}`
  return free
}

/** The day from which on a document cannot have been on the old site. */
function dayAfterNewest(documents: readonly ImportedDocument[]): string {
  const days = documents
    .map(({ fields }) => String(fields['date'] ?? '').slice(0, 10))
    .filter((day) => /^\d{4}-\d\d-\d\d$/.test(day))
  const newest = days.sort().at(-1)
  if (newest === undefined) return ''
  const { year, month, day } = dateOfDayNumber(dayNumber(calendarOf(newest)) + 1)
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`
}

function publicPaths(copies: ReadonlyMap<string, string>, metas: ReadonlyMap<DocId, Meta>): string[] {
  const bundles = new Map(
    [...metas.values()].filter(({ bundle }) => bundle).map((meta) => [posix.dirname(meta.file), meta]),
  )
  return [...copies.values()].flatMap((path) => {
    if (path.startsWith('public/')) return path.slice('public/'.length)
    const bundle = bundles.get(posix.dirname(path))
    return bundle ? posix.join(bundle.url, posix.basename(path)).slice(1) : []
  })
}

/** Without feeds of terms and folders that are empty. */
function usedFeeds(feeds: readonly MoreFeed[], index: Index): MoreFeed[] {
  return feeds.filter(({ of }) => (of !== 'tags' && of !== 'categories') || index[of].length > 0)
}

function uniqueFeeds(feeds: readonly MoreFeed[]): MoreFeed[] {
  return [...new Map(feeds.map((feed) => [feed.url, feed])).values()].sort((a, b) => (a.url < b.url ? -1 : 1))
}

function sorted(pairs: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(Object.entries(pairs).sort(([a], [b]) => (a < b ? -1 : 1)))
}
