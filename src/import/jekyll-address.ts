// Where Jekyll puts posts and pages: its named styles, its tokens and its ways of making a slug, read in its source
// (`url.rb`, `drops/url_drop.rb`, `utils.rb`).

import { dayNumber, dayOfYear, monthNames, padded, weekdayNames, weekdayOf } from '../content/calendar.js'
import { calendarOf, clockOf } from '../content/dates.js'
import type { IsoDate, Url } from '../content/types.js'

export const styles: Readonly<Record<string, string>> = {
  date: '/:categories/:year/:month/:day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  weekdate: '/:categories/:year/W:week/:short_day/:title:output_ext',
  none: '/:categories/:title:output_ext',
}

const kept: Readonly<Record<string, RegExp>> = {
  default: /[^\p{M}\p{L}\p{Nd}]+/gu,
  pretty: /[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu,
}

/** Jekyll 3.2 and later; older ones took the name as it was. */
export function slugify(text: string, mode: 'default' | 'pretty', cased: boolean): string {
  const slug = text.normalize('NFC').replace(kept[mode]!, '-').replace(/^-|-$/g, '')
  return cased ? slug : slug.toLowerCase()
}

export interface JekyllPost {
  readonly date: IsoDate | null
  /** The slug of the front matter, else the file's name without its date. */
  readonly name: string
  readonly categories: readonly string[]
  readonly collection: string
  /** Path below the collection without extension. */
  readonly path: string
  /** Front matter, for tokens that name a key. */
  readonly own: (key: string) => string
}

/** Thursday decides to which year a week belongs (ISO 8601). */
function isoWeek(date: IsoDate): { week: number; year: number } {
  const day = calendarOf(date)
  const thursday = dayNumber(day) + 3 - ((weekdayOf(day) + 6) % 7)
  const monthDay = new Date(thursday * 86_400_000)
  const year = monthDay.getUTCFullYear()
  return { year, week: Math.floor((thursday - dayNumber({ year, month: 1, day: 1 })) / 7) + 1 }
}

function token(name: string, post: JekyllPost, raw: boolean): string | undefined {
  const { date } = post
  const of = (write: (date: IsoDate) => string): string => (date === null ? '' : write(date))
  const short = (list: readonly string[], at: number): string => (list[at] ?? '').slice(0, 3)
  switch (name) {
    case 'year':
      return of((d) => padded(calendarOf(d).year, 4))
    case 'short_year':
      return of((d) => padded(calendarOf(d).year % 100, 2))
    case 'month':
      return of((d) => padded(calendarOf(d).month, 2))
    case 'i_month':
      return of((d) => String(calendarOf(d).month))
    case 'short_month':
      return of((d) => short(monthNames, calendarOf(d).month - 1))
    case 'long_month':
      return of((d) => monthNames[calendarOf(d).month - 1] ?? '')
    case 'day':
      return of((d) => padded(calendarOf(d).day, 2))
    case 'i_day':
      return of((d) => String(calendarOf(d).day))
    case 'y_day':
      return of((d) => padded(dayOfYear(calendarOf(d)), 3))
    case 'w_year':
      return of((d) => String(isoWeek(d).year))
    case 'week':
      return of((d) => padded(isoWeek(d).week, 2))
    case 'w_day':
      return of((d) => String(((weekdayOf(calendarOf(d)) + 6) % 7) + 1))
    case 'short_day':
      return of((d) => short(weekdayNames, weekdayOf(calendarOf(d))))
    case 'long_day':
      return of((d) => weekdayNames[weekdayOf(calendarOf(d))] ?? '')
    case 'hour':
      return of((d) => padded(clockOf(d).hour, 2))
    case 'minute':
      return of((d) => padded(clockOf(d).minute, 2))
    case 'second':
      return of((d) => padded(clockOf(d).second, 2))
    case 'title':
      return raw ? post.name : slugify(post.name, 'pretty', true)
    case 'slug':
      return slugify(post.name, 'default', false)
    case 'name':
      return slugify(post.path.split('/').at(-1) ?? '', 'default', false)
    case 'path':
      return post.path
    case 'collection':
      return post.collection
    case 'categories':
      return [...new Set(post.categories.map((category) => category.toLowerCase()))].join('/')
    case 'slugified_categories':
      return [...new Set(post.categories.map((category) => slugify(category, 'default', false)))].join('/')
    case 'output_ext':
      return '.html'
    default:
      return undefined
  }
}

/**
 * The address for a pattern or the name of a style. One without a slash or an extension at its end is written as
 * `x.html`, which is the file that hosts show for it. `raw` takes names as they are, as Jekyll 2 did.
 */
export function jekyllAddress(pattern: string, post: JekyllPost, raw = false): Url {
  const path = (styles[pattern] ?? pattern).replace(/:([a-z_]+)/g, (typed, name: string) => {
    // `:title_x` is no token, `:title` before a letter may be.
    for (let length = name.length; length > 0; length--) {
      const value = token(name.slice(0, length), post, raw)
      if (value !== undefined) return value + name.slice(length)
    }
    return post.own(name) || typed
  })
  return finishJekyll(path)
}

export function finishJekyll(path: string): Url {
  const rooted = `/${path.normalize('NFC')}`.replace(/\/{2,}/g, '/').replace(/\/index\.html$/, '/')
  return rooted.endsWith('/') || /\.(?:html?|xml|json|txt)$/i.test(rooted) ? rooted : `${rooted}.html`
}

/** What the style of posts means for pages: `/about/` or `/about.html`. */
export function pageAddress(path: string, style: string): Url {
  const bare = path.replace(/\.[^./]+$/, '')
  if (/(?:^|\/)index$/.test(bare)) return finishJekyll(bare.replace(/index$/, ''))
  return finishJekyll(style === 'pretty' || style.endsWith('/') ? `${bare}/` : `${bare}.html`)
}
