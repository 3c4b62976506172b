// What Hexo makes beside posts: archives by year and month, pages of tags and of nested categories, feeds.
import type { MoreFeed } from '../config/types.js'
import type { JsonObject } from '../json.js'
import { slugize } from './hexo-address.js'
import type { HexoConfig } from './hexo-config.js'
import { normalAddress } from './old-addresses.js'
import { type ImportedDocument, type OldAddress, textOf } from './types.js'

export function feedsOfHexo({ feeds }: HexoConfig): {
  readonly paths: JsonObject
  readonly more: readonly MoreFeed[]
} {
  const paths: Record<string, string> = {}
  const more: MoreFeed[] = []
  for (const { type, path } of feeds) {
    const format = type === 'rss2' ? 'rss' : 'atom'
    const own = { atom: '/atom.xml', rss: '/feed.xml' }[format]
    if (`/${path}` === own) continue
    // A feed of the other kind at an address of ours would meet it there.
    if (path === 'feed.xml' || path === 'atom.xml') paths[format] = `/${path}`
    else more.push({ url: `/${path}`, format, of: 'site', folder: '' })
  }
  if (paths['atom'] === '/feed.xml') paths['rss'] ??= '/rss.xml'
  return { paths: Object.keys(paths).length > 0 ? { paths } : {}, more }
}

/** `categoriesOf` gives the paths of categories of a post by its source; each step of a path has a page. */
export function listsOfHexo(
  config: HexoConfig,
  documents: readonly ImportedDocument[],
  categoriesOf: (source: string) => readonly (readonly string[])[],
): OldAddress[] {
  if (!config.known) return []
  const { archiveFolder, tagFolder, categoryFolder, fileCase } = config
  const posts = documents.filter(({ id, url }) => id.startsWith('posts/') && url !== null)
  const lists = new Map<string, string>([[`/${archiveFolder}/`, '/archive/']])
  for (const { fields } of posts) {
    const [year, month] = String(fields['date'] ?? '').split('-')
    if (!/^\d{4}$/.test(year ?? '')) continue
    lists.set(`/${archiveFolder}/${year}/`, `/archive/${year}/`)
    lists.set(`/${archiveFolder}/${year}/${month}/`, `/archive/${year}/`)
  }
  const slug = (name: string, map: JsonObject): string => slugize(textOf(map[name]) || name, fileCase)
  const terms = (key: string, fields: JsonObject): string[] =>
    Array.isArray(fields[key]) ? fields[key].map(String) : []
  for (const { fields } of posts)
    for (const tag of terms('tags', fields))
      lists.set(`/${tagFolder}/${slug(tag, config.tagMap)}/`, `tag:${tag}`)
  for (const { source } of posts)
    for (const names of categoriesOf(source)) {
      const path: string[] = []
      for (const category of names) {
        path.push(slug(category, config.categoryMap))
        lists.set(`/${categoryFolder}/${path.join('/')}/`, `category:${category}`)
      }
    }
  if (tagFolder !== 'tags') lists.set(`/${tagFolder}/`, '/tags/')
  if (categoryFolder !== 'categories') lists.set(`/${categoryFolder}/`, '/categories/')
  for (const { from, to } of config.aliases)
    lists.set(normalAddress(from), /^https?:/.test(to) ? to : normalAddress(to))
  return [...lists].map(([url, to]) => ({ url, to }))
}
