// Pictures for tests, drawn here so that nothing about them is a secret.
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'

/** A picture that compresses like a photograph without noise: `width` × `height` of soft colours. */
function pixels(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(width * height * 3)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3
      bytes[at] = 128 + 100 * Math.sin(x / 70)
      bytes[at + 1] = 128 + 100 * Math.cos(y / 50)
      bytes[at + 2] = (x + y) & 255
    }
  return bytes
}

/** A JPEG as a phone makes it: lying on its side, with its place and its owner noted. */
export function photo(width: number, height: number): Promise<Buffer> {
  return sharp(pixels(width, height), { raw: { width, height, channels: 3 } })
    .withExif({
      IFD0: { Copyright: 'Somebody', Orientation: '6' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 90 })
    .toBuffer()
}

/** Two frames of one colour each. */
export async function film(type: 'gif' | 'webp'): Promise<Buffer> {
  const frame = (background: string) =>
    sharp({ create: { width: 20, height: 10, channels: 3, background } })
      .png()
      .toBuffer()
  const frames = [await frame('#c00'), await frame('#00c')]
  return sharp(frames, { join: { animated: true } })
    .toFormat(type)
    .toBuffer()
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A whole PNG of one colour. `claims` are the sides that its header says it has. */
export function flatPng(
  width: number,
  height: number,
  [r, g, b]: readonly [number, number, number],
  claims: readonly [number, number] = [width, height],
): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(claims[0], 0)
  header.writeUInt32BE(claims[1], 4)
  header.set([8, 2], 8)
  const row = Buffer.concat([Buffer.from([0]), Buffer.from(Array(width).fill([r, g, b]).flat())])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(Array(height).fill(row)))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
