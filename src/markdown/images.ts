// Images: a local one is copied to the page's folder and gets its width and height from its own bytes, so that the
// page does not jump; all but the first are loaded when they come near. image-size is behind this one file; traps:
// it throws on what it does not know, and gives a rotated photo's size before rotation.
import type { Element } from 'hast'
import { imageSize } from 'image-size'
import type { Path } from '../content/types.js'
import type { Job } from './job.js'
import { report, reportOnce } from './job.js'
import { finishAddress, noteLink, offsetsOf, warnUnsafe } from './links.js'
import { asWritten, hrefFor, joinPath, missingHref, resolveTarget, type Target } from './targets.js'
import { attribute, element } from './walk.js'

const mediaTypes: Readonly<Record<string, string>> = { jpg: 'image/jpeg', svg: 'image/svg+xml' }

/** For `img`. */
export function finishImage(job: Job, node: Element): void {
  const properties = node.properties
  const first = !job.seen.has('image')
  job.seen.add('image')
  if (!first && properties['loading'] === undefined) properties['loading'] = 'lazy'
  if (properties['decoding'] === undefined) properties['decoding'] = 'async'
  finishSrcSet(job, node)
  const address = attribute(node, 'src')
  if (address === '') return
  const target = resolveTarget(job, address)
  if (target.kind === 'external') job.image ||= address
  if (target.kind === 'unsafe') warnUnsafe(job, node, 'src', asWritten(job, address, offsetsOf(node)))
  if (target.kind === 'external' || target.kind === 'unsafe') return
  const written = asWritten(job, address, offsetsOf(node))
  if (target.kind === 'missing' || target.kind === 'fragment') {
    warnMissing(job, node, written, target.kind === 'missing' ? target.path : written)
    if (target.kind === 'missing') properties['src'] = missingHref(job, address)
    return
  }
  if (target.kind === 'site' && !address.startsWith('/')) {
    warnMissing(
      job,
      node,
      written,
      joinPath(job.meta.file.slice(0, job.meta.file.lastIndexOf('/')), written) ?? written,
    )
    properties['src'] = missingHref(job, address)
    return
  }
  properties['src'] = hrefFor(job, target)
  job.image ||= target.url
  if (target.kind === 'file') addSize(job, node, target, written)
  // No file of public/, but perhaps one that another document or a plugin publishes.
  else noteLink(job, node, written, target.url, '')
}

function addSize(job: Job, node: Element, target: Extract<Target, { kind: 'file' }>, written: string): void {
  if (node.properties['width'] !== undefined || node.properties['height'] !== undefined) return
  const size = readSize(job.context.bytes(target.src))
  if (size) {
    node.properties['width'] = size.width
    node.properties['height'] = size.height
  } else
    reportOnce(job, `size ${target.src}`, {
      code: 'markdown/unreadable-image',
      what: `the size of ${target.src} cannot be read: it is damaged or of an unknown format`,
      position: node.position,
      found: written,
      fix: 'save the image again as PNG, JPEG, WebP, AVIF, GIF or SVG',
    })
}

/** Width and height in CSS pixels as shown, and the media type; undefined where the bytes do not tell. */
export function readSize(
  bytes: Uint8Array | undefined,
): { width: number; height: number; type: string } | undefined {
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
  const image = only.tagName === 'a' && only.children.length === 1 ? only.children[0] : only
  if (image?.type !== 'element' || image.tagName !== 'img') return undefined
  const title = attribute(image, 'title')
  if (title === '') return undefined
  delete image.properties['title']
  return {
    ...element('figure', {}, [only, element('figcaption', {}, [title])]),
    ...(paragraph.position && { position: paragraph.position }),
  }
}
