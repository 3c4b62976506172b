// The plan: every page that exists, feature by feature in a fixed order. A plugin's feature is called like one of
// ours; what it throws or returns wrongly becomes a Problem that names it. Whether two pages stand in each other's
// way is seen later, together with everything else that the site consists of: output/collisions.ts.
import type { Problem } from '../errors.js'
import { ProblemError } from '../errors.js'
import type { Index, Metas } from '../site/types.js'
import { archivePages } from './archive.js'
import { feedPages } from './feeds.js'
import { homePages } from './lists.js'
import type { Page, PagesOf } from './page.js'
import { notFoundPage, robotsFile } from './plain.js'
import { postPages } from './posts.js'
import { projectPages } from './projects.js'
import { redirectPages } from './redirects.js'
import { sitemapPages } from './sitemap.js'
import { tagPages } from './tags.js'
import { categoryPages, seriesPages } from './terms.js'

export interface Feature {
  readonly name: string
  readonly pages: PagesOf
}

/** Our features with a plugin's between: the sitemap comes last because it speaks of all pages. */
export function featuresWith(plugins: readonly Feature[]): readonly Feature[] {
  return [
    { name: 'posts', pages: postPages },
    { name: 'home', pages: homePages },
    { name: 'archive', pages: archivePages },
    { name: 'tags', pages: tagPages },
    { name: 'categories', pages: categoryPages },
    { name: 'series', pages: seriesPages },
    { name: 'projects', pages: projectPages },
    { name: '404', pages: notFoundPage },
    { name: 'feeds', pages: feedPages },
    { name: 'redirects', pages: redirectPages },
    { name: 'robots', pages: robotsFile },
    ...plugins,
    { name: 'sitemap', pages: sitemapPages },
  ]
}

export interface Plan {
  readonly pages: readonly Page[]
  readonly problems: readonly Problem[]
}

/** Asks every feature for its pages, in order. With an error among the problems the plan must not be carried out. */
export function planPages(index: Index, metas: Metas, features: readonly Feature[]): Plan {
  const pages: Page[] = []
  const problems: Problem[] = []
  for (const { name, pages: pagesOf } of features) {
    try {
      for (const page of pagesOf(index, metas, pages.slice())) {
        const fault = faultOf(page.url)
        if (fault === '') pages.push(page)
        else problems.push(badUrl(page, name, fault))
      }
    } catch (error) {
      problems.push(...(error instanceof ProblemError ? error.problems : [failed(name, error)]))
    }
  }
  return { pages, problems }
}

/** What is wrong with an address, '' for nothing. Documents' own addresses were checked with their front matter. */
function faultOf(url: unknown): string {
  if (typeof url !== 'string' || !url.startsWith('/')) return 'does not begin with "/"'
  if (url.includes('//')) return 'has an empty segment'
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(url)) return 'has a segment "." or ".."'
  if (/[\\\p{Cc}]/u.test(url)) return 'has a backslash or a control character'
  if (!url.isWellFormed() || url !== url.normalize('NFC')) return 'is not in Unicode form NFC'
  return ''
}

function badUrl(page: Page, name: string, fault: string): Problem {
  return {
    severity: 'error',
    code: 'pages/bad-address',
    what: `"${name}" plans a page whose address ${fault}`,
    found: String(page.url),
    expected: ['a decoded address from the root such as /books/ or /books.json'],
    fix: `correct the address in the pages of "${name}"`,
  }
}

function failed(name: string, error: unknown): Problem {
  return {
    severity: 'error',
    code: 'pages/failed',
    what: `the pages of "${name}" could not be planned: ${error instanceof Error ? error.message : String(error)}`,
    fix: `correct the pages function of "${name}", or take it out of plugins in site.config.ts`,
  }
}
