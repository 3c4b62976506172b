// Long lists in pieces: how a list is cut and what each piece's address and neighbours are. The first piece stands at the
// list's own address, the others at `page/N/` below it.
import type { SiteConfig } from '../config/types.js'
import type { DocId, Url } from '../content/types.js'
import type { Pager } from './page.js'

export interface Piece {
  readonly url: Url
  readonly ids: readonly DocId[]
  readonly pager: Pager
}

/** Cuts `ids` into pieces of `size` below `base` (ends with `/`); an empty list is one empty piece. */
export function paginate(
  ids: readonly DocId[],
  size: number,
  base: Url,
  from: SiteConfig['pagination']['from'] = 'newest',
): readonly Piece[] {
  return from === 'oldest' ? fromTheEnd(ids, size, base) : fromTheFront(ids, size, base)
}

/** Piece 2 is what comes after the first. */
function fromTheFront(ids: readonly DocId[], size: number, base: Url): readonly Piece[] {
  const total = Math.max(1, Math.ceil(ids.length / size))
  const urlOf = (number: number): Url =>
    number < 1 || number > total ? '' : number === 1 ? base : `${base}page/${number}/`
  return Array.from({ length: total }, (_, i) => ({
    url: urlOf(i + 1),
    ids: ids.slice(i * size, (i + 1) * size),
    pager: { number: i + 1, total, first: i === 0, newer: urlOf(i), older: urlOf(i + 2) },
  }))
}

/**
 * Piece 1 is the end of the list. A piece is full before it is cut off, and nothing in it tells how many there are: what
 * comes to the front of the list changes the first piece alone, and every `size`-th time the one behind it.
 */
function fromTheEnd(ids: readonly DocId[], size: number, base: Url): readonly Piece[] {
  // What is left for the first piece is never less than a full one.
  const full = Math.max(0, Math.floor(ids.length / size) - 1)
  const urlOf = (number: number): Url => (number < 1 ? '' : number > full ? base : `${base}page/${number}/`)
  const begin = ids.length - full * size
  const older = Array.from({ length: full }, (_, i): Piece => {
    const number = full - i
    return {
      url: urlOf(number),
      ids: ids.slice(begin + i * size, begin + (i + 1) * size),
      pager: { number, total: null, first: false, newer: urlOf(number + 1), older: urlOf(number - 1) },
    }
  })
  const pager: Pager = { number: full + 1, total: full + 1, first: true, newer: '', older: urlOf(full) }
  return [{ url: base, ids: ids.slice(0, begin), pager }, ...older]
}
