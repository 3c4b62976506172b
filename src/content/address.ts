// Addresses as an author or a pattern gives them → one normal form, or the reason for refusing. Nothing that is
// accepted here can leave the output folder or fail on a file system. Encoding is not its business: see urls.ts.
import { decodePath } from '../urls.js'
import type { Url } from './types.js'

export interface Refusal {
  readonly what: string
  readonly fix: string
}
export type Address = { readonly url: Url } | Refusal

/** Extensions that mean a file. Anything else behind a dot is part of a name: `oauth2.0`, `asp.net`, `1.70.0`. */
const fileEnding = /[^/]\.(?:html?|xhtml|xml|json|txt|rss|atom|php|aspx?|jsp)$/i
const windowsDevice = /^(?:con|prn|aux|nul|com[1-9¹²³]|lpt[1-9¹²³])(?:\.|$)/i
const parentFolder = /^(?:\.|%2e){1,2}$/i
const maxSegmentBytes = 255
const relativeFix = 'write a path below the site, such as /about/'

export function isRefusal<T extends object>(result: T | Refusal): result is Refusal {
  return 'what' in result
}

/** Why a decoded segment cannot stand in an address, or null. */
export function refuseSegment(segment: string): Refusal | null {
  if (parentFolder.test(segment)) return { what: `"${segment}" would leave the folder`, fix: relativeFix }
  if (segment.includes('\\'))
    return { what: 'a backslash is no separator in addresses', fix: 'write / instead' }
  if (/[\u0000-\u001f\u007f-\u009f]/.test(segment))
    return { what: 'a control character stands in it', fix: 'delete the control character' }
  if (windowsDevice.test(segment))
    return { what: `"${segment}" is a reserved name on Windows`, fix: 'choose another name' }
  // Windows leaves out a dot as well; addresses of old blogs end in them ("wait..."), and none may be lost.
  if (segment.endsWith(' '))
    return { what: `"${segment}" ends in a blank`, fix: 'leave out the blank at its end' }
  if (/^\.git$/i.test(segment)) return { what: '".git" is not for pages', fix: 'choose another name' }
  const bytes = Buffer.byteLength(segment)
  if (bytes > maxSegmentBytes)
    return {
      what: `a name of ${bytes} bytes is longer than file systems allow (${maxSegmentBytes})`,
      fix: 'choose a shorter name (a Han character has 3 bytes)',
    }
  return null
}

/**
 * A decoded path in normal form: NFC, one `/` between segments and in front; a `/` behind unless it names a file
 * (`.html`, `.xml` …).
 */
export function addressOf(path: string): Address {
  const segments = path
    .normalize('NFC')
    .toWellFormed()
    .split('/')
    .filter((segment) => segment !== '')
  if (segments.length === 0) return { what: 'it names no page', fix: relativeFix }
  for (const segment of segments) {
    const refusal = refuseSegment(segment)
    if (refusal) return refusal
  }
  const joined = `/${segments.join('/')}`
  return { url: fileEnding.test(joined) && !path.endsWith('/') ? joined : `${joined}/` }
}

/** An address as typed in front matter, encoded or not, with or without slashes: `2020/04/22/go-app`, `/a/b.html`. */
export function readAddress(typed: string): Address {
  const text = typed.trim()
  if (text === '') return { what: 'it is empty', fix: relativeFix }
  if (/^\/?[a-z]:(?:[\\/]|$)/i.test(text))
    return { what: 'a drive letter is no part of an address', fix: relativeFix }
  if (/^[a-z][a-z\d+.-]*:/i.test(text) || text.startsWith('//'))
    return { what: 'a whole address names another site', fix: 'write only the path, such as /about/' }
  if (text.includes('?'))
    return { what: 'a query cannot be served as a file', fix: 'write the path without "?"' }
  return addressOf(decodePath(text))
}

/** One segment as typed in front matter (`slug`): slashes around it are dropped, blanks become `-`. */
export function readSegment(typed: string): { readonly segment: string } | Refusal {
  const text = typed.trim().replace(/^\/+|\/+$/g, '')
  if (text === '') return { what: 'it is empty', fix: 'write a word, or leave the field out' }
  const segment = decodePath(text)
    .toWellFormed()
    .trim()
    .replace(/[ \t\u3000]+/g, '-')
  if (segment.includes('/')) {
    const climbs = segment.split('/').some((part) => parentFolder.test(part))
    return climbs
      ? { what: '".." would leave the folder', fix: 'write a single word, such as my-post' }
      : { what: 'a slug is one part of an address', fix: 'for a whole path use permalink' }
  }
  return refuseSegment(segment) ?? { segment }
}
