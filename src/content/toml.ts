// smol-toml behind a fence. Its traps: a date that does not exist (30 February, 31 November) silently becomes the next
// month's, and a date-time loses how it was written; hence dates are taken as typed from the text itself.
import { parse, TomlDate, TomlError } from 'smol-toml'
import type { Json, JsonObject } from '../json.js'
import { FieldsFault } from './fault.js'
import { locate } from './locate.js'
import { isObject, plainJson, TooMuch } from './plain.js'

/**
 * Parses a TOML document. Line ends must be `\n`. `most` is how many values it may hold.
 * Throws FieldsFault with the place of the fault.
 */
export function parseToml(text: string, most?: number): JsonObject {
  try {
    const table = parse(text, { maxDepth: 100, unsafeKeyBehaviour: 'drop' })
    const fields = plainJson(withTypedDates(text, table, []), most)
    return isObject(fields) ? fields : {}
  } catch (error) {
    if (error instanceof TooMuch)
      throw new FieldsFault('frontmatter/too-large', error.message, 0, 1, 'write it shorter')
    if (error instanceof TomlError) throw faultOf(text, error)
    if (error instanceof RangeError)
      throw new FieldsFault('frontmatter/toml', 'this is nested too deep', 0, 1, 'write it flat')
    throw error
  }
}

/** Dates as their author typed them: the fields' reader checks them and names what is wrong. */
function withTypedDates(text: string, value: unknown, path: readonly (string | number)[]): unknown {
  if (value instanceof TomlDate) {
    const entry = locate(text, 'toml', path)
    const typed = entry ? text.slice(entry.value.start, entry.value.end).trim() : ''
    return /^\d/.test(typed) ? typed : value.toISOString()
  }
  if (path.length > 3 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    return value.some((item) => typeof item === 'object')
      ? value.map((item: unknown, index) => withTypedDates(text, item, [...path, index]))
      : value
  }
  const result: Record<string, Json | unknown> = {}
  for (const [key, item] of Object.entries(value))
    result[key] = typeof item === 'object' ? withTypedDates(text, item, [...path, key]) : item
  return result
}

function faultOf(text: string, error: TomlError): FieldsFault {
  const lines = text.split('\n')
  const line = lines[error.line - 1] ?? ''
  const before = lines.slice(0, error.line - 1).join('\n').length + (error.line > 1 ? 1 : 0)
  const [first = ''] = error.message.split('\n')
  const what = first.replace('Invalid TOML document: ', '')
  const yamlLike = /^\s*[\w-]+:\s/.test(line)
  const fix = yamlLike
    ? 'write the field as "key = value", or fence the front matter with ---'
    : what.includes('redefine')
      ? 'keep one of the two'
      : /invalid value|leading zero|date/.test(what)
        ? 'put the value in double quotes'
        : 'write the field as "key = value"'
  const length = /^[\w.+-]*/.exec(line.slice(error.column - 1))?.[0].length ?? 1
  const said = what.includes('redefine') ? 'this key or table stands here a second time' : what
  return new FieldsFault('frontmatter/toml', said, before + error.column - 1, Math.max(1, length), fix)
}
