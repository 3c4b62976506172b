// The plan: every page that exists, feature by feature in a fixed order. A plugin's feature is called like one of
// ours; what it throws or returns wrongly becomes a Problem that names it. Whether two pages stand in each other's
// way is seen later, together with everything else that the site consists of: output/collisions.ts.
import { canonical } from '../engine/fingerprint.js'
import { type Problem, ProblemError } from '../errors.js'
import type { Index, Metas, Places } from '../site/types.js'
import { archivePages } from './archive.js'
import { blogrollPages, blogrollWriters } from './blogroll.js'
import { feedPages, feedStyle, feedWriters } from './feeds.js'
import { homePages } from './lists.js'
import { type OwnPagesOf, type Page, type PagesOf, plainPage, type Write } from './page.js'
import { notFoundPage, plainWriters, robotsFile } from './plain.js'
import { postPages } from './posts.js'
import { projectPages } from './projects.js'
import { redirectPages, redirectWriters } from './redirects.js'
import { searchPages, searchWriters } from './search.js'
import { sitemapPages, sitemapWriters } from './sitemap.js'
import { tagPages } from './tags.js'
import { categoryPages, seriesPages } from './terms.js'

interface OwnFeature {
  readonly name: string
  readonly plugin?: false
  readonly pages: OwnPagesOf
}

/** What it throws or gives wrongly is a Problem; what one of ours throws is our own mistake. */
interface PluginFeature {
  readonly name: string
  readonly plugin: true
  readonly pages: PagesOf
}

export type Feature = OwnFeature | PluginFeature

/** Our features with a plugin's between: the sitemap comes last because it speaks of all pages. */
export function featuresWith(plugins: readonly Pick<PluginFeature, 'name' | 'pages'>[]): readonly Feature[] {
  return [
    { name: 'posts', pages: postPages },
    { name: 'home', pages: homePages },
    { name: 'archive', pages: archivePages },
    { name: 'tags', pages: tagPages },
    { name: 'categories', pages: categoryPages },
    { name: 'series', pages: seriesPages },
    { name: 'projects', pages: projectPages },
    { name: 'blogroll', pages: blogrollPages },
    { name: 'search', pages: searchPages },
    { name: '404', pages: notFoundPage },
    { name: 'feeds', pages: feedPages },
    { name: 'feed-style', pages: feedStyle },
    { name: 'redirects', pages: redirectPages },
    { name: 'robots', pages: robotsFile },
    ...plugins.map(({ name, pages }) => ({ name, pages, plugin: true as const })),
    { name: 'sitemap', pages: sitemapPages },
  ]
}

/** Who writes the pages of ours that have no template, by name. */
export const writers: Readonly<Record<string, Write>> = {
  ...blogrollWriters,
  ...feedWriters,
  ...plainWriters,
  ...redirectWriters,
  ...searchWriters,
  ...sitemapWriters,
}

export interface Plan {
  readonly pages: readonly Page[]
  readonly problems: readonly Problem[]
}

/**
 * Asks every feature for its pages, in order. With an error among the problems the plan must not be carried out. `places`: of
 * the same documents, for features of ours.
 */
export function planPages(
  index: Index,
  metas: Metas,
  features: readonly Feature[],
  places: Places = metas,
): Plan {
  const pages: Page[] = []
  const problems: Problem[] = []
  for (const feature of features) {
    if (!feature.plugin) {
      pages.push(...feature.pages(index, places, pages.slice()))
      continue
    }
    const { name } = feature
    try {
      const made: unknown = feature.pages(index, metas, pages.map(plainPage))
      if (!Array.isArray(made)) throw new TypeError('it gave no list of pages')
      for (const page of made) {
        const fault = faultOf(page)
        // faultOf has looked at every field.
        if (fault === undefined) pages.push(page as Page)
        else problems.push(badPage(name, fault))
      }
    } catch (error) {
      problems.push(...(error instanceof ProblemError ? error.problems : [failed(name, error)]))
    }
  }
  return { pages, problems }
}

interface Fault {
  readonly what: string
  readonly found: unknown
  readonly expected: string
}

/** What is wrong with a plugin's page; undefined for nothing. */
function faultOf(page: unknown): Fault | undefined {
  if (typeof page !== 'object' || page === null)
    return { what: 'is no object', found: page, expected: '{ url, by, props, make }' }
  const fields = new Map<string, unknown>(Object.entries(page))
  const [url, by, props, make] = ['url', 'by', 'props', 'make'].map((name) => fields.get(name))
  const address = addressFault(url)
  if (address !== '')
    return {
      what: address,
      found: url,
      expected: 'a decoded address from the root such as /books/ or /books.json',
    }
  if (typeof by !== 'string') return { what: 'has no `by`', found: by, expected: "by: 'books'" }
  if (typeof props !== 'object' || props === null || Array.isArray(props) || !isData(props))
    return { what: 'has no props of plain data', found: props, expected: 'props: {} or more, as JSON' }
  const how = new Map<string, unknown>(Object.entries(make ?? {}))
  if (typeof how.get('template') === 'string') return undefined
  if (typeof how.get('name') === 'string' && typeof how.get('write') === 'function') return undefined
  return {
    what: 'cannot be made',
    found: make,
    expected: "make: { template: 'page' } or { name, write(site, props) }",
  }
}

/** What is wrong with an address, '' for nothing. Documents' own addresses were checked with their front matter. */
function addressFault(url: unknown): string {
  if (typeof url !== 'string' || !url.startsWith('/')) return 'has an address that does not begin with "/"'
  if (url.includes('//')) return 'has an address with an empty segment'
  if (/(?:^|\/)\.\.?(?:\/|$)/.test(url)) return 'has an address with a segment "." or ".."'
  if (/[\\\p{Cc}]/u.test(url)) return 'has an address with a backslash or a control character'
  if (!url.isWellFormed() || url !== url.normalize('NFC'))
    return 'has an address that is not in Unicode form NFC'
  return ''
}

function isData(value: object): boolean {
  try {
    return canonical(value) !== ''
  } catch {
    return false
  }
}

function badPage(name: string, { what, found, expected }: Fault): Problem {
  return {
    severity: 'error',
    code: 'pages/bad-page',
    what: `plugin "${name}" plans a page that ${what}`,
    found: typeof found === 'string' ? found : typeof found,
    expected: [expected],
    fix: `correct the pages of plugin "${name}"`,
  }
}

function failed(name: string, error: unknown): Problem {
  return {
    severity: 'error',
    code: 'pages/failed',
    what: `the pages of plugin "${name}" could not be planned: ${error instanceof Error ? error.message : String(error)}`,
    fix: `correct the plugin "${name}", or take it out of the configuration`,
  }
}
