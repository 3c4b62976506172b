// The pack: one append-only file that holds every kept value, read by offset. (A file a value was rejected:
// creating ten thousand small files costs about ten seconds.) Entries are checked by their hash on every read;
// one that does not fit is as good as absent and is never believed.
import type { Disk } from './disk.js'
import { type Answer, canonical, deepFreeze, fingerprint } from './fingerprint.js'

/** Where an entry lies: offset, length, hash of its bytes. */
export type PackRef = readonly [offset: number, length: number, hash: Answer]

/** What a step may keep: JSON (checked when it is written: `canonical` refuses the rest), or raw bytes. */
export type PartValue = unknown

export interface Pack {
  /** Bytes so far, those not yet flushed included. */
  readonly length: number
  append(entry: Uint8Array): PackRef
  /** The entry's bytes, or undefined where the pack is damaged there. */
  read(ref: PackRef): Uint8Array | undefined
  flush(): void
}

const flushAt = 1 << 20

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
  let pending: Uint8Array[] = []
  let pendingBytes = 0
  const pack: Pack = {
    get length() {
      return flushed + pendingBytes
    },
    append(entry) {
      const ref: PackRef = [flushed + pendingBytes, entry.length, fingerprint(entry)]
      pending.push(entry)
      pendingBytes += entry.length
      if (pendingBytes >= flushAt) pack.flush()
      return ref
    },
    read([offset, length_, hash]) {
      if (offset + length_ > flushed) pack.flush()
      if (offset + length_ > flushed) return undefined
      const bytes = disk.readAt(path, offset, length_)
      return fingerprint(bytes) === hash ? bytes : undefined
    },
    flush() {
      if (pendingBytes === 0) return
      disk.append(path, Buffer.concat(pending))
      flushed += pendingBytes
      pending = []
      pendingBytes = 0
    },
  }
  return pack
}

/** One kind byte, then the value: `s` text, `j` canonical JSON, `b` raw bytes. */
export function encodeEntry(value: PartValue): Uint8Array {
  if (value instanceof Uint8Array) return Buffer.concat([Buffer.from('b'), value])
  return Buffer.from(typeof value === 'string' ? `s${value}` : `j${canonical(value)}`, 'utf8')
}

/** The value handed out is always the parsed one, fresh or kept, and frozen: the two can never differ. */
export function decodeEntry(bytes: Uint8Array): PartValue {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = String.fromCharCode(buffer[0] ?? 0)
  if (kind === 'b') return buffer.subarray(1)
  const text = buffer.toString('utf8', 1)
  return kind === 's' ? text : deepFreeze(JSON.parse(text))
}
