// All Metas together become the Index: who is shown, in which order, under which terms. It is made
// from all of them at once, or taken whole from a build that had the same ones. It must never look at a clock: `at` is
// handed in.
import type { SiteConfig } from '../config/types.js'
import { calendarOf, instantOf, zoneOf } from '../content/dates.js'
import type { DocId, IsoDate, Place, Url } from '../content/types.js'
import { collator } from '../text/collate.js'
import { feedIdsOf } from './feed-ids.js'
import { relatePosts } from './related.js'
import { termKeys, termsOf } from './terms.js'
import { type Translations, translationsOf } from './translations.js'
import type { Documents, Index, Lookup, Places, Term } from './types.js'

export interface IndexOptions {
  /** The moment of this build, ms since 1970: what lies after it is future, what has expired by then is gone. */
  readonly at: number
  /** Show drafts, marked. */
  readonly drafts: boolean
  /** Show what is dated after `at`, marked. */
  readonly future: boolean
  /** What `settle` makes of the site's ledger. */
  readonly ledger?: Pick<Index, 'former' | 'feedIds' | 'commentIds'>
  /** Is there a data file of that name? */
  readonly blogroll?: boolean
}

interface Dated {
  readonly meta: Place
  /** ms since 1970; minus infinity without a date, so that such a document comes last. */
  readonly instant: number
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The one order of posts, everywhere. Infinities cannot be subtracted. */
function newestFirst(a: Dated, b: Dated): number {
  if (a.instant !== b.instant) return a.instant < b.instant ? 1 : -1
  return a.meta.weight - b.meta.weight || compareText(a.meta.id, b.meta.id)
}

/** As a reader looks for them: by weight, then by title in the order of a dictionary. */
function byWeight(
  collate: (a: string, b: string) => number,
  titleOf: (id: DocId) => string,
): (a: Dated, b: Dated) => number {
  return ({ meta: a }, { meta: b }) =>
    a.weight - b.weight || collate(titleOf(a.id), titleOf(b.id)) || compareText(a.id, b.id)
}

function byWeightThenDate(a: Dated, b: Dated): number {
  return a.meta.weight - b.meta.weight || newestFirst(a, b)
}

/**
 * Sorts and groups all documents. A draft, future or expired document is in none of the results (unless drafts
 * or future ones were asked for); an unlisted one is in `published`, `urls` and `marked` only.
 */
export function buildIndex(documents: Documents, config: SiteConfig, options: IndexOptions): Index {
  const zone = zoneOf(config.timezone)
  const collate = collator()
  const instant = (date: IsoDate | null) => (date === null ? null : instantOf(date, zone))
  const marked = new Map<DocId, 'draft' | 'future'>()
  const published: Dated[] = []
  let nextChange: number | null = null

  // Of a post or project the Index knows no more than this.
  const places: Places = documents
  const titleOf = (page: DocId): string => documents.get(page)?.title ?? ''

  for (const meta of places.values()) {
    if (meta.draft && !options.drafts) continue
    const date = instant(meta.date)
    const expires = instant(meta.expires)
    if (expires !== null && expires <= options.at) continue
    const isFuture = date !== null && date > options.at
    for (const change of [isFuture ? date : null, expires])
      if (change !== null && (nextChange === null || change < nextChange)) nextChange = change
    if (isFuture && !options.future) continue
    if (meta.draft) marked.set(meta.id, 'draft')
    else if (isFuture) marked.set(meta.id, 'future')
    published.push({ meta, instant: date ?? Number.NEGATIVE_INFINITY })
  }
  published.sort((a, b) => compareText(a.meta.id, b.meta.id))

  const translations = translationsOf(
    published.map(({ meta }) => meta).filter(({ unlisted }) => !unlisted),
    config,
  )
  const listed = (kind: Place['kind'], order: (a: Dated, b: Dated) => number) =>
    published
      .filter(({ meta }) => meta.kind === kind && !meta.unlisted && !translations.hasOriginal(meta.id))
      .sort(order)
      .map(({ meta }) => meta)
  const posts = listed('post', newestFirst)
  const terms = (...[bearers, base, chosen]: Parameters<typeof termsOf>): readonly Term[] =>
    [...termsOf(bearers, base, chosen, config.slugs)].sort((a, b) => collate(a.name, b.name))

  const byYear = new Map<number, DocId[]>()
  for (const { id, date } of posts) {
    if (date === null) continue
    // The authored calendar date: a post of 1 January is of that year in every timezone.
    const { year } = calendarOf(date)
    const ofYear = byYear.get(year)
    if (ofYear) ofYear.push(id)
    else byYear.set(year, [id])
  }

  const index: Omit<Index, 'lookup'> = {
    config,
    posts: posts.map((post) => post.id),
    pages: listed('page', byWeight(collate, titleOf)).map((page) => page.id),
    projects: listed('project', byWeightThenDate).map((project) => project.id),
    published: published.map(({ meta }) => meta.id),
    withFiles: published.flatMap(({ meta }) => (meta.bundle || meta.cover !== '' ? [meta.id] : [])),
    marked,
    tags: terms(
      posts.map((post) => [post.id, post.tags]),
      '/tags/',
      config.tagSlugs,
    ),
    categories: terms(
      posts.map((post) => [post.id, post.categories]),
      '/categories/',
      config.categorySlugs,
    ),
    series: terms(
      posts.map((post) => [post.id, [post.series]]),
      '/series/',
      {},
    ),
    byYear: new Map([...byYear].sort(([a], [b]) => b - a)),
    urls: new Map<DocId, Url>(published.map(({ meta }) => [meta.id, meta.url])),
    former: options.ledger?.former ?? new Map(),
    feedIds: feedIdsOf(posts, options.ledger?.feedIds ?? new Map(), config.baseUrl),
    commentIds: options.ledger?.commentIds ?? new Map(),
    hasBlogroll: options.blogroll ?? false,
    nextChange,
  }
  return completeIndex(index, documents, translations.of)
}

/** An Index with its quick answers. */
export function completeIndex(
  index: Omit<Index, 'lookup'>,
  documents: Documents,
  translations: Translations['of'],
): Index {
  const lookup: PropertyDescriptor & { value: Lookup } = {
    value: lookupOf(index, documents, translations),
    enumerable: false,
  }
  return Object.freeze(Object.defineProperty(index as Index, 'lookup', lookup)) // complete from here on
}

/** What a value costs is paid when it is first wanted, and once. */
function lazy<T>(make: () => T): () => T {
  let made: { value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function lookupOf(
  index: Omit<Index, 'lookup'>,
  documents: Documents,
  translations: Translations['of'],
): Lookup {
  const byKey = (terms: readonly Term[]) => lazy(() => new Map(terms.map((term) => [term.key, term])))
  const terms = {
    tags: byKey(index.tags),
    categories: byKey(index.categories),
    series: byKey(index.series),
  }
  // Asked for by every page that shows its terms.
  const folded = termKeys()
  const places = lazy(() => new Map(index.posts.map((id, place) => [id, place])))
  const related = lazy(() => relatePosts(index.posts, documents))
  return Object.freeze({
    term: (of: keyof typeof terms, spelling: string) => terms[of]().get(folded(spelling)),
    place: (id: DocId) => places().get(id) ?? -1,
    related: (id: DocId, count: number) => related()(id, count),
    translations,
  })
}
