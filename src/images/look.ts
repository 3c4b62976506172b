// Looking at a picture: what its first bytes say, and for one that we can make smaller its average colour, which takes
// decoding it once. Depends on the bytes alone; a look is kept on the shelf.
import { fingerprint } from '../engine/fingerprint.js'
import { ProblemError, passOn } from '../errors.js'
import { isAnimated, readHeader } from './header.js'
import { encoderVersion, mostPixels, readPixels } from './sharp.js'
import type { Shelf } from './shelf.js'
import { type RasterFormat, rasterFormats, type Seen } from './types.js'

const formatOf = (type: string): RasterFormat | undefined =>
  rasterFormats.find((format) => type === `image/${format}`)

/** Key of a file's look on the shelf. */
export function lookKey(hash: string): string {
  return fingerprint(`look 1 ${encoderVersion()} ${hash}`)
}

/** Never throws for what may be in a file; throws a ProblemError where no picture can be read on this machine. */
export async function lookAt(bytes: Uint8Array, shelf: Shelf): Promise<Seen> {
  const header = readHeader(bytes)
  if (!header) return { kind: 'broken', why: '' }
  const { width, height, type } = header
  const format = formatOf(type)
  if (format === undefined || isAnimated(bytes, type)) return { kind: 'whole' }
  if (width * height > mostPixels) return { kind: 'huge', width, height }
  const hash = fingerprint(bytes)
  const key = lookKey(hash)
  const kept = shelf.read(key)
  // Its hash says that we wrote it.
  if (kept) return JSON.parse(Buffer.from(kept).toString('utf8')) as Seen
  try {
    const seen: Seen = { kind: 'raster', look: { hash, format, ...(await readPixels(bytes)) } }
    shelf.put(key, Buffer.from(JSON.stringify(seen), 'utf8'))
    return seen
  } catch (error) {
    passOn(error)
    if (error instanceof ProblemError || !(error instanceof Error) || 'syscall' in error) throw error
    return { kind: 'broken', why: reasonOf(error) }
  }
}

/** The first line of what libvips says, without the name of the function that said it. */
export function reasonOf(error: Error): string {
  return (error.message.split('\n')[0] ?? '').replace(/^[\w ]+: /, '').trim() || 'it cannot be decoded'
}
