// Hugo's configuration as ours: patterns for new posts, author, menu.
import type { Json, JsonObject } from '../json.js'
import { at } from './config-file.js'
import type { HugoConfig } from './hugo-config.js'
import { isRecord, textOf } from './types.js'

export function patternsFor(config: HugoConfig, sections: ReadonlySet<string>): JsonObject {
  const patterns: Record<string, string> = {}
  for (const section of sections) {
    const pattern = config.permalinks.get(section.toLowerCase())
    // With one pattern for all posts of several sections the others get their addresses one by one.
    patterns['posts'] ??= ourPattern(pattern ?? `/${section}/:filename/`)
  }
  for (const [section, pattern] of config.permalinks)
    if (!sections.has(section) && !isTaxonomy(section, config)) patterns[section] = ourPattern(pattern)
  return patterns
}

/** In the old form a pattern for terms stands among those of sections. */
export const isTaxonomy = (name: string, { taxonomies }: HugoConfig): boolean =>
  Object.values(taxonomies).some((names) => names.some((known) => known.toLowerCase() === name))

/** Hugo's `:slug` is the title where there is no slug. */
const ourPattern = (pattern: string): string =>
  `/${pattern
    .replace(/^\/+|\/+$/g, '')
    .replace(/:slugor(?:contentbase|file)name/gi, ':slug')
    .replace(/:slug\b/g, ':title')}/`.replace(/\/{2,}/g, '/')

export function authorOf(config: HugoConfig): JsonObject {
  const author = at(config.raw, 'author') ?? at(config.raw, 'params', 'author')
  const name = isRecord(author) ? textOf(author['name']) : textOf(author)
  const email = isRecord(author) ? textOf(author['email']) : ''
  return { ...(name !== '' && { name }), ...(email !== '' && { email }) }
}

export function menuOf(menus: Json | undefined, baseUrl: string): JsonObject[] {
  const main = isRecord(menus) ? (menus['main'] ?? Object.values(menus)[0]) : undefined
  if (!Array.isArray(main)) return []
  return main
    .filter(isRecord)
    .sort((a, b) => Number(a['weight'] ?? 0) - Number(b['weight'] ?? 0))
    .flatMap((item) => {
      const url = textOf(item['url'] ?? item['pageref']).replace(baseUrl.replace(/\/$/, ''), '') || '/'
      const title = textOf(item['name']) || textOf(item['title'])
      return title === '' ? [] : [{ title, url }]
    })
}
