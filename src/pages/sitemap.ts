// sitemap.xml: what search engines should know of, with the date of its last true change and never that of a build.
// It is made from the plan itself, so it can neither forget a page nor name one that does not exist.
import { instantOf, zoneOf } from '../content/dates.js'
import type { DocId, IsoDate, Url } from '../content/types.js'
import type { Index, Places } from '../site/types.js'
import { absoluteOf } from '../urls.js'
import type { OwnPagesOf, Page, PageProps, Write } from './page.js'
import { DocumentPage } from './posts.js'
import { escapeXml } from './xml.js'

/** With the same text in other languages, where there are any: language and address, this one with them. */
type Entry =
  | readonly [url: Url, lastmod: IsoDate | '']
  | readonly [url: Url, lastmod: IsoDate | '', alternates: readonly (readonly [lang: string, url: Url])[]]

/** The protocol's limits: URLs a file, and bytes a file (50 MB) with some air. */
const urlsPerFile = 50_000
const bytesPerFile = 48_000_000
const urlLength = 2048

/** Encoded, a UTF-16 unit takes at most three bytes of three characters each. */
const mostEncoded = 9

const head = '<?xml version="1.0" encoding="utf-8"?>\n'
const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** Is it a page for readers at its one canonical address? */
function isWanted(page: Page, places: Places): boolean {
  const { url, from } = page
  // A document's page says it in few words; its props would be made for this alone.
  const props: PageProps = page instanceof DocumentPage ? page.shape : page.props
  if (props['noindex'] === true || !/(?:\/|\.html?)$/.test(url)) return false
  const pager = props['pager']
  if (pager && typeof pager === 'object' && 'first' in pager && !pager.first) return false
  return from === undefined || !places.get(from)?.canonical
}

interface Change {
  readonly at: number
  readonly date: IsoDate
}

/** The newer of date and update, of each published document that has one. */
function changesOf(index: Index, places: Places): ReadonlyMap<DocId, Change> {
  const zone = zoneOf(index.config.timezone)
  const changeAt = (date: IsoDate): Change => ({ at: instantOf(date, zone), date })
  const changes = new Map<DocId, Change>()
  for (const id of index.published) {
    const place = places.get(id)
    if (!place) continue
    const date = place.date === null ? undefined : changeAt(place.date)
    const updated = place.updated === null ? undefined : changeAt(place.updated)
    const change = date && updated ? (updated.at > date.at ? updated : date) : (date ?? updated)
    if (change) changes.set(id, change)
  }
  return changes
}

/** The newest change of the documents that a page's props speak of, at any depth: what it shows, hence what changes it. */
function newestIn(value: PageProps[string], changes: ReadonlyMap<DocId, Change>): Change | undefined {
  if (typeof value === 'string') return changes.get(value)
  if (!value || typeof value !== 'object') return undefined
  let newest: Change | undefined
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    const change = newestIn(inner, changes)
    if (change && (!newest || change.at > newest.at)) newest = change
  }
  return newest
}

function entriesOf(index: Index, places: Places, planned: readonly Page[]): Entry[] {
  const changes = changesOf(index, places)
  // Overviews that hold counts or terms change with any post.
  const overviews = new Set(['archive', 'tags', 'categories', 'seriesIndex'])
  const newestPost = newestIn(index.posts, changes)?.date ?? ''
  return planned
    .filter((page) => isWanted(page, places) && isShort(page.url, index.config.baseUrl))
    .map((page): Entry => {
      const { url, from } = page
      if (from !== undefined) {
        const alternates = alternatesOf(from, index, places)
        const date = changes.get(from)?.date ?? ''
        return alternates.length === 0 ? [url, date] : [url, date, alternates]
      }
      if (overviews.has(String(page.props['kind']))) return [url, newestPost]
      return [url, newestIn(page.props, changes)?.date ?? '']
    })
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

/** Most addresses are so short that they need not be encoded to know it. */
const isShort = (url: Url, baseUrl: string): boolean =>
  baseUrl.length + mostEncoded * url.length < urlLength || absoluteOf(url, baseUrl).length < urlLength

/** Language and address of each, and `x-default` for readers of none of them. */
function alternatesOf(id: DocId, index: Index, places: Places): (readonly [lang: string, url: Url])[] {
  const all = index.lookup.translations(id).flatMap((other): [string, Url][] => {
    const meta = places.get(other)
    return meta ? [[meta.lang, meta.url]] : []
  })
  return all.length === 0 ? [] : [...all, ['x-default', all[0]![1]]]
}

const writeEntry = (baseUrl: string, [url, lastmod, alternates = []]: Entry): string => {
  const links = alternates.map(
    ([lang, to]) =>
      `<xhtml:link rel="alternate" hreflang="${escapeXml(lang)}" href="${escapeXml(absoluteOf(to, baseUrl))}"/>`,
  )
  return `<url><loc>${escapeXml(absoluteOf(url, baseUrl))}</loc>${lastmod && `<lastmod>${lastmod}</lastmod>`}${links.join('')}</url>\n`
}

function writeUrls(site: { baseUrl: string }, props: PageProps): string {
  const entries = props['entries'] as readonly Entry[] // made below
  const urls = entries.map((entry) => writeEntry(site.baseUrl, entry)).join('')
  const xhtml = urls.includes('<xhtml:link') ? ' xmlns:xhtml="http://www.w3.org/1999/xhtml"' : ''
  return `${head}<urlset xmlns="${namespace}"${xhtml}>\n${urls}</urlset>\n`
}

function writeIndex(site: { baseUrl: string }, props: PageProps): string {
  const parts = props['parts'] as readonly Url[] // made below
  const maps = parts.map(
    (url) => `<sitemap><loc>${escapeXml(absoluteOf(url, site.baseUrl))}</loc></sitemap>\n`,
  )
  return `${head}<sitemapindex xmlns="${namespace}">\n${maps.join('')}</sitemapindex>\n`
}

export const sitemapWriters: Readonly<Record<string, Write>> = {
  sitemap: writeUrls,
  'sitemap-index': writeIndex,
}

/** Pieces that each keep the protocol's limits. */
function divide(entries: readonly Entry[], baseUrl: string): Entry[][] {
  // What all of them take at most, escaped and with everything around them.
  const most = (length: number): number => baseUrl.length + 6 * mostEncoded * length + 200
  const atMost = entries.reduce((sum, [url, , alternates = []]) => {
    const others = alternates.map(([lang, to]) => most(lang.length + to.length))
    return others.reduce((a, b) => a + b, sum + most(url.length))
  }, 0)
  if (entries.length <= urlsPerFile && atMost < bytesPerFile) return [[...entries]]
  const parts: Entry[][] = []
  let part: Entry[] = []
  let bytes = 0
  for (const entry of entries) {
    const size = writeEntry(baseUrl, entry).length // ASCII: URLs are encoded
    if (part.length === urlsPerFile || bytes + size > bytesPerFile) {
      parts.push(part)
      part = []
      bytes = 0
    }
    part.push(entry)
    bytes += size
  }
  return [...parts, part]
}

/** `/sitemap.xml`; on a very large site an index of `/sitemap-1.xml` … Must come last in the plan. */
export const sitemapPages: OwnPagesOf = (index, places, planned) => {
  const parts = divide(entriesOf(index, places, planned), index.config.baseUrl)
  const file = (url: Url, entries: readonly Entry[]): Page => ({
    url,
    by: 'sitemap',
    props: { entries },
    make: { name: 'sitemap', write: writeUrls },
  })
  if (parts.length === 1) return [file('/sitemap.xml', parts[0] ?? [])]
  const urls = parts.map((_, i) => `/sitemap-${i + 1}.xml`)
  return [
    {
      url: '/sitemap.xml',
      by: 'sitemap',
      props: { parts: urls },
      make: { name: 'sitemap-index', write: writeIndex },
    },
    ...parts.map((part, i) => file(urls[i]!, part)),
  ]
}
