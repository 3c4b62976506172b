// The Index as it is kept for the next build: documents by their number in `published`, so that ten thousand ids are
// written once and not ten times. Of the same documents the same Index can be made again, only later.
import type { SiteConfig } from '../config/types.js'
import type { DocId, Url } from '../content/types.js'
import { completeIndex } from './index.js'
import type { Documents, Index, Term } from './types.js'

type KeptTerm = readonly [key: string, name: string, slug: string, url: Url, ids: readonly number[]]

/** Plain data. */
export interface KeptIndex {
  readonly published: readonly DocId[]
  /** Addresses in the order of `published`. */
  readonly urls: readonly Url[]
  readonly withFiles: readonly number[]
  readonly posts: readonly number[]
  readonly pages: readonly number[]
  readonly projects: readonly number[]
  readonly tags: readonly KeptTerm[]
  readonly categories: readonly KeptTerm[]
  readonly series: readonly KeptTerm[]
  readonly byYear: readonly (readonly [year: number, ids: readonly number[]])[]
  readonly marked: readonly (readonly [DocId, 'draft' | 'future'])[]
  readonly former: readonly (readonly [DocId, readonly Url[]])[]
  readonly feedIds: readonly (readonly [DocId, string])[]
  readonly commentIds: readonly (readonly [DocId, string])[]
  readonly translations: readonly (readonly [DocId, readonly DocId[]])[]
  readonly hasBlogroll: boolean
  readonly nextChange: number | null
}

export function keptIndexOf(index: Index): KeptIndex {
  const { published, urls, marked, former, feedIds, commentIds, hasBlogroll, nextChange, lookup } = index
  const numbers = new Map(published.map((id, number) => [id, number]))
  // Who stands in a list is published.
  const numbered = (ids: readonly DocId[]): number[] => ids.map((id) => numbers.get(id)!)
  const terms = (list: readonly Term[]) =>
    list.map(({ key, name, slug, url, ids }): KeptTerm => [key, name, slug, url, numbered(ids)])
  return {
    published,
    urls: [...urls.values()],
    withFiles: numbered(index.withFiles),
    posts: numbered(index.posts),
    pages: numbered(index.pages),
    projects: numbered(index.projects),
    tags: terms(index.tags),
    categories: terms(index.categories),
    series: terms(index.series),
    byYear: [...index.byYear].map(([year, ids]) => [year, numbered(ids)]),
    marked: [...marked],
    former: [...former],
    feedIds: [...feedIds],
    commentIds: [...commentIds],
    translations: published.flatMap((id) => {
      const others = lookup.translations(id)
      return others.length === 0 ? [] : [[id, others] as const]
    }),
    hasBlogroll,
    nextChange,
  }
}

/** The Index that `keptIndexOf` was given, over the same documents. */
export function indexOfKept(kept: KeptIndex, documents: Documents, config: SiteConfig): Index {
  const { published, urls, marked, former, feedIds, commentIds, hasBlogroll, nextChange } = kept
  const named = (numbers: readonly number[]): DocId[] => numbers.map((number) => published[number]!)
  const terms = (list: readonly KeptTerm[]) =>
    list.map(([key, name, slug, url, ids]): Term => ({ key, name, slug, url, ids: named(ids) }))
  const translations = new Map(kept.translations)
  return completeIndex(
    {
      config,
      posts: named(kept.posts),
      pages: named(kept.pages),
      projects: named(kept.projects),
      published,
      withFiles: named(kept.withFiles),
      marked: new Map(marked),
      tags: terms(kept.tags),
      categories: terms(kept.categories),
      series: terms(kept.series),
      byYear: new Map(kept.byYear.map(([year, ids]) => [year, named(ids)])),
      urls: new Map(published.map((id, number) => [id, urls[number]!])),
      former: new Map(former),
      feedIds: new Map(feedIds),
      commentIds: new Map(commentIds),
      hasBlogroll,
      nextChange,
    },
    documents,
    (id) => translations.get(id) ?? [],
  )
}
