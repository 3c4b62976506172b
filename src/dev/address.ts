// What a request's address means: a decoded path below the site, or a refusal. Pure, the same for the dev server and
// the preview. Must never let a path through that could leave the site, whatever it is later joined to.
import { decodePath, hrefOf } from '../urls.js'

export type Address =
  | {
      /** Root-relative, decoded, NFC, without the base path: `/tags/数据库/`. */
      readonly path: string
      /** With the question mark, or ''. */
      readonly query: string
    }
  | { readonly refused: 400 | 404 }
  /** Only the address above the base path was given: the site begins there. */
  | { readonly moved: string }

/** Reads the target of a request line. `basePath` is that of the configuration: encoded, `/` at both ends. */
export function readAddress(target: string, basePath: string): Address {
  // Absolute form is for proxies, `*` for OPTIONS: neither is ours (RFC 9112, section 3.2).
  if (!target.startsWith('/')) return { refused: 400 }
  const end = target.search(/[?#]/)
  const raw = end < 0 ? target : target.slice(0, end)
  const query = /\?[^#]*/.exec(target)?.[0] ?? ''
  const decoded = decode(raw)
  if (decoded === undefined) return { refused: 400 }
  // A segment that is empty would make `//host/` of a redirect, `..` would leave the folder, and a backslash is a
  // slash to Windows and to browsers.
  const segments = decoded.slice(1).split('/')
  const isBad = (segment: string, i: number): boolean =>
    segment === '.' || segment === '..' || (segment === '' && i < segments.length - 1)
  if (/[\\\p{Cc}]/u.test(decoded) || segments.some(isBad)) return { refused: 400 }
  const base = decodePath(basePath)
  if (`${decoded}/` === base || (decoded === '/' && base !== '/')) return { moved: `${basePath}${query}` }
  if (!decoded.startsWith(base)) return { refused: 404 }
  return { path: decoded.slice(base.length - 1), query }
}

function decode(path: string): string | undefined {
  try {
    // Once: what is still encoded afterwards is part of a name.
    return decodeURIComponent(path).normalize('NFC')
  } catch {
    return undefined
  }
}

export type Place =
  /** A path below the output folder. */
  { readonly file: string } | { readonly moved: string } | undefined

/**
 * What a static host does with a path: `/a/` is `a/index.html`, `/a.png` itself, `/a` goes to `/a/` where there is
 * such a page, else it is `a.html`; undefined where there is nothing.
 */
export function placeOf(
  path: string,
  query: string,
  basePath: string,
  exists: (file: string) => boolean,
): Place {
  const name = path.slice(1)
  if (name === '' || name.endsWith('/')) {
    const index = `${name}index.html`
    return exists(index) ? { file: index } : undefined
  }
  if (exists(name)) return { file: name }
  if (exists(`${name}/index.html`)) return { moved: `${hrefOf(`${path}/`, basePath)}${query}` }
  return exists(`${name}.html`) ? { file: `${name}.html` } : undefined
}
