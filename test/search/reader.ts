// A reader's browser for search, without a browser: the very code that the page runs, handed the built files, with
// every fetched byte counted as a host sends it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { openIndex } from '../../layouts/scripts/search-index.js'
import type { Piece, Result } from '../../layouts/scripts/search-look.js'

export interface Reader {
  /** Results of the first look, and of so many looks. Bytes and files are those of the first. */
  find(query: string, rounds?: number): Promise<Found>
}

export interface Found {
  readonly first: readonly Result[]
  readonly all: readonly Result[]
  readonly bytes: number
  readonly files: readonly string[]
}

/** A reader who has just come: nothing is fetched yet. `out` is the output folder. */
export function openReader(out: string, weights = new Map<string, number>()): Reader {
  let fetched: string[] = []
  const index = openIndex(async (name) => {
    fetched.push(name)
    return readFileSync(join(out, 'search', name), 'utf8')
  })
  const weigh = (name: string): number => {
    const known = weights.get(name) ?? gzipSync(readFileSync(join(out, 'search', name))).length
    weights.set(name, known)
    return known
  }
  return {
    async find(query, rounds = Number.POSITIVE_INFINITY) {
      fetched = []
      const search = await index.find(query)
      const round = (await search?.next()) ?? { results: [], more: false }
      const files = [...fetched]
      const all = [...round.results]
      for (let more = round.more, i = 1; more && search && i < rounds; i++) {
        const next = await search.next()
        all.push(...next.results)
        more = next.more
      }
      return { first: round.results, all, files, bytes: files.reduce((sum, name) => sum + weigh(name), 0) }
    },
  }
}

/** The text of pieces, hits in square brackets. */
export const bracketed = (pieces: readonly Piece[]): string =>
  pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')
