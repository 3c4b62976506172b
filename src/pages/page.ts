// A Page is one file of the output that is made by us (not copied): its address and how to make its text.
// Each feature of the site is one file beside this one that exports one function from the Index to Pages.
import type { DocId, Url } from '../content/types.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'
import type { Json } from '../json.js'
import type { Index, Metas, Places, SiteView } from '../site/types.js'

export interface Pager {
  readonly number: number
  /** null on pages that stay as they are however many come (`pagination.from`). */
  readonly total: number | null
  /** Does it stand at the list's own address? */
  readonly first: boolean
  /** Root-relative decoded addresses; '' where there is none. */
  readonly newer: Url
  readonly older: Url
}

/** A type and no interface: only so it is JSON to the type checker. */
export type FeedLink = {
  readonly title: string
  readonly url: Url
  readonly type: 'application/rss+xml' | 'application/atom+xml' | 'application/feed+json'
}

/** JSON only: together with the template's name this is the page step's version. */
export interface PageProps {
  readonly [key: string]: Json | undefined
}

export type Write = (site: SiteView, props: PageProps) => string

export const keptVersion: unique symbol = Symbol('version')

export interface Page {
  readonly url: Url
  /** Feature or plugin, for errors ("two pages at one address"). */
  readonly by: string
  /** The document that this page shows, for errors and `inkstone why`. */
  readonly from?: DocId
  readonly props: PageProps
  /** `versionOf` it, where that is kept: by no name that a plugin's page could have. */
  readonly [keptVersion]?: Answer
  readonly make: { readonly template: string } | { readonly name: string; readonly write: Write }
}

/**
 * What each feature exports, and the slot of the same name that a plugin may fill. `planned` holds the pages of
 * all features before this one, for those that speak of other pages, as the sitemap does; the titles of documents' pages
 * are in `metas`.
 */
export type PagesOf = (index: Index, metas: Metas, planned: readonly Page[]) => readonly Page[]
/** A feature of ours: it sees of a document where it stands, and so must not be asked again for a title. */
export type OwnPagesOf = (index: Index, places: Places, planned: readonly Page[]) => readonly Page[]

/** The same page as plain data: strangers may take it apart. */
export const plainPage = ({ url, by, from, props, make }: Page): Page => ({
  url,
  by,
  ...(from === undefined ? {} : { from }),
  props,
  make,
})

/** What a page's step depends on beside its questions, of page objects that are asked about again and again. */
export type PageVersions = Pick<WeakMap<Page, Answer>, 'get' | 'set'>

/** Props are plain data, and who plans a page twice writes them in the same order. */
export const textOfProps = ({ props }: Page): string => JSON.stringify(props)

/** `text`: of its props, where somebody has it. */
export function versionOf(page: Page, known: PageVersions, text?: string): Answer {
  const version = page[keptVersion] ?? known.get(page)
  if (version !== undefined) return version
  const name = 'template' in page.make ? page.make.template : page.make.name
  const made = fingerprint(`${JSON.stringify([page.by, name])}${text ?? textOfProps(page)}`)
  known.set(page, made)
  return made
}
