// Size and kind of a picture from its first bytes, without decoding it. image-size is behind this one file; traps: it
// throws on what it does not know, and gives a rotated photo's size before rotation.
import { imageSize } from 'image-size'
import { viewOf } from '../engine/bytes.js'

const mediaTypes: Readonly<Record<string, string>> = { jpg: 'image/jpeg', svg: 'image/svg+xml' }

export interface ImageHeader {
  /** CSS pixels as shown. */
  readonly width: number
  readonly height: number
  /** Media type. */
  readonly type: string
}

/** Undefined where the bytes do not tell. */
export function readHeader(bytes: Uint8Array | undefined): ImageHeader | undefined {
  if (!bytes || bytes.length === 0) return undefined
  try {
    const { width, height, orientation = 1, type: format = '' } = imageSize(bytes)
    if (!(width > 0 && height > 0)) return undefined
    const type = mediaTypes[format] ?? `image/${format}`
    const size = { width: Math.round(width), height: Math.round(height), type }
    return orientation >= 5 ? { ...size, width: size.height, height: size.width } : size
  } catch {
    return undefined
  }
}

/** Has the picture more than one frame? Of AVIF, PNG and WebP; decoders show the first and forget the rest. */
export function isAnimated(bytes: Uint8Array, type: string): boolean {
  const buffer = viewOf(bytes)
  const at = (offset: number, length = 4): string => buffer.toString('latin1', offset, offset + length)
  // RFC 9649, section 2.7: the flags stand behind the name and size of the first chunk.
  if (type === 'image/webp') return at(12) === 'VP8X' && ((buffer[20] ?? 0) & 2) !== 0
  // PNG, third edition, 11.3.5: acTL comes before the first IDAT.
  if (type === 'image/png') {
    for (let offset = 8; offset + 8 <= buffer.length; offset += buffer.readUInt32BE(offset) + 12) {
      const chunk = at(offset + 4)
      if (chunk === 'acTL') return true
      if (chunk === 'IDAT') return false
    }
  }
  return type === 'image/avif' && at(8) === 'avis'
}
