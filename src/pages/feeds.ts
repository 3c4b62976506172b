// Which feeds there are and what stands in them: the site's in three formats, one for each tag, for categories and
// folders where that is asked for, and those that an older site had at other addresses.
import { instantOf, type Zone, zoneOf } from '../content/dates.js'
import type { DocId, IsoDate, Url } from '../content/types.js'
import type { Index, Places, PostView, SiteView } from '../site/types.js'
import { absoluteOf, hrefOf } from '../urls.js'
import { type FeedData, type FeedItem, writeAtom, writeJsonFeed, writeRss } from './feed.js'
import { type FeedFormat, siteFeed, termFeed } from './feed-links.js'
import type { OwnPagesOf, Page, PageProps, Write } from './page.js'
import { plainText } from './summary.js'

/** What a browser shows of a feed is styled by this. */
const styleUrl = '/feed.css'

const formats: Readonly<Record<FeedFormat, (data: FeedData) => string>> = {
  rss: writeRss,
  atom: writeAtom,
  json: writeJsonFeed,
}

const writerOf =
  (format: FeedFormat): Write =>
  (site, props) =>
    formats[format](readFeed(site, props as FeedProps)) // planned below

export const feedWriters: Readonly<Record<`feed-${FeedFormat}`, Write>> = {
  'feed-rss': writerOf('rss'),
  'feed-atom': writerOf('atom'),
  'feed-json': writerOf('json'),
}

/** What a feed page's props hold. */
interface FeedProps extends PageProps {
  readonly format: FeedFormat
  /** Of the feed itself and of the page that it is about. */
  readonly self: Url
  readonly home: Url
  readonly title: string
  readonly ids: readonly DocId[]
}

/** Never a preview: readers keep what they once got. Without any date a post has no place in a feed. */
function itemsOf(ids: readonly DocId[], index: Index, places: Places): readonly DocId[] {
  const isReady = (id: DocId) =>
    !index.marked.has(id) && Boolean(places.get(id)?.date ?? places.get(id)?.updated)
  const ready: DocId[] = []
  for (const id of ids) {
    if (ready.length === index.config.feeds.items) break
    if (isReady(id)) ready.push(id)
  }
  return ready
}

export const feedPages: OwnPagesOf = (index, places) => {
  const { config } = index
  const page = (props: FeedProps): Page => ({
    url: props.self,
    by: 'feeds',
    // A feed at `/feed/` is no page for search engines.
    props: props.self.endsWith('/') ? { ...props, noindex: true } : props,
    make: { name: `feed-${props.format}`, write: feedWriters[`feed-${props.format}`] },
  })
  const ids = itemsOf(index.posts, index, places)
  const feedOf = (format: FeedFormat, self: Url, home: Url, of: readonly DocId[], name = ''): Page =>
    page({
      format,
      self,
      home,
      title: name === '' ? config.title : `${name} · ${config.title}`,
      ids: itemsOf(of, index, places),
    })
  const own = [
    ...(['rss', 'atom', 'json'] as const).map((format) =>
      page({ format, self: siteFeed(config, format).url, home: '/', title: config.title, ids }),
    ),
    ...(config.feeds.tags ? index.tags : []).map((tag) =>
      feedOf('rss', termFeed(config, tag).url, tag.url, tag.ids, tag.name),
    ),
    ...(config.feeds.categories ? index.categories : []).map((category) =>
      feedOf('rss', termFeed(config, category).url, category.url, category.ids, category.name),
    ),
    ...config.feeds.sections.map((folder) =>
      feedOf('rss', `/${folder}/feed.xml`, '/', listedBelow(folder, index), folder.split('/').at(-1)),
    ),
  ]
  const more = config.feeds.more.flatMap(({ url, format, of, folder }): Page[] => {
    if (of === 'site') return [feedOf(format, url, '/', index.posts)]
    if (of === 'folder')
      return [feedOf(format, url, '/', listedBelow(folder, index), folder.split('/').at(-1))]
    return index[of].map((term) =>
      feedOf(format, url.replace(':slug', term.slug), term.url, term.ids, term.name),
    )
  })
  // What stands there anyway needs no second feed.
  const taken = new Set(own.map(({ url }) => url))
  return [...own, ...more.filter(({ url }) => !taken.has(url))]
}

export const feedStyle: OwnPagesOf = () => [
  { url: styleUrl, by: 'feed-style', props: {}, make: { template: 'feed-style' } },
]

/** Posts and pages whose source lies below a folder of `content/`, in the order of posts. */
function listedBelow(folder: string, index: Index): readonly DocId[] {
  return [...index.posts, ...index.pages].filter((id) => id.startsWith(`${folder}/`))
}

function newestOf(dates: readonly (IsoDate | null)[], zone: Zone): IsoDate | null {
  const known = dates.filter((date) => date !== null)
  return known.sort((a, b) => instantOf(b, zone) - instantOf(a, zone))[0] ?? null
}

function readFeed(site: SiteView, { ids, self, home, title }: FeedProps): FeedData {
  const { config, baseUrl } = site
  const chosenIds = site.query('feedIds') as Readonly<Record<DocId, string>> // what that query yields
  const zone = zoneOf(config.timezone)
  const items = site.view(ids).map((post) => readItem(post, site, chosenIds, zone))
  return {
    id: absoluteOf(home, baseUrl),
    title,
    description: site.description,
    language: site.language,
    zone,
    home: absoluteOf(home, baseUrl),
    self: absoluteOf(self, baseUrl),
    hub: config.feeds.hub,
    style: hrefOf(styleUrl, config.basePath),
    author: {
      name: site.author.name || site.title,
      email: site.author.email,
      url: absoluteAddress(site.author.url, baseUrl),
      avatar: absoluteAddress(site.author.avatar, baseUrl),
    },
    updated: newestOf(
      items.map((item) => item.updated),
      zone,
    ),
    items,
  }
}

/** A site path or an absolute address as the latter; '' for anything else. */
function absoluteAddress(address: string, baseUrl: string): string {
  if (address.startsWith('/') && !address.startsWith('//')) return absoluteOf(address, baseUrl)
  return /^https?:\/\//i.test(address) && URL.canParse(address) ? new URL(address).href : ''
}

function readItem(
  post: PostView,
  site: SiteView,
  chosenIds: Readonly<Record<DocId, string>>,
  zone: Zone,
): FeedItem {
  const { baseUrl, config } = site
  const url = absoluteOf(post.url, baseUrl)
  return {
    id: chosenIds[post.id] ?? url,
    url,
    title: post.title,
    summary: post.description || plainText(post.excerpt),
    html: config.feeds.content === 'full' ? post.feedHtml : null,
    published: post.date,
    updated: newestOf([post.date, post.updated], zone) ?? '',
    language: post.lang,
    categories: [
      ...post.categoryLinks.map(({ name }) => ({ name, scheme: absoluteOf('/categories/', baseUrl) })),
      ...post.tagLinks.map(({ name }) => ({ name, scheme: absoluteOf('/tags/', baseUrl) })),
    ],
    image: absoluteAddress(post.cover || post.image, baseUrl),
  }
}
