// Links: a link to another source file becomes that document's address, a file beside the document is copied to the
// page's folder, an address of the site gets the base path and is noted for checking. What leads out is left alone.
import type { Element } from 'hast'
import { didYouMean } from '../errors.js'
import { encodeFragment } from '../urls.js'
import type { Job } from './job.js'
import { placeOf, report } from './job.js'
import {
  asWritten,
  bareDomain,
  hrefFor,
  joinPath,
  missingHref,
  resolveTarget,
  type Target,
} from './targets.js'
import { attribute } from './walk.js'

/** For `a` and `area`. */
export function finishLink(job: Job, node: Element): void {
  if (node.properties['target'] !== undefined && node.properties['target'] !== '_self') addNoopener(node)
  if (
    node.properties['dataFootnoteRef'] !== undefined ||
    node.properties['dataFootnoteBackref'] !== undefined
  ) {
    // remark-rehype percent-encodes ids and addresses alike; an id is written as it is, only the address encoded.
    node.properties['href'] = `#${encodeFragment(decodeId(attribute(node, 'href').slice(1)))}`
    return
  }
  finishAddress(job, node, 'href')
}

/** Decodes an id that remark-rehype has percent-encoded. */
export function decodeId(id: string): string {
  try {
    return decodeURIComponent(id).normalize('NFC')
  } catch {
    return id
  }
}

/** Any attribute that holds one address; a broken one is reported and left as written. */
export function finishAddress(job: Job, node: Element, name: string): void {
  const address = attribute(node, name)
  if (address === '') return
  const target = resolveTarget(job, address)
  if (target.kind === 'external') return
  const written = asWritten(job, address, offsetsOf(node))
  if (target.kind === 'unsafe') warnUnsafe(job, node, name, written)
  else if (target.kind === 'missing') {
    warnBroken(job, node, written, target)
    node.properties[name] = missingHref(job, address)
  } else if (target.kind === 'fragment') {
    node.properties[name] = `#${encodeFragment(target.anchor)}`
    noteLink(job, node, written, '', target.anchor)
  } else {
    node.properties[name] = hrefFor(job, target)
    if (target.kind === 'site') noteLink(job, node, written, target.url, target.anchor)
  }
}

export function offsetsOf(node: Element): { start?: number; end?: number } {
  const start = node.position?.start?.offset
  const end = node.position?.end?.offset
  return { ...(start !== undefined && { start }), ...(end !== undefined && { end }) }
}

/** Notes an address of the site, to be checked when all bodies and pages are known. */
export function noteLink(job: Job, node: Element, written: string, url: string, anchor: string): void {
  const { line, column } = placeOf(job, node.position, written) ?? { line: job.meta.bodyLine, column: 1 }
  job.links.push({ url, anchor, text: written, line, column })
}

function addNoopener(node: Element): void {
  const rel = node.properties['rel']
  const list = Array.isArray(rel) ? rel.map(String) : rel ? String(rel).split(/\s+/) : []
  if (!list.includes('noopener') && !list.includes('opener')) node.properties['rel'] = [...list, 'noopener']
}

/** An address that runs code where it is followed or shown: told, and removed where raw HTML is not trusted. */
export function warnUnsafe(job: Job, node: Element, name: string, written: string): void {
  const kept = job.config.markdown.html === 'allow'
  // In a picture or a film it is data and runs nothing.
  if (kept && name !== 'href' && /^data:/i.test(written.trim())) return
  if (!kept) delete node.properties[name]
  report(job, {
    code: 'markdown/unsafe-link',
    what: `this address runs code or reads the reader's own files; it was ${kept ? 'kept' : 'removed'}`,
    position: node.position,
    found: written,
    expected: ['an address with https:, mailto: or none'],
    fix: 'remove the link, or link to a page',
  })
}

function warnBroken(
  job: Job,
  node: Element,
  written: string,
  target: Extract<Target, { kind: 'missing' }>,
): void {
  // A draft has no Meta for us, but its file is there.
  const hidden =
    target.id !== undefined && (job.context.meta(target.id) !== undefined || job.context.exists(target.path))
  const near = hidden ? undefined : nearDocument(job, target)
  report(job, {
    code: 'markdown/broken-link',
    what: hidden
      ? `this link leads to ${target.path}, which is not published`
      : `this link leads to ${target.path}, which does not exist`,
    position: node.position,
    found: written,
    fix: fixFor(job, written, hidden, near, target),
  })
}

function fixFor(
  job: Job,
  written: string,
  hidden: boolean,
  near: string | undefined,
  target: Extract<Target, { kind: 'missing' }>,
): string {
  if (hidden) return 'publish that document (draft, date, expires) or remove the link'
  if (near !== undefined) return `did you mean ${near}?`
  if (/^[\w.+-]+@[\w-]+\.\w+$/.test(written)) return `write mailto:${written}`
  if (bareDomain.test(written)) return `write https://${written}`
  const inPublic = joinPath('public', written.replace(/[?#].*$/s, '').replace(/^(?:\.{1,2}\/)+/, ''))
  if (target.id === undefined && inPublic !== undefined && job.context.exists(inPublic))
    return `that file is ${inPublic}: write ${inPublic.slice('public'.length)}`
  return 'correct the address, which is relative to this file, or remove the link'
}

/** What an author calls a document: its file's name, or its folder's where the file is an index. */
function nameOf(id: string): string {
  const [last = '', folder = ''] = id.split('/').reverse()
  const name = last.replace(/\.[^.]*$/, '')
  return name === 'index' ? folder : name
}

/** The nearest document by name, as a relative address from here. */
function nearDocument(job: Job, target: Extract<Target, { kind: 'missing' }>): string | undefined {
  if (target.id === undefined) return undefined
  const ids = job.context.query('posts')
  if (!Array.isArray(ids)) return undefined
  const others = ids.filter((id): id is string => typeof id === 'string' && id !== job.meta.id)
  const meant = didYouMean(nameOf(target.id), others.map(nameOf))
  const near = meant === undefined ? undefined : others.find((id) => nameOf(id) === meant)
  return near === undefined ? undefined : relativeTo(job.meta.id, near)
}

function relativeTo(from: string, to: string): string {
  const here = from.split('/').slice(0, -1)
  const there = to.split('/')
  let same = 0
  while (same < here.length && here[same] === there[same]) same++
  const up = here.length - same
  return (up === 0 ? './' : '../'.repeat(up)) + there.slice(same).join('/')
}
