// Hexo's front matter: YAML whose opening fence may be missing, or JSON that ends with `;;;`; its keys → ours.
import { parseDate } from '../content/dates.js'
import type { IsoDate } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import { type ReadDocument, readDocument } from './frontmatter.js'
import { isRecord, type Note, textOf } from './types.js'

export function readHexoDocument(text: string, file: string): ReadDocument {
  const clean = text.replace(/^\ufeff+/, '')
  const json = /^\s*(?:;;;[ \t]*\r?\n)?(\s*"[\s\S]*?|\s*\{[\s\S]*?)\r?\n;;;[ \t]*(?:\r?\n|$)/.exec(clean)
  if (json) {
    const block = (json[1] ?? '').trim()
    const read = readDocument(`${block.startsWith('{') ? block : `{${block.replace(/,\s*$/, '')}}`}\n`, file)
    return { ...read, body: clean.slice(json[0].length), bodyLine: json[0].split('\n').length }
  }
  // Only a closing fence: every line before it is a field, an item or a comment.
  const bare = /^\s*((?:[A-Za-z_][\w-]*\s*:|\s+\S|-\s|#)[\s\S]*?)\r?\n-{3,}[ \t]*(?:\r?\n|$)/.exec(clean)
  const isBare =
    bare?.[1]?.split(/\r?\n/).every((line) => /^(?:[\w-]+\s*:|\s+\S|-\s|#|\s*$)/.test(line)) === true
  if (!isBare) return readDocument(text, file)
  const read = readDocument(`---\n${clean.trimStart()}`, file)
  const blank = clean.slice(0, clean.length - clean.trimStart().length).split('\n').length - 1
  return {
    ...read,
    bodyLine: read.bodyLine - 1 + blank,
    notes: read.notes.filter(({ what }) => !what.includes('opening')),
  }
}

/** `[a, b]` is a path, `[[a, b], [c]]` are several, a text is one. */
export function categoryPaths(value: Json | undefined): string[][] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) return textOf(value) === '' ? [] : [[textOf(value)]]
  if (!value.some(Array.isArray)) {
    const path = value.map(textOf).filter((name) => name !== '')
    return path.length === 0 ? [] : [path]
  }
  return value
    .map((item) => (Array.isArray(item) ? item : [item]).map(textOf).filter((name) => name !== ''))
    .filter((path) => path.length > 0)
}

const handled = new Set(
  'title date updated permalink tags tag categories category description excerpt lang layout published comments alias aliases redirect_from draft top sticky cover top_img thumbnail banner_img index_img mathjax math katex toc slug hidden hide disablenunjucks'.split(
    ' ',
  ),
)

export interface FieldsSource {
  readonly title: string
  readonly date: IsoDate | null
  readonly zone: string
  readonly isPost: boolean
  readonly draft: boolean
  readonly note: (note: Note) => void
  readonly file: string
}

export function hexoFields(fields: JsonObject, source: FieldsSource): JsonObject {
  const result: Record<string, Json> = {}
  const put = (key: string, value: Json | undefined): void => {
    if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
      return
    result[key] = value
  }
  const terms = (value: Json | undefined): string[] =>
    (Array.isArray(value) ? value.flat().map(textOf) : textOf(value).split(/[,，、]/))
      .map((text) => text.trim())
      .filter((text, i, all) => text !== '' && all.indexOf(text) === i)
  put('title', source.title)
  if (source.isPost || textOf(fields['date']) !== '') put('date', source.date)
  if (textOf(fields['date']) !== '' && source.date === null)
    source.note({
      kind: 'warning',
      what: `a date that is none: ${textOf(fields['date'])}`,
      file: source.file,
    })
  const updated = parseDate(fields['updated'], source.zone)
  if (updated !== source.date) put('updated', updated)
  put('tags', terms(fields['tags'] ?? fields['tag']))
  put('categories', [...new Set(categoryPaths(fields['categories'] ?? fields['category']).flat())])
  put('description', textOf(fields['description']) || textOf(fields['excerpt']).replace(/<[^>]*>/g, ''))
  const cover = ['cover', 'thumbnail', 'index_img', 'banner_img', 'top_img']
    .map((key) => textOf(fields[key]))
    .find((text) => /\/|\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(text))
  put('cover', cover)
  const language = textOf(fields['lang'])
  put('lang', language)
  if (source.draft) result['draft'] = true
  if (fields['hidden'] === true || fields['hide'] === true) result['unlisted'] = true
  if (
    Number(fields['top']) > 0 ||
    fields['top'] === true ||
    Number(fields['sticky']) > 0 ||
    fields['sticky'] === true
  )
    result['pinned'] = true
  if (fields['comments'] === false) result['comments'] = false
  if (typeof fields['toc'] === 'boolean') result['toc'] = fields['toc']
  if (['mathjax', 'math', 'katex'].some((key) => fields[key] === true)) result['math'] = true
  if (textOf(fields['password']) !== '')
    source.note({
      kind: 'warning',
      what: 'a post that was encrypted for readers: here it would be public',
      file: source.file,
    })
  for (const [key, value = null] of Object.entries(fields)) {
    if (handled.has(key) || value === null || value === '' || (Array.isArray(value) && value.length === 0))
      continue
    if (isRecord(value) && Object.keys(value).length === 0) continue
    // Keys of other programs that Hexo did not look at mean something here.
    result[
      /^(?:id|guid|url|weight|series|expires|projects?|canonical|pinned|unlisted)$/.test(key)
        ? `hexo_${key}`
        : key
    ] = value
  }
  if (textOf(fields['password']) !== '') result['draft'] = true
  return result
}
