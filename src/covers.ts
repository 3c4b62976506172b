// What templates and heads are told of pictures that stand for a page: its cover, and facts for those who share it.
import { sourcesOf } from './content/beside.js'
import type { Path } from './content/types.js'
import { note, type Question } from './engine/reads.js'
import type { Step } from './engine/step.js'
import { readHeader } from './images/header.js'
import { markupOf } from './images/markup.js'
import type { Seen } from './images/types.js'
import { pictureOf, wholeSize } from './images/variants.js'
import type { BodyContext } from './markdown/context.js'
import type { RenderWorld } from './render/render.js'
import { hrefOf } from './urls.js'

/** Facts of a picture that a page stands for, looked for beside its document, then in public/. */
function pictureReader(context: BodyContext): RenderWorld['picture'] {
  return (address, document) => {
    const source = sourcesOf(address, document).find((path) => context.exists(path))
    const header = source === undefined ? undefined : readHeader(context.bytes(source))
    if (!header || !context.config.images.variants || source?.startsWith('public/')) return header
    // What is published at its address is no larger.
    return { ...header, ...wholeSize(header) }
  }
}

interface CoverSource {
  readonly context: BodyContext
  readonly looks: ReadonlyMap<Path, Step>
  readonly wanted: Set<Question>
}

/** A document's cover as templates show it; what its picture looks like is wanted where it is not known yet. */
function coverReader({ context, looks, wanted }: CoverSource): RenderWorld['cover'] {
  const { images, basePath } = context.config
  return (document) => {
    const { cover } = document
    if (cover === '') return null
    const source = sourcesOf(cover, document).find((path) => context.exists(path))
    const plain = { src: cover.startsWith('/') ? hrefOf(cover, basePath) : cover, sources: [] }
    if (source === undefined || !images.variants) return plain
    note(`look:${source}`)
    const step = looks.get(source)
    if (!step) wanted.add(`look:${source}`)
    const seen = step?.part<Seen>('seen')
    if (seen?.kind !== 'raster') return plain
    const { look } = seen
    const { width, height, tone } = look
    const picture = pictureOf(look, cover.slice(1), !source.startsWith('public/'))
    return { ...markupOf(picture, { basePath, measure: images.measure, width }), width, height, tone }
  }
}

/** Both, for a renderer. */
export function coverReaders(source: CoverSource): Pick<RenderWorld, 'picture' | 'cover'> {
  return { picture: pictureReader(source.context), cover: coverReader(source) }
}
