// `/tags/`, always there, and a list for each tag with its feed beside the site's.
import { siteFeeds, termFeed } from './feed-links.js'
import type { OwnPagesOf } from './page.js'
import { templatedPage } from './templated.js'
import { termPages } from './terms.js'

export const tagPages: OwnPagesOf = (index) => {
  const { config } = index
  const feeds = siteFeeds(config)
  return [
    templatedPage({ url: '/tags/', by: 'tags', template: 'tags', kind: 'tags', feeds }, {}),
    ...index.tags.flatMap((tag) =>
      termPages(tag, {
        by: 'tags',
        kind: 'tag',
        size: config.pagination.tags,
        from: config.pagination.from,
        feeds: config.feeds.tags ? [...feeds, termFeed(config, tag)] : feeds,
      }),
    ),
  ]
}
