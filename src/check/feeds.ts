// The rules of RSS 2.0 (rssboard.org, with its best-practices profile), Atom (RFC 4287) and JSON Feed 1.1, and what a
// feed refers to. A feed that breaks one is shown wrongly, or not at all, by some reader that its author does not use.
import { childrenOf, childText, type XmlElement } from '../text/xml.js'
import type { Issue, Ref } from './facts.js'
import { readHtml } from './html.js'

export interface FeedFacts {
  readonly refs: readonly Ref[]
  readonly issues: readonly Issue[]
}

const rfc822 =
  /^(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT|UT)$/
const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/
const isAbsolute = (text: unknown): text is string =>
  typeof text === 'string' && /^https?:\/\/[!-~]+$/.test(text) && URL.canParse(text)
/** What readers strip, or what runs. */
const stripped = /<(script|iframe|form|object|embed|style)\b/i

/** Collects what is found of one feed. */
function collector(): FeedFacts & {
  must(holds: boolean, sentence: string, item?: string): void
  ref(kind: Ref['kind'], to: string, item?: string): void
  content(html: string, item: string): void
} {
  const refs: Ref[] = []
  const issues: Issue[] = []
  const note = (code: string, found: string, item?: string): void =>
    void issues.push({ code, at: -1, found, ...(item !== undefined && { item }) })
  return {
    refs,
    issues,
    must: (holds, sentence, item) => {
      if (!holds) note('feed/rule', sentence, item)
    },
    ref: (kind, to, item) => void refs.push({ kind, to, at: -1, ...(item !== undefined && { item }) }),
    content(html, item) {
      for (const { kind, to } of readHtml(html, true).refs) {
        if (kind === 'link' || kind === 'image' || kind === 'srcset' || kind === 'load')
          refs.push({ kind, to, at: -1, item })
        if (!/^[a-z][a-z\d+.-]*:/i.test(to) && to !== '') note('feed/relative-address', to, item)
      }
      const tag = stripped.exec(html)?.[1]
      if (tag) note('feed/rule', `content holds no <${tag.toLowerCase()}>, which readers strip`, item)
    },
  }
}

const isUnique = (ids: readonly string[]): boolean => new Set(ids).size === ids.length

export function readRss(rss: XmlElement): FeedFacts {
  const { must, ref, content, ...facts } = collector()
  const channels = childrenOf(rss, 'channel')
  const [channel] = channels
  must(rss.attributes['version'] === '2.0', 'rss is version 2.0')
  must(channels.length === 1, 'rss has exactly one channel')
  if (!channel) return facts
  for (const name of ['title', 'link', 'description'])
    must(childText(channel, name).trim() !== '', `channel has a ${name}`)
  must(isAbsolute(childText(channel, 'link')), 'channel/link is absolute and percent-encoded')
  ref('feed', childText(channel, 'link'))
  const self = childrenOf(channel, 'atom:link').filter(({ attributes }) => attributes['rel'] === 'self')
  must(self.length === 1, 'channel names its own address once in atom:link rel="self"')
  for (const { attributes } of self) ref('feed', attributes['href'] ?? '')
  const items = childrenOf(channel, 'item')
  must(isUnique(items.map((item) => childText(item, 'guid') || childText(item, 'link'))), 'guids are unique')
  for (const item of items) {
    const link = childText(item, 'link')
    must(
      childText(item, 'title') !== '' || childText(item, 'description') !== '',
      'an item has a title or a description',
      link,
    )
    must(isAbsolute(link), 'item/link is absolute and percent-encoded', link)
    ref('feed', link, link)
    const [guid] = childrenOf(item, 'guid')
    must(Boolean(guid?.text), 'an item has a guid', link)
    must(
      guid?.attributes['isPermaLink'] === 'false' || isAbsolute(guid?.text),
      'a guid that is a permalink is an address',
      link,
    )
    const date = childText(item, 'pubDate')
    must(
      date === '' || (rfc822.test(date) && !Number.isNaN(Date.parse(date))),
      'item/pubDate is a date of RFC 822',
      link,
    )
    for (const { text } of childrenOf(item, 'author'))
      must(/\S@\S/.test(text), 'item/author is a mail address', link)
    for (const { attributes } of childrenOf(item, 'enclosure')) {
      must(
        ['url', 'length', 'type'].every((name) => attributes[name]),
        'an enclosure has url, length and type',
        link,
      )
      ref('enclosure', attributes['url'] ?? '', link)
    }
    content(childText(item, 'content:encoded') || childText(item, 'description'), link)
  }
  return facts
}

export function readAtom(feed: XmlElement): FeedFacts {
  const { must, ref, content, ...facts } = collector()
  const linkOf = (element: XmlElement, rel: string): string =>
    childrenOf(element, 'link').find(({ attributes }) => (attributes['rel'] ?? 'alternate') === rel)
      ?.attributes['href'] ?? ''
  for (const name of ['id', 'title', 'updated']) must(childText(feed, name) !== '', `feed has ${name}`)
  must(rfc3339.test(childText(feed, 'updated')), 'feed/updated is a date of RFC 3339')
  must(isAbsolute(linkOf(feed, 'self')), 'feed names its own address in link rel="self"')
  for (const rel of ['self', 'alternate']) if (linkOf(feed, rel) !== '') ref('feed', linkOf(feed, rel))
  const entries = childrenOf(feed, 'entry')
  must(isUnique(entries.map((entry) => childText(entry, 'id'))), 'entry ids are unique')
  const hasAuthor = childrenOf(feed, 'author').length > 0
  for (const entry of entries) {
    const link = linkOf(entry, 'alternate')
    for (const name of ['id', 'title', 'updated'])
      must(childText(entry, name) !== '', `an entry has ${name}`, link)
    for (const name of ['updated', 'published']) {
      const date = childText(entry, name)
      must(date === '' || rfc3339.test(date), `entry/${name} is a date of RFC 3339`, link)
    }
    must(hasAuthor || childrenOf(entry, 'author').length > 0, 'the feed or each entry has an author', link)
    must(link === '' || isAbsolute(link), 'entry/link is absolute and percent-encoded', link)
    if (link !== '') ref('feed', link, link)
    for (const { attributes } of childrenOf(entry, 'link'))
      if (attributes['rel'] === 'enclosure') ref('enclosure', attributes['href'] ?? '', link)
    const text = childText(entry, 'content') || childText(entry, 'summary')
    must(text !== '' || link !== '', 'an entry has content or a link', link)
    content(text, link)
  }
  return facts
}

/** `feed` is what JSON.parse gave. */
export function readJsonFeed(feed: Readonly<Record<string, unknown>>): FeedFacts {
  const { must, ref, content, ...facts } = collector()
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  must(text(feed['title']) !== '', 'a JSON feed has a title')
  for (const name of ['home_page_url', 'feed_url']) {
    must(isAbsolute(feed[name]), `${name} is absolute and percent-encoded`)
    if (isAbsolute(feed[name])) ref('feed', text(feed[name]))
  }
  const items: unknown = feed['items']
  must(Array.isArray(items), 'a JSON feed has a list of items')
  const all = (Array.isArray(items) ? items : []).map((item: unknown) => new Map(Object.entries(item ?? {})))
  must(isUnique(all.map((item) => String(item.get('id')))), 'item ids are unique')
  for (const item of all) {
    const url = text(item.get('url'))
    must(text(item.get('id')) !== '', 'an item has an id, which is a text', url)
    must(
      item.has('content_html') || item.has('content_text'),
      'an item has content_html or content_text',
      url,
    )
    for (const name of ['date_published', 'date_modified'])
      must(!item.has(name) || rfc3339.test(text(item.get(name))), `${name} is a date of RFC 3339`, url)
    if (item.has('url')) must(isAbsolute(url), 'url is absolute and percent-encoded', url)
    if (url !== '') ref('feed', url, url)
    if (text(item.get('image')) !== '') ref('image', text(item.get('image')), url)
    const attachments: unknown = item.get('attachments')
    for (const attachment of Array.isArray(attachments) ? attachments : [])
      ref('enclosure', text(new Map(Object.entries(attachment ?? {})).get('url')), url)
    content(text(item.get('content_html')), url)
  }
  return facts
}
