// Front matter on its way over: read as leniently as the old generators did, written as plain YAML that any of them
// would read. What cannot be read at all comes back as a note and an empty one; the text is never lost.
import { splitFrontmatter } from '../content/frontmatter.js'
import { typedText } from '../content/source.js'
import type { Json, JsonObject } from '../json.js'
import type { Note } from './types.js'

export interface ReadDocument {
  /** Keys in lower case, values as parsed; dates are texts. */
  readonly fields: JsonObject
  readonly body: string
  readonly bodyLine: number
  readonly notes: readonly Note[]
}

/** Splits a document. Control characters and byte order marks in front of the fence are no reason to fail. */
export function readDocument(text: string, file: string): ReadDocument {
  const front = splitFrontmatter(text, file)
  const notes: Note[] = front.problems.map(({ what, line }) => ({
    kind: 'warning',
    what: `front matter: ${what}`,
    file,
    ...(line !== undefined && { line }),
  }))
  if (front.fields === null) {
    const rest = withoutFence(text)
    const fields = mendedFields(rest.block) ?? lenientFields(rest.block)
    return { fields, body: rest.body, bodyLine: rest.line, notes }
  }
  const fields: Record<string, Json> = {}
  for (const [key, value = null] of Object.entries(front.fields)) {
    // `007` and `1e5` are names here, not amounts.
    const typed = typeof value === 'number' ? typedText(front.source, [key]) : null
    fields[key.toLowerCase()] ??= typed === null || typed === String(value) ? value : typed
    const comment = value === null ? commentAt(front.source.block, key) : undefined
    if (comment !== undefined)
      notes.push({
        kind: 'warning',
        what: `front matter: ${key} is empty, because its value begins with # and is a comment: ${comment}`,
        file,
      })
  }
  return { fields, body: text.slice(front.bodyOffset), bodyLine: front.bodyLine, notes }
}

function commentAt(block: string, key: string): string | undefined {
  const line = block.split('\n').find((text) => text.startsWith(`${key}:`))
  return /:[ \t]+(#\S.*)$/.exec(line ?? '')?.[1]
}

/** Behind front matter that no parser takes: its lines are cut off by their fences, or all is text. */
function withoutFence(text: string): { block: string; body: string; line: number } {
  const found = /^\ufeff*\s*(---|\+\+\+)[ \t]*\r?\n([\s\S]*?)\r?\n\1[ \t]*(?:\r?\n|$)/.exec(text)
  if (!found) return { block: '', body: text, line: 1 }
  return { block: found[2] ?? '', body: text.slice(found[0].length), line: found[0].split(/\r\n?|\n/).length }
}

/** YAML again with quotes around what holds a colon: one bad title loses nothing of the rest. */
function mendedFields(block: string): JsonObject | undefined {
  const mended = block.replace(
    /^([ \t]*(?:-[ \t]+)?[\w-]+:[ \t]+|[ \t]*-[ \t]+)([^\s"'[{>|&*!#%@`][^\r\n]*?:[ \t][^\r\n]*?|[%@`][^\r\n]*?)[ \t]*$/gm,
    (_, key: string, value: string) => key + JSON.stringify(value),
  )
  if (mended === block) return undefined
  const { fields } = splitFrontmatter(`---\n${mended}\n---\n`, '')
  return fields === null
    ? undefined
    : Object.fromEntries(Object.entries(fields).map(([key, value]) => [key.toLowerCase(), value]))
}

/** What can be told line by line where the whole is no YAML: `title: a: b` is a title to everybody but a parser. */
function lenientFields(block: string): JsonObject {
  const fields: Record<string, Json> = {}
  let list: string[] | undefined
  for (const line of block.split(/\r\n?|\n/)) {
    const item = /^\s*-\s+(.*?)\s*$/.exec(line)
    if (item && list) {
      list.push(unquoted(item[1] ?? ''))
      continue
    }
    const [, key = '', value = ''] = /^([A-Za-z_][\w-]*)\s*[:=]\s*(.*?)\s*$/.exec(line) ?? []
    if (key === '') continue
    list = undefined
    const flow = /^\[(.*)\]$/.exec(value)
    if (value === '') {
      list = []
      fields[key.toLowerCase()] = list
    } else if (flow)
      fields[key.toLowerCase()] = (flow[1] ?? '').split(',').map((text) => unquoted(text.trim()))
    else
      fields[key.toLowerCase()] = value === 'true' || value === 'false' ? value === 'true' : unquoted(value)
  }
  return fields
}

const unquoted = (text: string): string => /^(["'])(.*)\1$/.exec(text)?.[2] ?? text

const plainScalar =
  /^[\p{L}\p{N}_./(《「][^\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff\p{Cs}"'`\\]*$/u
/** What YAML would take for something else than text, or cut. */
const meansMore =
  /^(?:true|false|null|yes|no|on|off|y|n|~|[-+.\d][\d_.,eE+-]*|0[xob][\da-f]+|\.(?:inf|nan))$|:(?:\s|$)|\s#|\s$|[,[\]{}]/i

/** One value on one line: plain where YAML reads it as the same text, otherwise JSON, which is YAML too. */
export function yamlValue(value: Json): string {
  if (typeof value === 'string')
    return plainScalar.test(value) && !meansMore.test(value) ? value : quoted(value)
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, inner]) => `${yamlKey(key)}: ${yamlValue(inner ?? null)}`)
      .join(', ')} }`
  return JSON.stringify(value)
}

const yamlKey = (key: string): string => (/^[A-Za-z_][\w-]*$/.test(key) ? key : quoted(key))

/** JSON's escapes, and those characters that YAML does not allow in a file. */
function quoted(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A document's whole text. Dates are written plain, since our reader keeps them as typed. */
export function writeDocument(fields: JsonObject, body: string): string {
  const lines = Object.entries(fields).flatMap(([key, value]) => {
    if (value === undefined) return []
    const isDate = typeof value === 'string' && /^\d{4}-\d\d-\d\d(?:T[\d:]+(?:Z|[+-]\d\d:\d\d))?$/.test(value)
    return [`${yamlKey(key)}: ${isDate ? value : yamlValue(value)}`]
  })
  return `---\n${lines.map((line) => `${line}\n`).join('')}---\n\n${body.replace(/^(?:[ \t]*(?:\r\n?|\n))+/, '').replace(/\s*$/, '')}\n`
}
