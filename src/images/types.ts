// The words of pictures: what is known of a file, and what is made of it.
import type { Path } from '../content/types.js'
import type { Answer } from '../engine/fingerprint.js'

/** What we can read and write; everything else is published as it is. */
export const rasterFormats = ['jpeg', 'png', 'webp', 'avif'] as const
export type RasterFormat = (typeof rasterFormats)[number]

/** A raster picture of one frame. */
export interface Look {
  /** Of the file's bytes: what everything made of it is named by. */
  readonly hash: Answer
  readonly format: RasterFormat
  /** Pixels as shown, after the rotation that a camera noted. */
  readonly width: number
  readonly height: number
  /** Average colour as `#rgb`, shown until the picture is there; '' where one sees through it. */
  readonly tone: string
  /** The file may be published byte for byte: it is not rotated and says nothing of place, time and camera. */
  readonly isClean: boolean
}

export type Seen =
  | { readonly kind: 'raster'; readonly look: Look }
  /** Drawings and films (SVG, GIF, animated WebP and PNG): left as they are. */
  | { readonly kind: 'whole' }
  /** `why` is '' where not even its size can be read. */
  | { readonly kind: 'broken'; readonly why: string }
  /** More pixels than are decoded, see `mostPixels`. */
  | { readonly kind: 'huge'; readonly width: number; readonly height: number }

/** One file to be made of a picture. */
export interface Variant {
  /** Name on the shelf: the source's bytes and all settings, and nothing else. */
  readonly key: Answer
  /** Below the output folder. */
  readonly path: string
  readonly format: RasterFormat
  readonly width: number
  readonly height: number
}

/** A picture that somebody shows. */
export interface ImageWant {
  readonly kind: 'image'
  readonly src: Path
  readonly look: Look
  /** Where the whole picture stands, below the output folder. */
  readonly out: string
  /** Where it is shown, for what goes wrong while it is made; 0 for no place. */
  readonly line: number
  readonly column: number
  /** No page shows it: it is only published at its own address. */
  readonly onlyWhole?: boolean
}
