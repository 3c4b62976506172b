// The pack: one append-only file that holds every kept value, read by offset. (A file a value was rejected:
// creating ten thousand small files costs about ten seconds.) Entries are checked by their hash on every read;
// one that does not fit is as good as absent and is never believed.
import { viewOf } from './bytes.js'
import type { Disk } from './disk.js'
import { type Answer, canonical, deepFreeze, fingerprint } from './fingerprint.js'

/** Where an entry lies: offset, length, hash of its bytes. */
export type PackRef = readonly [offset: number, length: number, hash: Answer]

/** What a step may keep: JSON (checked when it is written: `canonical` refuses the rest), or raw bytes. */
export type PartValue = unknown

/** A value as it is kept. */
export interface Entry {
  readonly bytes: Uint8Array
  readonly hash: Answer
}

/** Bytes that lie elsewhere, and are known here by their hash alone: nobody can ask this part for its value. */
export class Elsewhere {
  readonly hash: Answer
  constructor(hash: Answer) {
    this.hash = hash
  }
}

export interface Pack {
  /** Bytes so far, those not yet flushed included. */
  readonly length: number
  append(entry: Entry): PackRef
  /** The entry's bytes, or undefined where the pack is damaged there. */
  read(ref: PackRef): Uint8Array | undefined
  flush(): void
  /** Gives the file back; who reads again opens it again. */
  release(): void
}

const nothing: Uint8Array = new Uint8Array()
/** So much is read at once where one value is asked for behind another. */
const pieceBytes = 1 << 16
const flushAt = 1 << 20
/** So many bytes of what was appended last are held: a page is made right after the body that it shows. */
const held = 1 << 24

/** Opens the pack at `path`, cutting off whatever lies behind `length` (the torn tail of a killed build). */
export function openPack(disk: Disk, path: string, length: number): Pack {
  const size = disk.stat(path)?.size ?? 0
  if (size > length) disk.truncate(path, length)
  let flushed = Math.min(size, length)
  // A pack shorter than the state says: the missing entries must not be found in what we append now.
  if (flushed < length) {
    disk.write(path, new Uint8Array())
    flushed = 0
  }
  const file = disk.open(path)
  let pending: Uint8Array[] = []
  let pendingBytes = 0
  /** What was appended last, by its offset; what is not flushed yet is always among it. */
  const recent = new Map<number, Uint8Array>()
  let recentBytes = 0
  const hold = (offset: number, bytes: Uint8Array): void => {
    recent.set(offset, bytes)
    recentBytes += bytes.length
    if (recentBytes < held + flushAt) return
    for (const [oldest, { length }] of recent) {
      if (recentBytes <= held || oldest >= flushed) break
      recent.delete(oldest)
      recentBytes -= length
    }
  }
  /** A piece of the file; values that were written together are read together. */
  let piece = { start: 0, bytes: nothing }
  let lastEnd = -1
  const readNear = (offset: number, length: number): Uint8Array => {
    const isNear = offset >= lastEnd && offset - lastEnd < pieceBytes
    lastEnd = offset + length
    const at = offset - piece.start
    if (at >= 0 && at + length <= piece.bytes.length) return piece.bytes.subarray(at, at + length)
    if (!isNear || length > pieceBytes) return file.readAt(offset, length)
    piece = { start: offset, bytes: file.readAt(offset, Math.min(pieceBytes, flushed - offset)) }
    return piece.bytes.subarray(0, length)
  }
  const pack: Pack = {
    get length() {
      return flushed + pendingBytes
    },
    append({ bytes, hash }) {
      const ref: PackRef = [flushed + pendingBytes, bytes.length, hash]
      if (bytes.length === 0) return ref
      pending.push(bytes)
      pendingBytes += bytes.length
      hold(ref[0], bytes)
      if (pendingBytes >= flushAt) pack.flush()
      return ref
    },
    read([offset, length_, hash]) {
      if (length_ === 0) return nothing
      // Of this very process: nothing can have happened to it.
      const known = recent.get(offset)
      if (known?.length === length_) return known
      if (offset + length_ > flushed) return undefined
      const bytes = readNear(offset, length_)
      return fingerprint(bytes) === hash ? bytes : undefined
    },
    flush() {
      if (pendingBytes === 0) return
      disk.append(path, Buffer.concat(pending))
      flushed += pendingBytes
      pending = []
      pendingBytes = 0
    },
    release: () => file.close(),
  }
  return pack
}

/** One kind byte, then the value: `s` text, `j` canonical JSON, `b` raw bytes; nothing at all for what lies elsewhere. */
export function encodeEntry(value: PartValue): Entry {
  if (value instanceof Elsewhere) return { bytes: nothing, hash: value.hash }
  const bytes =
    value instanceof Uint8Array
      ? Buffer.concat([Buffer.from('b'), value])
      : bytesOf(typeof value === 'string' ? `s${value}` : `j${canonical(value)}`)
  return { bytes, hash: fingerprint(bytes) }
}

/** What a part of this value is known by, without being read. */
export const hashOf = (value: PartValue): Answer => encodeEntry(value).hash

/**
 * Selections of an object's fields, for values that nobody will read, only compare: each is known by what `hashOf` gives of an
 * object with those fields alone, and each field is written once, whatever number of selections it is in.
 */
export function selectionsOf(value: object): (isMeant: (field: string) => boolean) => Elsewhere {
  const fields = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([field, item]) => [field, `${canonical(field)}:${canonical(item)}`] as const)
  return (isMeant) => {
    const text = fields.flatMap(([field, text]) => (isMeant(field) ? text : [])).join(',')
    return new Elsewhere(fingerprint(`j{${text}}`))
  }
}

/** Memory that is given out piece by piece and never taken back: making a piece of its own for each value costs more than filling it. */
const slabBytes = 1 << 20
let slab = Buffer.alloc(0)

function bytesOf(text: string): Buffer {
  // UTF-8 takes at most three bytes for each UTF-16 unit.
  const most = 3 * text.length
  if (most > slabBytes / 4) return Buffer.from(text, 'utf8')
  if (most > slab.length) slab = Buffer.allocUnsafeSlow(slabBytes)
  const bytes = slab.subarray(0, slab.write(text, 'utf8'))
  slab = slab.subarray(bytes.length)
  return bytes
}

/** The value handed out is always the parsed one, fresh or kept, and frozen: the two can never differ. */
export function decodeEntry(bytes: Uint8Array): PartValue {
  const buffer = viewOf(bytes)
  const kind = String.fromCharCode(buffer[0] ?? 0)
  if (kind === 'b') return buffer.subarray(1)
  const text = buffer.toString('utf8', 1)
  return kind === 's' ? text : deepFreeze(JSON.parse(text))
}
