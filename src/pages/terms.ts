// Pages of terms: the index of a kind, and each term's list in pages. Tags have their own file because they have
// feeds; categories and series exist only where they are used.
import type { SiteConfig } from '../config/types.js'
import type { Index, Term } from '../site/types.js'
import { siteFeeds, termFeed } from './feed-links.js'
import type { FeedLink, OwnPagesOf, Page } from './page.js'
import { paginate } from './paging.js'
import { type PageKind, templatedPage } from './templated.js'

interface TermList {
  readonly by: string
  readonly kind: PageKind
  readonly size: number
  readonly from: SiteConfig['pagination']['from']
  readonly feeds: readonly FeedLink[]
}

/** The list pages of one term, newest first; a series is read from its beginning, so there it is the other way. */
export function termPages(term: Term, { by, kind, size, from, feeds }: TermList): readonly Page[] {
  const { key, name, slug, url: base } = term
  const oldestFirst = kind === 'series'
  const pieces = oldestFirst
    ? paginate(term.ids.toReversed(), size, base, 'newest') // Its first piece is the oldest as it is.
    : paginate(term.ids, size, base, from)
  return pieces.map(({ url, ids, pager }) => {
    const { newer, older } = pager
    return templatedPage(
      { url, by, template: 'tag', kind, title: name, feeds },
      {
        ids,
        pager: oldestFirst ? { ...pager, newer: older, older: newer } : { ...pager },
        term: { key, name, slug, url: base, count: term.ids.length },
      },
    )
  })
}

export const categoryPages: OwnPagesOf = (index) =>
  kindPages(index, index.categories, {
    url: '/categories/',
    by: 'categories',
    all: 'categories',
    one: 'category',
  })

export const seriesPages: OwnPagesOf = (index) =>
  kindPages(index, index.series, { url: '/series/', by: 'series', all: 'seriesIndex', one: 'series' })

function kindPages(
  index: Index,
  terms: readonly Term[],
  { url, by, all, one }: { url: string; by: string; all: PageKind; one: PageKind },
): readonly Page[] {
  if (terms.length === 0) return []
  const feeds = siteFeeds(index.config)
  const { size, from } = index.config.pagination
  return [
    templatedPage({ url, by, template: 'tags', kind: all, feeds }, {}),
    ...terms.flatMap((term) => {
      const own = one === 'category' && index.config.feeds.categories ? [termFeed(index.config, term)] : []
      return termPages(term, { by, kind: one, size, from, feeds: [...feeds, ...own] })
    }),
  ]
}
