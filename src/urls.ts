// The one URL encoder. Addresses travel through the program decoded and NFC, without the base path
// (`/tags/数据库/`); they are encoded here, once, on their way into HTML, feeds, the sitemap or redirects.
// Hence no two of these can disagree (RFC 3986 section 3.3 for the path, 3.5 for the fragment).
import type { Url } from './content/types.js'

const encodeSegment = (segment: string): string =>
  // Most need nothing, and this is asked for every link of every page.
  /^[\w.~-]*$/.test(segment) ? segment : encodeOdd(segment.toWellFormed())

const encodeOdd = (segment: string): string =>
  // encodeURIComponent leaves !'()*~ alone and encodes too much of pchar; `@ : $ & + , ; =` may stand in a path.
  encodeURIComponent(segment)
    .replace(/%(40|3A|24|26|2B|2C|3B|3D)/g, (escaped) => decodeURIComponent(escaped))
    .replace(/['()*!]/g, (char) => (char === "'" ? '%27' : char))

/** Percent-encodes a decoded path: `/tags/c#/` → `/tags/c%23/`. Upper-case hex, slashes kept. */
export function encodePath(path: Url): string {
  return /^[\w.~/-]*$/.test(path) ? path : path.split('/').map(encodeSegment).join('/')
}

/** Percent-encodes a decoded fragment, without `#`. */
export function encodeFragment(fragment: string): string {
  return encodeSegment(fragment)
}

/**
 * The address of a site as typed; undefined for anything but http(s), and for what no page's address could begin with: a
 * query, a fragment, a name of a user. Its path ends with `/`.
 */
export function baseAddress(typed: string): URL | undefined {
  const url = URL.canParse(typed) ? new URL(typed) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.search + url.hash + url.username !== '') return undefined
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url
}

/** The address to write into a page: base path + encoded path. `basePath` starts and ends with `/`. */
export function hrefOf(url: Url, basePath: string): string {
  return basePath.slice(0, -1) + encodePath(url)
}

/** The absolute address: `https://example.org/blog/` + `/tags/数据库/`. `baseUrl` ends with `/`. */
export function absoluteOf(url: Url, baseUrl: string): string {
  return baseUrl.slice(0, -1) + encodePath(url)
}

/** Decodes a path as an author may have written it, encoded or not; malformed escapes stay as typed. NFC. */
export function decodePath(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      try {
        return decodeURIComponent(segment)
      } catch {
        return segment
      }
    })
    .join('/')
    .normalize('NFC')
}

/** The file that a host serves for a URL: `/a/` → `a/index.html`, `/a.xml` → `a.xml`. */
export function outPathOf(url: Url): string {
  const path = url.replace(/^\//, '')
  return path === '' || path.endsWith('/') ? `${path}index.html` : path
}

/** `a/index.html` → `/a/`, `feed.xml` → `/feed.xml`. */
export function addressOfPath(path: string): Url {
  return `/${path}`.replace(/\/index\.html$/, '/')
}
