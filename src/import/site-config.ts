// The new site's configuration as an author would write it by hand: what equals a default is left out, and every line
// can be changed afterwards.
import { refusePattern } from '../content/permalink.js'
import type { Json, JsonObject } from '../json.js'
import { baseAddress } from '../urls.js'
import { isRecord, type Note } from './types.js'

/** `baseUrl` from what the old configuration names; none where that is no address. */
export function siteAddresses(typed: string, notes: Note[]): JsonObject {
  const text = typed.trim()
  const whole = text.startsWith('//') ? `https:${text}` : text
  const url = baseAddress(whole)
  if (url) return { baseUrl: url.href }
  notes.push({
    kind: 'warning',
    what: `no address of the site is known${text === '' ? '' : ` (found "${text}")`}: write baseUrl into site.config.ts`,
  })
  return {}
}

/** A copy without patterns of addresses that no document could have. */
export function usable(config: JsonObject, note: (note: Note) => void): JsonObject {
  const patterns = isRecord(config['permalinks']) ? config['permalinks'] : {}
  const kept = Object.entries(patterns).filter(([section, pattern]) => {
    const refusal = typeof pattern === 'string' && pattern !== '' ? refusePattern(pattern) : null
    if (refusal) note({ kind: 'warning', what: `permalinks.${section} is left out: ${refusal.what}` })
    return !refusal
  })
  return { ...config, ...(config['permalinks'] !== undefined && { permalinks: Object.fromEntries(kept) }) }
}

/** Without empty texts, lists and objects: those are defaults. */
export function tidied(value: JsonObject): JsonObject {
  const result: Record<string, Json> = {}
  for (const [key, inner] of Object.entries(value)) {
    if (inner === undefined || inner === '' || inner === null) continue
    if (Array.isArray(inner) && inner.length === 0) continue
    if (!isRecord(inner)) result[key] = inner
    else if (key === 'data') {
      if (Object.keys(inner).length > 0) result[key] = inner
    } else {
      const tidy = tidied(inner)
      if (Object.keys(tidy).length > 0) result[key] = tidy
    }
  }
  return result
}

const width = 100

function written(value: Json, indent: string): string {
  if (typeof value === 'string') return text(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent}  `
  const items = Array.isArray(value)
    ? value.map((item) => written(item, inner))
    : Object.entries(value).map(
        ([key, item]) =>
          `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : text(key)}: ${written(item ?? null, inner)}`,
      )
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{ ', ' }']
  if (items.length === 0) return Array.isArray(value) ? '[]' : '{}'
  const line = `${open}${items.join(', ')}${close}`
  if (line.length + indent.length <= width && !line.includes('\n')) return line
  return `${open.trim()}\n${items.map((item) => `${inner}${item},\n`).join('')}${indent}${close.trim()}`
}

const text = (value: string): string =>
  /['\\\p{Cc}\u2028\u2029]/u.test(value)
    ? JSON.stringify(value).replace(/[\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16)}`)
    : `'${value}'`

/** The text of `site.config.ts`. */
export function writeConfig(config: JsonObject, kind: string): string {
  const body = Object.entries(config)
    .map(([key, value]) => `  ${key}: ${written(value ?? null, '  ')},\n`)
    .join('')
  return `// Made by \`inkstone import ${kind}\`; from now on it is yours. Every key is described in the documentation, and\n// what is not written here has its default.\nimport { defineConfig } from 'inkstone'\n\nexport default defineConfig({\n${body}})\n`
}
