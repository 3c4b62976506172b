// Jekyll's configuration as ours: the pattern for new posts, and the author.
import type { Json, JsonObject } from '../json.js'
import { styles } from './jekyll-address.js'
import type { JekyllConfig } from './jekyll-config.js'
import { isRecord, textOf } from './types.js'

/** The pattern for new posts: ours knows neither categories nor Jekyll's styles by name. */
export function ourPatterns(config: JekyllConfig): JsonObject {
  const pattern = (styles[config.permalink] ?? config.permalink)
    .replace(/:(?:slugified_)?categories\/?/g, '')
    .replace(/:output_ext/g, '.html')
    .replace(/:title/g, ':slug')
  const known =
    pattern
      .match(/:[a-z_]+/g)
      ?.every((name) =>
        /^:(?:year|short_year|month|i_month|day|i_day|slug|hour|minute|second)$/.test(name),
      ) ?? false
  const rooted = `/${pattern.replace(/^\/+/, '')}`.replace(/\/{2,}/g, '/')
  return known ? { posts: /\/$|\.html$/.test(rooted) ? rooted : `${rooted}.html` } : {}
}

export function authorOf(author: Json | undefined, email: Json | undefined): JsonObject {
  const name = isRecord(author) ? textOf(author['name']) : textOf(author)
  const mail = isRecord(author) ? textOf(author['email']) : textOf(email)
  return { name, email: mail }
}
