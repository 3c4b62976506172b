// `::include{file="../server.go" lines="3-10"}`: code out of a file of the site, highlighted as a block of code is. The file
// is a question, so the page follows it. Must never read outside of the folders whose changes are seen.
import { posix } from 'node:path'
import type { ElementContent } from 'hast'
import type { Code } from 'mdast'
import type { Path } from '../content/types.js'
import { codeFigure } from './code.js'
import type { Directive } from './directives.js'
import { type Job, report } from './job.js'
import type { Highlighter } from './languages.js'
import { joinPath } from './targets.js'

/** What one block may hold: more is a file to link to. */
const mostLines = 2000

interface Refusal {
  readonly code: string
  readonly what: string
  readonly found: string
  readonly fix: string
}

interface Piece {
  readonly text: string
  /** Line of the file with which it begins. */
  readonly from: number
  readonly whole: boolean
}

const isRefusal = (value: Piece | Refusal | Path): value is Refusal =>
  typeof value === 'object' && 'fix' in value

/** The figure, or undefined where there is nothing to include: then it is reported. */
export async function includeFigure(
  job: Job,
  directive: Directive,
  highlighter: Highlighter,
): Promise<readonly ElementContent[] | undefined> {
  const { attributes, label, position } = directive
  const path = pathOf(job, attributes['file'] ?? '')
  const piece = isRefusal(path) ? path : pieceOf(job, path, attributes['lines'] ?? '')
  if (isRefusal(path) || isRefusal(piece)) {
    if (isRefusal(piece)) report(job, { severity: 'error', position, ...piece })
    return undefined
  }
  const name = posix.basename(path)
  const lang = attributes['lang'] ?? (await languageOf(name, highlighter))
  const title = (label || attributes['title'] || name).replaceAll('"', '”')
  const marks = shifted(attributes['mark'] ?? '', piece.from)
  // Numbers that do not agree with the file's would mislead.
  const numbers = piece.whole ? '' : ' noLineNumbers'
  const node: Code = {
    type: 'code',
    lang,
    meta: `title="${title}"${marks === '' ? '' : ` {${marks}}`}${numbers}`,
    value: piece.text,
    ...(position && { position: { start: position.start, end: { ...position.start, ...position.end } } }),
  }
  return codeFigure(job, node, highlighter)
}

/** Beside the document; with a slash in front, from the site's folder. */
function pathOf(job: Job, file: string): Path | Refusal {
  if (file === '')
    return {
      code: 'markdown/bad-directive',
      what: '::include does not say which file',
      found: '::include',
      fix: 'write ::include{file="./server.go"}',
    }
  const folder = file.startsWith('/') ? '' : posix.dirname(job.meta.file)
  const path = joinPath(folder, file.normalize('NFC'))
  if (path === undefined || !/^(?:content|data|layouts|public)\//.test(path))
    return {
      code: 'markdown/include-outside',
      what: `${path ?? file} lies outside of content/, data/, layouts/ and public/, where changes would not be seen`,
      found: file,
      fix: 'put the file into one of these folders, such as beside the document',
    }
  return path
}

function pieceOf(job: Job, path: Path, lines: string): Piece | Refusal {
  const bytes = job.context.bytes(path)
  if (!bytes)
    return {
      code: 'markdown/no-such-file',
      what: `there is no file ${path} to include`,
      found: job.source.includes(posix.basename(path)) ? posix.basename(path) : path,
      fix: 'correct the path, which is relative to this document, or from the site’s folder with a slash in front',
    }
  const text = decoded(bytes)
  if (text === undefined)
    return {
      code: 'markdown/include-no-text',
      what: `${path} is no text in UTF-8 and cannot be shown as code`,
      found: posix.basename(path),
      fix: 'include a file of text, or link to this one',
    }
  const all = text.replace(/\n$/, '').split('\n')
  const range = lines === '' ? { from: 1, to: all.length } : rangeOf(lines, all.length)
  if (!range || range.to - range.from >= mostLines)
    return {
      code: 'markdown/bad-lines',
      what: range
        ? `${range.to - range.from + 1} lines of ${path} are too many for one block`
        : `there are no lines ${lines} in ${path}, which has ${all.length}`,
      found: lines === '' ? '::include' : lines,
      fix: range
        ? `write lines="FROM-TO" with at most ${mostLines} lines`
        : `write lines="1-${all.length}" or less`,
    }
  const shown = all.slice(range.from - 1, range.to)
  return {
    text: (lines === '' ? shown : outdented(shown)).join('\n'),
    from: range.from,
    whole: shown.length === all.length,
  }
}

/** Without byte order mark, with `\n` alone; undefined for what is no text. */
function decoded(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? undefined : text.replace(/\r\n?/g, '\n')
  } catch {
    return undefined
  }
}

/** `3-10`, `3`, `3-` (to the end), `-10` (from the start). */
function rangeOf(lines: string, count: number): { from: number; to: number } | undefined {
  const [, first = '', dash = '', last = ''] = /^\s*(\d*)\s*([-–]?)\s*(\d*)\s*$/.exec(lines) ?? []
  if (first === '' && last === '') return undefined
  const from = first === '' ? 1 : Number(first)
  const to = last !== '' ? Number(last) : dash === '' ? from : count
  return from >= 1 && from <= to && to <= count ? { from, to } : undefined
}

/** What all lines are indented by says something of the place that they were taken from, and nothing here. */
function outdented(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '')
  const common = indents.reduce((a, b) => {
    let same = 0
    while (same < a.length && a[same] === b[same]) same++
    return a.slice(0, same)
  }, indents[0] ?? '')
  return lines.map((line) => line.slice(Math.min(common.length, line.length)))
}

/** Line numbers of the file as those of the block. */
function shifted(marks: string, from: number): string {
  return marks
    .replace(/[^\d,–-]/g, '')
    .replace(/\d+/g, (line) => String(Math.max(0, Number(line) - from + 1)))
}

/** By the file's ending, else by its name: `Dockerfile`. Plain where the highlighter knows neither. */
async function languageOf(name: string, highlighter: Highlighter): Promise<string> {
  for (const word of [/\.([\w+-]+)$/.exec(name)?.[1] ?? '', name.split('.')[0] ?? '']) {
    const language = word.toLowerCase()
    if (language !== '' && (await highlighter.find(language)) !== undefined) return language
  }
  return ''
}
