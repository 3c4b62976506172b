// Where an address in the output leads: to a file of the site and an id in it, out of the site, or nowhere. As a static
// host and a browser would see it; case and Unicode form count.
import type { Url } from '../content/types.js'
import { addressOfPath, decodePath, outPathOf } from '../urls.js'
import type { Facts } from './facts.js'

export type Resolved =
  /** `path` is the file that is shown. */
  | { readonly kind: 'here'; readonly path: string; readonly url: Url }
  | { readonly kind: 'elsewhere'; readonly url: string }
  /** Not an address of the web: `mailto:`, `data:`. */
  | { readonly kind: 'other' }
  | { readonly kind: 'no-page'; readonly url: Url }
  | { readonly kind: 'no-anchor'; readonly url: Url; readonly path: string; readonly anchor: string }
  /** On the same host, beside the site. */
  | { readonly kind: 'outside'; readonly url: string }
  | { readonly kind: 'no-address' }

export interface Resolver {
  /** `path` is the file in which `to` stands; `base` is that of its `<base>`. */
  resolve(to: string, path: string, base: string): Resolved
  /** The address of a file: `a/index.html` → `/a/`. */
  addressOf(path: string): Url
}

/** What the URL parser would leave as it is; it costs more than all else, and nearly every address is of this kind. */
function plainPath(typed: string): { readonly path: string; readonly anchor: string } | undefined {
  const [, path, anchor = ''] = /^(\/(?!\/)[\w%~@:+,;=&$!*()/.-]*)(?:#([\w%.~-]*))?$/.exec(typed) ?? []
  return path === undefined || /\/(?:\.|%2e)/i.test(path) ? undefined : { path, anchor }
}

export function makeResolver(
  site: { readonly baseUrl: string; readonly basePath: string },
  factsOf: (path: string) => Facts | undefined,
): Resolver {
  const base = new URL(site.baseUrl)
  const idsOf = new Map<string, ReadonlySet<string>>()
  /** Addresses that mean the same on every page. */
  const absolute = new Map<string, Resolved>()
  const bases = new Map<string, URL>()

  const fileAt = (url: Url): string | undefined =>
    [outPathOf(url), ...(url.endsWith('/') ? [] : [outPathOf(`${url}/`)])].find((path) => factsOf(path))

  const anchorIn = (path: string, anchor: string, depth = 0): boolean => {
    const facts = factsOf(path)
    if (!facts?.head) return true
    if (facts.head.refresh !== '' && depth < 3) {
      const next = find(facts.head.refresh, baseOf(path, ''))
      return next.kind === 'here' ? anchorIn(next.path, anchor, depth + 1) : true
    }
    let ids = idsOf.get(path)
    if (!ids) {
      ids = new Set(facts.ids)
      idsOf.set(path, ids)
    }
    // A browser looks for the fragment as it stands first, then for what it means.
    return ids.has(anchor) || ids.has(decoded(anchor)) || ids.has(decoded(anchor).normalize('NFC'))
  }

  const baseOf = (path: string, own: string): URL => {
    const key = `${path}\0${own}`
    let known = bases.get(key)
    if (!known) {
      known = new URL(encodeURI(addressOfPath(path)).slice(1).replace(/[?#]/g, encodeURIComponent), base)
      if (own !== '' && URL.canParse(own, known.href)) known = new URL(own, known)
      bases.set(key, known)
    }
    return known
  }

  /** `path` as browsers normalise it, base path included. */
  const within = (path: string, fragment: string, typed: string, from: URL): Resolved => {
    if (!path.startsWith(base.pathname) && `${path}/` !== base.pathname) {
      const url = new URL(typed, from).href
      return { kind: typed.startsWith('/') && !typed.startsWith('//') ? 'outside' : 'elsewhere', url }
    }
    const own = decodePath(path.slice(base.pathname.length - 1)) || '/'
    const file = fileAt(own)
    return file === undefined ? { kind: 'no-page', url: own } : inFile(file, own, fragment)
  }

  const inFile = (path: string, url: Url, fragment: string): Resolved => {
    const anchor = fragment.replace(/:~:.*$/s, '')
    if (anchor === '' || /^top$/i.test(anchor) || anchorIn(path, anchor)) return { kind: 'here', path, url }
    return { kind: 'no-anchor', url, path, anchor: decoded(anchor) }
  }

  const find = (to: string, from: URL): Resolved => {
    const typed = to.trim()
    const plain = from === base ? plainPath(typed) : undefined
    if (plain) return within(plain.path, plain.anchor, typed, base)
    if (
      /^(?:mailto|tel|sms|data|javascript|blob|about|xmpp|irc|ircs|magnet|ftp|feed|geo|urn|tag):/i.test(typed)
    )
      return { kind: 'other' }
    if (!URL.canParse(typed, from.href)) return { kind: 'no-address' }
    const url = new URL(typed, from)
    if (!/^https?:$/.test(url.protocol)) return { kind: 'other' }
    if (url.host !== base.host) return { kind: 'elsewhere', url: url.href }
    return within(url.pathname, url.hash.slice(1), typed, from)
  }

  return {
    addressOf: addressOfPath,
    resolve(to, path, own) {
      if (/^(?:\/|https?:)/i.test(to)) {
        let known = absolute.get(to)
        if (!known) {
          known = find(to, base)
          absolute.set(to, known)
        }
        return known
      }
      // Most of them: a page's own headings and footnotes.
      if (own === '' && /^#[\w%.~-]+$/.test(to)) return inFile(path, addressOfPath(path), to.slice(1))
      return find(to, baseOf(path, own))
    },
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
