// All documents as lists know them. Whoever puts a site in order or shows a long list asks for every one of them, and reading
// ten thousand Metas takes longer than all that is done with them: so they are kept once more, together. What stands there of a
// document is believed as long as its Meta is the one that it was taken from.
import { type Entries, entriesOf } from '../engine/entries.js'
import type { Answer } from '../engine/fingerprint.js'
import type { Engine, Step } from '../engine/step.js'
import { type Columns, columnsOf, rowsOf } from './columns.js'
import type { DocId, Listed, Meta } from './types.js'

export interface Listing extends Pick<ReadonlyMap<DocId, Listed>, 'get'> {
  /** In id order. */
  values(): IterableIterator<Listed>
  /** Writes them down for the next build, if it would read too many Metas otherwise. For who has asked for all. */
  keep(): void
}

/** The parts of the step. */
interface Kept {
  readonly columns: Columns
  /** Hashes of Metas, one for each row. */
  readonly hashes: readonly Answer[]
}

const key = 'listing'
/** So many are read from their Metas before the others are looked for in what was kept. */
const few = 100
/** If one in so many is another by now, all are written again. */
const oftenOther = 100

interface ListingSource {
  readonly engine: Pick<Engine, 'keep' | 'take' | 'forget'>
  readonly metas: ReadonlyMap<DocId, Meta>
  readonly steps: ReadonlyMap<DocId, Step>
}

export function openListing({ engine, metas, steps }: ListingSource): Listing {
  const kept = engine.keep(key, '')
  const known = new Map<DocId, Listed>()
  let asked = 0
  let others = 0
  let find: ((id: DocId) => Listed | undefined) | undefined
  const read = (id: DocId): Listed | undefined => {
    if (asked++ >= few && kept) find ??= finderIn(kept, steps)
    const found = find?.(id)
    if (find && !found) others++
    return found ?? metas.get(id)
  }
  const get = (id: DocId): Listed | undefined => {
    const one = known.get(id) ?? (metas.has(id) ? read(id) : undefined)
    if (one) known.set(id, one)
    return one
  }
  let all: readonly Listed[] | undefined
  const values = (): readonly Listed[] => {
    all ??= Array.from(metas.keys(), (id) => get(id)!)
    return all
  }
  return {
    get,
    values: () => values().values(),
    keep() {
      if (kept && others * oftenOther <= metas.size) return
      if (kept) engine.forget(key)
      engine.take(key, '', entriesOfListing(values(), steps), [])
    },
  }
}

const entriesOfListing = (documents: readonly Listed[], steps: ReadonlyMap<DocId, Step>): Entries =>
  entriesOf({
    // As texts: they are large, and only read here.
    columns: JSON.stringify(columnsOf(documents)),
    hashes: JSON.stringify(documents.map(({ id }) => steps.get(id)!.hash('meta'))),
  })

function finderIn(kept: Step, steps: ReadonlyMap<DocId, Step>): (id: DocId) => Listed | undefined {
  // As they were written above.
  const columns = JSON.parse(kept.part('columns')) as Kept['columns']
  const hashes = JSON.parse(kept.part('hashes')) as Kept['hashes']
  const rows = new Map(columns.ids.map((id, row) => [id, row]))
  const rowAt = rowsOf(columns)
  return (id) => {
    const row = rows.get(id)
    return row !== undefined && steps.get(id)?.hash('meta') === hashes[row] ? rowAt(row) : undefined
  }
}
