// The addresses of all feeds, in one place: pages link to them, `feeds.ts` writes them.
import type { SiteConfig } from '../config/types.js'
import type { Term } from '../site/types.js'
import type { FeedLink } from './page.js'

export type FeedFormat = 'rss' | 'atom' | 'json'

const formats = {
  rss: { name: 'RSS', type: 'application/rss+xml' },
  atom: { name: 'Atom', type: 'application/atom+xml' },
  json: { name: 'JSON Feed', type: 'application/feed+json' },
} as const

/** `跬步 · RSS` at `/feed.xml` (or where the configuration says) and so on. */
export function siteFeed(config: SiteConfig, format: FeedFormat): FeedLink {
  const { name, type } = formats[format]
  return { title: `${config.title} · ${name}`, url: config.feeds.paths[format], type }
}

/** What every page links to: the site's three feeds. */
export function siteFeeds(config: SiteConfig): readonly FeedLink[] {
  return [siteFeed(config, 'rss'), siteFeed(config, 'atom'), siteFeed(config, 'json')]
}

/** The feed of one tag or category: RSS, at `feed.xml` below its page. */
export function termFeed(config: SiteConfig, term: Pick<Term, 'name' | 'url'>): FeedLink {
  return { title: `${term.name} · ${config.title} · RSS`, url: `${term.url}feed.xml`, type: formats.rss.type }
}
