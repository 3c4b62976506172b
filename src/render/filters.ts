// The filters that templates have beside nunjucks' own. All pure: the same arguments and page give the same text.
// Dates are never made into `Date`s here: a calendar date is read off the authored text and stays that date.

import type { SiteConfig } from '../config/types.js'
import { sealOf } from '../text/seal.js'
import { absoluteOf, decodePath, encodeFragment, hrefOf } from '../urls.js'
import { SafeString } from './compile.js'
import { takeColumns } from './cut.js'
import type { Filter } from './templates.js'
import type { Words } from './words.js'

const dateFormats = [
  'long',
  'iso',
  'year-month',
  'month-day',
  'month',
  'year',
  'day',
  'numeric',
  'datetime',
] as const

const hasScheme = (address: string): boolean => /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(address)

/** `2024-12-31T10:55:52+08:00` → 2024, 12, 31: the authored calendar date, whatever the zone. */
function calendarParts(value: string): readonly [year: number, month: number, day: number] {
  const parts = /^(\d{4,6})-(\d\d)-(\d\d)(?:T|$)/.exec(value)
  if (!parts) throw new Error(`date: "${value}" is not a date like 2024-12-31 or 2024-12-31T10:00:00+08:00`)
  return [Number(parts[1]), Number(parts[2]), Number(parts[3])]
}

/** `value | date('long')`; '' for null, so that `{{ post.date | date }}` of an undated post prints nothing. */
export function formatDate(value: string | null | undefined, format: string, words: Words): string {
  if (value === null || value === undefined || value === '') return ''
  const [year, month, day] = calendarParts(value)
  const calendar = value.split('T', 1)[0] ?? ''
  switch (format) {
    case 'long':
      return words['date-long'](year, month, day)
    case 'iso':
      return calendar
    case 'year-month':
      return words['date-year-month'](year, month)
    case 'month-day':
      return words['date-month-day'](month, day)
    case 'month':
      return words['date-month'](month)
    case 'year':
      return words['date-year'](year)
    case 'day':
      return calendar.slice(-2)
    case 'numeric':
      return calendar.slice(-5)
    case 'datetime':
      return value
    default:
      throw new Error(`date: there is no format "${format}"; there are ${dateFormats.join(', ')}`)
  }
}

/** 12345 → 12,345: the same in every language that the dictionary has. */
export function formatNumber(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** JSON for a `<script>` element: no `<` is left that could end it or open a comment, nor a line separator. */
export function toScriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/</g, '\\u003c')
    .replace(/\u2028/g, '\\u2028')
    .replace(/\u2029/g, '\\u2029')
}

/** An address as an author writes it (`/关于/#我`, encoded or not, or absolute) → what stands in `href`. */
export function hrefOfLink(address: string, basePath: string): string {
  if (hasScheme(address) || !address.startsWith('/')) return address
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(?:#(.*))?$/su.exec(address) ?? []
  const anchor = fragment === '' ? '' : `#${encodeFragment(decodePath(fragment))}`
  return hrefOf(decodePath(path), basePath) + query + anchor
}

interface Counted {
  readonly key: string
  readonly count: number
}

/** Terms in up to three tiers by how often they were written about; within one, most used first, equals as they come. */
export function tiersOf<T extends Counted>(
  terms: readonly T[],
): readonly { name: string; terms: readonly T[] }[] {
  const most = Math.max(0, ...terms.map((term) => term.count))
  const often = Math.max(4, Math.ceil(most / 3))
  const nameOf = ({ count }: T) => (count >= often ? 'often' : count >= 2 ? 'some' : 'once')
  const sorted = [...terms].sort((a, b) => b.count - a.count)
  return ['often', 'some', 'once']
    .map((name) => ({ name, terms: sorted.filter((term) => nameOf(term) === name) }))
    .filter((tier) => tier.terms.length > 0)
}

interface Dated {
  readonly date: string | null
}

/** Posts by year in the order given; undated ones under ''. */
export function yearsOf<T extends Dated>(
  posts: readonly T[],
): readonly { year: string; posts: readonly T[] }[] {
  const years: { year: string; posts: T[] }[] = []
  for (const post of posts) {
    const year = post.date ? String(calendarParts(post.date)[0]) : ''
    const last = years.at(-1)
    if (last?.year === year) last.posts.push(post)
    else years.push({ year, posts: [post] })
  }
  return years
}

/** A language by its own name: `en` → English, `zh-CN` → 中文（中国）. */
export function languageName(tag: string): string {
  return new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
}

/** `words` is asked at each call: the words of the page that is being rendered. */
export function createFilters(config: SiteConfig, words: () => Words): Readonly<Record<string, Filter>> {
  return {
    date: (value: string | null | undefined, format = 'long') => formatDate(value, format, words()),
    number: formatNumber,
    json: (value: unknown) => new SafeString(toScriptJson(value)),
    url: (url: string) => (hasScheme(url) ? url : hrefOf(url, config.basePath)),
    abs: (url: string) => (hasScheme(url) ? url : absoluteOf(url, config.baseUrl)),
    link: (address: string) => hrefOfLink(address, config.basePath),
    fragment: (id: string) => encodeFragment(id),
    cut: (text: string, columns: number) => takeColumns(text, columns),
    tiers: tiersOf,
    years: yearsOf,
    seal: sealOf,
    language: languageName,
  }
}
