// Where a field of the front matter stands, in all three syntaxes. Asked only when a Problem is made or when a number
// must be had as it was typed: the parsers give no positions, and the common case must not pay for them.
// It works on a block that has been parsed already, and says null rather than guess.
import { type Entry, endOfValue, flowEntries, keyName, type Range, type Syntax, skipBlanks } from './flow.js'

/** Finds `['tags', 1]` or `['cover', 'alt']`; null where aliases, merges or rare forms hide it. */
export function locate(block: string, syntax: Syntax, path: readonly (string | number)[]): Entry | null {
  let entry: Entry | null = null
  let range: Range = { start: 0, end: block.length }
  for (const step of path) {
    entry = entriesOf(block, syntax, range).get(String(step)) ?? null
    if (!entry) return null
    range = entry.value
  }
  return entry
}

function entriesOf(block: string, syntax: Syntax, range: Range): Map<string, Entry> {
  const start = skipBlanks(block, range.start, range.end, syntax)
  const first = block[start]
  const isRoot = range.start === 0 && range.end === block.length
  if (first === '{' || (first === '[' && !(isRoot && syntax === 'toml')))
    return flowEntries(block, { start, end: range.end }, syntax)
  if (syntax === 'yaml') return yamlEntries(block, range)
  return syntax === 'toml' ? tomlEntries(block, range) : new Map()
}

const yamlKey = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#"'[\]{},&*!|>%@`][^#]*?)(?=\s*:(?:\s|$))/

/** Block style: keys or `- ` items that share the indentation of the first line. */
function yamlEntries(block: string, range: Range): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  let indent = -1
  let open: { name: string; key: Range; start: number } | null = null
  const close = (at: number): void => {
    if (!open) return
    let end = at
    while (end > open.start && /\s/.test(block.charAt(end - 1))) end--
    let start = open.start
    while (start < end && /\s/.test(block.charAt(start))) start++
    const value = { start: Math.min(start, end), end }
    entries.set(open.name, { key: open.key.start < 0 ? value : open.key, value })
    open = null
  }
  for (let at = range.start; at < range.end; ) {
    const found = block.indexOf('\n', at)
    const end = found < 0 || found > range.end ? range.end : found
    const line = block.slice(at, end)
    // A range may begin in the middle of a line (`- a: 1`): its indentation is its column.
    const column = at - (block.lastIndexOf('\n', at - 1) + 1)
    const blanks = line.length - line.trimStart().length
    const rest = line.slice(blanks)
    const depth = column + blanks
    if (rest !== '' && !rest.startsWith('#')) {
      if (indent < 0) indent = depth
      if (depth === indent) {
        const start = at + blanks
        const item = /^-(?:\s+|$)/.exec(rest)
        const key = yamlKey.exec(rest)
        if (item && !(open && open.key.start >= 0)) {
          close(at)
          open = { name: String(entries.size), key: { start: -1, end: -1 }, start: start + item[0].length }
        } else if (key && !item) {
          close(at)
          const keyRange = { start, end: start + key[0].length }
          const colon = block.indexOf(':', keyRange.end)
          let from = colon + 1
          while (from < end && /[ \t]/.test(block.charAt(from))) from++
          open = { name: keyName(block, keyRange), key: keyRange, start: from }
        }
      } else if (depth < indent) break
    }
    at = end + 1
  }
  close(range.end)
  return entries
}

const tomlKey = /(?:"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[\w-]+)/y

/** `key = value` lines, and at the root `[tables]`, whose value is everything up to the next header. */
function tomlEntries(block: string, range: Range): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  const isRoot = range.start === 0
  let table: { name: string; key: Range; start: number } | null = null
  const close = (at: number): void => {
    if (table && !entries.has(table.name))
      entries.set(table.name, { key: table.key, value: { start: table.start, end: at } })
  }
  const keyAt = (at: number): Range | null => {
    tomlKey.lastIndex = at
    const found = tomlKey.exec(block)
    return found ? { start: at, end: at + found[0].length } : null
  }
  let i = skipBlanks(block, range.start, range.end, 'toml')
  while (i < range.end) {
    const lineEnd = block.indexOf('\n', i)
    const end = lineEnd < 0 ? range.end : lineEnd
    if (block[i] === '[' && isRoot) {
      close(i)
      const key = keyAt(skipBlanks(block, block[i + 1] === '[' ? i + 2 : i + 1, end, 'toml'))
      table = key && { name: keyName(block, key), key, start: end }
      i = skipBlanks(block, end, range.end, 'toml')
      continue
    }
    const key = keyAt(i)
    const equals = block.indexOf('=', key ? key.end : i)
    if (!key || equals < 0 || equals >= range.end) break
    const start = skipBlanks(block, equals + 1, range.end, 'toml')
    const value = { start, end: endOfValue(block, start, range.end, 'toml') }
    const name = keyName(block, key)
    if (!table && !entries.has(name)) entries.set(name, { key, value })
    i = skipBlanks(block, Math.max(value.end, equals + 1), range.end, 'toml')
  }
  close(range.end)
  return entries
}
