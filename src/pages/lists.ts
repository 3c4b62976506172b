// The home page: pinned posts first, then all others, newest first, in pages.
import { siteFeeds } from './feed-links.js'
import type { OwnPagesOf } from './page.js'
import { paginate } from './paging.js'
import { templatedPage } from './templated.js'

/** `/`, `/page/2/` … A pinned post stands on the first page only, above the stream and not once more in it. */
export const homePages: OwnPagesOf = (index, places) => {
  const feeds = siteFeeds(index.config)
  const isPinned = (id: string) => places.get(id)?.pinned === true
  const pinned = index.posts.filter(isPinned)
  const stream = index.posts.filter((id) => !isPinned(id))
  const { size, from } = index.config.pagination
  return paginate(stream, size, '/', from).map(({ url, ids, pager }) =>
    templatedPage(
      { url, by: 'home', template: 'home', kind: 'home', feeds },
      { ids, pager: { ...pager }, pinned: pager.first ? pinned : [] },
    ),
  )
}
