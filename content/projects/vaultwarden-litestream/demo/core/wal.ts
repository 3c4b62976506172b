// SQLite's write-ahead log as bytes: header, frames, running checksum, where the valid content ends. All integers
// of the format are big-endian; only the checksum reads its words in the order that the magic number names.
// Source of the format: https://www.sqlite.org/fileformat2.html#walformat
import { type Bytes, readU32 } from './bytes.js'

export const walHeaderSize = 32
export const frameHeaderSize = 24

export type Checksum = readonly [s0: number, s1: number]

export interface WalHeader {
  readonly magic: number
  /** Whether checksums read their words least significant byte first (magic …82). */
  readonly littleEndian: boolean
  /** 3007000. */
  readonly version: number
  readonly pageSize: number
  /** Counts the restarts of the file after checkpoints. */
  readonly sequence: number
  readonly salts: readonly [number, number]
  readonly checksum: Checksum
  /** Whether magic, version and checksum are right. */
  readonly valid: boolean
}

export interface WalFrame {
  /** Of its header in the file. */
  readonly offset: number
  readonly page: number
  /** Size of the database in pages if this frame ends a transaction, else 0. */
  readonly commit: number
  /**
   * `committed`: valid, a commit follows or is here. `open`: valid, but its transaction never committed.
   * `stale`: salts of an earlier round, left behind because a restart does not shorten the file. `broken`: right
   * salts, wrong checksum, or behind a broken one.
   */
  readonly state: 'committed' | 'open' | 'stale' | 'broken'
}

export interface Wal {
  readonly header: WalHeader | null
  readonly frames: readonly WalFrame[]
  /** Offset behind the last commit frame (32 where there is none, 0 without a valid header). */
  readonly validEnd: number
}

/**
 * SQLite's running checksum: for each pair of 32-bit words (a, b), s0 += a + s1, then s1 += b + s0, modulo 2³².
 * Throws where the length is no multiple of 8.
 */
export function checksum(bytes: Uint8Array, seed: Checksum = [0, 0], littleEndian = true): Checksum {
  if (bytes.length % 8 !== 0) throw new Error('misaligned checksum byte slice')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let [s0, s1] = seed
  for (let i = 0; i < bytes.length; i += 8) {
    s0 = (s0 + view.getUint32(i, littleEndian) + s1) >>> 0
    s1 = (s1 + view.getUint32(i + 4, littleEndian) + s0) >>> 0
  }
  return [s0, s1]
}

/** Checksum after one more frame: the first 8 bytes of its header, then its page. */
export function frameChecksum(frame: Uint8Array, seed: Checksum, littleEndian: boolean): Checksum {
  const head = checksum(frame.subarray(0, 8), seed, littleEndian)
  return checksum(frame.subarray(frameHeaderSize), head, littleEndian)
}

/** Bytes of one frame. */
export function frameSize(pageSize: number): number {
  return frameHeaderSize + pageSize
}

/** The largest whole number of frames within `offset`, as an offset; 0 where not even the header fits. */
export function frameAlign(offset: number, pageSize: number): number {
  if (offset < 0 || pageSize < 0) throw new Error('frameAlign: offset and page size must be non-negative')
  if (offset < walHeaderSize) return 0
  const size = frameSize(pageSize)
  return Math.floor((offset - walHeaderSize) / size) * size + walHeaderSize
}

/** Size of a WAL file with `pages` frames. */
export function walSize(pageSize: number, pages: number): number {
  return walHeaderSize + frameSize(pageSize) * pages
}

/** The header of a WAL file, or null where fewer than 32 bytes are there. */
export function parseHeader(bytes: Uint8Array): WalHeader | null {
  if (bytes.length < walHeaderSize) return null
  const u32 = (offset: number): number => readU32(bytes, offset)
  const magic = u32(0)
  const littleEndian = magic === 0x377f0682
  const sums: Checksum = [u32(24), u32(28)]
  const [s0, s1] = checksum(bytes.subarray(0, 24), [0, 0], littleEndian)
  return {
    magic,
    littleEndian,
    version: u32(4),
    pageSize: u32(8),
    sequence: u32(12),
    salts: [u32(16), u32(20)],
    checksum: sums,
    valid: magic >>> 1 === 0x377f0682 >>> 1 && u32(4) === 3007000 && s0 === sums[0] && s1 === sums[1],
  }
}

/** Salts of a frame (offset 8) or of a header (offset 16) equal `salts`. */
export function hasSalts(bytes: Uint8Array, offset: number, salts: readonly [number, number]): boolean {
  return readU32(bytes, offset) === salts[0] && readU32(bytes, offset + 4) === salts[1]
}

/** Reads a whole WAL file and says of every frame what SQLite would make of it. A trailing part of a frame is ignored. */
export function parseWal(bytes: Uint8Array): Wal {
  const header = parseHeader(bytes)
  if (header === null || !header.valid) return { header, frames: [], validEnd: 0 }
  const size = frameSize(header.pageSize)
  const end = frameAlign(bytes.length, header.pageSize)
  const frames: WalFrame[] = []
  let sums = header.checksum
  let chained = true
  let validEnd = walHeaderSize
  for (let offset = walHeaderSize; offset < end; offset += size) {
    const frame = bytes.subarray(offset, offset + size)
    const fresh = hasSalts(frame, 8, header.salts)
    let state: WalFrame['state'] = fresh ? 'broken' : 'stale'
    if (chained && fresh) {
      sums = frameChecksum(frame, sums, header.littleEndian)
      if (sums[0] === readU32(frame, 16) && sums[1] === readU32(frame, 20)) state = 'open'
    }
    chained = chained && state === 'open'
    const commit = readU32(frame, 4)
    if (chained && commit !== 0) validEnd = offset + size
    frames.push({ offset, page: readU32(frame, 0), commit, state })
  }
  return {
    header,
    validEnd,
    frames: frames.map((frame) =>
      frame.state === 'open' && frame.offset < validEnd ? { ...frame, state: 'committed' } : frame,
    ),
  }
}

/** Bytes up to the end of the last committed transaction; 0 without a valid header. */
export function validEnd(bytes: Uint8Array): number {
  return parseWal(bytes).validEnd
}

/**
 * What a checkpoint that nobody hinders leaves in the database file: each page as in its last committed frame, the
 * length as in the last commit. The log itself is not changed.
 */
export function applyCommitted(database: Uint8Array, wal: Uint8Array): Bytes {
  const { header, frames } = parseWal(wal)
  const committed = frames.filter((frame) => frame.state === 'committed')
  const last = committed.at(-1)
  if (header === null || last === undefined) return new Uint8Array(database)
  const out = new Uint8Array(last.commit * header.pageSize)
  out.set(database.subarray(0, out.length))
  for (const { page, offset } of committed)
    if (page <= last.commit)
      out.set(
        wal.subarray(offset + frameHeaderSize, offset + frameSize(header.pageSize)),
        (page - 1) * header.pageSize,
      )
  return out
}
