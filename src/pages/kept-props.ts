// Props of lists name documents by thousands, most of them three times: as numbers they take a tenth of the room.
import type { DocId } from '../content/types.js'
import type { Json } from '../json.js'

/** A list of documents by their numbers. No props of ours have such a key. */
const key = '#'

/** `value` with each list that holds nothing but these ids as their numbers. */
export function packIds(ids: readonly DocId[]): (value: Json | undefined) => Json | undefined {
  const numbers = new Map(ids.map((id, number) => [id, number]))
  const packList = (list: readonly Json[]): Json => {
    const packed: number[] = []
    for (const item of list) {
      const number = typeof item === 'string' ? numbers.get(item) : undefined
      // Lists of lists are rows, as of the sitemap: long, and of few documents.
      if (number === undefined) return isList(item) ? list : list.map((inner) => pack(inner) ?? null)
      packed.push(number)
    }
    return packed.length === 0 ? list : { [key]: packed }
  }
  const pack = (value: Json | undefined): Json | undefined => {
    if (typeof value !== 'object' || value === null) return value
    if (isList(value)) return packList(value)
    if (Object.hasOwn(value, key)) throw new Error(`props with a key "${key}" cannot be kept`)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, pack(inner)]))
  }
  return pack
}

/** What `packIds` was given, of the same ids. */
export function unpackIds(value: Json | undefined, ids: readonly DocId[]): Json | undefined {
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map((inner) => unpackIds(inner, ids) ?? null)
  const packed = value[key]
  if (packed && isList(packed)) return packed.map((number) => ids[Number(number)] ?? null)
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unpackIds(inner, ids)]))
}

/** As `Array.isArray`, which takes no list for one that nobody may change. */
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)
