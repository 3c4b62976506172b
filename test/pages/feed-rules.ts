// The rules that our feeds are held against, one sentence each: RSS 2.0 with the RSS Advisory Board's profile,
// Atom (RFC 4287), JSON Feed 1.1, WebSub. Each function gives the list of rules that a text breaks.
import { parseFragment } from 'parse5'
import { htmlFaults } from './feed-html.js'
import { childrenOf, parseXml, textIn, type XmlElement } from './xml-tree.js'

export interface Expected {
  /** The feed's own address. */
  readonly self: string
  /** The moment of the build in ms: nothing may be published later. */
  readonly at: number
  readonly hub?: string
}

const atom = (name: string) => `{http://www.w3.org/2005/Atom}${name}`
const content = '{http://purl.org/rss/1.0/modules/content/}encoded'
const creator = '{http://purl.org/dc/elements/1.1/}creator'

const rfc822 =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/
const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/
const language = /^[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8})*$/

const isAddress = (text: string | undefined): boolean =>
  text !== undefined && /^https?:\/\/[!-~]+$/.test(text) && URL.canParse(text)
const isIri = (text: string | undefined): boolean =>
  text !== undefined && /^[a-z][a-z0-9+.-]*:\S+$/i.test(text)

/** Collects the sentences whose condition does not hold. */
function rules() {
  const broken: string[] = []
  return {
    broken,
    must: (holds: boolean, sentence: string) => {
      if (!holds) broken.push(sentence)
    },
  }
}

export function rssFaults(text: string, { self, at, hub }: Expected): string[] {
  const { broken, must } = rules()
  const rss = parseXml(text)
  must(rss.name === 'rss' && rss.attributes['version'] === '2.0', 'root is rss 2.0')
  const [channel, second] = childrenOf(rss, 'channel')
  if (!channel || second) return [...broken, 'exactly one channel']
  for (const name of ['title', 'description'])
    must(Boolean(textIn(channel, name)?.trim()), `channel has a ${name}`)
  must(isAddress(textIn(channel, 'link')), 'channel link is absolute and ASCII')
  must(language.test(textIn(channel, 'language') ?? ''), 'channel has a language')
  must(textIn(channel, 'generator') === 'Inkstone', 'channel names its generator')
  must(isAddress(textIn(channel, 'docs')), 'channel has docs')
  must(/^\d+$/.test(textIn(channel, 'ttl') ?? ''), 'channel has a ttl in minutes')
  const editor = textIn(channel, 'managingEditor')
  must(editor === undefined || /^\S+@\S+ \(.+\)$/.test(editor), 'managingEditor is mail (Name)')
  const links = childrenOf(channel, atom('link'))
  const selves = links.filter(({ attributes }) => attributes['rel'] === 'self')
  must(
    selves.length === 1 &&
      selves[0]?.attributes['href'] === self &&
      selves[0].attributes['type'] === 'application/rss+xml',
    'one atom:link self with type and address',
  )
  const hubs = links.filter(({ attributes }) => attributes['rel'] === 'hub').map((l) => l.attributes['href'])
  must(JSON.stringify(hubs) === JSON.stringify(hub ? [hub] : []), 'hub link exactly where there is a hub')

  const items = childrenOf(channel, 'item')
  const built = textIn(channel, 'lastBuildDate')
  must(items.length === 0 ? built === undefined : rfc822.test(built ?? ''), 'lastBuildDate where items are')
  must(
    items.every((item) => Date.parse(textIn(item, 'pubDate') ?? '') <= Date.parse(built ?? '')),
    'lastBuildDate is not before any pubDate',
  )
  must(built === undefined || Date.parse(built) <= at, 'lastBuildDate is not the future')
  const allowed = new Set(
    'title link description language lastBuildDate generator docs ttl managingEditor item category image copyright'.split(
      ' ',
    ),
  )
  for (const { name } of channel.children)
    must(allowed.has(name) || name.startsWith('{'), `channel/${name} is in the spec`)
  const guids = items.map((item) => textIn(item, 'guid'))
  must(new Set(guids).size === guids.length, 'guids are unique')
  for (const item of items) broken.push(...itemFaults(item, at))
  return broken
}

function itemFaults(item: XmlElement, at: number): string[] {
  const { broken, must } = rules()
  const link = textIn(item, 'link')
  const where = `item ${link}`
  must(Boolean(textIn(item, 'title')), `${where}: has a title`)
  must(isAddress(link), `${where}: link is absolute and ASCII`)
  const [guid] = childrenOf(item, 'guid')
  const isPermaLink = guid?.attributes['isPermaLink']
  must(Boolean(guid?.text), `${where}: has a guid`)
  must(isPermaLink === 'true' || isPermaLink === 'false', `${where}: isPermaLink is explicit`)
  must(isPermaLink !== 'true' || guid?.text === link, `${where}: a permalink guid is the link`)
  const date = textIn(item, 'pubDate') ?? ''
  must(rfc822.test(date), `${where}: pubDate is RFC 822 with a numeric offset`)
  must(new Date(date).toUTCString().slice(0, 3) !== 'Inv', `${where}: pubDate exists`)
  must(Date.parse(date) <= at, `${where}: pubDate is not the future`)
  must(Boolean(textIn(item, creator)), `${where}: has dc:creator`)
  must(childrenOf(item, 'author').length === 0, `${where}: no bare author`)
  must(textIn(item, 'description') !== undefined, `${where}: has a description`)
  for (const enclosure of childrenOf(item, 'enclosure'))
    must(
      ['url', 'length', 'type'].every((name) => enclosure.attributes[name]),
      `${where}: an enclosure has url, length and type`,
    )
  const allowed = new Set([
    'title',
    'link',
    'guid',
    'pubDate',
    'description',
    'category',
    'enclosure',
    'comments',
  ])
  for (const { name } of item.children)
    must(allowed.has(name) || name.startsWith('{'), `${where}: ${name} is in the spec`)
  must(
    parseFragment(textIn(item, 'description') ?? '').childNodes.every((node) => node.nodeName === '#text'),
    `${where}: description is plain text`,
  )
  return [...broken, ...htmlFaults(textIn(item, content) ?? '', where)]
}

export function atomFaults(text: string, { self, at, hub }: Expected): string[] {
  const { broken, must } = rules()
  const feed = parseXml(text)
  must(feed.name === atom('feed'), 'root is an Atom feed')
  const one = (element: XmlElement, name: string) => textIn(element, atom(name))
  must(isAddress(one(feed, 'id')), 'feed id is an address')
  must(Boolean(one(feed, 'title')), 'feed has a title')
  must(rfc3339.test(one(feed, 'updated') ?? ''), 'feed updated is RFC 3339')
  must(Date.parse(one(feed, 'updated') ?? '') <= at, 'feed updated is not the future')
  must(language.test(feed.attributes['xml:lang'] ?? ''), 'feed has xml:lang')
  must(one(feed, 'generator') === 'Inkstone', 'feed names its generator')
  const [author] = childrenOf(feed, atom('author'))
  must(Boolean(author && one(author, 'name')), 'feed has an author with a name')
  const links = childrenOf(feed, atom('link')).map(({ attributes }) => attributes)
  const byRel = (rel: string) => links.filter((link) => link['rel'] === rel)
  const [selfLink] = byRel('self')
  must(
    byRel('self').length === 1 && selfLink?.['href'] === self && selfLink['type'] === 'application/atom+xml',
    'one link self with type and address',
  )
  const [alternate] = byRel('alternate')
  must(
    byRel('alternate').length === 1 &&
      isAddress(alternate?.['href']) &&
      alternate?.['type'] === 'text/html' &&
      language.test(alternate['hreflang'] ?? ''),
    'one link alternate with type and hreflang',
  )
  must(
    JSON.stringify(byRel('hub').map((link) => link['href'])) === JSON.stringify(hub ? [hub] : []),
    'hub link exactly where there is a hub',
  )
  const entries = childrenOf(feed, atom('entry'))
  const ids = entries.map((entry) => one(entry, 'id'))
  must(new Set(ids).size === ids.length, 'entry ids are unique')
  const published = entries.map((entry) => Date.parse(one(entry, 'published') ?? ''))
  must(
    published.every((date, i) => i === 0 || !(date > published[i - 1]!)),
    'newest entries first',
  )
  for (const entry of entries) {
    const link = childrenOf(entry, atom('link'))[0]?.attributes
    const where = `entry ${link?.['href']}`
    must(isIri(one(entry, 'id')), `${where}: id is an IRI`)
    must(childrenOf(entry, atom('title'))[0]?.attributes['type'] === 'text', `${where}: title says its type`)
    must(Boolean(one(entry, 'title')), `${where}: has a title`)
    must(link?.['rel'] === 'alternate' && isAddress(link['href']), `${where}: link alternate is absolute`)
    for (const name of ['updated', 'published'])
      must(rfc3339.test(one(entry, name) ?? ''), `${where}: ${name} is RFC 3339`)
    must(Date.parse(one(entry, 'published') ?? '') <= at, `${where}: published is not the future`)
    must(
      Date.parse(one(entry, 'updated') ?? '') <= Date.parse(one(feed, 'updated') ?? ''),
      `${where}: not newer than the feed`,
    )
    const [summary] = childrenOf(entry, atom('summary'))
    const [body] = childrenOf(entry, atom('content'))
    must(Boolean(summary || body), `${where}: has a summary or content`)
    must(!summary || summary.attributes['type'] === 'html', `${where}: summary says its type`)
    must(
      !body || (body.attributes['type'] === 'html' && body.attributes['xml:base'] === link?.['href']),
      `${where}: content has a type and xml:base`,
    )
    for (const { attributes } of childrenOf(entry, atom('category')))
      must(
        Boolean(attributes['term'] && attributes['label']) && isAddress(attributes['scheme']),
        `${where}: category has term, scheme and label`,
      )
    broken.push(...htmlFaults(body?.text ?? '', where))
  }
  return broken
}

export function jsonFeedFaults(text: string, { self, at, hub }: Expected): string[] {
  const { broken, must } = rules()
  const feed = JSON.parse(text)
  const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
  const isOptionalAddress = (value: unknown) => value === undefined || (isText(value) && isAddress(value))
  must(feed.version === 'https://jsonfeed.org/version/1.1', 'version is 1.1')
  must(isText(feed.title), 'feed has a title')
  must(isAddress(feed.home_page_url), 'home_page_url is absolute')
  must(feed.feed_url === self, 'feed_url is its own address')
  must(language.test(feed.language), 'feed has a language')
  must(feed.author === undefined && isText(feed.authors?.[0]?.name), 'authors, and not the old author')
  must(
    JSON.stringify(feed.hubs) === JSON.stringify(hub ? [{ type: 'WebSub', url: hub }] : undefined),
    'hubs exactly where there is a hub',
  )
  must(Array.isArray(feed.items), 'feed has items')
  const ids = feed.items.map((item: { id: unknown }) => item.id)
  must(new Set(ids).size === ids.length, 'item ids are unique')
  for (const item of feed.items) {
    const where = `item ${item.url}`
    must(isText(item.id), `${where}: has an id`)
    must(isAddress(item.url), `${where}: url is absolute`)
    must(isText(item.title), `${where}: has a title`)
    must(
      (typeof item.content_html === 'string') !== (typeof item.content_text === 'string'),
      `${where}: content as HTML or as text`,
    )
    for (const name of ['date_published', 'date_modified'])
      must(item[name] === undefined || rfc3339.test(item[name]), `${where}: ${name} is RFC 3339`)
    must(!(Date.parse(item.date_published) > at), `${where}: date_published is not the future`)
    must(isOptionalAddress(item.image), `${where}: image is absolute`)
    must(
      item.tags === undefined || (item.tags.length > 0 && item.tags.every(isText)),
      `${where}: tags are texts`,
    )
    must(item.author === undefined, `${where}: no old author`)
    broken.push(...htmlFaults(item.content_html ?? '', where))
  }
  return broken
}
