// Jekyll's front matter → ours: words divided by blanks become lists, what only themes of Jekyll read stays as data.
import { parseDate } from '../content/dates.js'
import type { IsoDate } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { at } from './config-file.js'
import { isRecord, type Note, textOf } from './types.js'

export interface FieldsSource {
  readonly file: string
  readonly zone: string
  readonly date: IsoDate | null
  readonly isPost: boolean
  readonly categories: readonly string[]
  /** The file's name without date: a post without title is called by it. */
  readonly stem: string
  readonly note: (note: Note) => void
}

/** A list, or a text that is divided at blanks (`categories`, `tags`) or taken whole (`category`). */
export function wordsOf(value: Json | undefined, divides: boolean): string[] {
  if (Array.isArray(value))
    return value
      .flat()
      .map(textOf)
      .filter((text) => text !== '')
  const text = textOf(value)
  if (text === '') return []
  return divides ? text.split(/\s+/) : [text]
}

const handled = new Set(
  (
    'title date layout permalink published category categories tag tags excerpt slug redirect_from redirect_to ' +
    'last_modified_at updated modified lang description comments draft hidden image cover canonical_url aliases alias ' +
    'render_with_liquid excerpt_separator toc math mathjax katex usemath use_math'
  ).split(' '),
)

export function jekyllFields(fields: JsonObject, source: FieldsSource): JsonObject {
  const result: Record<string, Json> = {}
  const put = (key: string, value: Json | undefined): void => {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
      return
    result[key] = value
  }
  const title = textOf(fields['title'])
  if (title === '' && source.isPost)
    source.note({
      kind: 'changed',
      what: 'a post without title is called by its file name',
      file: source.file,
    })
  put('title', title || (source.isPost ? titleOf(source.stem) : ''))
  if (source.isPost || textOf(fields['date']) !== '') put('date', source.date)
  const updated = ['last_modified_at', 'updated', 'modified']
    .map((key) => parseDate(fields[key], source.zone))
    .find((date) => date !== null)
  put('updated', updated)
  put('slug', textOf(fields['slug']))
  put('tags', [...new Set([...wordsOf(fields['tag'], false), ...wordsOf(fields['tags'], true)])])
  put('categories', [...source.categories])
  put('description', textOf(fields['description']) || plain(textOf(fields['excerpt'])))
  const picture = [
    fields['cover'],
    fields['image'],
    at(fields['image'], 'path'),
    at(fields['image'], 'feature'),
  ]
    .map(textOf)
    .find((text) => /\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(text))
  put(
    'cover',
    picture && (/^(?:https?:)?\/\//.test(picture) || picture.startsWith('/') ? picture : `/${picture}`),
  )
  put('lang', textOf(fields['lang']))
  if (fields['hidden'] === true) result['unlisted'] = true
  if (fields['comments'] === false) result['comments'] = false
  if (typeof fields['toc'] === 'boolean') result['toc'] = fields['toc']
  if (['math', 'mathjax', 'katex', 'usemath', 'use_math'].some((key) => fields[key] === true))
    result['math'] = true
  put('canonical', textOf(fields['canonical_url']))
  if (fields['draft'] === true) result['draft'] = true
  for (const [key, value = null] of Object.entries(fields)) {
    if (handled.has(key) || value === null || value === '' || (isRecord(value) && key === 'image')) continue
    result[key === 'id' || key === 'guid' ? `jekyll_${key}` : key] = value
  }
  return result
}

const plain = (text: string): string =>
  text
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** `hello-world` → `Hello World` (`Utils.titleize_slug`). */
function titleOf(stem: string): string {
  return stem
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join(' ')
}
