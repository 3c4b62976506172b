// Local raster images as `<picture>`: AVIF, WebP and the format they came in, in sizes to choose from, with a colour in
// their place until they come. All of it follows from the file's look; nothing is made here, only named and wanted.
import type { Element, ElementContent, Root } from 'hast'
import { markupOf } from '../images/markup.js'
import type { Look } from '../images/types.js'
import { type Picture, pictureOf } from '../images/variants.js'
import { hrefOf } from '../urls.js'
import type { Job, Place } from './job.js'
import { resolveTarget, type Target } from './targets.js'
import { attribute, element, hasClass, type Parent } from './walk.js'

type FileTarget = Extract<Target, { kind: 'file' }>

/** Looks at every local image of a document, before the walk that cannot wait. */
export async function lookAtImages(job: Job, tree: Root): Promise<void> {
  if (!job.config.images.variants) return
  const enter = async (parent: Parent): Promise<void> => {
    for (const child of parent.children) {
      if (child.type !== 'element') continue
      if (child.tagName !== 'img') await enter(child)
      else {
        const target = resolveTarget(job, attribute(child, 'src'))
        if (target.kind !== 'file' || job.looks.has(target.src)) continue
        const seen = await job.context.look(target.src)
        if (seen) job.looks.set(target.src, seen)
      }
    }
  }
  await enter(tree)
}

/** An author who offers sizes or sources knows better. */
export function isPictured(node: Element, ancestors: readonly Parent[]): boolean {
  return (
    node.properties['srcSet'] === undefined &&
    !ancestors.some((parent) => parent.type === 'element' && parent.tagName === 'picture')
  )
}

export interface PictureSource {
  /** The `img`, which becomes a part of it. */
  readonly node: Element
  readonly target: FileTarget
  readonly look: Look
  /** Where it is shown. */
  readonly place: Place | undefined
}

/** The picture of an `img`, in a link to the whole of it where that is larger than the column and nothing else is linked. */
export function pictureInstead(
  job: Job,
  source: PictureSource,
  ancestors: readonly Parent[],
): ElementContent[] {
  const { node, target, look } = source
  const shown = pictureElement(job, source)
  const isLinked = ancestors.some(
    (parent) => parent.type === 'element' && /^(?:a|button)$/.test(parent.tagName),
  )
  if (isLinked || look.width <= job.config.images.measure) return [shown]
  const { whole } = pictureOf(look, target.url.slice(1), target.copy)
  const label = attribute(node, 'alt').trim() === '' ? { ariaLabel: job.words.enlarge } : {}
  const href = hrefOf(`/${whole.path}`, job.config.basePath)
  return [element('a', { className: ['zoom'], href, ...label }, [shown])]
}

/** `<picture>` around the `img`; what must be made for it is wanted. */
export function pictureElement(job: Job, { node, target, look, place }: PictureSource): Element {
  const { basePath, images } = job.config
  const { properties } = node
  const picture = wantPicture(job, target, look, place)
  const sides = sidesOf(node, look)
  Object.assign(properties, sides)
  const { sources, src } = markupOf(picture, { basePath, measure: images.measure, width: sides.width })
  properties['src'] = src + target.tail
  if (look.tone !== '' && properties['style'] === undefined) properties['style'] = `background:${look.tone}`
  return element('picture', {}, [
    ...sources.map(({ type, srcset, sizes }) => element('source', { type, srcSet: srcset, sizes })),
    node,
  ])
}

/** Puts a picture on the list of what must stand in the site. */
function wantPicture(job: Job, target: FileTarget, look: Look, place: Place | undefined): Picture {
  const { src, url } = target
  const out = url.slice(1)
  if (job.wants.get(out)?.kind !== 'image')
    job.wants.set(out, { kind: 'image', src, look, out, line: place?.line ?? 0, column: place?.column ?? 0 })
  return pictureOf(look, out, target.copy)
}

/** Width and height in CSS pixels: as the author says, the other side in proportion. */
function sidesOf({ properties }: Element, look: Look): { width: number; height: number } {
  const given = (name: string): number => {
    const value = Number(properties[name])
    return Number.isInteger(value) && value > 0 ? value : 0
  }
  const [width, height] = [given('width'), given('height')]
  if (width > 0 && height > 0) return { width, height }
  if (width > 0) return { width, height: Math.max(1, Math.round((width * look.height) / look.width)) }
  if (height > 0) return { width: Math.max(1, Math.round((height * look.width) / look.height)), height }
  return { width: look.width, height: look.height }
}

/** As lists show it: no link of its own to the larger one, and nothing before the page's own pictures. */
export function quietPicture(node: Element): Element {
  if (node.tagName === 'img') {
    const { fetchPriority: _first, ...properties } = node.properties
    return { ...node, properties: _first === undefined ? properties : { ...properties, loading: 'lazy' } }
  }
  const [only] = node.children
  return node.tagName === 'a' && hasClass(node, 'zoom') && only?.type === 'element' ? only : node
}
