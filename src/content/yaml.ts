// js-yaml behind a fence. Its traps: the default schema turns `2018-01-01` into a Date at UTC midnight (ours keeps the
// text); a tag may name code (only the core tags exist here); aliases may blow up (limited in plain.ts); its messages
// speak of the grammar, where the author needs to hear which character to put in quotes.
import yaml from 'js-yaml'
import type { Json, JsonObject } from '../json.js'
import { FieldsFault } from './fault.js'
import { isObject, plainJson, TooMuch } from './plain.js'

/** YAML 1.2 core (null, true/false, numbers) and `<<`; no dates, no sexagesimal numbers, no yes/no. */
const schema = yaml.CORE_SCHEMA.extend({
  implicit: [
    new yaml.Type('tag:yaml.org,2002:merge', { kind: 'scalar', resolve: (text: unknown) => text === '<<' }),
  ],
})

/**
 * Parses a value of any kind; an empty text is null. Line ends must be `\n`. `most` is how many values it may hold.
 * Throws FieldsFault with the place of the fault.
 */
export function parseYamlValue(text: string, most?: number): Json {
  let parsed: unknown
  try {
    parsed = yaml.load(text, { schema })
  } catch (error) {
    throw faultOf(text, error)
  }
  try {
    return plainJson(parsed, most)
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error
    throw new FieldsFault('frontmatter/too-large', error.message, 0, 1, 'write the values out')
  }
}

/** The same for a mapping; an empty text is an empty mapping. */
export function parseYaml(text: string): JsonObject {
  const fields = parseYamlValue(text)
  if (fields === null) return {}
  if (isObject(fields)) return fields
  const line = firstLine(text)
  const what = Array.isArray(fields) ? 'this is a list, not fields' : 'these are no fields'
  throw new FieldsFault(
    'frontmatter/yaml',
    what,
    line.start,
    line.text.length,
    'write each field as "key: value"',
  )
}

interface Line {
  readonly start: number
  readonly text: string
}

const linesOf = (text: string): Line[] => {
  let start = 0
  return text.split('\n').map((line) => {
    const at = start
    start += line.length + 1
    return { start: at, text: line }
  })
}

const firstLine = (text: string): Line =>
  linesOf(text).find((line) => line.text.trim() !== '' && !line.text.startsWith('#')) ?? {
    start: 0,
    text: '',
  }

/** What YAML does not allow even in quotes. */
const unprintable = /[\u0000-\u0008\u000b-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|\p{Surrogate}/u

const fieldLine = /^(\s*(?:- +)?([^\s#:][^:]*?)\s*:[ \t]+)(\S.*?)\s*$/

/** A value in the quotes that suit it. */
const inQuotes = (value: string): string =>
  /["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : `"${value}"`

function faultOf(text: string, error: unknown): FieldsFault {
  const fault = (what: string, offset: number, length: number, fix: string) =>
    new FieldsFault('frontmatter/yaml', what, offset, Math.max(1, length), fix)
  if (!(error instanceof yaml.YAMLException) || !error.mark) {
    const second = linesOf(text).find((line) => /^(?:---|\.\.\.)(?:\s|$)/.test(line.text))
    return error instanceof RangeError
      ? fault('this is nested too deep', 0, 1, 'write it flat')
      : fault('a second document begins here', second?.start ?? 0, 3, 'remove this line')
  }
  const { reason } = error
  const offset = Math.min(error.mark.position, text.length)
  const lines = linesOf(text)
  const line = lines.findLast((candidate) => candidate.start <= offset) ?? { start: 0, text: '' }
  const [, lead = '', key = '', value = ''] = fieldLine.exec(line.text) ?? []
  const valueAt = line.start + lead.length
  const quoteIt =
    value === '' ? 'put the value in quotes' : `put the value in quotes: ${key}: ${inQuotes(value)}`

  if (reason === 'duplicated mapping key') {
    const name = /^\s*(.*?)\s*(?::|$)/.exec(line.text.slice(offset - line.start))?.[1] ?? ''
    return fault(`the field "${name}" stands here a second time`, offset, name.length, 'keep one of the two')
  }
  if (reason.includes('tab characters'))
    return fault('a tab stands in the indentation', line.start, 1, 'indent with spaces')
  if (reason.startsWith('unidentified alias'))
    return fault(`"${value.split(/\s/)[0]}" is read as a reference`, valueAt, value.length, quoteIt)
  if (reason.startsWith('unknown tag') || reason.includes('tag'))
    return fault(`"${value.split(/\s/)[0]}" is read as a tag`, valueAt, value.length, quoteIt)
  if (reason.includes('escape sequence') || reason.includes('hexadecimal')) {
    const start = text.lastIndexOf('\\', offset)
    return fault(
      `the escape "${text.slice(start, start + 2)}" does not exist`,
      start,
      2,
      'use single quotes, or write \\\\',
    )
  }
  if (reason.includes('null byte') || reason.includes('non-printable') || reason.includes('JSON character'))
    return fault('a control character stands here', Math.max(0, text.search(unprintable)), 1, 'delete it')
  if (/quoted scalar|flow collection$/.test(reason))
    return unclosed(lines) ?? fault(reason, offset, 1, quoteIt)
  if (reason.includes('maxDepth') || reason.includes('depth'))
    return fault('this is nested too deep', offset, 1, 'write it flat')
  if (/^[@`%]/.test(value))
    return fault(`an unquoted value may not begin with "${value.charAt(0)}"`, valueAt, value.length, quoteIt)
  if (/^["'[{]/.test(value)) {
    const length = line.start + line.text.trimEnd().length - offset
    return fault(
      `text follows the closing ${value.startsWith('[') || value.startsWith('{') ? 'bracket' : 'quote'}`,
      offset,
      length,
      quoteIt,
    )
  }
  const colon = /:(?=\s|$)/.exec(value)
  if (colon) return fault('an unquoted value holds a colon', valueAt + colon.index, 1, quoteIt)
  return notAField(lines) ?? fault(reason, offset, 1, 'check the indentation and quote the value')
}

/** The first line whose quote or bracket has no partner on it: where the author forgot to close. */
function unclosed(lines: readonly Line[]): FieldsFault | null {
  for (const line of lines) {
    const [, lead = '', , value = ''] = fieldLine.exec(line.text) ?? []
    const opener = value.charAt(0)
    const closer = { '"': '"', "'": "'", '[': ']', '{': '}' }[opener]
    if (closer === undefined || value.indexOf(closer, 1) > 0) continue
    const what = `this ${opener === '[' || opener === '{' ? 'bracket' : 'quote'} is never closed`
    return new FieldsFault(
      'frontmatter/yaml',
      what,
      line.start + lead.length,
      value.length,
      `close it with ${closer}`,
    )
  }
  return null
}

/** The first unindented line that is neither a field nor an item nor a comment. */
function notAField(lines: readonly Line[]): FieldsFault | null {
  const line = lines.find(({ text }) => text !== '' && !/^(?:[\s#]|-(?:\s|$)|.*?:(?:\s|$))/.test(text))
  if (!line) return null
  const fix = line.text.includes('：')
    ? 'write the colon as ":" followed by a blank'
    : line.text.includes(':')
      ? 'put a blank after the colon'
      : 'write "key: value", or indent the line'
  return new FieldsFault(
    'frontmatter/yaml',
    'this line is no "key: value"',
    line.start,
    line.text.length,
    fix,
  )
}
