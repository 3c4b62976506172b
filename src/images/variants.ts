// Which files are made of a picture and where they stand: from its look alone, so that a page can name them before any
// of them is made. A picture of our content keeps its own address, where it stands whole but cleaned; what is made of
// it lies in /assets/images/ under names that change with every byte and setting.
import { canonical, fingerprint } from '../engine/fingerprint.js'
import { encoderVersion, settingsOf } from './sharp.js'
import type { Look, RasterFormat, Variant } from './types.js'

/** From a phone at single density to a wide column at double; more would not be seen. */
const widths = [480, 800, 1200, 1600] as const
/** For browsers without WebP, and for feed readers. */
const plainWidth = 1200
/** The longer side of the whole picture, which opens on click. */
const wholeSide = 2560

export interface Picture {
  /** Best first. */
  readonly sources: readonly { readonly type: string; readonly variants: readonly Variant[] }[]
  /** The `<img>`'s own, in the source's format; a path alone where that is the whole picture. */
  readonly plain: { readonly path: string; readonly variant?: Variant }
  /** What stands at the picture's own address: made, or the file itself. */
  readonly whole: { readonly path: string; readonly variant?: Variant }
}

const endings: Readonly<Record<RasterFormat, string>> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
}

function variantOf(look: Look, format: RasterFormat, width: number, path?: string): Variant {
  const settings = settingsOf(format, look.format)
  const key = fingerprint(
    canonical({ encoder: encoderVersion(), source: look.hash, format, width, settings }),
  )
  return {
    key,
    path: path ?? `assets/images/${key.slice(0, 16)}-${width}.${endings[format]}`,
    format,
    width,
    height: Math.max(1, Math.round((look.height * width) / look.width)),
  }
}

/** Never wider than the source; the source's own width where it is no step of its own. */
function widthsOf(look: Look): number[] {
  const widest = Math.min(look.width, widths[widths.length - 1] ?? look.width)
  return [...widths.filter((width) => width < widest * 0.85), widest]
}

/**
 * `path` is where the picture stands below the output folder. A file of public/ stands there as it is (`isOurs` false):
 * what must be made of it whole gets another name.
 */
export function pictureOf(look: Look, path: string, isOurs: boolean): Picture {
  const sources = (['avif', 'webp'] as const).map((format) => ({
    type: `image/${format}`,
    variants: widthsOf(look).map((width) => variantOf(look, format, width)),
  }))
  const size = wholeSize(look)
  const isWhole = look.isClean && size.width === look.width
  const variant = isWhole ? undefined : variantOf(look, look.format, size.width, isOurs ? path : undefined)
  const whole = { path: variant?.path ?? path, ...(variant && { variant }) }
  if (size.width <= plainWidth) return { sources, plain: { path: whole.path }, whole }
  const plain = variantOf(look, look.format, plainWidth)
  return { sources, plain: { path: plain.path, variant: plain }, whole }
}

/** Pixels of the whole picture as it is published. */
export function wholeSize({ width, height }: Pick<Look, 'width' | 'height'>): {
  width: number
  height: number
} {
  const scale = Math.min(1, wholeSide / Math.max(width, height))
  const shown = Math.max(1, Math.round(width * scale))
  return { width: shown, height: scale === 1 ? height : Math.max(1, Math.round((height * shown) / width)) }
}

/** All that must be made, each once. */
export function variantsOf({ sources, plain, whole }: Picture): Variant[] {
  return [...sources.flatMap(({ variants }) => variants), plain.variant, whole.variant].filter(
    (variant) => variant !== undefined,
  )
}
