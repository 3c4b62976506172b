// `frontMatter` of the configuration: rules for fields that are the site's own. A rule that is wrong is reported where
// it stands and left out.
import { isKnownField } from '../content/fields.js'
import type { JsonObject } from '../json.js'
import { isObject, type Reader, type Report } from './reader.js'
import { type FieldRule, fieldTypes, type SiteConfig } from './types.js'

const kinds = ['post', 'page', 'project'] as const
const texts = { type: 'array', items: { type: 'string' } }

const rulesSchema: JsonObject = {
  type: 'object',
  additionalProperties: {
    type: 'object',
    properties: {
      type: { enum: fieldTypes },
      oneOf: texts,
      min: { type: 'number' },
      max: { type: 'number' },
      whole: { type: 'boolean', default: false },
      required: { type: 'boolean', default: false },
      of: { type: 'array', items: { enum: kinds } },
    },
    required: ['type'],
    additionalProperties: false,
  },
  default: {},
}

export function frontMatterOf(top: Reader, report: Report): SiteConfig['frontMatter'] {
  const value = top.object['frontMatter'] ?? {}
  top.skip('frontMatter', rulesSchema)
  if (!isObject(value)) {
    report(['frontMatter'], 'frontMatter must be an object', {
      expected: ["{ rating: { type: 'number', min: 1, max: 5 } }"],
    })
    return {}
  }
  const rules: Record<string, FieldRule> = {}
  for (const [name, rule] of Object.entries(value)) {
    const wrong = faultOf(name, rule)
    // faultOf has looked at every key.
    if (wrong === undefined) rules[name] = { ...noRule, ...(rule as Partial<FieldRule>) }
    else report(['frontMatter', name], `frontMatter.${name} ${wrong.what}`, wrong.more)
  }
  return rules
}

const noRule: FieldRule = {
  type: 'text',
  oneOf: [],
  min: null,
  max: null,
  whole: false,
  required: false,
  of: [],
}

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === 'string')
const checks: Readonly<Record<keyof FieldRule, readonly [(value: unknown) => boolean, string]>> = {
  type: [
    (value) => fieldTypes.some((type) => type === value),
    fieldTypes.map((type) => `'${type}'`).join(', '),
  ],
  oneOf: [isTexts, "a list of texts such as ['good', 'bad']"],
  min: [Number.isFinite, 'a number'],
  max: [Number.isFinite, 'a number'],
  whole: [(value) => typeof value === 'boolean', 'true or false'],
  required: [(value) => typeof value === 'boolean', 'true or false'],
  of: [
    (value) => Array.isArray(value) && value.every((kind) => kinds.some((known) => known === kind)),
    "a list of 'post', 'page', 'project'",
  ],
}

interface RuleFault {
  readonly what: string
  readonly more: { readonly found?: string; readonly expected?: readonly string[]; readonly fix?: string }
}

function faultOf(name: string, rule: unknown): RuleFault | undefined {
  if (isKnownField(name))
    return { what: 'is a field that Inkstone knows', more: { fix: 'choose another name for your own field' } }
  if (!isObject(rule))
    return { what: 'is no rule', more: { expected: ["{ type: 'number', min: 1, max: 5 }"] } }
  const allowed = Object.keys(checks)
  for (const [key, value] of Object.entries(rule)) {
    const check = checks[key as keyof FieldRule] as (typeof checks)['type'] | undefined // any key may stand there
    if (!check || !Object.hasOwn(checks, key))
      return { what: `has an unknown key "${key}"`, more: { found: key, expected: allowed } }
    if (value !== undefined && !check[0](value))
      return { what: `has a wrong ${key}`, more: { found: JSON.stringify(value), expected: [check[1]] } }
  }
  if (rule['type'] === undefined) return { what: 'has no type', more: { expected: [checks.type[1]] } }
  const stray = (['min', 'max', 'whole'] as const).find(
    (key) => rule[key] !== undefined && rule['type'] !== 'number',
  )
  if (stray) return { what: `has ${stray}, which is for numbers`, more: { fix: "write type: 'number'" } }
  if (rule['oneOf'] !== undefined && rule['type'] !== 'text' && rule['type'] !== 'list')
    return { what: 'has oneOf, which is for texts and lists', more: { fix: "write type: 'text'" } }
  return undefined
}
