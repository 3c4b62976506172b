// Addresses as other programs and people write them down → decoded paths from the root, so that they can be compared:
// whole URLs, paths, output paths (`a/b/index.html`), percent-encoded or not. Nothing here knows of a site.
import type { Url } from '../content/types.js'
import { decodePath } from '../urls.js'

/**
 * One address in normal form: decoded, NFC, from the root, `index.html` and doubled slashes gone; '' for what is no
 * address of a site (another scheme, an empty line). `basePath` (`/blog/`) is taken off where it stands in front.
 */
export function normalAddress(typed: string, basePath = '/'): Url {
  const text = typed
    .trim()
    .replace(/^\ufeff/, '')
    .replace(/[?#].*$/s, '')
  if (text === '') return ''
  const absolute = /^(?:https?:)?\/\/[^/]+(\/.*)?$/i.exec(text)
  if (!absolute && /^[a-z][a-z\d+.-]*:/i.test(text)) return ''
  const path = decodePath(absolute ? (absolute[1] ?? '/') : text.replace(/^\.?\/*/, '/'))
    .replace(/\/{2,}/g, '/')
    .replace(/(^|\/)index\.html?$/i, '$1')
  const rooted = path.startsWith('/') ? path : `/${path}`
  return rooted.startsWith(basePath) ? rooted.slice(basePath.length - 1) : rooted
}

/** A list with one address a line; `#` begins a comment line, what stands behind a tab is left. */
export function addressesOfList(text: string): string[] {
  return text
    .split(/\r\n?|\n/)
    .map((line) => (line.split('\t')[0] ?? '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** The form in which two addresses of one page agree: `/a`, `/a/`, `/a/index.html` and `/a.html` differ for hosts only. */
export function looseForm(url: Url): string {
  return url
    .normalize('NFC')
    .replace(/\.html?$/i, '')
    .replace(/\/+$/, '')
    .toLowerCase()
}
