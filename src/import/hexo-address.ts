// Where Hexo puts posts and terms: its tokens and its slugs, read in `hexo` and `hexo-util`. Case stays, and so does
// full-width punctuation.
import { createHash } from 'node:crypto'
import { padded } from '../content/calendar.js'
import { calendarOf, clockOf, instantOf } from '../content/dates.js'
import type { IsoDate, Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { textOf } from './types.js'

/** hexo-util's `slugize`; `transform` is `filename_case`: 1 lower, 2 upper. */
export function slugize(text: string, transform = 0): string {
  const slug = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[\u0000-\u001f]/g, '')
    .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return transform === 1 ? slug.toLowerCase() : transform === 2 ? slug.toUpperCase() : slug
}

export interface HexoPost {
  readonly date: IsoDate | null
  /** Path below `_posts` without extension and date. */
  readonly slug: string
  readonly title: string
  /** Slugs of the last category's path: `a/b`. */
  readonly category: string
  readonly fields: JsonObject
  readonly timezone: string
}

function tokens({ date, slug, title, category, timezone }: HexoPost): Readonly<Record<string, string>> {
  const day = date === null ? null : calendarOf(date)
  const clock = date === null ? null : clockOf(date)
  const seconds = date === null ? 0 : Math.floor(instantOf(date, timezone) / 1000)
  const two = (value: number | undefined): string => (value === undefined ? '' : padded(value, 2))
  return {
    year: day ? padded(day.year, 4) : '',
    month: two(day?.month),
    i_month: day ? String(day.month) : '',
    day: two(day?.day),
    i_day: day ? String(day.day) : '',
    hour: two(clock?.hour),
    minute: two(clock?.minute),
    second: two(clock?.second),
    timestamp: String(seconds),
    title: slug,
    name: slug.split('/').at(-1) ?? '',
    post_title: slugize(title, 1),
    category,
    hash: createHash('sha1').update(`${slug}${seconds}`).digest('hex').slice(0, 12),
  }
}

/** The address; tokens that are keys of the front matter (`:abbrlink`) take their value. */
export function hexoAddress(pattern: string, post: HexoPost, defaults: JsonObject): Url {
  const known = tokens(post)
  const path = pattern.replace(/:([a-z_]+[a-z\d_]*)/gi, (typed, name: string) => {
    if (Object.hasOwn(known, name)) return known[name] ?? ''
    const own: Json | undefined = post.fields[name.toLowerCase()] ?? defaults[name]
    return own === undefined ? typed : textOf(own)
  })
  return finishHexo(path)
}

/** A front matter's `permalink` is a path as it stands; without an extension it is a folder. */
export function finishHexo(path: string): Url {
  const rooted = `/${path.normalize('NFC')}`.replace(/\/{2,}/g, '/').replace(/\/index\.html$/, '/')
  return rooted.endsWith('/') || /\.(?:html?|xml|json|txt)$/i.test(rooted) ? rooted : `${rooted}/`
}
