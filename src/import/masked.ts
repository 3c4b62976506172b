// A Markdown text with its code out of the way, so that what looks like a tag of the old generator is changed in prose
// only and a pair of tags may stand around code. A scanner of lines, linear in the text: it knows fences and code
// spans, and nothing else of Markdown.
import { asBlock } from './markup.js'

interface Span {
  readonly start: number
  readonly end: number
}

export interface Masked {
  /** The text with a short mark in place of each piece of code. */
  readonly text: string
  /** Puts the code back, wherever its marks stand now; `change` may touch each piece. */
  restore(text: string, change?: (code: string) => string): string
  /** Line from 1 of an offset in `text`. */
  line(offset: number): number
}

const fence = /^(?:[ \t]{0,3}|[ \t>]*(?:>|[*+-]|\d{1,9}[.)])[ \t]+|[ \t]+)(`{3,}|~{3,})([^\n]*)/

/** Where fenced blocks and code spans stand, in order. Indented blocks are prose: too much of prose is indented. */
export function codeSpans(text: string): Span[] {
  const spans: Span[] = []
  let from = 0
  let open: { mark: string; start: number } | null = null
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at)
    const end = newline < 0 ? text.length : newline + 1
    const found = fence.exec(text.slice(at, Math.min(end, at + 400)))
    if (open) {
      if (found?.[1]?.startsWith(open.mark) && found[2]?.trim() === '') {
        spans.push({ start: open.start, end: end - (newline < 0 ? 0 : 1) })
        open = null
        from = end
      }
    } else if (found && !(found[1]?.startsWith('`') && found[2]?.includes('`'))) {
      inlineSpans(text, from, at, spans)
      open = { mark: found[1] ?? '', start: at }
    }
    at = end
  }
  if (open) spans.push({ start: open.start, end: text.length })
  else inlineSpans(text, from, text.length, spans)
  return spans
}

const longestSpan = 2000

/** A run of backticks up to the next run of the same length in the same paragraph. */
function inlineSpans(text: string, start: number, end: number, spans: Span[]): void {
  const runs = [...text.slice(start, end).matchAll(/`+/g)].map(({ index, 0: run }) => ({
    at: start + index,
    length: run.length,
  }))
  for (let i = 0; i < runs.length; i++) {
    const { at, length } = runs[i]!
    if (text[at - 1] === '\\') continue
    for (let j = i + 1; j < runs.length; j++) {
      const close = runs[j]!
      if (close.at > at + longestSpan) break
      if (close.length !== length) continue
      if (!/\n[ \t]*\r?\n/.test(text.slice(at, close.at))) {
        spans.push({ start: at, end: close.at + close.length })
        i = j
      }
      break
    }
  }
}

/** Takes the code out of a text. */
export function maskCode(text: string, spans: readonly Span[] = codeSpans(text)): Masked {
  // A private character that the text itself does not hold.
  let code = 0xe000
  while (text.includes(String.fromCharCode(code)) && code < 0xf8ff) code++
  const mark = String.fromCharCode(code)
  const pieces: string[] = []
  const starts: { masked: number; original: number }[] = [{ masked: 0, original: 0 }]
  let result = ''
  let from = 0
  for (const { start, end } of spans) {
    result += `${text.slice(from, start)}${mark}${pieces.push(text.slice(start, end)) - 1}${mark}`
    from = end
    starts.push({ masked: result.length, original: end })
  }
  result += text.slice(from)
  const marks = new RegExp(`${mark}(\\d+)${mark}`, 'g')
  return {
    text: result,
    restore: (changed, change = (piece) => piece) =>
      pieces.length === 0
        ? changed
        : changed.replace(marks, (_, at: string) => change(pieces[Number(at)] ?? '')),
    line(offset) {
      const near = starts.findLast(({ masked }) => masked <= offset) ?? { masked: 0, original: 0 }
      return lineAt(text, near.original + offset - near.masked)
    },
  }
}

/** Line from 1 of an offset. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/**
 * Replaces pairs whose inside is raw text (`{% highlight %}`, `[code]`), wherever they stand outside of code; what
 * stands inside is not looked at. `close` says how the pair ends; a pair that never ends is left alone.
 */
export function replaceRaw(
  text: string,
  open: RegExp,
  close: (match: RegExpExecArray) => RegExp,
  make: (match: RegExpExecArray, inner: string, indent: string | null, line: number) => string,
): string {
  let result = ''
  let from = 0
  // Code is looked for again behind each pair, because what stood in the pair may look like a fence.
  for (let tries = 0; tries < 5000; tries++) {
    const rest = text.slice(from)
    const found = firstOutside(rest, open)
    if (!found) break
    const end = found.index + found[0].length
    const closing = close(found).exec(rest.slice(end))
    if (!closing) {
      result += rest.slice(0, end)
      from += end
      continue
    }
    const before = rest.slice(0, found.index)
    const after = rest.slice(end + closing.index + closing[0].length)
    // Null: something stands before it on its line.
    const indent = /(?:^|\n)([ \t]*)$/.exec(before)?.[1] ?? null
    const made = make(found, rest.slice(end, end + closing.index), indent, lineAt(text, from + found.index))
    result += before + (made.includes('\n') ? asBlock(before, made, after) : made)
    from = text.length - after.length
  }
  return result + text.slice(from)
}

function firstOutside(text: string, pattern: RegExp): RegExpExecArray | null {
  const search = new RegExp(pattern.source, `${pattern.flags.replace('g', '')}g`)
  let found = search.exec(text)
  if (!found) return null
  const spans = codeSpans(text)
  while (found) {
    const { index } = found
    const span = spans.find(({ start, end }) => start <= index && index < end)
    if (!span) return found
    search.lastIndex = span.end
    found = search.exec(text)
  }
  return null
}
