// Who is found by search, in which order documents are numbered, and how much an index is divided. All of it is known
// before any body is made, so that the pages of the index can be planned.

import type { DocId } from '../content/types.js'
import { fingerprint } from '../engine/fingerprint.js'
import type { Index, Places } from '../site/types.js'

/**
 * Documents by their number: plain pages and projects, then posts from the oldest on, so that a new post shifts no
 * other, then translations, which stand in no list but are texts to find. Nothing unlisted; `search: false` in front
 * matter takes a document out.
 */
export function searchedIds(index: Index, places: Places): readonly DocId[] {
  if (!index.config.search) return []
  const listed = [...[...index.pages, ...index.projects].sort(), ...index.posts.toReversed()]
  const known = new Set(listed)
  const translations = index.published.filter((id) => !known.has(id) && places.get(id)?.unlisted === false)
  return [...listed, ...translations].filter(
    // A preview is for looking at the page; what is found is what readers will find.
    (id) => !index.marked.has(id) && places.get(id)?.data['search'] !== false,
  )
}

const documentsPerShard = 1
const mostShards = 4096

/** How many files the terms are divided into: a power of two, so many that each stays at a few kilobytes. */
export function shardCount(documents: number): number {
  let count = 2
  while (count * documentsPerShard < documents && count < mostShards) count *= 2
  return count
}

/** Names of the documents' text files, all of one length: new documents rename no others. */
export function keysOf(ids: readonly DocId[]): readonly string[] {
  const hashes = ids.map(fingerprint)
  let length = 5
  while (new Set(hashes.map((hash) => hash.slice(0, length))).size < ids.length) length++
  return hashes.map((hash) => hash.slice(0, length))
}
