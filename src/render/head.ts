// What stands in the `<head>` of a page, as data: title, description, canonical address, Open Graph, Twitter card.
// Built here and not in a template, because it is rules and not looks. Every value is plain text; the template
// escapes. Must not ask more of a document than its own page asks anyway.
import { cardFacts } from '../cards/types.js'
import { blogrollUrl } from '../pages/blogroll.js'
import type { FeedLink, Page, Pager } from '../pages/page.js'
import type { PostView, SiteView } from '../site/types.js'
import { absoluteOf } from '../urls.js'
import { takeColumns } from './cut.js'
import { textsOf } from './page-texts.js'
import { type Json, makeGraph } from './structured-data.js'
import type { Words } from './words.js'

export interface HeadSource {
  readonly page: Page
  readonly post: PostView | undefined
  readonly site: SiteView
  readonly words: Words
  /** Language of the page. */
  readonly lang: string
  /** The address of a made picture for this document, without base path, when cards are on. */
  readonly card: () => string | undefined
  /** What is known of a picture of this site; undefined where there is no such file. */
  readonly picture: (address: string) => PictureFacts | undefined
}

/** Pixels and media type, as far as the file tells. */
export interface PictureFacts {
  readonly width: number
  readonly height: number
  readonly type: string
}

export interface MetaTag {
  readonly attribute: 'name' | 'property'
  readonly key: string
  readonly content: string
}

export interface HeadLink {
  readonly rel: string
  readonly href: string
  readonly type?: string
  readonly title?: string
  readonly hreflang?: string
}

export interface Head {
  readonly title: string
  readonly description: string
  /** Absolute; '' on a page that is at no address of its own, such as 404. */
  readonly canonical: string
  readonly robots: string
  readonly links: readonly HeadLink[]
  readonly metas: readonly MetaTag[]
  readonly jsonLd: Json
}

/** Columns of a description: 80 Han characters or 160 Latin ones. */
const descriptionColumns = 160

const absolute = (address: string, baseUrl: string): string =>
  /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address) ? address : absoluteOf(address, baseUrl)

/** The page's own name, '' on the home page: what the browser's title and the breadcrumbs say. */
export function nameOfPage(page: Page, words: Words, post: PostView | undefined): string {
  const title = String(textsOf(page, post).title)
  switch (page.props['kind']) {
    case 'home':
      return ''
    case 'archive':
      return words.archive
    case 'year':
      return words['date-year'](Number(title))
    case 'tags':
      return words.tags
    case 'categories':
      return words.categories
    case 'seriesIndex':
      return words.series
    case 'projects':
      return words.projects
    case 'tag':
      return words['tag-of'](title)
    case 'category':
      return words['category-of'](title)
    case 'series':
      return words['series-of'](title)
    case 'blogroll':
      return words.blogroll
    case 'search':
      return words.search
    case '404':
      return words.lost
    default:
      return title
  }
}

/** JSON props are read back as what `pages/` put there; absent on pages of other kinds. */
const pagerOf = (page: Page): Pager | null => (page.props['pager'] ?? null) as Pager | null

function titleOf(source: HeadSource): string {
  const { page, post, site, words } = source
  const pager = pagerOf(page)
  const name = nameOfPage(page, words, post)
  const number = pager?.first === false ? words['page-number'](pager.number) : ''
  const own = [name, number].filter(Boolean)
  if (own.length === 0) return site.description ? `${site.title} · ${site.description}` : site.title
  return [...own, site.title].join(' · ')
}

function descriptionOf({ page, post, site, words }: HeadSource): string {
  const given = String(page.props['description'] ?? '')
  if (given) return given
  if (post) return post.description || takeColumns(post.text, descriptionColumns)
  const name = nameOfPage(page, words, post)
  return [name, site.title, site.description].filter(Boolean).join(' · ')
}

interface HeadImage extends Partial<PictureFacts> {
  readonly url: string
  readonly alt: string
  readonly large: boolean
}

/** The icon stands for a page without a picture, where the site has one. */
const touchIcon = (picture: HeadSource['picture']): string =>
  picture('/apple-touch-icon.png') ? '/apple-touch-icon.png' : ''

/** Absolute address of the picture that stands for the page, and its text. */
function imageOf({ post, site, card, picture }: HeadSource): HeadImage | undefined {
  const fallback = site.data['image']
  const own = post ? post.cover || card() || post.image : ''
  const url = own || (typeof fallback === 'string' && fallback) || site.author.avatar || touchIcon(picture)
  if (url === '') return undefined
  const alt = own && post ? post.coverAlt || post.title : site.title
  const isCard = post !== undefined && post.cover === '' && own !== '' && own === card()
  const large = Boolean(own) || typeof fallback === 'string'
  return { url: absolute(url, site.baseUrl), alt, large, ...(isCard ? cardFacts : picture(url)) }
}

function canonicalOf({ page, post, site }: HeadSource): string {
  if (page.props['kind'] === '404') return ''
  return post?.canonical || absoluteOf(page.url, site.baseUrl)
}

function metasOf(source: HeadSource, head: Pick<Head, 'canonical' | 'description'>): MetaTag[] {
  const { page, post, site, words, lang } = source
  const image = imageOf(source)
  const article = post?.kind === 'post' ? post : undefined
  const twitter = site.data['twitter']
  const metas: MetaTag[] = []
  const add = (attribute: MetaTag['attribute'], key: string, content: string | null | undefined): void => {
    if (content) metas.push({ attribute, key, content })
  }
  const property = (key: string, content: string | null | undefined) => add('property', key, content)
  property('og:type', article ? 'article' : 'website')
  property('og:title', post?.title || nameOfPage(page, words, post) || site.title)
  property('og:description', head.description)
  property('og:url', head.canonical)
  property('og:site_name', site.title)
  property('og:locale', lang.includes('-') ? lang.replaceAll('-', '_') : '')
  property('og:image', image?.url)
  property('og:image:width', image?.width ? String(image.width) : '')
  property('og:image:height', image?.height ? String(image.height) : '')
  property('og:image:type', image?.type)
  property('og:image:alt', image?.alt)
  if (article) {
    property('article:published_time', article.date)
    property('article:modified_time', article.updated)
    property('article:author', site.author.url)
    property('article:section', article.categories[0])
    for (const tag of article.tags) property('article:tag', tag)
  }
  add('name', 'twitter:card', image?.large ? 'summary_large_image' : 'summary')
  if (typeof twitter === 'string') {
    add('name', 'twitter:site', twitter)
    add('name', 'twitter:creator', twitter)
  }
  return metas
}

/** Services of the IndieWeb that a site names in its configuration (webmention) or in its `data`, by link relation. */
const endpoints = ['webmention', 'authorization_endpoint', 'token_endpoint', 'micropub', 'microsub']

function linksOf({ page, post, site }: HeadSource, canonical: string): HeadLink[] {
  const pager = pagerOf(page)
  const feeds = (page.props['feeds'] ?? []) as unknown as readonly FeedLink[] // what `pages/` put there
  const links: HeadLink[] = []
  if (canonical) links.push({ rel: 'canonical', href: canonical })
  if (pager?.newer) links.push({ rel: 'prev', href: absoluteOf(pager.newer, site.baseUrl) })
  if (pager?.older) links.push({ rel: 'next', href: absoluteOf(pager.older, site.baseUrl) })
  for (const { title, url, type } of feeds)
    links.push({ rel: 'alternate', type, title, href: absoluteOf(url, site.baseUrl) })
  if (site.query('hasBlogroll'))
    links.push({ rel: 'blogroll', type: 'text/xml', href: absoluteOf(blogrollUrl, site.baseUrl) })
  for (const { url } of site.social) if (/^https?:/i.test(url)) links.push({ rel: 'me', href: url })
  if (post && (site.config.languages.length > 0 || 'translationKey' in post.data)) {
    const all = site.translations(post)
    for (const { lang: hreflang, url } of all)
      links.push({ rel: 'alternate', hreflang, href: absoluteOf(url, site.baseUrl) })
    const [first] = all
    if (first)
      links.push({ rel: 'alternate', hreflang: 'x-default', href: absoluteOf(first.url, site.baseUrl) })
  }
  if (site.config.feeds.hub) links.push({ rel: 'hub', href: site.config.feeds.hub })
  for (const rel of endpoints) {
    const href = (rel === 'webmention' && site.config.webmention) || site.data[rel]
    if (typeof href === 'string') links.push({ rel, href })
  }
  return links
}

/** Everything for the head of one page. `noindex` pages say so; others allow large pictures in results. */
export function makeHead(source: HeadSource): Head {
  const { page } = source
  const canonical = canonicalOf(source)
  const description = descriptionOf(source)
  const name = nameOfPage(page, source.words, source.post)
  return {
    title: titleOf(source),
    description,
    canonical,
    robots: page.props['noindex'] === true ? 'noindex' : 'max-image-preview:large',
    links: linksOf(source, canonical),
    metas: metasOf(source, { canonical, description }),
    jsonLd: makeGraph({ ...source, canonical, description, name, image: imageOf(source)?.url ?? '' }),
  }
}
