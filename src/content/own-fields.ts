// Fields that are the site's own, by the rules of `frontMatter` in the configuration: a wrong value is a Problem where
// it stands, a right one reaches templates in its type, not in its spelling.
import type { FieldRule, SiteConfig } from '../config/types.js'
import { didYouMean } from '../errors.js'
import type { Json, JsonObject } from '../json.js'
import type { Zone } from './dates.js'
import type { Value } from './fields.js'
import { problemOf, type Source } from './source.js'
import type { Kind } from './types.js'
import { problemWith, type Report, readDate, readList, readNumber, readSwitch, readText } from './values.js'

export interface OwnFields {
  readonly rules: SiteConfig['frontMatter']
  readonly kind: Kind
  /** Of the document itself, for what is missing. */
  readonly source: Source
  readonly zone: Zone
}

/** `data` with the values of rules in their types; a value that was refused is left out. */
export function readOwnFields(
  own: ReadonlyMap<string, Value>,
  data: JsonObject,
  { rules, kind, source, zone }: OwnFields,
  report: Report,
): JsonObject {
  const typed: Record<string, Json | undefined> = { ...data }
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.of.length > 0 && !rule.of.includes(kind)) continue
    const value = own.get(name)
    if (!value || value.json === null || value.json === '') {
      delete typed[name]
      if (rule.required) report(missing(source, name, rule, own))
      continue
    }
    let isRefused = false
    const json = read(value, rule, zone, (problem) => {
      isRefused = true
      report(problem)
    })
    if (isRefused) delete typed[name]
    else typed[name] = json
  }
  return typed
}

function read(value: Value, rule: FieldRule, zone: Zone, report: Report): Json {
  const refuse = (what: string, expected: readonly string[]): void =>
    report(
      problemWith(value, {
        code: 'meta/bad-value',
        what: `${value.key} ${what}`,
        expected,
        fix: fixOf(value, rule),
      }),
    )
  switch (rule.type) {
    case 'number': {
      let isNumber = true
      const number = readNumber(value, (problem) => {
        isNumber = false
        report(problem)
      })
      const { min, max, whole } = rule
      if (!isNumber) return number
      if ((min !== null && number < min) || (max !== null && number > max))
        refuse(`is ${rangeOf(rule)}`, [rangeOf(rule)])
      else if (whole && !Number.isInteger(number)) refuse('is a whole number', ['a whole number'])
      return number
    }
    case 'switch':
      return readSwitch(value, false, report)
    case 'date':
      return readDate(value, zone, report)
    case 'list': {
      const items = readList(value, true, report)
      const stray = items.find((item) => rule.oneOf.length > 0 && !rule.oneOf.includes(item))
      if (stray !== undefined) refuse(`holds "${stray}", which is not allowed`, rule.oneOf)
      return items
    }
    case 'text': {
      const text = readText(value, report)
      if (rule.oneOf.length > 0 && !rule.oneOf.includes(text)) {
        const near = didYouMean(text, rule.oneOf)
        refuse(
          `is not one of the values that are allowed${near ? `, did you mean "${near}"?` : ''}`,
          rule.oneOf,
        )
      }
      return text
    }
  }
}

/** `a number from 1 to 5` */
function rangeOf({ min, max, whole }: FieldRule): string {
  const number = whole ? 'a whole number' : 'a number'
  if (min !== null && max !== null) return `${number} from ${min} to ${max}`
  if (min !== null) return `${number} of ${min} or more`
  return max === null ? number : `${number} up to ${max}`
}

const example = (rule: FieldRule): string =>
  ({
    text: rule.oneOf[0] ?? '"…"',
    number: String(rule.min ?? rule.max ?? 1),
    switch: 'true',
    date: '2024-12-31',
    list: `[${rule.oneOf[0] ?? 'one, two'}]`,
  })[rule.type]

const fixOf = ({ key }: Value, rule: FieldRule): string => `write ${key}: ${example(rule)}`

function missing(source: Source, name: string, rule: FieldRule, own: ReadonlyMap<string, Value>) {
  const near = didYouMean(name, [...own.keys()])
  return problemOf(source, near === undefined ? [] : [near], {
    code: 'meta/missing-field',
    what: `the field "${name}" is missing${near ? `; is it "${near}"?` : ''}`,
    expected: [`${name}: ${example(rule)}`],
    fix: `add a field ${name}: ${example(rule)}`,
    atKey: true,
  })
}
