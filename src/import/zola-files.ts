// Zola's files and their front matter: pages, bundles and sections, and where they go.
import { parseDate } from '../content/dates.js'
import type { IsoDate } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { at } from './config-file.js'
import { textOf } from './types.js'

export interface ZolaFile {
  readonly path: string
  /** Below content/. */
  readonly folders: readonly string[]
  readonly name: string
  readonly kind: 'page' | 'bundle' | 'section'
  /** '' for the default language. */
  readonly language: string
}

export const texts = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value.map(textOf) : [textOf(value)]).filter((text) => text !== '')

/** `languages` are those beside the default one: they stand in file names as `page.fr.md`. */
export function fileOf(path: string, languages: ReadonlySet<string>): ZolaFile {
  const folders = path.slice('content/'.length).split('/')
  const file = (folders.pop() ?? '').replace(/\.[^.]+$/, '')
  const code = /\.([A-Za-z]{2,3}(?:-\w+)?)$/.exec(file)?.[1] ?? ''
  const language = languages.has(code) ? code : ''
  const name = language === '' ? file : file.slice(0, -code.length - 1)
  if (name === '_index') return { path, folders, name: folders.at(-1) ?? '', kind: 'section', language }
  if (name === 'index' && folders.length > 0)
    return { path, name: folders.pop() ?? '', folders, kind: 'bundle', language }
  return { path, folders, name, kind: 'page', language }
}

/** A single section needs no folder of its own below `posts/`. */
export function folderOfPosts(folders: readonly string[], sections: ReadonlySet<string>): string {
  const [first = '', ...rest] = folders
  const isPlain = sections.size === 1 || /^(?:blog|posts?|)$/.test(first)
  return ['posts', ...(isPlain ? rest : folders)].join('/')
}

export function newId(file: ZolaFile, isPost: boolean, sections: ReadonlySet<string>): string {
  const end = `${file.language === '' ? '' : `.${file.language}`}.md`
  if (file.kind === 'section') return [...file.folders, `index${end}`].join('/')
  const folder = isPost ? folderOfPosts(file.folders, sections) : file.folders.join('/')
  const stem = folder === '' ? file.name : `${folder}/${file.name}`
  return file.kind === 'bundle' ? `${stem}/index${end}` : `${stem}${end}`
}

const handled = new Set(
  'title date updated draft slug path aliases description taxonomies tags categories weight template render in_search_index authors language render'.split(
    ' ',
  ),
)

export function zolaFields(fields: JsonObject, date: IsoDate | null, timezone: string): JsonObject {
  const result: Record<string, Json> = {}
  const put = (key: string, value: Json | undefined | null): void => {
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
  put('updated', parseDate(fields['updated'], timezone))
  put('slug', textOf(fields['slug']))
  const term = (kind: string): string[] => [
    ...new Set([...texts(at(fields['taxonomies'], kind)), ...texts(fields[kind])]),
  ]
  put('tags', term('tags'))
  put('categories', term('categories'))
  put('series', texts(at(fields['taxonomies'], 'series'))[0])
  put('description', textOf(fields['description']))
  if (fields['draft'] === true) result['draft'] = true
  if (Number(fields['weight']) > 0 && date === null) put('weight', Number(fields['weight']))
  put('authors', texts(fields['authors']))
  for (const [key, value = null] of Object.entries(fields))
    if (!handled.has(key) && value !== null && value !== '')
      result[
        /^(?:id|guid|url|permalink|cover|layout|unlisted|pinned|expires)$/.test(key) ? `zola_${key}` : key
      ] = value
  return result
}
