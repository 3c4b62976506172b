// What is refused before it is parsed, by rules that give the same answer everywhere, and what must be parsed where it
// can be killed: the parser has cases whose cost grows with the square of their length, and synchronous code
// cannot be stopped. A clock must never decide what is in the output.
import { frame, type Problem, positionAt } from '../errors.js'

const mostBytes = 4 * 1024 * 1024
const deepestNesting = 100
/** Runs of `*`, `_`, `~` in one block of text, and brackets. 10,000 take some seconds. */
const mostDelimiters = 10_000
const mostBrackets = 20_000
/** Comments that are opened, and lines of one paragraph, quotation or heading: each is looked for to its end. */
const mostComments = 5_000
const mostLines = 10_000
const riskyLength = 32 * 1024
const riskyDelimiters = 1_000

const nestedMarkers = new RegExp(
  `^(?:[ \\t]{0,4}(?:>|(?:[-+*]|\\d{1,9}[.)])(?=[ \\t]))[ \\t]?){${deepestNesting + 1}}`,
)
const rule = /^[ \t]*(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)$/

interface Excess {
  readonly offset: number
  readonly what: string
  readonly fix: string
}

const endlessRun = new RegExp(`[*_]{${mostDelimiters + 1}}`)

/** One run may open as many elements within each other as it has characters. */
export const hasEndlessRun = (text: string): boolean => endlessRun.test(text)

/** The error that refuses this body, undefined where it may be parsed. `text` is the whole file. */
export function refuse(text: string, bodyOffset: number, file: string): Problem | undefined {
  const excess = excessOf(text.slice(bodyOffset))
  if (!excess) return undefined
  const { line, column } = positionAt(text, bodyOffset + excess.offset)
  return {
    severity: 'error',
    code: 'markdown/too-complex',
    what: excess.what,
    file,
    line,
    column,
    frame: frame(text, line, column),
    fix: excess.fix,
  }
}

function excessOf(source: string): Excess | undefined {
  // UTF-8 takes at most three bytes for each UTF-16 unit.
  if (source.length * 3 > mostBytes && Buffer.byteLength(source) > mostBytes)
    return {
      offset: 0,
      what: `this document is larger than ${mostBytes / 1024 / 1024} MB`,
      fix: 'split the document, and put data into files beside it',
    }
  return deepLine(source) ?? denseBlock(source)
}

function deepLine(source: string): Excess | undefined {
  // Each level takes at least one character before the text.
  const long = /^[ \t>*+\-\d.)]{101,}/gm
  for (const { index } of source.matchAll(long)) {
    const line = source.slice(index, index + 5000).split(/[\r\n]/, 1)[0] ?? ''
    if (nestedMarkers.test(line) && !rule.test(line))
      return {
        offset: index,
        what: `quotations or lists are nested more than ${deepestNesting} deep`,
        fix: 'nest less deeply, or put the lines into a code block',
      }
  }
  return undefined
}

function denseBlock(source: string): Excess | undefined {
  if (source.length < mostDelimiters) return undefined
  for (const { text, offset } of blocksOf(source)) {
    if (text.length < mostDelimiters) continue
    if ((text.match(/[*_]+|~+/g)?.length ?? 0) > mostDelimiters)
      return {
        offset,
        what: `this block holds more than ${mostDelimiters} runs of *, _ or ~`,
        fix: 'put it into a code block, or divide it by blank lines',
      }
    if (hasEndlessRun(text))
      return {
        offset,
        what: `this block holds more than ${mostDelimiters} of * and _ in a row`,
        fix: 'put them into a code block, or write a rule as ***',
      }
    if ((text.match(/<!--/g)?.length ?? 0) > mostComments)
      return {
        offset,
        what: `this block holds more than ${mostComments} openings of a comment`,
        fix: 'put it into a code block, or divide it by blank lines',
      }
    if ((text.match(/\n|\r(?!\n)/g)?.length ?? 0) > mostLines)
      return {
        offset,
        what: `this block holds more than ${mostLines} lines without a blank one`,
        fix: 'put it into a code block, or divide it by blank lines',
      }
    if ((text.match(/\[/g)?.length ?? 0) > mostBrackets)
      return {
        offset,
        what: `this block holds more than ${mostBrackets} opening brackets`,
        fix: 'put it into a code block, or divide it by blank lines',
      }
  }
  return undefined
}

/** Stretches between blank lines, without fenced code; headings, table rows and list items end one as well. */
function* blocksOf(source: string): Generator<{ text: string; offset: number }> {
  let fence = ''
  let start = 0
  let offset = 0
  for (const line of source.split(/(?<=\n)|(?<=\r)(?!\n)/)) {
    const mark = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1] ?? ''
    const inside = fence !== ''
    if (inside && mark.startsWith(fence)) fence = ''
    else if (!inside && mark !== '') fence = mark
    if (inside || mark !== '' || /^[ \t>]*(?:$|[|\r\n]|#{1,6}[ \t]|(?:[-+*]|\d{1,9}[.)])[ \t])/.test(line)) {
      if (offset > start) yield { text: source.slice(start, offset), offset: start }
      start = inside || mark !== '' ? offset + line.length : offset
    }
    offset += line.length
  }
  if (offset > start) yield { text: source.slice(start, offset), offset: start }
}

/** Must this file's body run in a worker that can be killed? Too often is slow, too seldom may hang a build. */
export function isRisky(text: string): boolean {
  if (text.length > riskyLength) return true
  return (text.match(/[*_]+|~+|\[|<!--|`+/g)?.length ?? 0) > riskyDelimiters
}
