// What every page with a template carries. Props hold ids and paging, never texts of other documents: they are the
// step's version, and an unrelated edit must not change them.
import type { DocId, Url } from '../content/types.js'
import type { FeedLink, Page, PageProps } from './page.js'

export type PageKind =
  | 'home'
  | 'post'
  | 'page'
  | 'project'
  | 'projects'
  | 'archive'
  | 'year'
  | 'tags'
  | 'tag'
  | 'categories'
  | 'category'
  | 'seriesIndex'
  | 'series'
  | 'blogroll'
  | 'search'
  | '404'

export interface Basics {
  readonly url: Url
  readonly by: string
  readonly from?: DocId
  readonly template: string
  readonly kind: PageKind
  /** A name that comes from content; '' where the page is named by an interface word of its kind, or by its document. */
  readonly title?: string
  /** '' lets the template decide, or is its document's. */
  readonly description?: string
  readonly noindex?: boolean
  readonly feeds: readonly FeedLink[]
}

/** A page with the props that all templates rely on, and `more` of its own kind. */
export function templatedPage(basics: Basics, more: PageProps): Page {
  const { url, by, from, template, kind, title = '', description = '', noindex = false, feeds } = basics
  return {
    url,
    by,
    ...(from === undefined ? {} : { from }),
    props: { kind, title, description, noindex, feeds, ...more },
    make: { template },
  }
}
