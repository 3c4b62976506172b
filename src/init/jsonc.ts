// jsonc-parser behind a fence: settings of an editor are JSON with comments, which must all be there afterwards. Its
// traps: it mends what is broken in silence, so a text that is no JSONC is refused before it is touched; its main file
// asks for its parts in a way that no bundler follows, so it stays outside the bundle.
import { applyEdits, modify, type ParseError, parse } from 'jsonc-parser'
import type { Json } from '../json.js'

export interface Setting {
  readonly path: readonly string[]
  readonly value: Json
  /** Appends `value` to the list there, unless an item that is equal is in it. */
  readonly isItem?: boolean
}

/** The text with these settings in it, comments and order kept; undefined for what is no JSON with comments. */
export function withSettings(text: string, settings: readonly Setting[]): string | undefined {
  let result = text.trim() === '' ? '{}\n' : text
  for (const { path, value, isItem } of settings) {
    const errors: ParseError[] = []
    const tree: unknown = parse(result, errors, { allowTrailingComma: true })
    if (errors.length > 0 || typeof tree !== 'object' || tree === null || Array.isArray(tree))
      return undefined
    const there = path.reduce<unknown>(
      (node, key) =>
        typeof node === 'object' && node !== null
          ? (node as Readonly<Record<string, unknown>>)[key]
          : undefined,
      tree,
    )
    const items = isItem && Array.isArray(there) ? there : undefined
    if (items?.some((item) => JSON.stringify(item) === JSON.stringify(value))) continue
    if (!isItem && there !== undefined && JSON.stringify(there) === JSON.stringify(value)) continue
    const at = items ? [...path, items.length] : [...path]
    const next = isItem && !items ? [value] : value
    const edits = modify(result, at, next, {
      formattingOptions: { insertSpaces: true, tabSize: 2, eol: '\n' },
      isArrayInsertion: items !== undefined,
    })
    result = applyEdits(result, edits)
  }
  return result
}
