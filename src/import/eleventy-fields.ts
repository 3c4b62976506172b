// Eleventy's front matter and the few expressions that nearly every permalink is made of.
import { parseDate } from '../content/dates.js'
import type { IsoDate, Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { textOf } from './types.js'

const german: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' }

/**
 * The filter of that name, `@sindresorhus/slugify`: ASCII alone, Han is dropped. Since Eleventy 3 `it's` is `its`.
 */
export function slugify(text: string, contracts: boolean): string {
  return text
    .normalize('NFC')
    .replace(/&/g, ' and ')
    .replace(/🦄/gu, ' unicorn ')
    .replace(/♥/g, ' love ')
    .replace(/([a-z\d]+)'([ts])(?=\s|$)/gi, contracts ? '$1$2' : '$1-$2')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => german[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
}

/** The few expressions that nearly every permalink is made of. */
export function fill(
  pattern: string,
  fields: JsonObject,
  stem: string,
  date: IsoDate | null,
  contracts: boolean,
): string {
  return pattern.replace(/\{\{-?\s*([^{}]*?)\s*-?\}\}/g, (typed, expression: string) => {
    const [first = '', ...filters] = expression.split('|').map((part) => part.trim())
    if (/^page\.(?:fileSlug|filePathStem)$/.test(first)) return stem
    if (/^(?:page\.)?date$/.test(first) && date !== null) {
      const format = /["']([^"']+)["']/.exec(filters.join(' '))?.[1] ?? ''
      const [year = '', month = '', day = ''] = date.slice(0, 10).split('-')
      const written = format
        .replace(/%Y|yyyy|YYYY/g, year)
        .replace(/%m|MM|LL/g, month)
        .replace(/%d|dd|DD/g, day)
      return format === '' ? typed : written
    }
    const value = textOf(fields[first.toLowerCase()])
    if (value === '') return typed
    return filters.some((filter) => /^slug(?:ify)?\b/.test(filter)) ? slugify(value, contracts) : value
  })
}

export function finish(path: string): Url {
  const rooted = `/${path.normalize('NFC')}`.replace(/\/{2,}/g, '/').replace(/\/index\.html$/, '/')
  return rooted.endsWith('/') || /\.(?:html?|xml|json|txt)$/i.test(rooted) ? rooted : `${rooted}/`
}

export const tagsOf = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value.map(textOf) : [textOf(value)]).filter((text) => text !== '')

const handled = new Set(
  'title date updated modified tags categories description excerpt draft published permalink layout eleventynavigation eleventyexcludefromcollections redirect_from aliases redirects lang slug cover image templateengineoverride'.split(
    ' ',
  ),
)

export function fieldsOf(fields: JsonObject, date: IsoDate | null, draft: boolean): JsonObject {
  const result: Record<string, Json> = {}
  const put = (key: string, value: Json | undefined): void => {
    if (
      value !== undefined &&
      value !== null &&
      value !== '' &&
      !(Array.isArray(value) && value.length === 0)
    )
      result[key] = value
  }
  put('title', textOf(fields['title']))
  put('date', date)
  put('updated', parseDate(fields['updated'] ?? fields['modified'], 'UTC'))
  // These two only say which collection a page is in.
  put(
    'tags',
    tagsOf(fields['tags']).filter((tag) => !/^(?:posts?|pages?|all|nav)$/i.test(tag)),
  )
  put('categories', tagsOf(fields['categories']))
  put('description', textOf(fields['description']) || textOf(fields['excerpt']))
  put('lang', textOf(fields['lang']))
  const picture = textOf(fields['cover']) || textOf(fields['image'])
  put('cover', /^(?:\/|https?:)/.test(picture) ? picture : '')
  if (draft) result['draft'] = true
  else if (fields['eleventyexcludefromcollections'] === true) result['unlisted'] = true
  for (const [key, value = null] of Object.entries(fields))
    if (!handled.has(key) && value !== null && value !== '')
      result[
        /^(?:id|guid|url|weight|series|expires|projects?|canonical|pinned|unlisted)$/.test(key)
          ? `eleventy_${key}`
          : key
      ] = value
  return result
}
