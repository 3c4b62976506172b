// JSON Schema (draft 7, which editors know best) of the front matter, from the table of fields and the site's own rules.
// It may allow what the reader refuses (a date that does not exist), never refuse what the reader takes.
import type { FieldRule, SiteConfig } from '../config/types.js'
import type { Json, JsonObject } from '../json.js'
import { type FieldKind, fieldSpecs } from './fields.js'

const scalar: JsonObject = { type: ['string', 'number', 'boolean', 'null'] }
const blank: readonly Json[] = [{ type: 'null' }, { const: '' }]
const anyCase = (words: string): string =>
  words.replace(/[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
const switchValues: readonly Json[] = [
  { type: 'boolean' },
  { enum: [0, 1] },
  { type: 'string', pattern: `^\\s*(${anyCase('true|yes|on|y|false|no|off|n')}|1|0)\\s*$` },
  ...blank,
]
const scalars: JsonObject = { type: 'array', items: { anyOf: [scalar, { type: 'array' }] } }
const list: JsonObject = { anyOf: [scalar, scalars] }
/** Every spelling of a date that is read has a digit in it. */
const date: JsonObject = {
  anyOf: [{ type: 'string', pattern: '[0-9\\uff10-\\uff19]' }, { type: 'number' }, ...blank],
}
const numeric: JsonObject = {
  type: 'string',
  pattern: '^\\s*([-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?|0[xXoObB][0-9a-fA-F]+)\\s*$',
}
const number: JsonObject = { anyOf: [{ type: 'number' }, numeric, ...blank] }
const text = (pattern: string): JsonObject => ({ anyOf: [{ type: 'string', pattern }, ...blank] })

const kinds: Readonly<Record<FieldKind, JsonObject>> = {
  text: scalar,
  list,
  series: list,
  addresses: { anyOf: [scalar, { type: 'array', items: scalar }] },
  switch: { anyOf: switchValues },
  // Hugo writes a date there.
  published: { anyOf: [...switchValues, date] },
  math: { anyOf: [{ const: 'auto' }, ...switchValues] },
  number,
  date,
  cover: {
    anyOf: [
      { type: 'string' },
      { const: false },
      { type: 'null' },
      { type: 'object', additionalProperties: true },
    ],
  },
  lang: text('^\\s*([a-zA-Z]{2,8}([-_][a-zA-Z0-9]{1,8})*)?\\s*$'),
  canonical: text('^\\s*([hH][tT][tT][pP][sS]?://[^\\s/?#]\\S*)?\\s*$'),
}

/** The schema of a document's front matter and of `_defaults.yml`. */
export function frontMatterSchema(rules: SiteConfig['frontMatter'] = {}): JsonObject {
  const properties: Record<string, Json> = {}
  for (const { names, kind, about } of Object.values(fieldSpecs)) {
    const [first = '', ...others] = names
    properties[first] = { description: about, ...kinds[kind] }
    for (const name of others) properties[name] = { description: `The same as ${first}.`, ...kinds[kind] }
  }
  for (const [name, rule] of Object.entries(rules)) properties[name] = ruleSchema(rule)
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Front matter of a document',
    type: 'object',
    properties,
  }
}

function ruleSchema({ type, oneOf, min, max, whole }: FieldRule): JsonObject {
  const allowed: Json[] = oneOf.length > 0 ? [{ enum: oneOf }, ...blank] : [scalar]
  const bounds = { ...(min !== null && { minimum: min }), ...(max !== null && { maximum: max }) }
  switch (type) {
    case 'number':
      return {
        anyOf: [{ type: whole ? 'integer' : 'number', ...bounds }, numeric, ...blank],
      }
    case 'switch':
      return { anyOf: switchValues }
    case 'date':
      return date
    case 'list':
      return { anyOf: [scalar, { type: 'array', items: { anyOf: [...allowed, { type: 'array' }] } }] }
    case 'text':
      return { anyOf: allowed }
  }
}
