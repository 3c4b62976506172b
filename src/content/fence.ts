// Where the front matter of a document begins and ends: `---` (YAML, or the language named after it), `+++` (TOML) or
// an opening brace (JSON). It parses nothing, and it never takes a whole file for front matter: a fence that is not
// closed is reported. Byte order marks, blank lines before the fence, CRLF and lone CR are all met in real blogs.
import type { Syntax } from './flow.js'
import { endOfJsonObject } from './json-text.js'

export interface Fenced {
  readonly state: 'none' | 'block' | 'headless' | 'unclosed' | 'refused'
  /** For `refused`, the word after the fence; the syntax otherwise. */
  readonly word: string
  readonly syntax: Syntax
  /** The front matter, with its line ends as typed. */
  readonly block: string
  /** Line from 1 where the block begins; for `unclosed` and `refused` the line of the fence. */
  readonly line: number
  /** UTF-16 offset in `text` where the body begins, and its line from 1. */
  readonly bodyOffset: number
  readonly bodyLine: number
}

const languages: ReadonlyMap<string, Syntax> = new Map([
  ['', 'yaml'],
  ['yaml', 'yaml'],
  ['yml', 'yaml'],
  ['toml', 'toml'],
  ['json', 'json'],
])

interface Line {
  readonly text: string
  readonly start: number
  /** After the line break. */
  readonly next: number
}

/** A last line without line break leaves the body on it, empty. */
const breakOf = (line: Line): number => (line.next > line.start + line.text.length ? 1 : 0)

function* linesFrom(text: string, start: number): Generator<Line> {
  const breaks = /\r\n?|\n/g
  let at = start
  while (at < text.length) {
    breaks.lastIndex = at
    const found = breaks.exec(text)
    const end = found ? found.index : text.length
    const next = found ? end + found[0].length : end
    yield { text: text.slice(at, end), start: at, next }
    at = next
  }
}

/**
 * Finds the fences. `text` must have no byte order mark left. `isField` knows the names of fields: a file without
 * opening fence is only taken for front matter where its first line is one of them.
 */
export function findFence(text: string, isField: (name: string) => boolean): Fenced {
  const none: Fenced = {
    state: 'none',
    word: '',
    syntax: 'yaml',
    block: '',
    line: 1,
    bodyOffset: 0,
    bodyLine: 1,
  }
  let number = 0
  for (const line of linesFrom(text, 0)) {
    number++
    if (line.text.trim() === '') continue
    if (/^\s*\{(?:\s*$|\s*["}])/.test(line.text)) return jsonObject(text, line, number)
    const opening = /^(---|\+\+\+)(?!-|\+)[ \t]*(.*?)[ \t]*$/.exec(line.text)
    if (opening) return fenced(text, line, number, opening[1] ?? '', opening[2] ?? '')
    const key = /^([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]|$)/.exec(line.text)?.[1]
    return key !== undefined && isField(key) ? (headless(text, line, number) ?? none) : none
  }
  return none
}

function fenced(text: string, opening: Line, number: number, fence: string, word: string): Fenced {
  const syntax =
    fence === '+++'
      ? word === '' || word === 'toml'
        ? 'toml'
        : undefined
      : languages.get(word.toLowerCase())
  const start = { word, syntax: syntax ?? 'yaml', block: '', line: number, bodyOffset: 0, bodyLine: 1 }
  if (syntax === undefined) return { ...start, state: 'refused' }
  let at = number
  for (const line of linesFrom(text, opening.next)) {
    at++
    // `...` ends a YAML document as well; Jekyll takes it.
    const closes = line.text.startsWith(fence) || (syntax === 'yaml' && line.text.startsWith('...'))
    if (!closes || line.text.slice(3).trim() !== '') continue
    return {
      ...start,
      state: 'block',
      block: text.slice(opening.next, line.start),
      line: number + 1,
      bodyOffset: line.next,
      bodyLine: at + breakOf(line),
    }
  }
  return { ...start, state: 'unclosed' }
}

/** Hexo needs no opening fence: fields, then a closing one. A setext heading looks alike, but is no field. */
function headless(text: string, first: Line, number: number): Fenced | null {
  let at = number - 1
  for (const line of linesFrom(text, first.start)) {
    at++
    if (/^---[ \t]*$/.test(line.text))
      return {
        state: 'headless',
        word: '',
        syntax: 'yaml',
        block: text.slice(first.start, line.start),
        line: number,
        bodyOffset: line.next,
        bodyLine: at + breakOf(line),
      }
    if (at > number + 200 || !/^(?:\s|#|-\s|[\w"'][^:]*:(?:\s|$)|$)/.test(line.text)) return null
  }
  return null
}

function jsonObject(text: string, line: Line, number: number): Fenced {
  const start = { word: '{', syntax: 'json' as const, block: '', line: number, bodyOffset: 0, bodyLine: 1 }
  const end = endOfJsonObject(text, line.start + line.text.indexOf('{'))
  if (end < 0) return { ...start, state: 'unclosed' }
  const block = text.slice(line.start, end)
  const after = /^[ \t]*(\r\n?|\n|$)/.exec(text.slice(end, end + 1000))
  const inner = block.match(/\r\n?|\n/g)?.length ?? 0
  return {
    ...start,
    state: 'block',
    block,
    bodyOffset: end + (after?.[0].length ?? 0),
    bodyLine: number + inner + (after && after[1] !== '' ? 1 : 0),
  }
}
