// The text of a data file → plain JSON, or Problems with their places. The same parsers and kinds of limits as for
// front matter: no dates, no code, no aliases that blow up. csv-parse stands behind this file; its trap: it would name
// columns itself and let a second column of one name silently replace the first, so rows are taken as plain lists.
import type { Problem } from '../errors.js'
import type { Json } from '../json.js'
import { blogrollName, checkBlogroll } from './blogroll.js'
import { FieldsFault } from './fault.js'
import { faultProblem, parseJsonValue } from './frontmatter.js'
import { type Details, problemAt, type Source } from './source.js'
import { parseToml } from './toml.js'
import type { Path } from './types.js'
import { parseYamlValue } from './yaml.js'

/** What the step of a data file yields: null and problems where it cannot be read. */
export interface DataResult {
  readonly value: Json
  readonly problems: readonly Problem[]
}

/** Beyond this a file is a data base, and each page that reads it would wait for it. */
const maxBytes = 4 * 1024 * 1024
const maxValues = 200_000

const isBlogroll = (file: Path): boolean => file.replace(/\.\w+$/, '') === `data/${blogrollName}`

/** `authors.yml` → yml; undefined for what is no data file. */
export function dataEnding(path: Path): string | undefined {
  return /\.(yml|yaml|json|toml|csv)$/i.exec(path)?.[1]?.toLowerCase()
}

/** Reads a data file by its ending. Never throws for what an author can do. */
export async function parseData(file: Path, typed: string): Promise<DataResult> {
  const text = typed.replace(/^\ufeff+/, '')
  const block = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const ending = dataEnding(file)
  const syntax = ending === 'toml' || ending === 'json' ? ending : 'yaml'
  const source: Source = { file, text, syntax, block, blockLine: 1 }
  try {
    checkSize(block)
    const parse = { yaml: parseYamlValue, toml: parseToml, json: parseJsonValue }[syntax]
    const read: DataResult =
      ending === 'csv' ? await parseCsv(source) : { value: parse(block, maxValues), problems: [] }
    return isBlogroll(file) && read.problems.length === 0
      ? { ...read, problems: checkBlogroll(source, read.value) }
      : read
  } catch (error) {
    if (!(error instanceof FieldsFault)) throw error
    const problem = faultProblem(source, error, 'this file')
    return { value: null, problems: [{ ...problem, code: problem.code.replace('frontmatter/', 'data/') }] }
  }
}

function checkSize(block: string): void {
  const nul = block.indexOf('\u0000')
  if (nul >= 0) throw new FieldsFault('data/control', 'a control character stands here', nul, 1, 'delete it')
  if (block.length > maxBytes)
    throw new FieldsFault(
      'frontmatter/too-large',
      `it is longer than ${maxBytes / 1024 / 1024} MB`,
      0,
      1,
      'split it into several files',
    )
}

/** A list of one mapping a row, named by the first row; every value is a text, as typed. */
async function parseCsv(source: Source): Promise<DataResult> {
  const { CsvError, parse } = await import('csv-parse/sync')
  const refuse = (line: number, details: Omit<Details, 'code'>): DataResult => {
    const length = source.block.split('\n')[line - 1]?.length ?? 1
    const place = { line, column: 1, length: Math.max(1, length) }
    return { value: null, problems: [problemAt(source, place, { code: 'data/csv', ...details })] }
  }
  let rows: readonly Row[]
  try {
    // With `info` each row comes with where it ends; the published types know rows without it only.
    rows = parse(source.block, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as readonly Row[]
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const line = Number(error['lines'] ?? 1)
    return refuse(line, {
      what:
        error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'a quote is never closed' : 'a quote stands within a value',
      fix: 'put the whole value in quotes, and write "" for a quote in it',
    })
  }
  const [head, ...body] = rows
  if (!head) return { value: [], problems: [] }
  const names = head.record
  const wrong = names.find((name, at) => name === '' || name === '__proto__' || names.indexOf(name) !== at)
  if (wrong !== undefined)
    return refuse(head.info.lines, {
      what: wrong === '' ? 'a column has no name' : `the column "${wrong}" stands here a second time`,
      fix: 'give each column a name of its own in the first row',
    })
  const odd = body.find(({ record }) => record.length !== names.length)
  if (odd)
    return refuse(odd.info.lines, {
      what: `this row has ${odd.record.length} values, and there are ${names.length} columns`,
      found: odd.record.join(','),
      expected: [names.join(',')],
      fix: 'a value with a comma in it stands in quotes',
    })
  if (rows.length * names.length > maxValues)
    throw new FieldsFault(
      'frontmatter/too-large',
      `it holds more than ${maxValues} values`,
      0,
      1,
      'split it into several files',
    )
  const value = body.map(({ record }) =>
    Object.fromEntries(names.map((name, at) => [name, record[at] ?? ''])),
  )
  return { value, problems: [] }
}

interface Row {
  readonly record: readonly string[]
  /** `lines`: the line (from 1) where the row ends. */
  readonly info: { readonly lines: number }
}
