// The one file that knows the package `feed`. It lays out RSS and Atom; we write all text. Its traps: `]]>` is
// divided once only, `<` in attributes and illegal characters pass, `&amp;` in a text is unescaped, dates default to
// now and know no zone, an author's bare name goes to RSS `author`, no `xml:lang`, `xml:base`, link types. Hence it
// is given tokens in place of texts and addresses, its skeleton is finished here, and only then do texts go in, each
// escaped for its place. Of JSON Feed it knows version 1 only: that one is ours from the start.
import { Feed } from 'feed'
import { toRfc822, toRfc3339, type Zone } from '../content/dates.js'
import type { IsoDate } from '../content/types.js'
import { encodeFragment } from '../urls.js'
import { cdata, escapeXml, legalXml } from './xml.js'

export interface FeedItem {
  /** Unique in the feed, permanent. */
  readonly id: string
  /** Absolute, encoded. All addresses here are. */
  readonly url: string
  readonly title: string
  /** Plain text. */
  readonly summary: string
  /** Full content with absolute addresses; null: the summary must do. */
  readonly html: string | null
  readonly published: IsoDate | null
  /** Last change, never null: Atom demands it. */
  readonly updated: IsoDate
  readonly language: string
  readonly categories: readonly { readonly name: string; readonly scheme: string }[]
  /** '' for none */
  readonly image: string
}

export interface FeedData {
  /** Permanent, the address of what the feed is about. */
  readonly id: string
  readonly title: string
  readonly description: string
  readonly language: string
  /** For dates without a clock. */
  readonly zone: Zone
  /** The page that the feed is of, and the feed's own address. */
  readonly home: string
  readonly self: string
  /** '' for none */
  readonly hub: string
  /** Address of the style by which a browser shows the feed; '' for none. JSON has none. */
  readonly style: string
  readonly author: {
    readonly name: string
    readonly email: string
    readonly url: string
    readonly avatar: string
  }
  /** The newest change of all items; null for an empty feed. */
  readonly updated: IsoDate | null
  /** Newest first. */
  readonly items: readonly FeedItem[]
}

/** Texts stand aside while the skeleton is made. A token is a URL too, because the library parses addresses. */
function makeTokens() {
  const texts: string[] = []
  return {
    put: (text: string): string => `token:${texts.push(text) - 1};`,
    fill: (skeleton: string): string =>
      skeleton.replace(/(<!\[CDATA\[)?token:(\d+);(\]\]>)?/g, (_, open: string | undefined, at: string) => {
        const text = texts[Number(at)] ?? ''
        return open ? cdata(text) : escapeXml(text)
      }),
  }
}

/** What the library does with a Date is to write it: this one writes itself in the site's zone. */
function writtenDate(date: IsoDate | null, zone: Zone): Date {
  return Object.assign(new Date(0), {
    toISOString: () => (date === null ? '1970-01-01T00:00:00Z' : toRfc3339(date, zone)),
    toUTCString: () => (date === null ? '' : toRfc822(date, zone)),
  })
}

/** The library's feed, all tokens; `put` keeps the texts. */
function layOut(data: FeedData, put: (text: string) => string): Feed {
  const { author, zone } = data
  const feed = new Feed({
    id: put(data.id),
    title: put(data.title),
    description: put(data.description || data.title), // RSS wants one that is not empty
    link: put(data.home),
    feed: put(data.self),
    language: put(data.language),
    updated: writtenDate(data.updated, zone),
    generator: 'Inkstone',
    docs: 'https://www.rssboard.org/rss-specification',
    ttl: 60,
    author: {
      name: put(author.name),
      ...(author.email && { email: put(author.email) }),
      ...(author.url && { link: put(author.url) }),
    },
    ...(data.hub && { hub: put(data.hub) }),
    ...(author.avatar && { favicon: put(author.avatar) }),
  })
  // RSS wants an address with the name in brackets; a bare name may stand in dc:creator only.
  if (author.email)
    feed.addExtension({
      name: 'managingEditor',
      objects: { _text: put(`${author.email} (${author.name})`) },
    })
  for (const item of data.items)
    feed.addItem({
      title: put(item.title),
      link: put(item.url),
      guid: put(item.id),
      // Atom alone wants an IRI, where an author's own id may be any text.
      id: put(URL.canParse(item.id) ? item.id : `${data.id}#${encodeFragment(item.id)}`),
      // Both formats take a summary for HTML.
      description: put(escapeXml(item.summary)),
      ...(item.html !== null && { content: put(item.html) }),
      date: writtenDate(item.updated, zone),
      ...(item.published !== null && { published: writtenDate(item.published, zone) }),
      category: item.categories.map(({ name, scheme }) => ({
        name: put(name),
        term: put(name),
        scheme: put(scheme),
        domain: put(scheme),
      })),
      extensions: [{ name: 'dc:creator', objects: { _text: put(author.name) } }],
    })
  return feed
}

/** The skeleton with its style behind the declaration. */
const styled = (xml: string, style: string): string =>
  style === '' ? xml : xml.replace('?>', `?>\n<?xml-stylesheet type="text/css" href="${escapeXml(style)}"?>`)

const rssOpening = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">`

/** RSS 2.0 by the rules of the RSS Advisory Board's profile. */
export function writeRss(data: FeedData): string {
  const { put, fill } = makeTokens()
  let item = 0
  const skeleton = layOut(data, put)
    .rss2()
    .replace(/<rss [^>]*>/, rssOpening)
    // An empty feed was never changed.
    .replace(/\s*<lastBuildDate><\/lastBuildDate>|\s*<lastBuildDate\/>/, '')
    // An id that is the address says so, any other is just a name.
    .replace(/<guid isPermaLink="false">/g, (guid) => {
      const { id, url } = data.items[item++] ?? {}
      return id === url ? '<guid isPermaLink="true">' : guid
    })
  return `${styled(fill(skeleton), data.style)}\n`
}

/** Atom 1.0 (RFC 4287), WebSub's links with it. */
export function writeAtom(data: FeedData): string {
  const { put, fill } = makeTokens()
  const language = put(data.language)
  let entry = 0
  const skeleton = layOut(data, put)
    .atom1()
    .replace('<feed xmlns="http://www.w3.org/2005/Atom">', (feed) =>
      feed.replace('>', ` xml:lang="${language}">`),
    )
    .replace('<link rel="alternate"', `<link rel="alternate" type="text/html" hreflang="${language}"`)
    .replace('<link rel="self"', '<link rel="self" type="application/atom+xml"')
    .replaceAll('<title type="html">', '<title type="text">') // ours are plain
    .replace(/<entry>[\s\S]*?<\/entry>/g, (text) => {
      const item = data.items[entry++]
      if (!item) return text
      const lang = item.language === data.language ? '' : ` xml:lang="${put(item.language)}"`
      return text
        .replace('<entry>', `<entry${lang}>`)
        .replace('<link href', '<link rel="alternate" type="text/html" href')
        .replace('<content type="html">', `<content type="html" xml:base="${put(item.url)}">`)
    })
  return `${styled(fill(skeleton), data.style)}\n`
}

/** JSON Feed 1.1. */
export function writeJsonFeed(data: FeedData): string {
  const date = (value: IsoDate | null) => (value === null ? undefined : toRfc3339(value, data.zone))
  const { author } = data
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title: data.title,
    home_page_url: data.home,
    feed_url: data.self,
    description: data.description || undefined,
    language: data.language,
    authors: [{ name: author.name, url: author.url || undefined, avatar: author.avatar || undefined }],
    hubs: data.hub === '' ? undefined : [{ type: 'WebSub', url: data.hub }],
    items: data.items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      ...(item.html === null ? { content_text: item.summary } : { content_html: item.html }),
      summary: item.summary || undefined,
      image: item.image || undefined,
      date_published: date(item.published),
      date_modified: date(item.updated),
      tags: item.categories.length === 0 ? undefined : item.categories.map(({ name }) => name),
      language: item.language === data.language ? undefined : item.language,
    })),
  }
  const legal = (_: string, value: unknown) => (typeof value === 'string' ? legalXml(value) : value)
  return `${JSON.stringify(feed, legal, 2)}\n`
}
