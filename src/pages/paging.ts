// Long lists in pieces: how a list is cut and what each piece's address and neighbours are. Page 1 stands at the
// list's own address, the others at `page/N/` below it.
import type { DocId, Url } from '../content/types.js'
import type { Pager } from './page.js'

export interface Piece {
  readonly url: Url
  readonly ids: readonly DocId[]
  readonly pager: Pager
}

/** Cuts `ids` into pages of `size` below `base` (ends with `/`); an empty list is one empty page. */
export function paginate(ids: readonly DocId[], size: number, base: Url): readonly Piece[] {
  const total = Math.max(1, Math.ceil(ids.length / size))
  const urlOf = (number: number): Url =>
    number < 1 || number > total ? '' : number === 1 ? base : `${base}page/${number}/`
  return Array.from({ length: total }, (_, i) => ({
    url: urlOf(i + 1),
    ids: ids.slice(i * size, (i + 1) * size),
    pager: { number: i + 1, total, newer: urlOf(i), older: urlOf(i + 2) },
  }))
}
