// From one file of the output to its Facts, by what it is: a page, a style sheet, a feed, a sitemap, a list of
// redirects; of anything else only the size is of interest.
import { childrenOf, childText, parseXml, type XmlElement } from '../text/xml.js'
import { refsInCss } from './css.js'
import type { Facts, Issue, Ref } from './facts.js'
import { type FeedFacts, readAtom, readJsonFeed, readRss } from './feeds.js'
import { readHtml } from './html.js'

const isHtml = (path: string): boolean => /\.x?html?$/i.test(path)
const isText = (path: string): boolean =>
  /(?:\.(?:css|xml|json)|^_redirects|(?:^|\/)robots\.txt)$/i.test(path) || isHtml(path)

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Throws nothing, whatever the bytes. */
export function readFacts(path: string, bytes: Uint8Array): Facts {
  const nothing: Facts = { size: bytes.length, refs: [], ids: [], issues: [] }
  if (!isText(path)) return nothing
  const text = utf8.decode(bytes)
  if (isHtml(path)) return { ...nothing, ...readHtml(text) }
  if (/\.css$/i.test(path)) return { ...nothing, refs: refsInCss(text) }
  if (/\.xml$/i.test(path)) return { ...nothing, ...readXml(text) }
  if (/\.json$/i.test(path)) return { ...nothing, ...readJson(text) }
  return { ...nothing, refs: path === '_redirects' ? readRedirects(text) : readRobots(text) }
}

/** The text that offsets of `readFacts` count in. */
export function textOf(bytes: Uint8Array): string {
  return utf8.decode(bytes)
}

function readXml(text: string): FeedFacts {
  const { root, fault } = parseXml(text, true)
  const issues: Issue[] = fault === '' ? [] : [{ code: 'feed/not-xml', at: -1, found: fault }]
  if (!root || fault !== '') return { refs: [], issues }
  if (root.name === 'rss') return readRss(root)
  if (root.name === 'feed') return readAtom(root)
  return root.name === 'urlset' || root.name === 'sitemapindex'
    ? readSitemap(root, text)
    : { refs: [], issues }
}

const w3cDate = /^\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?$/

/** sitemaps.org/protocol.html */
function readSitemap(root: XmlElement, text: string): FeedFacts {
  const refs: Ref[] = []
  const issues: Issue[] = []
  const must = (holds: boolean, found: string): void => {
    if (!holds) issues.push({ code: 'sitemap/rule', at: -1, found })
  }
  const entries = [...childrenOf(root, 'url'), ...childrenOf(root, 'sitemap')]
  const locations = entries.map((entry) => childText(entry, 'loc'))
  must(entries.length <= 50_000, 'a sitemap names at most 50,000 addresses')
  must(Buffer.byteLength(text) <= 52_428_800, 'a sitemap is at most 50 MB')
  must(
    root.attributes['xmlns'] === 'http://www.sitemaps.org/schemas/sitemap/0.9',
    'the namespace is that of the protocol',
  )
  must(new Set(locations).size === locations.length, 'every address stands in it once')
  for (const [at, entry] of entries.entries()) {
    const location = locations[at] ?? ''
    must(
      /^https?:\/\/[!-~]{1,2047}$/.test(location),
      `loc is absolute, percent-encoded and short: ${location}`,
    )
    const date = childText(entry, 'lastmod')
    must(date === '' || w3cDate.test(date), `lastmod is a W3C date: ${date}`)
    refs.push({ kind: 'sitemap', to: location, at: text.indexOf(`<loc>${location}`) })
  }
  return { refs, issues }
}

function readJson(text: string): FeedFacts {
  const none = { refs: [], issues: [] }
  if (!text.includes('jsonfeed.org/version')) return none
  try {
    const feed: unknown = JSON.parse(text)
    const isFeed = typeof feed === 'object' && feed !== null && !Array.isArray(feed)
    return isFeed ? readJsonFeed(Object.fromEntries(Object.entries(feed))) : none
  } catch (error) {
    return {
      refs: [],
      issues: [{ code: 'feed/not-json', at: -1, found: error instanceof Error ? error.message : '' }],
    }
  }
}

/** Both sides of a line are addresses; what it leads to must be there. */
function readRedirects(text: string): Ref[] {
  return [...text.matchAll(/^[ \t]*(\/\S*)[ \t]+(\S+)/gm)].flatMap(([line, , to = ''], i, all) => {
    const at = (all[i]?.index ?? 0) + line.length - to.length
    // `:splat` and placeholders stand for what is not known yet.
    return /[*:]/.test(to.replace(/^https?:/i, '')) ? [] : [{ kind: 'redirect', to, at } as const]
  })
}

function readRobots(text: string): Ref[] {
  return [...text.matchAll(/^\s*sitemap:\s*(\S+)/gim)].map((match) => ({
    kind: 'sitemap',
    to: match[1] ?? '',
    at: match.index + match[0].length - (match[1] ?? '').length,
  }))
}
