// Jekyll's feeds and lists: what stood at which address, read from the templates and plugins that made it.
import type { MoreFeed } from '../config/types.js'
import type { Url } from '../content/types.js'
import type { JsonObject } from '../json.js'
import { absoluteOf } from '../urls.js'
import type { JekyllConfig } from './jekyll-config.js'
import type { ImportedDocument, OldAddress, SourceFiles } from './types.js'

export interface JekyllFeeds {
  readonly paths: JsonObject
  readonly more: readonly MoreFeed[]
  /** A post's id in the old feed; null where that is the address as we write it. */
  readonly idOf: ((url: Url, stem: string, site: string) => string) | null
}

/** The id of jekyll-feed and of templates that say `post.id`: the address without extension or slash. */
function postId(url: Url, stem: string, site: string): string {
  const folder = url.replace(/\/$/, '').replace(/\/[^/]*$/, '')
  return absoluteOf(`${folder}/${stem}`, `${site.replace(/\/$/, '')}/`)
}

export function feedsOfJekyll(files: SourceFiles, config: JekyllConfig): JekyllFeeds {
  const templates = ['feed.xml', 'atom.xml', 'rss.xml', 'feed/index.xml', 'feed.json'].filter((name) =>
    files.has(config.source + name),
  )
  const plugin = config.plugins.includes('jekyll-feed')
  const paths: Record<string, string> = {}
  const more: MoreFeed[] = []
  let usesId = plugin && templates.length === 0
  if (usesId) paths['atom'] = '/feed.xml'
  for (const name of templates) {
    const text = files.text(config.source + name) ?? ''
    const format = name.endsWith('.json') ? 'json' : /<feed\b/.test(text) ? 'atom' : 'rss'
    if (/<(?:id|guid)[^>]*>[^<]*post\.id\b/.test(text)) usesId = true
    if (paths[format] === undefined) paths[format] = `/${name}`
    else more.push({ url: `/${name}`, format, of: 'site', folder: '' })
  }
  if (config.octopress)
    more.push({
      url: `/${config.categoryFolder}/:slug/atom.xml`,
      format: 'atom',
      of: 'categories',
      folder: '',
    })
  // Two formats cannot have one address.
  const own = { rss: '/feed.xml', atom: '/atom.xml', json: '/feed.json', ...paths }
  if (own.rss === own.atom)
    paths[paths['rss'] === undefined ? 'rss' : 'atom'] =
      paths['rss'] === undefined ? '/rss.xml' : '/feed.atom'
  return { paths: Object.keys(paths).length > 0 ? { paths } : {}, more, idOf: usesId ? postId : null }
}

/** Further pages of the home, and what Octopress and the archive plugin made. */
export function listsOfJekyll(
  config: JekyllConfig,
  documents: readonly ImportedDocument[],
  isKnown: boolean,
): OldAddress[] {
  const lists: OldAddress[] = []
  const posts = documents.filter(({ id, url }) => id.startsWith('posts/') && url !== null).length
  const pages = config.pageSize > 0 ? Math.ceil(posts / config.pageSize) : 0
  for (let number = 2; number <= pages; number++) {
    const url = `/${config.paginatePath.replace(':num', String(number)).replace(/^\/+|\/+$/g, '')}/`
    lists.push({ url, to: `/page/${number}/` })
  }
  if (config.octopress) lists.push({ url: '/blog/', to: '/' }, { url: '/blog/archives/', to: '/archive/' })
  const hasArchives = config.plugins.includes('jekyll-archives') || config.octopress
  if (!hasArchives || isKnown) return lists
  const base = config.octopress ? `/${config.categoryFolder}/` : '/category/'
  const terms = (key: string): string[] =>
    [
      ...new Set(
        documents.flatMap(({ fields }) => (Array.isArray(fields[key]) ? fields[key].map(String) : [])),
      ),
    ].sort()
  const slug = (name: string): string =>
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
      .replace(/^-|-$/g, '')
  for (const name of terms('categories')) lists.push({ url: `${base}${slug(name)}/`, to: '' })
  if (!config.octopress) for (const name of terms('tags')) lists.push({ url: `/tag/${slug(name)}/`, to: '' })
  return lists
}
