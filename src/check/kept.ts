// Facts kept between checks, by the hash of the bytes they are of and the program that read them: a build without a
// check neither uses nor loses them. One file, because thousands of small ones would cost more than reading pages
// again; every text in it once. It may be lost at any moment without harm and is never believed when damaged.
import { join } from 'node:path'
import { type Disk, writeLossy } from '../engine/disk.js'
import { seal, unseal } from '../engine/seal.js'
import { programStamp } from '../package.js'
import { type Facts, type Ref, refKinds } from './facts.js'

/** Line and column in a source, from 1, and how many UTF-16 units are meant; null where the place is not known. */
export type KeptPlace = readonly [line: number, column: number, length: number] | null

export interface Kept {
  /** By hash and kind of file: the same bytes are read differently under another name. */
  facts(key: string): Facts | undefined
  learn(key: string, facts: Facts): void
  /** Places found for one page and its source, by offset in the page. */
  places(key: string): Map<number, KeptPlace>
  /** Writes down what was used since it was opened, where that differs from what was there. */
  save(): void
}

type SavedRef = readonly [kind: number, to: number, at: number, item?: number]
type SavedFacts = readonly [
  size: number,
  refs: readonly SavedRef[],
  ids: readonly string[],
  issues: Facts['issues'],
  head?: Facts['head'],
]
interface Saved {
  readonly program: string
  readonly texts: readonly string[]
  readonly facts: Readonly<Record<string, SavedFacts>>
  readonly places: Readonly<Record<string, readonly (readonly [number, KeptPlace])[]>>
}

export function openKept(disk: Disk, cache: string): Kept {
  const path = join(cache, 'check')
  const saved = load(disk, path)
  const used = new Map<string, Facts>()
  const places = new Map<string, Map<number, KeptPlace>>()
  const before = JSON.stringify([Object.keys(saved.facts).sort(), Object.keys(saved.places).sort()])
  return {
    facts(key) {
      const known = used.get(key)
      if (known) return known
      const entry = Object.hasOwn(saved.facts, key) ? saved.facts[key] : undefined
      if (!entry) return undefined
      const facts = unpack(entry, saved.texts)
      used.set(key, facts)
      return facts
    },
    learn: (key, facts) => void used.set(key, facts),
    places(key) {
      let known = places.get(key)
      if (!known) {
        known = new Map(Object.hasOwn(saved.places, key) ? saved.places[key] : [])
        places.set(key, known)
      }
      return known
    },
    save() {
      const grown = [...places].some(([key, map]) => map.size !== (saved.places[key]?.length ?? 0))
      if (!grown && JSON.stringify([[...used.keys()].sort(), [...places.keys()].sort()]) === before) return
      const numbers = new Map<string, number>()
      const numberOf = (text: string): number => {
        const known = numbers.get(text)
        if (known !== undefined) return known
        numbers.set(text, numbers.size)
        return numbers.size - 1
      }
      const facts = Object.fromEntries([...used].map(([key, value]) => [key, pack(value, numberOf)]))
      const next: Saved = {
        program: programStamp(),
        texts: [...numbers.keys()],
        facts,
        places: Object.fromEntries([...places].map(([key, map]) => [key, [...map]])),
      }
      disk.makeFolder(cache)
      writeLossy(disk, path, seal(JSON.stringify(next)))
    },
  }
}

function load(disk: Disk, path: string): Saved {
  const none: Saved = { program: '', texts: [], facts: {}, places: {} }
  if (disk.stat(path)?.kind !== 'file') return none
  const text = unseal(Buffer.from(disk.read(path)).toString('utf8'))
  if (text === undefined) return none
  // Its seal says that we wrote it.
  const saved = JSON.parse(text) as Saved
  return saved.program === programStamp() ? saved : none
}

function pack({ size, refs, ids, issues, head }: Facts, numberOf: (text: string) => number): SavedFacts {
  const packed = refs.map(({ kind, to, at, item }): SavedRef => {
    const first = [refKinds.indexOf(kind), numberOf(to), at] as const
    return item === undefined ? first : [...first, numberOf(item)]
  })
  return head ? [size, packed, ids, issues, head] : [size, packed, ids, issues]
}

function unpack([size, refs, ids, issues, head]: SavedFacts, texts: readonly string[]): Facts {
  const unpacked = refs.map(([kind, to, at, item]): Ref => {
    const ref = { kind: refKinds[kind] ?? 'link', to: texts[to] ?? '', at }
    return item === undefined ? ref : { ...ref, item: texts[item] ?? '' }
  })
  return { size, refs: unpacked, ids, issues, ...(head && { head }) }
}
