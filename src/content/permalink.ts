// Patterns such as `/:year/:month/:day/:slug/` → addresses. Date parts come from the date as its author wrote it,
// never from an instant in some zone: an address must not depend on where the site is built.
import { didYouMean } from '../errors.js'
import { type Address, addressOf, type Refusal } from './address.js'
import { dayOfYear, monthNames, padded, weekdayNames, weekdayOf } from './calendar.js'
import { calendarOf, clockOf } from './dates.js'
import { hugoPath, segmentOf } from './slug.js'
import type { IsoDate } from './types.js'

/** What a pattern may speak of. */
export interface PermalinkParts {
  readonly date: IsoDate | null
  readonly title: string
  readonly slug: string
  /** The file's name without extension, with its date; for a bundle the folder's. */
  readonly filename: string
  /** Folders below `content/`, as on disk; without the bundle's own. */
  readonly folders: readonly string[]
}

type Token = (parts: PermalinkParts) => string

/** A date token; '' without a date (the caller then takes a pattern without). */
const ofDate =
  (write: (date: IsoDate) => string): Token =>
  ({ date }) =>
    date === null ? '' : write(date)

const tokens: ReadonlyMap<string, Token> = new Map<string, Token>([
  ['year', ofDate((date) => padded(calendarOf(date).year, 4))],
  ['short_year', ofDate((date) => padded(calendarOf(date).year % 100, 2))],
  ['month', ofDate((date) => padded(calendarOf(date).month, 2))],
  ['i_month', ofDate((date) => String(calendarOf(date).month))],
  ['monthname', ofDate((date) => monthNames[calendarOf(date).month - 1] ?? '')],
  ['day', ofDate((date) => padded(calendarOf(date).day, 2))],
  ['i_day', ofDate((date) => String(calendarOf(date).day))],
  ['weekday', ofDate((date) => String(weekdayOf(calendarOf(date))))],
  ['weekdayname', ofDate((date) => weekdayNames[weekdayOf(calendarOf(date))] ?? '')],
  ['yearday', ofDate((date) => String(dayOfYear(calendarOf(date))))],
  ['hour', ofDate((date) => padded(clockOf(date).hour, 2))],
  ['minute', ofDate((date) => padded(clockOf(date).minute, 2))],
  ['second', ofDate((date) => padded(clockOf(date).second, 2))],
  ['title', ({ title, slug }) => hugoPath(title) || slug],
  ['slug', ({ slug }) => slug],
  ['filename', ({ filename }) => segmentOf(filename)],
  ['contentbasename', ({ filename }) => segmentOf(filename)],
  ['slugorcontentbasename', ({ slug, filename }) => slug || segmentOf(filename)],
  ['section', ({ folders }) => segmentOf(folders[0] ?? '')],
  ['sections', ({ folders }) => folders.map(segmentOf).join('/')],
])

const dateTokens: ReadonlySet<string> = new Set(
  'year short_year month i_month monthname day i_day weekday weekdayname yearday hour minute second'.split(
    ' ',
  ),
)
const tokenNames = [...tokens.keys()]
const tokenPattern = /:([a-z]+(?:_[a-z]+)*)/gi

/** Does a path written by hand hold tokens? A colon inside a word (`/a:b/`) is none. */
export function isPattern(path: string): boolean {
  return /(?:^|\/):[a-z]/i.test(path)
}

/** Does the pattern need a date? */
export function needsDate(pattern: string): boolean {
  return [...pattern.matchAll(tokenPattern)].some(([, name = '']) => dateTokens.has(name.toLowerCase()))
}

/** The first word after a colon that is no token, with the nearest that is; null for a sound pattern. */
export function findUnknownToken(
  pattern: string,
): { readonly token: string; readonly offset: number; readonly meant: string | undefined } | null {
  for (const found of pattern.matchAll(tokenPattern)) {
    const name = (found[1] ?? '').toLowerCase()
    if (tokens.has(name)) continue
    const meant = didYouMean(name, tokenNames)
    return { token: found[0], offset: found.index, meant: meant && `:${meant}` }
  }
  return null
}

/** Why a pattern of the configuration cannot be used, or null. */
export function refusePattern(pattern: string): Refusal | null {
  const unknown = findUnknownToken(pattern)
  if (unknown)
    return {
      what: `there is no token ${unknown.token}`,
      fix: unknown.meant
        ? `did you mean ${unknown.meant}?`
        : `use one of ${tokenNames.map((n) => `:${n}`).join(' ')}`,
    }
  const fixed = addressOf(pattern.replace(tokenPattern, 'x'))
  return 'what' in fixed ? fixed : null
}

/** Fills a pattern. Segments that come out empty are left out: `/:categories/:slug/` style holes close. */
export function fillPattern(pattern: string, parts: PermalinkParts): Address {
  const refusal = refusePattern(pattern)
  if (refusal) return refusal
  return addressOf(
    pattern.replace(tokenPattern, (_, name: string) => tokens.get(name.toLowerCase())?.(parts) ?? ''),
  )
}
