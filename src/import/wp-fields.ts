// An item of a WordPress export as front matter.
import { parseDate } from '../content/dates.js'
import type { Json, JsonObject } from '../json.js'
import type { WxrItem } from './wxr.js'

export function fieldsOf(
  item: WxrItem,
  slug: string,
  date: string | null,
  isPublic: boolean,
  cover: string,
): JsonObject {
  const result: Record<string, Json> = {}
  const names = (domain: string): string[] =>
    [
      ...new Set(
        item.terms.filter((term) => term.domain === domain).map(({ name }) => unescapeEntities(name)),
      ),
    ].filter((name) => name !== '')
  const title = unescapeEntities(item.title)
  if (title !== '') result['title'] = title
  if (date !== null) result['date'] = date
  const updated = parseDate(item.updated, 'UTC')
  if (updated !== null && updated !== date) result['updated'] = updated
  if (slug !== '') result['slug'] = slug
  const tags = names('post_tag')
  const categories = names('category').filter((name) => !/^(?:uncategorized|未分类)$/i.test(name))
  if (tags.length > 0) result['tags'] = tags
  if (categories.length > 0) result['categories'] = categories
  const description = item.excerpt
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (description !== '') result['description'] = unescapeEntities(description)
  if (cover !== '') result['cover'] = cover
  if (!isPublic && item.status !== 'future') result['draft'] = true
  if (item.sticky) result['pinned'] = true
  if (item.type === 'page' && item.order !== 0) result['weight'] = item.order
  result['wordpress_id'] = Number(item.id) || item.id
  if (item.creator !== '') result['author'] = item.creator
  return result
}

export const unescapeEntities = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([\da-f]+)|(amp|lt|gt|quot|apos|nbsp));/gi, (_, decimal, hex, name) =>
    name
      ? ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' } as Record<string, string>)[
          String(name).toLowerCase()
        ]!
      : String.fromCodePoint(Math.min(0x10ffff, hex ? Number.parseInt(hex, 16) : Number(decimal))),
  )
