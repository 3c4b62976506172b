// LZ4 frames, the container in which Litestream keeps its objects. We write blocks that are not compressed, which
// the format allows, so that a download opens with the real `lz4 -d` and no compressor needs to be shipped.
// Reads its own frames and those of a compressor. Format: lz4_Frame_format.md of the LZ4 project.
import { type Bytes, concat } from './bytes.js'

const blockLimit = 4 << 20
// Magic, FLG 0x60 (version 1, independent blocks), BD 0x70 (blocks up to 4 MiB), checksum byte of these two.
const prefix = [0x04, 0x22, 0x4d, 0x18, 0x60, 0x70, 0x73]

const word = (value: number): Bytes => Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24)

/** A frame with `content` in uncompressed blocks; 15 bytes longer than the content if that is ≤ 4 MiB and not empty. */
export function encodeFrame(content: Uint8Array): Bytes {
  const parts: Uint8Array[] = [Uint8Array.from(prefix)]
  for (let offset = 0; offset < content.length; offset += blockLimit) {
    const block = content.subarray(offset, offset + blockLimit)
    parts.push(word(block.length | 0x80000000), block)
  }
  return concat([...parts, word(0)])
}

/** Size of `encodeFrame`'s result for a content of `length` bytes. */
export function frameLength(length: number): number {
  return prefix.length + length + 4 * Math.ceil(length / blockLimit) + 4
}

/** One compressed block: literals and copies from what is already there. Throws where it leads out of its bounds. */
function decodeBlock(block: Uint8Array): number[] {
  const out: number[] = []
  let at = 0
  const byte = (): number => {
    const value = block[at++]
    if (value === undefined) throw new Error('lz4: block ends too early')
    return value
  }
  const length = (nibble: number): number => {
    let total = nibble
    if (nibble === 15) for (let more = 255; more === 255; total += more) more = byte()
    return total
  }
  while (at < block.length) {
    const token = byte()
    for (let n = length(token >> 4); n > 0; n--) out.push(byte())
    if (at >= block.length) break
    const distance = byte() | (byte() << 8)
    if (distance === 0 || distance > out.length) throw new Error('lz4: copy from outside the block')
    for (let n = length(token & 15) + 4; n > 0; n--) out.push(out[out.length - distance]!)
  }
  return out
}

/**
 * The content of a frame with independent blocks. Checksums are skipped, not verified. Throws on another magic
 * number, linked blocks, or a frame without its end mark.
 */
export function decodeFrame(frame: Uint8Array): Bytes {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  const flags = frame[4] ?? 0
  if (frame.length < 11 || view.getUint32(0, true) !== 0x184d2204 || flags >> 6 !== 1)
    throw new Error('lz4: not a frame')
  if ((flags & 0x20) === 0) throw new Error('lz4: linked blocks are not supported')
  let at = 7 + (flags & 8 ? 8 : 0) + (flags & 1 ? 4 : 0)
  const parts: Uint8Array[] = []
  for (;;) {
    if (at + 4 > frame.length) throw new Error('lz4: frame has no end mark')
    const head = view.getUint32(at, true)
    at += 4
    if (head === 0) return concat(parts)
    const size = head & 0x7fffffff
    if (at + size > frame.length) throw new Error('lz4: block ends too early')
    const block = frame.subarray(at, at + size)
    parts.push(head >>> 31 ? block : Uint8Array.from(decodeBlock(block)))
    at += size + (flags & 16 ? 4 : 0)
  }
}
