// gray-matter behind a fence of our own. Its traps, all closed here: without options it caches by content and a throw
// poisons the cache (options are always passed); `---js` evaluates code (every code engine throws, and such a fence is
// refused before); a missing closing fence makes the whole file front matter, and any line that merely begins with
// `---` closes it (fence.ts finds the fences, gray-matter is handed the block alone between marks that no text holds).
import matter from 'gray-matter'
import { didYouMean, type Problem, positionAt } from '../errors.js'
import type { Json, JsonObject } from '../json.js'
import { FieldsFault } from './fault.js'
import { type Fenced, findFence } from './fence.js'
import { isKnownField } from './fields.js'
import { findJsonFault } from './json-text.js'
import { isObject, plainJson, TooMuch } from './plain.js'
import { problemAt, type Source } from './source.js'
import { parseToml } from './toml.js'
import type { Path } from './types.js'
import { parseYaml } from './yaml.js'

export interface Frontmatter {
  /** Null where the front matter cannot be read at all; `problems` says why. */
  readonly fields: JsonObject | null
  readonly source: Source
  /** UTF-16 offset in the text as handed in, byte order marks included, and the line from 1. */
  readonly bodyOffset: number
  readonly bodyLine: number
  readonly problems: readonly Problem[]
}

/** Beyond this a block is a mistake or an attack: the longest of 8,869 real posts has 20 KB. */
const maxBlock = 128 * 1024
/** gray-matter looks for comments with a pattern that is quadratic in blank lines. */
const maxBlankLines = 1000
const mark = '\u0000'
const codeLanguages =
  /^(?:js|javascript|mjs|cjs|jsx|ts|typescript|coffee|coffeescript|cson|node|ruby|python|lua|php)$/i

function refuseCode(): never {
  throw new FieldsFault('frontmatter/code', 'front matter is data and never run', 0, 1, 'write it as YAML')
}

/** Parses a value of any kind; `most` is how many values it may hold. Throws FieldsFault with the place of the fault. */
export function parseJsonValue(text: string, most?: number): Json {
  try {
    const value: unknown = JSON.parse(text)
    return plainJson(value, most)
  } catch (error) {
    if (error instanceof TooMuch)
      throw new FieldsFault('frontmatter/too-large', error.message, 0, 1, 'write it shorter')
    const fault = findJsonFault(text) ?? { offset: 0, what: 'this is no JSON' }
    throw new FieldsFault('frontmatter/json', fault.what, fault.offset, 1, 'mend the JSON here')
  }
}

function parseJson(text: string): JsonObject {
  const fields = parseJsonValue(text)
  if (isObject(fields)) return fields
  throw new FieldsFault('frontmatter/json', 'these are no fields', 0, 1, 'write {"key": "value"}')
}

const engines = {
  yaml: { parse: parseYaml },
  toml: { parse: parseToml },
  json: { parse: parseJson },
  js: { parse: refuseCode },
  javascript: { parse: refuseCode },
  coffee: { parse: refuseCode },
}

function parseBlock(block: string, syntax: Fenced['syntax']): JsonObject {
  // The block begins a line after the opening mark, so that gray-matter reads no language from its first line.
  const input = `${mark}\n${block}\n${mark}`
  const parsers = { ...engines, [syntax]: { parse: (text: string) => engines[syntax].parse(text.slice(1)) } }
  const { data } = matter(input, { delimiters: [mark, mark], language: syntax, engines: parsers })
  return data
}

/**
 * Splits a document into fields and body. `text` may begin with byte order marks and have any line ends.
 * Never throws; what cannot be read is a Problem with its place.
 */
export function splitFrontmatter(text: string, file: Path): Frontmatter {
  let marks = 0
  while (text.charCodeAt(marks) === 0xfeff) marks++
  const clean = marks === 0 ? text : text.slice(marks)
  const fence = findFence(clean, isKnownField)
  const block = fence.block.includes('\r') ? fence.block.replace(/\r\n?/g, '\n') : fence.block
  const source: Source = { file, text: clean, syntax: fence.syntax, block, blockLine: fence.line }
  const result = { source, bodyOffset: marks + fence.bodyOffset, bodyLine: fence.bodyLine }
  if (fence.state === 'none') return { ...result, fields: {}, problems: [] }
  if (fence.state === 'unclosed' || fence.state === 'refused')
    return { ...result, fields: null, problems: [fenceProblem(source, fence)] }
  const problems: Problem[] = []
  if (fence.state === 'headless') problems.push(headlessProblem(source, fence))
  try {
    checkSize(block)
    return { ...result, fields: parseBlock(block, fence.syntax), problems }
  } catch (error) {
    if (!(error instanceof FieldsFault)) throw error
    return { ...result, fields: null, problems: [...problems, faultProblem(source, error)] }
  }
}

/** Throws FieldsFault for what no parser should be given. */
export function checkSize(block: string): void {
  const nul = block.indexOf(mark)
  if (nul >= 0)
    throw new FieldsFault('frontmatter/control', 'a control character stands here', nul, 1, 'delete it')
  const blankLines = block.length > maxBlankLines ? (block.match(/^[^\S\n]*$/gm)?.length ?? 0) : 0
  if (block.length <= maxBlock && blankLines <= maxBlankLines) return
  const what =
    block.length > maxBlock ? `it is longer than ${maxBlock / 1024} KB` : `it has ${blankLines} blank lines`
  throw new FieldsFault('frontmatter/too-large', what, 0, 1, 'is the closing fence where it should be?')
}

/** Turns what a parser threw into a Problem at its place in the file. `name` is what is refused where it is too large. */
export function faultProblem(source: Source, fault: FieldsFault, name = 'the front matter'): Problem {
  const place = positionAt(source.block, fault.offset)
  const at = { line: place.line + source.blockLine - 1, column: place.column, length: fault.length }
  const rest = source.block.slice(fault.offset, fault.offset + fault.length).split('\n')[0] ?? ''
  const what = fault.code === 'frontmatter/too-large' ? `${name} is refused: ${fault.message}` : fault.message
  const found = fault.code === 'frontmatter/too-large' ? {} : { found: rest }
  return problemAt(source, at, { code: fault.code, what, ...found, fix: fault.fix })
}

function headlessProblem(source: Source, fence: Fenced): Problem {
  return problemAt(
    source,
    { line: fence.line, column: 1, length: (source.block.split('\n')[0] ?? '').length },
    {
      severity: 'warning',
      code: 'frontmatter/no-opening-fence',
      what: 'the front matter has a closing fence but no opening one',
      found: source.block.split('\n')[0] ?? '',
      expected: ['---'],
      fix: 'put a line with --- before it',
    },
  )
}

function fenceProblem(source: Source, fence: Fenced): Problem {
  const line = source.text.split(/\r\n?|\n/, fence.line).at(-1) ?? ''
  const at = {
    line: fence.line,
    column: 1 + line.length - line.trimStart().length,
    length: line.trim().length,
  }
  const opener = line.trim().slice(0, 3)
  if (fence.state === 'unclosed' && fence.syntax === 'json')
    return problemAt(
      source,
      { ...at, length: 1 },
      {
        code: 'frontmatter/not-closed',
        what: 'the front matter is not closed',
        found: line,
        expected: ['}'],
        fix: 'close each brace, bracket and quote of the JSON',
      },
    )
  if (fence.state === 'unclosed')
    return problemAt(source, at, {
      code: 'frontmatter/not-closed',
      what: 'the front matter is not closed',
      found: line,
      expected: [opener],
      fix: `put a line with ${opener} after the last field`,
    })
  const expected = opener === '+++' ? ['+++'] : ['---', '---yaml', '---toml', '---json']
  if (codeLanguages.test(fence.word))
    return problemAt(source, at, {
      code: 'frontmatter/code',
      what: `front matter is data and never run: "${fence.word}" is refused`,
      found: line,
      expected,
      fix: 'write the fields as YAML, TOML or JSON',
    })
  const meant = opener === '---' ? didYouMean(fence.word, ['yaml', 'toml', 'json']) : undefined
  return problemAt(source, at, {
    code: 'frontmatter/unknown-language',
    what: `front matter in "${fence.word.slice(0, 40)}" is not understood`,
    found: line,
    expected,
    fix: meant ? `did you mean ${opener}${meant}?` : `leave ${opener} alone on its line`,
  })
}
