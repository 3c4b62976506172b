// By which ids readers' programs know the posts of a feed, where those are not the addresses.
import type { DocId, Place } from '../content/types.js'
import { absoluteOf } from '../urls.js'

/**
 * Feed ids that are not the address, by document: those that authors chose (`guid`, else `id`, in the front matter),
 * and above them those of the ledger. Of two posts that claim one id the older keeps it, because readers have seen
 * it there; nor may an id be another post's address. `posts`: newest first.
 */
export function feedIdsOf(
  posts: readonly Place[],
  ledger: ReadonlyMap<DocId, string>,
  baseUrl: string,
): ReadonlyMap<DocId, string> {
  const owners = new Map<string, DocId>()
  for (const { id, data } of posts) {
    const chosen = data['guid'] ?? data['id']
    if (!ledger.has(id) && typeof chosen === 'string' && chosen.trim() !== '') owners.set(chosen.trim(), id)
  }
  for (const { id } of posts) {
    const kept = ledger.get(id)
    if (kept !== undefined) owners.set(kept, id)
  }
  if (owners.size === 0) return new Map()
  for (const { id, url } of posts) {
    const address = absoluteOf(url, baseUrl)
    if (owners.get(address) !== id) owners.delete(address)
  }
  return new Map([...owners].map(([chosen, id]) => [id, chosen]))
}
