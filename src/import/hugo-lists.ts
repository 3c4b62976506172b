// What Hugo makes beside pages: lists of sections and terms, their feeds, and the stubs at `/page/1/`. Each gets
// something here that answers at its address.
import type { MoreFeed } from '../config/types.js'
import { cleanPath } from './hugo-address.js'
import type { HugoConfig } from './hugo-config.js'
import type { ImportedDocument, OldAddress } from './types.js'

const taxonomyHome = { tags: '/tags/', categories: '/categories/', series: '/series/' } as const

/** Feeds of the home, of sections, of terms and of the lists of terms; ours stand among them. */
export function feedsOfHugo(
  config: HugoConfig,
  documents: readonly ImportedDocument[],
  sections: ReadonlySet<string>,
  folders: ReadonlyMap<string, string>,
): MoreFeed[] {
  const { feed, taxonomies } = config
  const rss = { format: 'rss', folder: '' } as const
  const clean = (name: string): string => cleanPath(name, config.rule ?? 'blanks', config.lower)
  const others = foldersOf(config, documents).filter((name) => !sections.has(name))
  return [
    ...[...config.languages.values()].map(
      ({ prefix }): MoreFeed => ({ ...rss, url: `/${prefix}/${feed}`, of: 'site' }),
    ),
    ...(feed === 'feed.xml' ? [] : [{ ...rss, url: `/${feed}`, of: 'site' as const }]),
    ...[...sections].flatMap((section): MoreFeed[] =>
      section === ''
        ? []
        : [
            {
              format: 'rss',
              url: `/${clean(section)}/${feed}`,
              of: 'folder',
              folder: folders.get(section) ?? 'posts',
            },
          ],
    ),
    ...others.map(
      (section): MoreFeed => ({
        format: 'rss',
        url: `/${clean(section)}/${feed}`,
        of: 'folder',
        folder: section,
      }),
    ),
    ...(['tags', 'categories'] as const).flatMap((kind) =>
      taxonomies[kind].flatMap((name): MoreFeed[] => {
        const url = `${termAddress(config, name, ':slug')}${feed}`
        // A pattern that does not name the term has one feed for all of them: there is none such here.
        const isOurs = kind === 'tags' && feed === 'feed.xml' && name === 'tags'
        return [
          ...(isOurs || !url.includes(':slug') ? [] : [{ ...rss, url, of: kind }]),
          { ...rss, url: `/${clean(name)}/${feed}`, of: 'site' },
        ]
      }),
    ),
  ]
}

/** Lists that stand elsewhere here, and the first page of each. */
export function listsOfHugo(
  config: HugoConfig,
  documents: readonly ImportedDocument[],
  sections: ReadonlySet<string>,
): OldAddress[] {
  const { pagePath, taxonomies } = config
  const clean = (name: string): string => cleanPath(name, config.rule ?? 'blanks', config.lower)
  const lists: OldAddress[] = [{ url: `/${pagePath}/1/`, to: '/' }]
  for (const section of foldersOf(config, documents)) {
    const url = `/${clean(section)}/`
    lists.push(
      { url, to: sections.has(section) ? '/archive/' : '/' },
      { url: `${url}${pagePath}/1/`, to: url },
    )
  }
  for (const kind of ['tags', 'categories', 'series'] as const)
    for (const name of taxonomies[kind])
      if (`/${clean(name)}/` !== taxonomyHome[kind])
        lists.push({ url: `/${clean(name)}/`, to: taxonomyHome[kind] })
  for (const [kind, key] of [
    ['tag', 'tags'],
    ['category', 'categories'],
  ] as const)
    for (const { fields } of documents)
      for (const term of Array.isArray(fields[key]) ? fields[key].map(String) : [])
        for (const name of taxonomies[key])
          lists.push({ url: termAddress(config, name, clean(term)), to: `${kind}:${term}` })
  for (const name of taxonomies.others) {
    lists.push({ url: `/${clean(name)}/`, to: '/archive/' })
    for (const { fields } of documents) {
      const value = fields[name.toLowerCase()] ?? []
      for (const term of Array.isArray(value) ? value.map(String) : [String(value)])
        lists.push({ url: termAddress(config, name, clean(term)), to: '/archive/' })
    }
  }
  for (const { prefix } of config.languages.values())
    lists.push({ url: `/${prefix}/`, to: '/' }, { url: `/${prefix}/${pagePath}/1/`, to: '/' })
  return [...new Map(lists.map((list) => [list.url, list])).values()]
}

/** `/tags/TERM/`, or what the pattern for terms makes of it; `term` is clean already. */
function termAddress({ termPatterns, rule, lower }: HugoConfig, taxonomy: string, term: string): string {
  const name = cleanPath(taxonomy, rule ?? 'blanks', lower)
  const pattern = termPatterns.get(taxonomy.toLowerCase())
  if (pattern === undefined) return `/${name}/${term}/`
  const filled = pattern.replace(/:(\w+)/g, (typed, token: string) =>
    /^sections?$/i.test(token) ? name : /slug|title|name/i.test(token) ? term : typed,
  )
  return `/${filled}/`.replace(/\/{2,}/g, '/')
}

/** First folders below content/, sorted. */
function foldersOf(config: HugoConfig, documents: readonly ImportedDocument[]): string[] {
  const folders = documents.flatMap(({ source }) => {
    const inner = source
      .slice(config.contentFolder.length + 1)
      .split('/')
      .slice(0, -1)
    return inner[0] ?? []
  })
  return [...new Set(folders)].sort()
}
