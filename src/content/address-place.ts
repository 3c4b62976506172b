// Where a document says something in its front matter, for errors that are found when all documents are known: which
// field gives it its address, or its layout. Asked only then, so it reads the front matter once more.
import type { Problem } from '../errors.js'
import { isRefusal, readAddress } from './address.js'
import { type FieldName, gatherFields, type Value } from './fields.js'
import { splitFrontmatter } from './frontmatter.js'
import { problemOf, type Source } from './source.js'
import type { Path, Url } from './types.js'
import { partOf } from './values.js'

export type Place = Pick<Problem, 'file' | 'line' | 'column' | 'frame'>

/**
 * The field that names `alias`, or the one that decides the document's own address (permalink, slug, else the
 * first line). `text` is the whole file.
 */
export function placeOfAddress(file: Path, text: string, alias?: Url): Place {
  const { fields, source } = splitFrontmatter(text, file)
  const { known } = gatherFields([{ source, fields: fields ?? {} }])
  const aliases = known.get('aliases')
  const value =
    alias === undefined ? (known.get('permalink') ?? known.get('slug')) : aliases && itemOf(aliases, alias)
  return placeIn(source, value)
}

/** Where a document's own front matter says this, or this item of a list; its first line where it does not. */
export function placeOfField(file: Path, text: string, field: FieldName, item?: string): Place {
  const { fields, source } = splitFrontmatter(text, file)
  const value = gatherFields([{ source, fields: fields ?? {} }]).known.get(field)
  const list = value && Array.isArray(value.json) ? value.json : []
  const index = list.findIndex((json) => typeof json === 'string' && json.trim() === item)
  return placeIn(source, value && index >= 0 ? partOf(value, index, list[index] ?? null) : value)
}

function placeIn(source: Source, value: Value | undefined): Place {
  const { line = 1, column = 1, frame } = problemOf(source, value?.path ?? [], { code: '', what: '' })
  return { file: source.file, line, column, ...(frame === undefined ? {} : { frame }) }
}

/** The item of the list whose address is `url`, else the list. */
function itemOf(value: Value, url: Url): Value {
  if (!Array.isArray(value.json)) return value
  for (const [index, json] of value.json.entries()) {
    const address = readAddress(String(json))
    if (!isRefusal(address) && address.url === url) return partOf(value, index, json)
  }
  return value
}
