// What some queries about a document rest on, beside its own front matter. Every page of a document asks them: where a post
// comes or a tag, a build must not ask ten thousand pages again, but those few that stand beside it or bear it.
import type { DocId } from '../content/types.js'
import { termKeys } from './terms.js'
import type { Index, Places, Term } from './types.js'

/** Queries of ours that are asked with one document, by name. Plain data. */
export interface Grounds {
  /** All listed posts in their order. */
  readonly near: readonly DocId[]
  readonly terms: readonly Row[]
}

/** A term as documents show it. */
type Row = readonly [of: 'tags' | 'categories', key: string, ...shown: readonly string[]]

export type Grounded = keyof Grounds
export const grounded: readonly Grounded[] = ['near', 'terms']

export function groundsOf({
  posts,
  tags,
  categories,
}: Pick<Index, 'posts' | 'tags' | 'categories'>): Grounds {
  const rows = (of: Row[0], terms: readonly Term[]): Row[] =>
    terms.map(({ key, name, slug, url }) => [of, key, name, slug, url])
  return { near: posts, terms: [...rows('tags', tags), ...rows('categories', categories)] }
}

/** Documents of which a query may say something else now, though their own front matter is as it was. */
export function otherSince(
  before: Grounds,
  now: Grounds,
  places: Places,
): Readonly<Record<Grounded, readonly DocId[]>> {
  return {
    near: withOtherNeighbours(before.near, now.near),
    terms: bearersOfOthers(before.terms, now.terms, places),
  }
}

function withOtherNeighbours(before: readonly DocId[], now: readonly DocId[]): DocId[] {
  if (before.length === now.length && now.every((id, place) => id === before[place])) return []
  const placeBefore = new Map(before.map((id, place) => [id, place]))
  const listed = new Set(now)
  const changed = now.filter((id, place) => {
    const was = placeBefore.get(id)
    return was === undefined || before[was - 1] !== now[place - 1] || before[was + 1] !== now[place + 1]
  })
  return [...changed, ...before.filter((id) => !listed.has(id))]
}

function bearersOfOthers(before: Grounds['terms'], now: Grounds['terms'], places: Places): DocId[] {
  const others = { tags: new Set<string>(), categories: new Set<string>() }
  const textsOf = (rows: Grounds['terms']) => new Set(rows.map((row) => JSON.stringify(row)))
  const [were, are] = [textsOf(before), textsOf(now)]
  for (const row of before) if (!are.has(JSON.stringify(row))) others[row[0]].add(row[1])
  for (const row of now) if (!were.has(JSON.stringify(row))) others[row[0]].add(row[1])
  if (others.tags.size + others.categories.size === 0) return []
  const keyOf = termKeys()
  const bears = (of: Row[0], spellings: readonly string[]): boolean =>
    others[of].size > 0 && spellings.some((spelling) => others[of].has(keyOf(spelling)))
  return [...places.values()]
    .filter(({ tags, categories }) => bears('tags', tags) || bears('categories', categories))
    .map(({ id }) => id)
}
