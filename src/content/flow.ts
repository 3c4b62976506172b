// Finds the ends of quoted texts, `[lists]` and `{mappings}` in a text already known to be valid: YAML, TOML and JSON
// write these so nearly alike that one scanner serves all three. It parses nothing: it only says where things stand.

export type Syntax = 'yaml' | 'toml' | 'json'

/** UTF-16 offsets; `end` is exclusive. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Where a key and its value stand; for an item of a list both are the item. */
export interface Entry {
  readonly key: Range
  readonly value: Range
}

const maxDepth = 40
const isBlank = (char: string | undefined): boolean => char !== undefined && /\s/.test(char)

/** The name that a key range says: quotes and escapes taken off. */
export function keyName(text: string, range: Range): string {
  const raw = text.slice(range.start, range.end)
  if (raw.startsWith("'")) return raw.slice(1, -1).replaceAll("''", "'")
  if (!raw.startsWith('"')) return raw
  try {
    const name: unknown = JSON.parse(raw)
    return String(name)
  } catch {
    return raw.slice(1, -1)
  }
}

function endOfQuoted(text: string, start: number, limit: number, syntax: Syntax): number {
  const quote = text.charAt(start)
  const triple = quote.repeat(3)
  if (syntax === 'toml' && text.startsWith(triple, start)) {
    const end = text.indexOf(triple, start + 3)
    return end < 0 ? limit : Math.min(limit, end + 3)
  }
  for (let i = start + 1; i < limit; i++) {
    if (quote === '"' && text[i] === '\\') i++
    else if (text[i] === quote) {
      // YAML writes an apostrophe inside single quotes twice.
      if (quote === "'" && syntax === 'yaml' && text[i + 1] === "'") i++
      else return i + 1
    }
  }
  return limit
}

/** After blanks, line breaks and comments. */
export function skipBlanks(text: string, start: number, limit: number, syntax: Syntax): number {
  let i = start
  while (i < limit) {
    if (isBlank(text[i])) i++
    else if (text[i] === '#' && syntax !== 'json') {
      const end = text.indexOf('\n', i)
      i = end < 0 ? limit : end
    } else break
  }
  return i
}

/** The offset after the value that begins at `start`; plain text ends at a comma, bracket, comment, line end or key sign. */
export function endOfValue(text: string, start: number, limit: number, syntax: Syntax, depth = 0): number {
  const first = text[start]
  if (first === '"' || first === "'") return endOfQuoted(text, start, limit, syntax)
  if ((first === '[' || first === '{') && depth < maxDepth) {
    let i = start + 1
    while (i < limit) {
      i = skipBlanks(text, i, limit, syntax)
      const char = text[i]
      if (char === ']' || char === '}') return i + 1
      if (char === ',' || char === ':' || char === '=') i++
      else i = Math.max(i + 1, endOfValue(text, i, limit, syntax, depth + 1))
    }
    return limit
  }
  let i = start
  for (; i < limit; i++) {
    const char = text[i]
    if (char === '\n' || char === ',' || char === ']' || char === '}') break
    if (char === '#' && isBlank(text[i - 1])) break
    if (char === ':' && syntax !== 'toml' && (i + 1 >= limit || /[\s,\]}]/.test(text.charAt(i + 1)))) break
    if (char === '=' && syntax === 'toml') break
  }
  while (i > start && isBlank(text[i - 1])) i--
  return i
}

/** The items of a `[list]` (keys '0', '1', …) or the pairs of a `{mapping}` that begins at `range.start`. */
export function flowEntries(text: string, range: Range, syntax: Syntax): Map<string, Entry> {
  const entries = new Map<string, Entry>()
  const isList = text[range.start] === '['
  let i = range.start + 1
  while (i < range.end) {
    i = skipBlanks(text, i, range.end, syntax)
    const char = text[i]
    if (char === undefined || char === ']' || char === '}') break
    if (char === ',') {
      i++
      continue
    }
    const key = { start: i, end: endOfValue(text, i, range.end, syntax) }
    i = Math.max(i + 1, key.end)
    if (isList) {
      entries.set(String(entries.size), { key, value: key })
      continue
    }
    i = skipBlanks(text, i, range.end, syntax)
    if (text[i] === ':' || text[i] === '=') i = skipBlanks(text, i + 1, range.end, syntax)
    const value = { start: i, end: endOfValue(text, i, range.end, syntax) }
    entries.set(keyName(text, key), { key, value })
    i = Math.max(i, value.end)
  }
  return entries
}
