// Hugo's front matter → ours. Names that both know go over under our name, what only Hugo knew and does nothing here
// is left out with a note, everything else stays as the author's own data.
import { instantOf, parseDate } from '../content/dates.js'
import type { IsoDate } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { at } from './config-file.js'
import type { HugoConfig } from './hugo-config.js'
import { isRecord, type Note, textOf } from './types.js'

export interface FieldsSource {
  readonly config: HugoConfig
  readonly file: string
  /** Zone of clocks without one. */
  readonly naive: string
  readonly now: number
  readonly date: IsoDate | null
  readonly language: string
  readonly note: (note: Note) => void
}

/** Mapped below, or of no use outside of Hugo. */
const handled = new Set(
  (
    'title linktitle date publishdate pubdate published lastmod modified expirydate unpublishdate draft slug url aliases ' +
    'tags categories series description weight layout type isciklanguage iscjklanguage markup outputs translationkey ' +
    'headless resources sitemap status blackfriday build _build cascade lang toc math mathjax katex comments cover image ' +
    'images thumbnail featured_image featuredimage featureimage canonical canonicalurl hidden unlisted pinned permalink'
  ).split(' '),
)

const list = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value ?? null])
    .map((item) => (typeof item === 'string' ? item.trim() : typeof item === 'number' ? String(item) : ''))
    .filter((text, i, all) => text !== '' && all.indexOf(text) === i)

const isOn = (value: Json | undefined): boolean => value === true || value === 'true'

/** `build`, `_build` until 0.145: whether Hugo makes a page and lists it. */
export const buildOf = (fields: JsonObject): JsonObject => {
  const build = fields['build'] ?? fields['_build']
  return isRecord(build) ? build : {}
}
/** `link` has an address and no page. */
export const isNever = (value: Json | undefined): boolean => /^(?:never|false|link)$/.test(String(value))

/** The new front matter, and whether the old site showed the page at that moment. */
export function hugoFields(
  fields: JsonObject,
  source: FieldsSource,
): { fields: JsonObject; isPublic: boolean } {
  const { config, naive, now, date, note, file } = source
  const dated = (...names: string[]): IsoDate | null =>
    names.map((name) => parseDate(fields[name], naive)).find((found) => found !== null) ?? null
  const updated = dated('lastmod', 'modified')
  const publish = dated('publishdate', 'pubdate')
  const expires = dated('expirydate', 'unpublishdate')
  if (textOf(fields['date']) !== '' && dated('date') === null)
    note({ kind: 'warning', what: `a date that is none: ${textOf(fields['date'])}`, file })
  const draft = isOn(fields['draft']) || (fields['draft'] === undefined && fields['published'] === false)
  const terms = (names: readonly string[]): string[] => [
    ...new Set(names.flatMap((name) => list(fields[name.toLowerCase()]))),
  ]
  const cover =
    textOf(fields['cover']) ||
    textOf(at(fields['cover'], 'image')) ||
    ['image', 'thumbnail', 'featured_image', 'featuredimage', 'featureimage']
      .map((key) => textOf(fields[key]))
      .find((text) => text !== '') ||
    list(fields['images'])[0] ||
    ''
  const { taxonomies } = config
  const result: Record<string, Json> = {}
  const put = (key: string, value: Json | undefined): void => {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
      return
    result[key] = value
  }
  put('title', textOf(fields['title']) || textOf(fields['linktitle']))
  put('date', date)
  if (updated !== date) put('updated', updated)
  put('expires', expires)
  put('slug', textOf(fields['slug']).replace(/^\/+|\/+$/g, ''))
  put('tags', terms([...taxonomies.tags, 'tags']))
  put('categories', terms([...taxonomies.categories, 'categories']))
  put('series', list(fields['series'])[0])
  put('description', textOf(fields['description']))
  put('cover', cover)
  if (draft) result['draft'] = true
  if (isOn(fields['hidden']) || isOn(fields['unlisted']) || isNever(buildOf(fields)['list']))
    result['unlisted'] = true
  if (isOn(fields['pinned'])) result['pinned'] = true
  if (source.language !== '') put('lang', textOf(fields['lang']) || source.language)
  else put('lang', textOf(fields['lang']))
  if (Number(textOf(fields['weight'])) !== 0 && Number.isFinite(Number(textOf(fields['weight']))))
    put('weight', Number(textOf(fields['weight'])))
  put('toc', typeof fields['toc'] === 'boolean' ? fields['toc'] : undefined)
  const math = fields['math'] ?? fields['mathjax'] ?? fields['katex']
  put('math', typeof math === 'boolean' && math ? true : undefined)
  put('comments', typeof fields['comments'] === 'boolean' ? fields['comments'] : undefined)
  put('canonical', textOf(fields['canonical']) || textOf(fields['canonicalurl']))
  for (const [key, value = null] of Object.entries(fields)) {
    if (handled.has(key) || value === null || value === '' || (Array.isArray(value) && value.length === 0))
      continue
    // A name that means something here and is written otherwise there would change what the page is.
    result[key === 'id' || key === 'guid' ? `hugo_${key}` : key] = value
  }
  if (isRecord(fields['sitemap']) || fields['outputs'] !== undefined)
    note({ kind: 'skipped', what: 'front matter keys sitemap and outputs', file })
  if (publish !== null && instantOf(publish, naive) > now) {
    note({
      kind: 'warning',
      what: `publishDate lies ahead: ${publish}; it is the date of the post now`,
      file,
    })
    result['date'] = publish
  }
  const shown = result['date'] === undefined ? null : parseDate(result['date'], naive)
  const isFuture = shown !== null && instantOf(shown, naive) > now
  const isExpired = expires !== null && instantOf(expires, naive) <= now
  return { fields: result, isPublic: !draft && !isFuture && !isExpired }
}
