// Metas by document, each read when somebody asks for it: of ten thousand documents an edit shows a few dozen.
import { hashOf } from '../engine/pack.js'
import type { Step } from '../engine/step.js'
import type { DocId, Meta } from './types.js'

const noMeta = hashOf(null)

/** Those of the documents that have a Meta, in the order of `steps`. */
export function metasOf(steps: ReadonlyMap<DocId, Step>): ReadonlyMap<DocId, Meta> {
  const ids = new Set<DocId>()
  for (const [id, step] of steps) if (!step.is('meta', noMeta)) ids.add(id)
  return new KnownMetas(ids, steps)
}

class KnownMetas implements ReadonlyMap<DocId, Meta> {
  readonly #ids: ReadonlySet<DocId>
  readonly #steps: ReadonlyMap<DocId, Step>
  readonly #read = new Map<DocId, Meta>()

  constructor(ids: ReadonlySet<DocId>, steps: ReadonlyMap<DocId, Step>) {
    this.#ids = ids
    this.#steps = steps
  }

  get size(): number {
    return this.#ids.size
  }

  has(id: DocId): boolean {
    return this.#ids.has(id)
  }

  get(id: DocId): Meta | undefined {
    const known = this.#read.get(id)
    if (known !== undefined || !this.#ids.has(id)) return known
    const meta = this.#steps.get(id)!.part<Meta>('meta')
    this.#read.set(id, meta)
    return meta
  }

  keys(): MapIterator<DocId> {
    return this.#ids.values()
  }

  *entries(): MapIterator<[DocId, Meta]> {
    for (const id of this.#ids) yield [id, this.get(id)!]
  }

  *values(): MapIterator<Meta> {
    for (const id of this.#ids) yield this.get(id)!
  }

  [Symbol.iterator](): MapIterator<[DocId, Meta]> {
    return this.entries()
  }

  forEach(callback: (meta: Meta, id: DocId, map: ReadonlyMap<DocId, Meta>) => void): void {
    for (const [id, meta] of this) callback(meta, id, this)
  }
}
