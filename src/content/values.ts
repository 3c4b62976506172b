// Values of fields → text, lists, switches, numbers, dates. Each reader takes what authors really write, and says with
// position what it cannot take. Numbers in texts stay as typed: `0123`, `1e5` and `1.0` are names here, not amounts.
import type { Problem } from '../errors.js'
import type { Json } from '../json.js'
import { parseDate, whyNoDate, type Zone } from './dates.js'
import type { Value } from './fields.js'
import { type Details, problemOf, shown, typedText } from './source.js'
import type { IsoDate } from './types.js'

export type Report = (problem: Problem) => void

/** What a value is, in words. */
function kindOf(json: Json): string {
  if (json === null) return 'nothing'
  if (Array.isArray(json)) return 'a list'
  const kinds: Readonly<Record<string, string>> = {
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
  }
  return kinds[typeof json] ?? 'a mapping'
}

/** A Problem that points at a value and shows what was found there. */
export function problemWith(value: Value, details: Details): Problem {
  const found = details.found ?? typedText(value.source, value.path) ?? foundOf(value.json)
  return problemOf(value.source, value.path, { ...details, found })
}

const foundOf = (json: Json): string => (typeof json === 'string' ? json : (JSON.stringify(json) ?? ''))

export function wrongType(value: Value, expected: readonly string[], fix: string): Problem {
  const what = `${value.path.join('.')} cannot be ${kindOf(value.json)}`
  return problemWith(value, { code: 'meta/wrong-type', what, expected, fix })
}

/** A part of a value: an item of a list, a key of a mapping. */
export function partOf(value: Value, step: string | number, json: Json): Value {
  return { ...value, json, path: [...value.path, step] }
}

/** Text of a scalar, trimmed; a number or a switch as it was typed. Null for lists and mappings. */
function scalarText(value: Value): string | null {
  const { json } = value
  if (json === null) return ''
  if (typeof json === 'string') return json.trim()
  if (typeof json === 'number' || typeof json === 'boolean') {
    const typed = typedText(value.source, value.path)
    // Behind an alias or a merge stands another text: then the value itself must do.
    return typed !== null && /^[-+\w.]+$/.test(typed) ? typed : String(json)
  }
  return null
}

export function readText(value: Value | undefined, report: Report): string {
  if (!value) return ''
  const text = scalarText(value)
  if (text !== null) return text
  report(wrongType(value, ['a text'], `write ${value.key}: "…"`))
  return ''
}

/**
 * Texts of a list. A single text is a list of one, or of several where it holds commas (`,` `，` `、`) and `split` is
 * set. Empty and null items are dropped, lists in lists flattened, repetitions (also in another case) folded.
 */
export function readList(value: Value | undefined, split: boolean, report: Report): string[] {
  const texts: string[] = []
  const add = (item: Value, depth: number): void => {
    if (Array.isArray(item.json) && depth < 2) {
      item.json.forEach((json: Json, index) => {
        add(partOf(item, index, json), depth + 1)
      })
      return
    }
    const text = scalarText(item)
    if (text === null) report(wrongType(item, ['a text', 'a list of texts'], `write ${item.key}: [one, two]`))
    else if (split && depth === 0) texts.push(...text.split(/[,，、]/))
    else texts.push(text)
  }
  if (value) add(value, 0)
  const seen = new Set<string>()
  return texts
    .map((text) => text.trim())
    .filter((text) => {
      const folded = text.normalize('NFKC').toLowerCase()
      if (text === '' || seen.has(folded)) return false
      seen.add(folded)
      return true
    })
}

/** true and false in the spellings of YAML 1.1, quoted or not; null for anything else. */
export function asSwitch(json: Json): boolean | null {
  if (typeof json === 'boolean') return json
  if (json === 1 || json === 0) return json === 1
  if (typeof json !== 'string') return null
  const word = json.trim().toLowerCase()
  if (/^(?:true|yes|on|y|1)$/.test(word)) return true
  return /^(?:false|no|off|n|0)$/.test(word) ? false : null
}

export function readSwitch(value: Value | undefined, fallback: boolean, report: Report): boolean {
  if (!value || value.json === null || value.json === '') return fallback
  const on = asSwitch(value.json)
  if (on !== null) return on
  report(
    problemWith(value, {
      code: 'meta/wrong-type',
      what: `${value.key} is either true or false`,
      expected: ['true', 'false'],
      fix: `write ${value.key}: true`,
    }),
  )
  return fallback
}

export function readNumber(value: Value | undefined, report: Report): number {
  if (!value || value.json === null || value.json === '') return 0
  const { json } = value
  const number = typeof json === 'string' && json.trim() !== '' ? Number(json) : json
  if (typeof number === 'number' && Number.isFinite(number)) return number
  report(
    problemWith(value, {
      code: 'meta/wrong-type',
      what: `${value.key} is a number`,
      expected: ['a number'],
      fix: `write ${value.key}: 10`,
    }),
  )
  return 0
}

/** A date, null for none or for one that cannot be read (then with a Problem that names what is wrong). */
export function readDate(value: Value | undefined, zone: Zone, report: Report): IsoDate | null {
  if (!value || value.json === null || value.json === '') return null
  const { json } = value
  if (typeof json !== 'string' && typeof json !== 'number') {
    report(wrongType(value, ['a date like 2024-12-31'], 'write the date as YYYY-MM-DD'))
    return null
  }
  const date = parseDate(json, zone)
  if (date === null)
    report(
      problemWith(value, {
        code: 'meta/bad-date',
        what: `${value.key}: ${whyNoDate(json)}`,
        found: shown(String(json)),
        expected: ['a date like 2024-12-31', 'a time like 2024-12-31 10:55:52 +08:00'],
        fix: 'write the date as YYYY-MM-DD',
      }),
    )
  return date
}
