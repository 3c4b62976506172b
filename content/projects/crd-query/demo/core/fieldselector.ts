// Field selectors as apimachinery's pkg/fields parses them, with the two fields every custom resource supports.
// (selectableFields of a CRD: beta in 1.31, off in this server.)
import { badRequest } from './status.js'
import type { CustomResource } from './types.js'

export interface FieldRequirement {
  readonly field: string
  readonly operator: '=' | '!='
  readonly value: string
}
export interface FieldSelector {
  readonly requirements: readonly FieldRequirement[]
  matches(object: CustomResource): boolean
  toString(): string
}

const supported: Readonly<Record<string, (object: CustomResource) => string>> = {
  'metadata.name': (object) => object.metadata.name,
  'metadata.namespace': (object) => object.metadata.namespace ?? '',
}

/** Splits at commas that no backslash stands before. */
function terms(text: string): string[] {
  const out: string[] = []
  let term = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '\\' && i + 1 < text.length) term += char + text[++i]!
    else if (char === ',') {
      out.push(term)
      term = ''
    } else term += char
  }
  out.push(term)
  return out.filter((part) => part !== '')
}

/** Inside a value `\`, `,` and `=` must be escaped; any other escape is an error. */
function unescapeValue(text: string): string {
  let value = ''
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (char === '\\') {
      const next = text[++i] ?? ''
      if (!['\\', ',', '='].includes(next))
        throw badRequest(`invalid field selector: invalid escape \\${next}`)
      value += next
    } else if (char === ',' || char === '=')
      throw badRequest(`invalid field selector: invalid value: ${text}; ${char} must be escaped`)
    else value += char
  }
  return value
}

const escapeValue = (value: string): string => value.replace(/[\\,=]/g, '\\$&')

function parseTerm(term: string): FieldRequirement {
  for (let i = 0; i < term.length; i++) {
    if (term[i] === '\\') i++
    else
      for (const sign of ['!=', '==', '='] as const)
        if (term.startsWith(sign, i))
          return {
            field: term.slice(0, i),
            operator: sign === '!=' ? '!=' : '=',
            value: unescapeValue(term.slice(i + sign.length)),
          }
  }
  throw badRequest(`invalid field selector: can't understand '${term}'`)
}

/** Parses the grammar only; see `parseFieldSelector` for which fields there are. Throws a BadRequest. */
export function parseFieldRequirements(text: string): FieldRequirement[] {
  return terms(text).map(parseTerm)
}

/** Parses `text` for a custom resource; throws a BadRequest where the grammar or a field is not supported. */
export function parseFieldSelector(text: string): FieldSelector {
  const requirements = parseFieldRequirements(text)
  for (const { field } of requirements)
    if (!Object.hasOwn(supported, field)) throw badRequest(`field label not supported: ${field}`)
  return {
    requirements,
    matches: (object) =>
      requirements.every(
        ({ field, operator, value }) => (supported[field]!(object) === value) === (operator === '='),
      ),
    toString: () =>
      requirements.map(({ field, operator, value }) => `${field}${operator}${escapeValue(value)}`).join(','),
  }
}
