// Images: a local one becomes a `<picture>` of sizes to choose from (see `pictures.ts`) or, where the site wants none,
// is copied to the page's folder; either way it has width and height, so that the page does not jump, and all but the
// first are loaded when they come near.
import type { Element, ElementContent } from 'hast'
import type { Path } from '../content/types.js'
import { readHeader } from '../images/header.js'
import { mostPixels } from '../images/sharp.js'
import type { Job } from './job.js'
import { placeOf, report, reportOnce } from './job.js'
import { finishAddress, noteLink, offsetsOf, warnUnsafe } from './links.js'
import { isPictured, pictureInstead } from './pictures.js'
import { asWritten, hrefFor, joinPath, missingHref, resolveTarget, type Target } from './targets.js'
import { attribute, element, type Parent } from './walk.js'

/** For `img`: what shall stand in its place, undefined for itself. */
export function finishImage(
  job: Job,
  node: Element,
  ancestors: readonly Parent[],
): readonly ElementContent[] | undefined {
  const properties = node.properties
  const first = !job.seen.has('image')
  job.seen.add('image')
  if (!first && properties['loading'] === undefined) properties['loading'] = 'lazy'
  if (properties['decoding'] === undefined) properties['decoding'] = 'async'
  finishSrcSet(job, node)
  const address = attribute(node, 'src')
  if (address === '') return undefined
  const target = resolveTarget(job, address)
  if (target.kind === 'external' || target.kind === 'file') noteAlt(job, node)
  if (target.kind === 'external') job.image ||= address
  if (target.kind === 'unsafe') warnUnsafe(job, node, 'src', asWritten(job, address, offsetsOf(node)))
  if (target.kind === 'external' || target.kind === 'unsafe') return undefined
  const written = asWritten(job, address, offsetsOf(node))
  if (target.kind === 'missing' || target.kind === 'fragment') {
    warnMissing(job, node, written, target.kind === 'missing' ? target.path : written)
    if (target.kind === 'missing') properties['src'] = missingHref(job, address)
    return undefined
  }
  if (target.kind === 'site' && !address.startsWith('/')) {
    warnMissing(
      job,
      node,
      written,
      joinPath(job.meta.file.slice(0, job.meta.file.lastIndexOf('/')), written) ?? written,
    )
    properties['src'] = missingHref(job, address)
    return undefined
  }
  job.image ||= target.url
  if (target.kind === 'file' && isPictured(node, ancestors)) {
    const seen = job.looks.get(target.src)
    if (seen?.kind === 'raster') {
      if (first && properties['loading'] === undefined) properties['fetchPriority'] = 'high'
      const place = placeOf(job, node.position, written)
      return pictureInstead(job, { node, target, look: seen.look, place }, ancestors)
    }
    if (seen?.kind === 'huge') refuseHuge(job, node, target.src, seen, written)
    if (seen?.kind === 'broken' && seen.why !== '')
      warnUnreadable(job, node, target.src, written, `${target.src} cannot be decoded: ${seen.why}`)
  }
  properties['src'] = hrefFor(job, target)
  if (target.kind === 'file') addSize(job, node, target, written)
  // No file of public/, but perhaps one that another document or a plugin publishes.
  else noteLink(job, node, written, target.url, '')
  return undefined
}

function addSize(job: Job, node: Element, target: Extract<Target, { kind: 'file' }>, written: string): void {
  if (node.properties['width'] !== undefined || node.properties['height'] !== undefined) return
  const size = readHeader(job.context.bytes(target.src))
  if (size) {
    node.properties['width'] = size.width
    node.properties['height'] = size.height
  } else
    warnUnreadable(
      job,
      node,
      target.src,
      written,
      `the size of ${target.src} cannot be read: it is damaged or of an unknown format`,
    )
}

function warnUnreadable(job: Job, node: Element, src: Path, written: string, what: string): void {
  reportOnce(job, `size ${src}`, {
    code: 'markdown/unreadable-image',
    what,
    position: node.position,
    found: written,
    fix: 'save the image again as PNG, JPEG, WebP, AVIF, GIF or SVG',
  })
}

function refuseHuge(
  job: Job,
  node: Element,
  src: Path,
  { width, height }: { readonly width: number; readonly height: number },
  written: string,
): void {
  reportOnce(job, `size ${src}`, {
    severity: 'error',
    code: 'markdown/huge-image',
    what: `${src} says that it has ${width} × ${height} pixels, too many for readers' browsers and for us`,
    position: node.position,
    found: written,
    expected: [`at most ${mostPixels / 1_000_000} million pixels`],
    fix: 'make it smaller, or link to it instead of showing it',
  })
}

/** Markdown has no way to say that a picture says nothing: who means that writes `<img alt="">`. */
function noteAlt(job: Job, node: Element): void {
  const isMarkdown = job.source.startsWith('![', node.position?.start.offset ?? -1)
  if (!job.config.images.variants || node.position === undefined) return
  if (isMarkdown ? attribute(node, 'alt').trim() !== '' : node.properties['alt'] !== undefined) return
  reportOnce(job, 'alt', {
    code: 'markdown/missing-alt',
    what: 'this picture has no text for those who cannot see it',
    position: node.position,
    expected: ['![what the picture shows](address)'],
    fix: 'say what it shows; for a mere ornament write <img src="…" alt="">',
  })
}

function warnMissing(job: Job, node: Element, written: string, path: Path): void {
  const inPublic = joinPath('public', written.replace(/^(?:\.{1,2}\/)+/, ''))
  const there = inPublic !== undefined && job.context.exists(inPublic)
  report(job, {
    code: 'markdown/missing-image',
    what: `there is no image ${path}`,
    position: node.position,
    found: written,
    fix: there
      ? `that file is ${inPublic}: write ${inPublic.slice('public'.length)}`
      : 'put the file there or correct the address, which is relative to this file',
  })
}

/** `a.png 1x, b.png 2x`: each address on its own. */
function finishSrcSet(job: Job, node: Element): void {
  const value = node.properties['srcSet']
  const list = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/,\s+/) : []
  if (list.length === 0) return
  node.properties['srcSet'] = list
    .map((entry) => {
      const [address = '', ...descriptor] = entry.trim().split(/\s+/)
      const one = {
        ...element('source', { src: address }),
        ...(node.position && { position: node.position }),
      }
      finishAddress(job, one, 'src')
      return [attribute(one, 'src'), ...descriptor].join(' ')
    })
    .join(', ')
}

/** For `video`, `audio`, `source`, `track`, `iframe`, `embed`, `object`, `link` of raw HTML. */
export function finishMedia(job: Job, node: Element): void {
  finishSrcSet(job, node)
  for (const name of ['src', 'poster', 'data', ...(node.tagName === 'link' ? ['href'] : [])])
    finishAddress(job, node, name)
}

/** A paragraph that holds one image with a title, alone: `<figure>` with the title as its caption. */
export function figureOf(paragraph: Element): Element | undefined {
  const content = paragraph.children.filter((child) => child.type !== 'text' || child.value.trim() !== '')
  const [only] = content
  if (content.length !== 1 || only?.type !== 'element') return undefined
  const image = imageIn(only)
  const title = image ? attribute(image, 'title') : ''
  if (!image || title === '') return undefined
  delete image.properties['title']
  return {
    ...element('figure', {}, [only, element('figcaption', {}, [title])]),
    ...(paragraph.position && { position: paragraph.position }),
  }
}

/** The image of a link or a picture that holds nothing else. */
function imageIn(node: Element): Element | undefined {
  if (node.tagName === 'img') return node
  const inner = node.tagName === 'picture' ? node.children.at(-1) : node.children[0]
  if (node.tagName !== 'picture' && (node.tagName !== 'a' || node.children.length !== 1)) return undefined
  return inner?.type === 'element' ? imageIn(inner) : undefined
}
