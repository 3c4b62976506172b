// Where a document says at which address it stands: what an error about two outputs of one path points at.
// Asked only when there is such an error, so it reads the front matter once more.
import type { Problem } from '../errors.js'
import { isRefusal, readAddress } from './address.js'
import { gatherFields, type Value } from './fields.js'
import { splitFrontmatter } from './frontmatter.js'
import { problemOf } from './source.js'
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
  const { line = 1, column = 1, frame } = problemOf(source, value?.path ?? [], { code: '', what: '' })
  return { file, line, column, ...(frame === undefined ? {} : { frame }) }
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
