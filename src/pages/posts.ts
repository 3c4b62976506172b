// One page for each published document: posts, plain pages and projects, each with its own template. Its title is looked up
// when it is made: who writes another moves nothing.
import type { Place } from '../content/types.js'
import type { Index } from '../site/types.js'
import { siteFeeds } from './feed-links.js'
import type { OwnPagesOf } from './page.js'
import { templatedPage } from './templated.js'

/** Not for search engines: what is unlisted or only a preview, and what its author says so of. */
function isNoindex(meta: Place, index: Index): boolean {
  const robots = meta.data['robots']
  return (
    meta.unlisted ||
    index.marked.has(meta.id) ||
    meta.data['noindex'] === true ||
    (typeof robots === 'string' && /\bnoindex\b/i.test(robots))
  )
}

export const postPages: OwnPagesOf = (index, places) => {
  const feeds = siteFeeds(index.config)
  return index.published.flatMap((id) => {
    const meta = places.get(id)
    if (!meta) return []
    const { url, kind, layout } = meta
    const noindex = isNoindex(meta, index)
    return templatedPage({ url, by: 'posts', from: id, template: layout, kind, noindex, feeds }, { id })
  })
}
