// What answers at an old address that no page of the new site has: a feed of the same posts, or a redirect to what took
// its place. Only what is sure is answered; everything else is told.
import type { MoreFeed } from '../config/types.js'
import { isRefusal, readAddress } from '../content/address.js'
import type { Url } from '../content/types.js'
import { foldTerm } from '../site/terms.js'
import type { Index } from '../site/types.js'
import { outPathOf } from '../urls.js'
import { looseForm } from './old-addresses.js'
import type { OldAddress } from './types.js'

export interface AnswerSource {
  readonly index: Index
  /** Paths of everything that the new site publishes. */
  readonly outputs: ReadonlySet<string>
  readonly lists: readonly OldAddress[]
  readonly wanted: readonly Url[]
}

export interface Answered {
  readonly redirects: Readonly<Record<string, string>>
  readonly feeds: readonly MoreFeed[]
  /** Nothing takes their place. */
  readonly open: readonly Url[]
}

const feedName =
  /(?:^|\/)(?:feed|rss|rss2|atom|index)\.(?:xml|rss|atom|json)$|\.(?:rss|atom)$|^\/(?:(?:tag|category)\/.+\/)?feed\/(?:(?:rss2?|rdf|atom)\/)?$/i
const assetName =
  /\.(?:css|js|mjs|map|png|jpe?g|gif|svg|webp|avif|ico|woff2?|ttf|eot|otf|pdf|zip|gz|mp[34]|webm|txt|xsl)$/i

export function answerOld({ index, outputs, lists, wanted }: AnswerSource): Answered {
  const redirects: Record<string, string> = {}
  const feeds: MoreFeed[] = []
  const open: Url[] = []
  const stands = (url: Url): boolean =>
    outputs.has(outPathOf(url)) || outputs.has(outPathOf(`${url.replace(/\/$/, '')}/`))
  const folded = new Set([...outputs].map((path) => path.toLowerCase()))
  const byList = new Map(lists.map(({ url, to }) => [url, to]))
  const seen = new Set<Url>()
  const known = new Set(wanted)

  const targetOf = (url: Url, depth = 0): Url | undefined => {
    if (depth > 3) return undefined
    if (stands(url)) return url
    const listed = byList.get(url)
    if (listed !== undefined && /^https?:/.test(listed))
      return /^https?:\/\//.test(listed) && URL.canParse(listed) ? listed : undefined
    const term = listed === undefined ? undefined : namedTerm(listed, index)
    if (term !== undefined) return term
    if (listed !== undefined && /^(?:tag|category):/.test(listed)) return undefined
    if (listed !== undefined && listed !== '') return targetOf(listed, depth + 1) ?? '/'
    // Further pages of a list, in the spellings of all generators.
    const list = /^(.*?\/)(?:(?:page|paginator|p)\/\d+|page-?\d+|\d{1,3})\/?(?:\.html)?$/i.exec(url)?.[1]
    if (list !== undefined && !/^\/\d{4}\//.test(list)) {
      const target = targetOf(list, depth + 1)
      if (target !== undefined) return target
    }
    return termTarget(url, index) ?? archiveTarget(url, index)
  }

  // A list that holds feeds or further pages was made of all that the old site had: what is not in it never was.
  const isWhole = wanted.some((url) => /\/page\/?\d+\/?$|\.xml$|\/feed\//.test(url) && !/sitemap/.test(url))
  for (const url of isWhole ? wanted : [...lists.map((list) => list.url), ...wanted]) {
    if (seen.has(url) || stands(url)) continue
    seen.add(url)
    const isWanted = known.has(url)
    // The configuration takes no address that a file cannot have: a backslash, a device of Windows, a query.
    if (isRefusal(readAddress(url))) {
      if (isWanted) open.push(url)
      continue
    }
    if (feedName.test(url)) {
      const feed = feedFor(url, index)
      if (feed) feeds.push(feed)
      else if (isWanted) open.push(url)
      continue
    }
    const target = assetName.test(url) ? undefined : targetOf(url)
    // A stub whose name differs from a file by case alone would be that file on many disks.
    const path = outPathOf(url).toLowerCase()
    const isBlocked = folded.has(path) || folded.has(path.replace(/\/index\.html$/, ''))
    if (target !== undefined && target !== url && !isBlocked) {
      redirects[url] = target
      folded.add(path)
    } else if (isWanted) open.push(url)
  }
  return { redirects, feeds, open }
}

/** `tag:NAME` and `category:NAME`, as importers name what a list was about. */
export function namedTerm(to: string, index: Index): Url | undefined {
  const [, kind = '', name = ''] = /^(tag|category):(.*)$/s.exec(to) ?? []
  return kind === '' ? undefined : index.lookup.term(kind === 'tag' ? 'tags' : 'categories', name)?.url
}

/** `/tag/Web%20Dev/`, `/categories/a/b/`: the last segment that names a term. */
function termTarget(url: Url, index: Index): Url | undefined {
  const [, kind = '', name = ''] =
    /^\/(?:blog\/)?(tags?|categor(?:y|ies)|series|topics?)\/(.+?)\/?(?:\.html)?$/i.exec(url) ?? []
  if (name === '') return kind === '' ? undefined : '/tags/'
  const terms = /^cat/i.test(kind)
    ? [index.categories, index.tags]
    : /^series/i.test(kind)
      ? [index.series]
      : [index.tags, index.categories]
  const keys = [name, name.split('/').at(-1) ?? ''].flatMap((text) => [text, text.replaceAll('-', ' ')])
  for (const list of terms)
    for (const key of keys) {
      const found = list.find(
        (term) => foldTerm(term.key) === foldTerm(key) || looseForm(term.slug) === looseForm(key),
      )
      if (found) return found.url
    }
  return undefined
}

/** `/archives/2013/07/`, `/2013/07/`, `/archive.html` */
function archiveTarget(url: Url, index: Index): Url | undefined {
  const year = /^\/(?:archives?\/|blog\/|posts?\/)?(\d{4})(?:\/\d{1,2}){0,2}\/?$/.exec(url)?.[1]
  if (year !== undefined) return index.byYear.has(Number(year)) ? `/archive/${year}/` : '/archive/'
  // Nearly every blog has one author, whose posts are all there are.
  if (/^\/authors?\/[^/]+\/?$/i.test(url)) return '/archive/'
  if (/^\/(?:archives?|posts?|blog|articles?|all)(?:\.html|\/)?$/i.test(url)) return '/archive/'
  if (/^\/(?:tags?|tag-?cloud|topics)(?:\.html|\/)?$/i.test(url)) return '/tags/'
  if (/^\/categor(?:y|ies)(?:\.html|\/)?$/i.test(url))
    return index.categories.length > 0 ? '/categories/' : '/tags/'
  return undefined
}

function feedFor(url: Url, index: Index): MoreFeed | undefined {
  const format = /\.json$/i.test(url) ? 'json' : /atom/i.test(url) ? 'atom' : 'rss'
  // WordPress: a folder named `feed`, in another format one below it.
  const name = /feed\/(?:\w+\/)?$/.exec(url)?.[0] ?? url.slice(url.lastIndexOf('/') + 1)
  const folder = url.slice(0, url.length - name.length)
  if (folder === '/') return { url, format, of: 'site', folder: '' }
  const term = termTarget(folder, index)
  if (term?.startsWith('/tags/') && term !== '/tags/') {
    const slug = folder.split('/').at(-2) ?? ''
    const own = index.tags.find((tag) => tag.url === term)
    if (own?.slug === slug)
      return { url: `${folder.slice(0, -slug.length - 1)}:slug/${name}`, format, of: 'tags', folder: '' }
  }
  if (term?.startsWith('/categories/') && term !== '/categories/') {
    const slug = folder.split('/').at(-2) ?? ''
    const own = index.categories.find((category) => category.url === term)
    if (own?.slug === slug)
      return {
        url: `${folder.slice(0, -slug.length - 1)}:slug/${name}`,
        format,
        of: 'categories',
        folder: '',
      }
  }
  return { url, format, of: 'site', folder: '' }
}
