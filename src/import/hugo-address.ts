// Where Hugo puts a page: its permalink patterns and its three rules for cleaning a path, each as the version that had
// it does it. What a version does wrong is done here too, since live addresses were made by it.

import { dayOfYear, monthNames, padded, weekdayNames, weekdayOf } from '../content/calendar.js'
import { calendarOf } from '../content/dates.js'
import { hugoPath } from '../content/slug.js'
import type { IsoDate, Url } from '../content/types.js'

/**
 * How blanks and hyphens are cleaned. `each` (up to 0.4x): every blank becomes a hyphen. `runs` (0.5x to 0.8x): a run
 * of blanks and hyphens becomes one. `blanks` (since): a run of blanks becomes one, hyphens stay.
 */
export type CleaningRule = 'each' | 'runs' | 'blanks'
export const cleaningRules: readonly CleaningRule[] = ['blanks', 'each', 'runs']

/** One path, cleaned; `lower` unless disablePathToLower is set. */
export function cleanPath(path: string, rule: CleaningRule, lower: boolean): string {
  if (rule === 'each' && lower) return hugoPath(path)
  let clean = ''
  let gap = false
  let wasHyphen = false
  const chars = [...path.normalize('NFC').trim()]
  for (const [i, char] of chars.entries()) {
    const isEscape = char === '%' && /^[\da-f]{2}$/i.test(`${chars[i + 1] ?? ''}${chars[i + 2] ?? ''}`)
    const stays = isEscape || /^[\p{L}\p{Nd}\p{M}./\\_\-#+~@]$/u.test(char)
    const isBlank = /^\s$/.test(char)
    if (rule === 'each') {
      if (stays && char !== '@') clean += char
      else if (char === ' ') clean += '-'
    } else if (rule === 'runs') {
      if (char === '-' || isBlank) gap = clean !== ''
      else if (stays) {
        clean += (gap ? '-' : '') + char
        gap = false
      }
    } else if (stays) {
      wasHyphen = char === '-'
      clean += (gap && !wasHyphen ? '-' : '') + char
      gap = false
    } else if (clean !== '' && !wasHyphen && isBlank) gap = true
  }
  return lower ? clean.toLowerCase() : clean
}

export interface HugoPage {
  readonly date: IsoDate | null
  readonly title: string
  /** Front matter `slug`, '' for none. */
  readonly slug: string
  /** File name without extension and language; of a bundle the folder's name. */
  readonly name: string
  /** Folders below content/, without a bundle's own. */
  readonly folders: readonly string[]
}

export interface HugoRules {
  readonly rule: CleaningRule
  readonly lower: boolean
  readonly ugly: boolean
}

const dateParts = (date: IsoDate | null) => (date === null ? { year: 1, month: 1, day: 1 } : calendarOf(date))

function token(name: string, page: HugoPage): string | undefined {
  const day = dateParts(page.date)
  const { title, slug, folders } = page
  // Go: one hyphen at each end of a slug goes.
  const trimmed = (text: string): string => text.replace(/^-|-$/g, '')
  switch (name) {
    case 'year':
      return padded(day.year, 4)
    case 'month':
      return padded(day.month, 2)
    case 'monthname':
      return monthNames[day.month - 1]
    case 'day':
      return padded(day.day, 2)
    case 'weekday':
      return String(weekdayOf(day))
    case 'weekdayname':
      return weekdayNames[weekdayOf(day)]
    case 'yearday':
      return String(dayOfYear(day))
    case 'section':
      return folders[0] ?? ''
    case 'sections':
      return folders.join('/')
    case 'title':
      return title
    case 'slug':
      return slug === '' ? title : trimmed(slug)
    case 'filename':
    case 'contentbasename':
      return page.name
    case 'slugorfilename':
    case 'slugorcontentbasename':
      return slug === '' ? page.name : slug
    case '06':
      return padded(day.year % 100, 2)
    case '2006':
      return padded(day.year, 4)
    case '01':
      return padded(day.month, 2)
    case '02':
      return padded(day.day, 2)
    case '1':
      return String(day.month)
    case '2':
      return String(day.day)
    case 'jan':
      return (monthNames[day.month - 1] ?? '').slice(0, 3)
    case 'january':
      return monthNames[day.month - 1]
    default:
      return undefined
  }
}

/** `:sections[1:]`, `:sections[last]`: Go's slices over the folders. */
function slice(folders: readonly string[], text: string): string {
  if (text === 'last') return folders.at(-1) ?? ''
  const [, from = '', colon = '', to = ''] = /^(\d*|last)(:?)(\d*|last)$/.exec(text) ?? []
  const place = (typed: string, open: number): number =>
    typed === '' ? open : typed === 'last' ? folders.length - 1 : Number(typed)
  if (colon === '') return folders[place(from, 0)] ?? ''
  return folders.slice(place(from, 0), place(to, folders.length)).join('/')
}

/** Names of tokens that Hugo does not have, for the report. */
export function unknownTokens(pattern: string): string[] {
  const probe = { date: null, title: '', slug: '', name: '', folders: [] }
  return [...pattern.matchAll(/:([A-Za-z]+|\d+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => token(name.toLowerCase(), probe) === undefined)
}

/** The cleaned address for a pattern, else for the page's place. */
export function hugoAddress(page: HugoPage, pattern: string | undefined, rules: HugoRules): Url {
  const clean = (path: string): string => cleanPath(path, rules.rule, rules.lower)
  const path =
    pattern === undefined
      ? [...page.folders, page.slug === '' ? page.name : page.slug].map(clean).join('/')
      : pattern
          // Each value is cleaned alone, as Hugo does, except where it is a path of folders.
          .replace(/:sections\[([^\]]*)\]/gi, (_, part: string) => clean(slice(page.folders, part)))
          .replace(/:([A-Za-z]+|\d+)/g, (typed, name: string) =>
            clean(token(name.toLowerCase(), page) ?? typed),
          )
  return finishHugo(path, rules)
}

/** A path as Hugo serves it: a folder, a file by its extension, or `x.html` with uglyURLs. */
export function finishHugo(path: string, { ugly, lower }: Pick<HugoRules, 'ugly' | 'lower'>): Url {
  const rooted = `/${path.replace(/^\/+|\/+$/g, '').replace(/\/{2,}/g, '/')}`
  const cased = lower ? rooted.toLowerCase() : rooted
  if (cased === '/') return '/'
  if (/\.html?$/i.test(cased)) return cased
  return ugly ? `${cased}.html` : `${cased}/`
}
