// A picture as attributes of `<source>`s and `<img>`: shared by bodies, which are trees, and by templates, which are text.
import { hrefOf } from '../urls.js'
import type { Picture } from './variants.js'

export interface MarkupOptions {
  readonly basePath: string
  /** CSS pixels of the column of text, see `images.measure`. */
  readonly measure: number
  /** CSS pixels that the picture takes where there is room. */
  readonly width: number
}

export interface PictureMarkup {
  readonly sources: readonly { readonly type: string; readonly srcset: string; readonly sizes: string }[]
  readonly src: string
}

export function markupOf(picture: Picture, options: MarkupOptions): PictureMarkup {
  const { basePath, measure, width } = options
  const room = Math.min(width, measure)
  const sizes = `(min-width: ${room}px) ${room}px, 100vw`
  return {
    sources: picture.sources.map(({ type, variants }) => ({
      type,
      srcset: variants
        .map(({ path, width: pixels }) => `${hrefOf(`/${path}`, basePath)} ${pixels}w`)
        .join(', '),
      sizes,
    })),
    src: hrefOf(`/${picture.plain.path}`, basePath),
  }
}
