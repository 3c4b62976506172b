// How a static host would answer an address with the files of the new output: a page or file, a stub or a line of
// `_redirects` that leads on, or nothing.
import type { Url } from '../content/types.js'
import { normalAddress } from '../import/old-addresses.js'
import { outPathOf } from '../urls.js'
import { type PageFacts, readPage } from './page.js'

export interface NewSite {
  /** Decoded, NFC. */
  readonly paths: ReadonlySet<string>
  read(path: string): string
  /** `/` or `/blog/` */
  readonly basePath: string
}

export interface Answer {
  readonly state: 'same' | 'redirect' | 'missing'
  /** The file that is shown in the end, '' for none or for one of another site. */
  readonly path: string
  /** Where a redirect leads. */
  readonly to: Url
  /** Why a redirect does not count. */
  readonly why: string
}

export interface Host {
  answer(url: Url): Answer
  page(path: string): PageFacts
}

const isHtml = (path: string): boolean => /\.x?html?$/i.test(path)

export function hostOf(site: NewSite): Host {
  const pages = new Map<string, PageFacts>()
  const page = (path: string): PageFacts => {
    const known = pages.get(path)
    if (known) return known
    const read = readPage(site.read(path))
    pages.set(path, read)
    return read
  }
  const lines = new Map<Url, string>()
  if (site.paths.has('_redirects'))
    for (const line of site.read('_redirects').split('\n')) {
      const [from = '', to = ''] = line.trim().split(/\s+/)
      if (from.startsWith('/') && to !== '') lines.set(normalAddress(from, site.basePath), to)
    }

  const fileAt = (url: Url): string | undefined => {
    const plain = url.replace(/\/$/, '')
    return [outPathOf(url), outPathOf(`${plain}/`), `${plain.slice(1)}.html`, plain.slice(1)].find((path) =>
      site.paths.has(path),
    )
  }
  const follow = (to: string, through: 'stub' | 'line'): Answer => {
    if (/^(?:https?:)?\/\//i.test(to) && !sameHost(to)) return { state: 'redirect', path: '', to, why: '' }
    const url = normalAddress(to, site.basePath)
    const path = fileAt(url)
    if (path === undefined)
      return { state: 'missing', path: '', to: url, why: `its ${through} leads to ${url}, where nothing is` }
    if (isHtml(path) && page(path).refresh !== '')
      return { state: 'missing', path: '', to: url, why: `its ${through} leads to another stub at ${url}` }
    return { state: 'redirect', path, to: url, why: '' }
  }
  // A stub of ours names paths; one with a whole address may still mean this site.
  const sameHost = (to: string): boolean => fileAt(normalAddress(to, site.basePath)) !== undefined

  return {
    page,
    answer(url) {
      const path = fileAt(url)
      if (path !== undefined) {
        const refresh = isHtml(path) ? page(path).refresh : ''
        return refresh === '' ? { state: 'same', path, to: '', why: '' } : follow(refresh, 'stub')
      }
      const line = lines.get(url) ?? lines.get(`${url}/`)
      return line === undefined ? { state: 'missing', path: '', to: '', why: '' } : follow(line, 'line')
    },
  }
}
