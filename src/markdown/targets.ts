// Where an address in a document leads: to another source file, to a file that must be copied beside the page, to a
// place on the site, or out of it. Everything relative is looked up beside the source file first, as an editor's
// preview does. Must never answer with a path outside `content/` and `public/`.
import type { DocId, Path, Url } from '../content/types.js'
import { decodePath, encodeFragment, hrefOf } from '../urls.js'
import type { Job } from './job.js'

export type Target =
  /** Out of the site, or nothing that a site can hold (`mailto:`): left as written. */
  | { readonly kind: 'external' }
  /** `javascript:` and its kin. */
  | { readonly kind: 'unsafe' }
  | { readonly kind: 'fragment'; readonly anchor: string }
  /** A decoded address of the site, to be checked when everything is known. */
  | { readonly kind: 'site'; readonly url: Url; readonly tail: string; readonly anchor: string }
  /** A file of `content/` to be copied to `url`, or a file of `public/` (`copy` false). */
  | {
      readonly kind: 'file'
      readonly src: Path
      readonly url: Url
      readonly tail: string
      readonly copy: boolean
    }
  /** No such file or document; `id` where a document was meant. */
  | { readonly kind: 'missing'; readonly path: Path; readonly id?: DocId }

const scheme = /^[a-z][a-z0-9+.-]+:/i
const unsafe = /^(?:javascript|vbscript|data|file):/i
const harmless = /^(?:\/\/|(?:https?|mailto|tel|ftp|xmpp|irc|ircs|magnet|feed):)/i
const documentName = /\.(?:md|markdown)$/i
/** `www.example.org/x` without its scheme: as an address it would lead to a folder of that name. */
export const bareDomain = /^(?:www\.|[\w-]+\.(?:com|org|net|io|dev|cn|me)(?:\/|$))/i

/** `address` as it stands in the tree: percent-encoded or not. */
export function resolveTarget(job: Job, address: string): Target {
  // Browsers drop these anywhere in a scheme, so `java\nscript:` is one.
  const plain = [...address].filter((char) => char > ' ').join('')
  if (unsafe.test(plain)) return { kind: 'unsafe' }
  const isExternal = plain.startsWith('//') || scheme.test(plain)
  // Where the site does not trust raw HTML, only the schemes of the web and of letters pass.
  if (isExternal && job.config.markdown.html !== 'allow' && !harmless.test(plain)) return { kind: 'unsafe' }
  if (isExternal) return { kind: 'external' }
  const [, path = '', query = '', fragment = ''] =
    /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/s.exec(address.trim()) ?? []
  const anchor = decodePath(fragment)
  if (path === '') return query === '' ? { kind: 'fragment', anchor } : { kind: 'external' }
  const tail =
    query.replace(/[^\x21-\x7e]+/g, encodeURIComponent) + (anchor === '' ? '' : `#${encodeFragment(anchor)}`)
  if (path.startsWith('/')) return siteTarget(job, decodePath(path), tail, anchor)
  const decoded = lookUp(job, decodePath(path), tail, anchor)
  if (decoded.kind !== 'missing') return decoded
  // A file may really be called `a%20b.png`, and Windows authors write `img\a.png`.
  for (const other of new Set([path.normalize('NFC'), decodePath(path).replaceAll('\\', '/')])) {
    if (other === decodePath(path)) continue
    const found = lookUp(job, other, tail, anchor)
    if (found.kind !== 'missing') return found
  }
  return decoded
}

function siteTarget(job: Job, url: Url, tail: string, anchor: string): Target {
  const safe = url.replace(/\/{2,}/g, '/')
  const src = `public${safe}`
  if (hasExtension(safe) && !safe.split('/').includes('..') && job.context.exists(src))
    return { kind: 'file', src, url: safe, tail, copy: false }
  return { kind: 'site', url: safe, tail, anchor }
}

const hasExtension = (path: string): boolean => /[^/]\.[^./]+$/.test(path)

function lookUp(job: Job, relative: string, tail: string, anchor: string): Target {
  const folder = job.meta.file.slice(0, job.meta.file.lastIndexOf('/'))
  const path = joinPath(folder, relative)
  if (path === undefined) return { kind: 'missing', path: relative }
  const id = path.startsWith('content/') ? path.slice('content/'.length) : undefined
  if (documentName.test(path)) {
    const url = id === undefined ? undefined : job.context.urlOf(id)
    if (url !== undefined) return { kind: 'site', url, tail, anchor }
    return { kind: 'missing', path, ...(id !== undefined && { id }) }
  }
  if (hasExtension(path) && (id !== undefined || path.startsWith('public/')) && job.context.exists(path))
    return id === undefined
      ? { kind: 'file', src: path, url: path.slice('public'.length), tail, copy: false }
      : { kind: 'file', src: path, url: copyUrl(job, path, folder), tail, copy: true }
  if (id !== undefined)
    for (const candidate of [`${id}.md`, `${id}/index.md`]) {
      const url = job.context.urlOf(candidate)
      if (url !== undefined) return { kind: 'site', url, tail, anchor }
    }
  if (hasExtension(path) || bareDomain.test(relative)) return { kind: 'missing', path }
  // `../other/` may also be meant as an address beside the page's own.
  const url = joinPath(folderOf(job.meta.url).slice(1, -1), relative)
  return url === undefined
    ? { kind: 'missing', path }
    : { kind: 'site', url: `/${url}${relative.endsWith('/') && url !== '' ? '/' : ''}`, tail, anchor }
}

/** `a/b` + `../c/./d` → `a/c/d`; undefined where it leaves the root. */
export function joinPath(folder: string, relative: string): string | undefined {
  const parts = folder === '' ? [] : folder.split('/')
  for (const part of relative.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

/** The folder that relative addresses of a page are relative to: `/a/b/` → `/a/b/`, `/a/b.html` → `/a/`. */
function folderOf(url: Url): Url {
  return url.slice(0, url.lastIndexOf('/') + 1)
}

/** A file beside the document keeps its place beside the page; one from elsewhere loses its `../`. */
function copyUrl(job: Job, src: Path, folder: string): Url {
  const from = folder.split('/')
  const to = src.split('/')
  let same = 0
  while (same < from.length && from[same] === to[same]) same++
  const name = to.slice(same).join('/')
  const wanted = folderOf(job.meta.url) + name
  const dot = wanted.lastIndexOf('.')
  let url = wanted
  // `./a/x.png` and `../a/x.png` must not become one file.
  for (let n = 2; (job.wants.get(url.slice(1))?.src ?? src) !== src; n++)
    url = `${wanted.slice(0, dot)}-${n}${wanted.slice(dot)}`
  return url
}

/** What to write into the page for a target that exists; a file is put on the list of copies. */
export function hrefFor(job: Job, target: Extract<Target, { kind: 'site' | 'file' }>): string {
  if (target.kind === 'file' && target.copy) {
    const out = target.url.slice(1)
    // What is shown as a picture stands there cleaned; a link beside it leads to the same.
    if (!job.wants.has(out)) job.wants.set(out, { kind: 'copy', src: target.src, out })
  }
  return hrefOf(target.url, job.config.basePath) + target.tail
}

/** The address that a missing file would have beside the page, so that it means the same in lists and feeds. */
export function missingHref(job: Job, address: string): string {
  const [, path = '', tail = ''] = /^([^?#]*)(.*)$/s.exec(address) ?? []
  const url = joinPath(folderOf(job.meta.url).slice(1, -1), decodePath(path))
  return url === undefined ? address : hrefOf(`/${url}`, job.config.basePath) + tail
}

/** An address as its author most likely typed it, for messages: the tree holds it percent-encoded. */
export function asWritten(job: Job, address: string, offsets: { start?: number; end?: number }): string {
  const source = job.source.slice(offsets.start ?? 0, offsets.end ?? 0)
  return source.includes(address) ? address : decodePath(address)
}
