// The one file that knows sharp, which is loaded when a picture is looked at or made, and never before. Its traps: its
// kept operations make memory grow with the site (off); its own threads make the bytes of AVIF depend on the machine
// (one a picture; we make several pictures at a time); an animated file gives its first frame without a word; metadata
// is left out unless asked for, and then the rotation in it must have been applied.
import type { Sharp } from 'sharp'
import { ProblemError } from '../errors.js'
import { versionOf } from '../package.js'
import type { RasterFormat } from './types.js'

/** A picture of more pixels is not decoded: 4 bytes each, and a file of a few kilobytes may claim any number. */
export const mostPixels = 100_000_000

/** How each format is written: part of every key, so that another quality makes everything again. */
const writing = {
  avif: { quality: 55, effort: 3 },
  webp: { quality: 78, effort: 4 },
  jpeg: { quality: 82, mozjpeg: true },
  png: { compressionLevel: 9, adaptiveFiltering: true },
} as const
/** Screenshots and drawings: edges and letters before photographs' size. */
const drawn = { ...writing, avif: { quality: 65, effort: 3 }, webp: { quality: 86, effort: 4 } } as const

/** How this format is written for a source of that one. */
export function settingsOf(format: RasterFormat, source: RasterFormat): Readonly<Record<string, unknown>> {
  return (source === 'png' ? drawn : writing)[format]
}

/** A fact of the installed program, asked for with every name that is given. */
let version: string | undefined

/** Which encoder works here: other versions may write other bytes. */
export function encoderVersion(): string {
  version ??= versionOf('sharp')
  return version
}

async function open(bytes: Uint8Array): Promise<Sharp> {
  let sharp: typeof import('sharp').default
  try {
    sharp = (await import('sharp')).default
  } catch (error) {
    throw new ProblemError({
      severity: 'error',
      code: 'images/no-sharp',
      what: `pictures cannot be made on this machine: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : ''}`,
      fix: 'install the packages again (npm ci) without leaving out optional ones, or set images: { variants: false } and cards: false',
    })
  }
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp(bytes, { failOn: 'error', limitInputPixels: mostPixels })
}

/** What a picture's pixels and metadata say. Throws an Error where they cannot be read. */
export async function readPixels(
  bytes: Uint8Array,
): Promise<{ width: number; height: number; tone: string; isClean: boolean }> {
  const image = await open(bytes)
  const { width, height, orientation = 1, exif, xmp, iptc, comments, hasAlpha } = await image.metadata()
  // All of it is decoded, so that a file that breaks off is found here, where somebody can be told.
  const one = image.resize(1, 1, { fit: 'fill' }).toColourspace('srgb').ensureAlpha()
  const [r = 0, g = 0, b = 0, a = 0] = await one.raw().toBuffer()
  const digit = (value: number): string => Math.round(value / 17).toString(16)
  return {
    ...(orientation >= 5 ? { width: height, height: width } : { width, height }),
    tone: hasAlpha && a < 255 ? '' : `#${digit(r)}${digit(g)}${digit(b)}`,
    isClean: orientation === 1 && !exif && !xmp && !iptc && !(comments && comments.length > 0),
  }
}

/** The bytes of one variant: turned upright, no wider than the source, without metadata. Throws an Error. */
export async function encode(
  bytes: Uint8Array,
  { format, width, source }: { format: RasterFormat; width: number; source: RasterFormat },
): Promise<Uint8Array> {
  const image = (await open(bytes)).autoOrient().resize({ width, withoutEnlargement: true })
  return image.toFormat(format, settingsOf(format, source)).toBuffer()
}

/** A drawing as PNG of few colours, in its own size. */
export async function drawPng(svg: string): Promise<Uint8Array> {
  const image = await open(Buffer.from(svg, 'utf8'))
  return image.flatten().png({ palette: true, colours: 64, effort: 4, dither: 0 }).toBuffer()
}
