// Addresses that stand in the configuration: feeds' and those of an older site. Each is checked where it is written,
// so that a slip is one error with a place and not a page at a wrong address. Never throws.
import { isRefusal, readAddress } from '../content/address.js'
import { parseDate } from '../content/dates.js'
import type { JsonObject } from '../json.js'
import { isObject, type Report } from './reader.js'
import type { MoreFeed, SiteConfig } from './types.js'

/** A path of the site in normal form; reported and replaced by `fallback` where it is none, '' is the fallback. */
export function pathOf(typed: string, fallback: string, path: readonly string[], report: Report): string {
  if (typed === '') return fallback
  const address = readAddress(typed)
  if (!isRefusal(address)) return address.url
  report(path, `${path.join('.')} is refused: ${address.what}`, { found: typed, fix: address.fix })
  return fallback
}

/** A date, or '' for none; anything else is reported. */
export function dayOf(typed: string, path: readonly string[], report: Report): string {
  if (typed === '' || parseDate(typed, 'UTC') !== null) return typed
  report(path, `${path.join('.')} is no date`, { found: typed, expected: ['a date like 2026-12-31'] })
  return ''
}

const formats = ['rss', 'atom', 'json'] as const
const subjects = ['site', 'tags', 'categories', 'folder'] as const

const textSchema = { type: 'string' }
export const moreFeedsSchema: JsonObject = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      url: textSchema,
      format: { enum: formats, default: 'rss' },
      of: { enum: subjects, default: 'site' },
      folder: textSchema,
    },
    required: ['url'],
  },
  default: [],
}

/** `feeds.more`. */
export function moreFeedsOf(value: unknown, report: Report): readonly MoreFeed[] {
  const expected = ["{ url: '/tags/:slug/index.xml', format: 'rss', of: 'tags' }"]
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    report(['feeds', 'more'], 'feeds.more must be a list', { expected })
    return []
  }
  return value.flatMap((item: unknown, at): MoreFeed[] => {
    const place = ['feeds', 'more', String(at)]
    const refuse = (what: string, found: unknown): [] => {
      report(place, `feed ${at + 1} of feeds.more ${what}`, { found: String(found), expected })
      return []
    }
    if (!isObject(item)) return refuse('is no object', item)
    const { url, folder = '' } = item
    const format = formats.find((name) => name === (item['format'] ?? 'rss'))
    const of = subjects.find((name) => name === (item['of'] ?? 'site'))
    if (typeof url !== 'string') return refuse('has no url', url)
    if (!format) return refuse('has an unknown format', item['format'])
    if (!of) return refuse('is of something unknown', item['of'])
    if (typeof folder !== 'string' || (of === 'folder') !== (folder !== ''))
      return refuse("needs a folder, and only with of: 'folder'", folder)
    const isPerTerm = of === 'tags' || of === 'categories'
    if (url.includes(':slug') !== isPerTerm)
      return refuse(isPerTerm ? 'needs :slug in its url' : 'is one feed: its url holds no :slug', url)
    const address = readAddress(url)
    if (isRefusal(address)) return refuse(`has a refused url: ${address.what}`, url)
    return [{ url: address.url, format, of, folder: folder.replace(/^\/+|\/+$/g, '') }]
  })
}

/** `redirects`, both sides in normal form. */
export function redirectsOf(
  pairs: Readonly<Record<string, string>>,
  report: Report,
): SiteConfig['redirects'] {
  const redirects: Record<string, string> = {}
  for (const [from, to] of Object.entries(pairs)) {
    const place = ['redirects', from]
    const source = readAddress(from)
    if (isRefusal(source)) {
      report(place, `the redirect from "${from}" is refused: ${source.what}`, {
        found: from,
        fix: source.fix,
      })
      continue
    }
    if (/^https?:\/\//i.test(to) && URL.canParse(to)) {
      redirects[source.url] = new URL(to).href
      continue
    }
    const target = to === '/' ? { url: '/' } : readAddress(to)
    if (isRefusal(target))
      report(place, `the redirect to "${to}" is refused: ${target.what}`, { found: to, fix: target.fix })
    else redirects[source.url] = target.url
  }
  return redirects
}
