// The shadow WAL: Litestream's own copy of the committed frames, one file per round of the real WAL. Only whole
// transactions go in, each frame checked against the salts and the running checksum. Bytes in, bytes out.
import { readU32 } from '../bytes.js'
import type { Disk } from '../disk.js'
import {
  type Checksum,
  frameAlign,
  frameChecksum,
  frameSize,
  hasSalts,
  parseHeader,
  walHeaderSize,
} from '../wal.js'
import { type DatabasePaths, type Position, parseShadowWalPath } from './paths.js'

export interface ShadowPart {
  readonly position: Position
  readonly bytes: Uint8Array
}

export class ShadowWal {
  readonly #disk: Disk
  readonly #paths: DatabasePaths
  /** Of the database; to be set before anything else is called. */
  pageSize = 0

  constructor(disk: Disk, paths: DatabasePaths) {
    this.#disk = disk
    this.#paths = paths
  }

  /** The first 32 bytes of the real WAL, or fewer. */
  walHeader(): Uint8Array {
    return this.#disk.read(this.#paths.wal, 0, walHeaderSize).slice()
  }

  /** The highest index in a generation's folder; 0 where it is empty. */
  lastIndex(generation: string): number {
    const files = this.#disk.list(`${this.#paths.shadowDir(generation)}/`)
    return files.reduce((highest, { path }) => Math.max(highest, parseShadowWalPath(path)), 0)
  }

  /** Begins a file with the header of the real WAL; its size after copying. Throws on a damaged header. */
  begin(generation: string, index: number): number {
    const header = this.walHeader()
    if (!parseHeader(header)?.valid) throw new Error('invalid wal header checksum')
    this.#disk.write(this.#paths.shadowWal(generation, index), header)
    return this.copy(generation, index).size
  }

  /** Appends to a file what the real WAL holds beyond it, up to the last commit. Both sizes in whole frames. */
  copy(generation: string, index: number): { readonly walSize: number; readonly size: number } {
    const shadow = this.#paths.shadowWal(generation, index)
    const wal = this.#disk.read(this.#paths.wal)
    const header = parseHeader(this.#disk.read(shadow, 0, walHeaderSize))
    if (header === null) throw new Error(`short shadow wal: ${shadow}`)
    const frame = frameSize(this.pageSize)
    const start = frameAlign(this.#disk.size(shadow)!, this.pageSize)
    const end = frameAlign(wal.length, this.pageSize)
    let sums: Checksum = header.checksum
    if (start > walHeaderSize) {
      const last = this.#disk.read(shadow, start - frame, frame)
      sums = [readU32(last, 16), readU32(last, 20)]
    }
    let committed = start
    for (let offset = start; offset + frame <= end; offset += frame) {
      const bytes = wal.subarray(offset, offset + frame)
      if (!hasSalts(bytes, 8, header.salts)) break
      sums = frameChecksum(bytes, sums, header.littleEndian)
      if (sums[0] !== readU32(bytes, 16) || sums[1] !== readU32(bytes, 20)) break
      if (readU32(bytes, 4) !== 0) committed = offset + frame
    }
    if (committed > start) this.#disk.writeAt(shadow, start, wal.subarray(start, committed))
    return { walSize: end, size: committed }
  }

  /**
   * Bytes from `position` to the end of its file, or from the start of the next file where there are none. Null at
   * the very end. Throws where the file is missing or the position lies behind its end.
   */
  read(position: Position): ShadowPart | null {
    for (const start of [position, { ...position, index: position.index + 1, offset: 0 }]) {
      const path = this.#paths.shadowWal(start.generation, start.index)
      const size = this.#disk.size(path)
      if (size === null) {
        if (start === position) throw new Error(`no shadow wal: ${path}`)
        return null
      }
      const end = frameAlign(size, this.pageSize)
      if (start.offset > end) throw new Error(`wal reader offset too high: ${start.offset} > ${size}`)
      if (end > start.offset)
        return { position: start, bytes: this.#disk.read(path, start.offset, end - start.offset).slice() }
    }
    return null
  }
}
