// The two files that every site has and that list nothing: the page for what is not found, and robots.txt.
import { absoluteOf } from '../urls.js'
import { siteFeeds } from './feed-links.js'
import type { OwnPagesOf, Write } from './page.js'
import { templatedPage } from './templated.js'

/** `/404.html`: hosts serve it for any missing address, so its links must not be relative. */
export const notFoundPage: OwnPagesOf = ({ config }) => [
  templatedPage(
    { url: '/404.html', by: '404', template: '404', kind: '404', noindex: true, feeds: siteFeeds(config) },
    {},
  ),
]

const writeRobots: Write = (site) =>
  `User-agent: *\nAllow: /\n\nSitemap: ${absoluteOf('/sitemap.xml', site.baseUrl)}\n`

export const plainWriters: Readonly<Record<string, Write>> = { robots: writeRobots }

/** Everything may be read, styles and scripts too; noindex pages say so themselves. */
export const robotsFile: OwnPagesOf = () => [
  {
    url: '/robots.txt',
    by: 'robots',
    props: {},
    make: { name: 'robots', write: writeRobots },
  },
]
