// The blogroll, where there is a `data/blogroll` file: `/blogroll/` for people, `/blogroll.opml` for their feed readers
// (OPML 2.0, http://opml.org/spec2.opml: an outline of type rss has text and xmlUrl; those in an outline without are a group).
import type { Blog, BlogGroup } from '../content/blogroll.js'
import type { SiteView } from '../site/types.js'
import { siteFeeds } from './feed-links.js'
import type { OwnPagesOf, Write } from './page.js'
import { templatedPage } from './templated.js'
import { escapeXml } from './xml.js'

/** What pages link to with rel=blogroll (https://opml.org/blogroll.opml). */
export const blogrollUrl = '/blogroll.opml'

export const blogrollPages: OwnPagesOf = (index) =>
  index.hasBlogroll
    ? [
        templatedPage(
          {
            url: '/blogroll/',
            by: 'blogroll',
            template: 'blogroll',
            kind: 'blogroll',
            feeds: siteFeeds(index.config),
          },
          {},
        ),
        { url: blogrollUrl, by: 'blogroll', props: {}, make: { name: 'blogroll', write: writeOpml } },
      ]
    : []

function writeOpml({ title, author, blogroll }: SiteView): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
<title>${escapeXml(title)}</title>
${author.name === '' ? '' : `<ownerName>${escapeXml(author.name)}</ownerName>\n`}</head>
<body>
${blogroll.map(outlineOfGroup).join('')}</body>
</opml>
`
}

/** Without blogs that have a feed a group would be empty: OPML is for subscribing, so they are left to the page. */
function outlineOfGroup({ name, blogs }: BlogGroup): string {
  const outlines = blogs
    .filter(({ feed }) => feed !== '')
    .map(outlineOf)
    .join('')
  return name === '' || outlines === ''
    ? outlines
    : `<outline${attribute('text', name)}>\n${outlines}</outline>\n`
}

const outlineOf = ({ title, url, feed, description }: Blog): string =>
  `<outline type="rss"${attribute('text', title)}${attribute('title', title)}${attribute('xmlUrl', feed)}` +
  `${attribute('htmlUrl', url)}${attribute('description', description)}/>\n`

const attribute = (name: string, value: string): string =>
  value === '' ? '' : ` ${name}="${escapeXml(value).replaceAll('\n', '&#10;')}"`

export const blogrollWriters: Readonly<Record<string, Write>> = { blogroll: writeOpml }
