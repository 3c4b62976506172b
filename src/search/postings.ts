// A document's terms divided into buckets, one for each shard, and a shard made of one bucket of every document. A
// bucket's digest stands for its bytes: which shards an edit changes is seen without reading any text.

import { commonPair, pairOf, shardOf, writePosting } from '../../layouts/scripts/search-terms.js'
import { viewOf } from '../engine/bytes.js'
import { fingerprint } from '../engine/fingerprint.js'

export interface Buckets {
  /** Offsets of all buckets and of the end (32 bits each), then their texts: lines of place and term. */
  readonly bytes: Uint8Array
  /** Eight bytes for each bucket; zeros for an empty one. */
  readonly digests: Uint8Array
}

const digestLength = 8

/** Divides terms with their places. Equal terms give equal bytes, whatever order they come in. */
export function bucketsOf(terms: ReadonlyMap<string, number>, count: number): Buckets {
  const lines: string[][] = Array.from({ length: count }, () => [])
  for (const [term, places] of terms) lines[shardOf(term, count)]?.push(places.toString(16) + term)
  const texts = lines.map((bucket) => Buffer.from(bucket.sort().join('\n'), 'utf8'))
  const head = Buffer.alloc((count + 1) * 4)
  let offset = head.length
  for (const [i, text] of texts.entries()) {
    head.writeUInt32LE(offset, i * 4)
    offset += text.length
  }
  head.writeUInt32LE(offset, count * 4)
  return {
    bytes: Buffer.concat([head, ...texts]),
    digests: Buffer.concat(
      texts.map((text) =>
        text.length === 0
          ? Buffer.alloc(digestLength)
          : Buffer.from(fingerprint(text).slice(0, 2 * digestLength), 'hex'),
      ),
    ),
  }
}

/** What a shard depends on: which documents have something in it, and what. `digests` of all documents by number. */
export function shardAnswer(digests: readonly Uint8Array[], shard: number): string {
  const told = Buffer.alloc(digests.length * (digestLength + 4))
  let end = 0
  for (let number = 0; number < digests.length; number++) {
    const own = digests[number]
    const start = shard * digestLength
    if (own === undefined || isEmpty(own, start)) continue
    end = told.writeUInt32LE(number, end)
    for (let i = 0; i < digestLength; i++) told[end++] = own[start + i] ?? 0
  }
  return fingerprint(told.subarray(0, end))
}

/** No text has a digest that begins with so many zeros, in any lifetime. */
const isEmpty = (digests: Uint8Array, start: number): boolean =>
  digests[start] === 0 &&
  digests[start + 1] === 0 &&
  digests[start + 2] === 0 &&
  digests[start + 3] === 0 &&
  digests[start + 4] === 0 &&
  digests[start + 5] === 0 &&
  digests[start + 6] === 0 &&
  digests[start + 7] === 0

/**
 * The text of a shard: a line for each term in order, with its postings; triples only of common pairs. `documents` by
 * number.
 */
export function shardText(documents: readonly Uint8Array[], shard: number): string {
  const found = new Map<string, { text: string; last: number; count: number }>()
  for (const [number, bytes] of documents.entries()) {
    const buffer = viewOf(bytes)
    const bucket = buffer.toString('utf8', buffer.readUInt32LE(shard * 4), buffer.readUInt32LE(shard * 4 + 4))
    if (bucket === '') continue
    for (const line of bucket.split('\n')) {
      const term = line.slice(1)
      const known = found.get(term) ?? { text: '', last: -1, count: 0 }
      known.text += writePosting(known.last, number, Number.parseInt(line.charAt(0), 16))
      known.last = number
      known.count++
      found.set(term, known)
    }
  }
  return [...found]
    .filter(([term]) => {
      const pair = pairOf(term)
      return pair === '' || (found.get(pair)?.count ?? 0) > commonPair
    })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([term, { text }]) => `${term}\t${text}\n`)
    .join('')
}
