// A source of fields (the front matter of a document, or a `_defaults.yml`) and the Problems that point into it.
// Positions are looked up here, only when a Problem is made.
import { frame, type Problem, positionAt, type Severity } from '../errors.js'
import type { Syntax } from './flow.js'
import { locate } from './locate.js'
import type { Path } from './types.js'

export interface Source {
  readonly file: Path
  /** The whole text without byte order marks: what frames show. */
  readonly text: string
  readonly syntax: Syntax
  /** The front matter alone, line ends as `\n`; '' where there is none. */
  readonly block: string
  /** Line of `text` (from 1) where `block` begins, always at its first column. */
  readonly blockLine: number
}

export type FieldPath = readonly (string | number)[]

export interface Details {
  readonly severity?: Severity
  readonly code: string
  readonly what: string
  readonly found?: string
  readonly expected?: readonly string[]
  readonly fix?: string
  /** Mark the key rather than the value. */
  readonly atKey?: boolean
}

/** As much as fits into a message; control characters would upset a terminal. */
export function shown(text: string): string {
  const tidy = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
  return tidy.length > 80 ? `${tidy.slice(0, 79)}…` : tidy
}

/** The value as its author typed it, on one line and without comment; null where it cannot be found. */
export function typedText(source: Source, path: FieldPath): string | null {
  const entry = locate(source.block, source.syntax, path)
  if (!entry) return null
  const raw = source.block.slice(entry.value.start, entry.value.end)
  if (/^["'[{]/.test(raw)) return raw.split('\n')[0] ?? ''
  return (raw.split('\n')[0] ?? '').replace(/(?:^|\s+)#.*$/, '')
}

/** The whole line on which a field's key stands: what a comment has swallowed can be seen there. */
export function lineOf(source: Source, path: FieldPath): string {
  const entry = locate(source.block, source.syntax, path)
  if (!entry) return ''
  const start = source.block.lastIndexOf('\n', entry.key.start - 1) + 1
  const end = source.block.indexOf('\n', start)
  return source.block.slice(start, end < 0 ? undefined : end)
}

/** A Problem at a line and column (from 1) of the whole text. */
export function problemAt(
  source: Pick<Source, 'file' | 'text'>,
  place: { readonly line: number; readonly column: number; readonly length: number },
  { severity = 'error', code, what, found, expected, fix }: Details,
): Problem {
  // A control character in a frame would steer the reader's terminal.
  const picture = frame(source.text, place.line, place.column, place.length).replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g,
    '\ufffd',
  )
  return {
    severity,
    code,
    what,
    file: source.file,
    line: place.line,
    column: place.column,
    ...(picture === '' ? {} : { frame: picture }),
    ...(found === undefined || shown(found) === '' ? {} : { found: shown(found) }),
    ...(expected === undefined ? {} : { expected }),
    ...(fix === undefined ? {} : { fix }),
  }
}

/** A Problem with a field; where the field cannot be found (or the path is empty) it points at the file's first line. */
export function problemOf(source: Source, path: FieldPath, details: Details): Problem {
  const entry = path.length > 0 ? locate(source.block, source.syntax, path) : null
  if (!entry) return problemAt(source, { line: 1, column: 1, length: firstLineLength(source.text) }, details)
  const key = positionAt(source.block, entry.key.start)
  const value = positionAt(source.block, entry.value.start)
  const range =
    details.atKey || entry.value.start === entry.value.end || value.line !== key.line
      ? entry.key
      : entry.value
  const place = range === entry.key ? key : value
  const raw = source.block.slice(range.start, range.end).split('\n')[0] ?? ''
  const marked = range === entry.key || /^["'[{]/.test(raw) ? raw : raw.replace(/\s+#.*$/, '')
  return problemAt(
    source,
    { line: place.line + source.blockLine - 1, column: place.column, length: Math.max(1, marked.length) },
    details,
  )
}

function firstLineLength(text: string): number {
  return Math.max(1, (text.slice(0, 200).split(/[\r\n]/)[0] ?? '').length)
}
