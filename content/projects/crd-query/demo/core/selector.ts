// Label selectors, parsed and matched as apimachinery's pkg/labels does at 0.31: a lexer, a parser of requirements,
// AND between them. There is no OR, no substring, nothing outside labels; that is the point of the lab.
import { labelKeyProblem, labelValueProblem } from './labels.js'
import { badRequest } from './status.js'
import type { Labels } from './types.js'

export type Operator = '=' | '==' | '!=' | 'in' | 'notin' | 'exists' | '!' | 'gt' | 'lt'
/** `values` is sorted and without repeats; empty for `exists` and `!`. */
export interface Requirement {
  readonly key: string
  readonly operator: Operator
  readonly values: readonly string[]
}
export interface LabelSelector {
  /** Sorted by key. All must hold; none matches everything. */
  readonly requirements: readonly Requirement[]
  matches(labels: Labels): boolean
  /** Parses back to the same selector. */
  toString(): string
}

type Kind =
  | 'identifier'
  | 'end'
  | 'error'
  | '('
  | ')'
  | ','
  | '!'
  | '='
  | '=='
  | '!='
  | '<'
  | '>'
  | 'in'
  | 'notin'
interface Token {
  readonly kind: Kind
  readonly text: string
}

const symbols: ReadonlySet<string> = new Set([')', ',', '!', '==', '=', '>', '<', '!=', '('])
const isSymbolChar = (char: string): boolean => '=!(),><'.includes(char)
const isBlank = (char: string): boolean => char === ' ' || char === '\t' || char === '\r' || char === '\n'

/** The longest run of symbol characters that is a token; `||` and the like are identifiers to the lexer. */
function scan(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text[at]!
    if (isBlank(char)) at++
    else if (isSymbolChar(char)) {
      const two = text.slice(at, at + 2)
      const symbol = symbols.has(two) ? two : char
      tokens.push({ kind: symbol as Kind, text: symbol }) // one of `symbols`, all of which are kinds
      at += symbol.length
    } else {
      const from = at
      while (at < text.length && !isSymbolChar(text[at]!) && !isBlank(text[at]!)) at++
      const word = text.slice(from, at)
      tokens.push({ kind: word === 'in' || word === 'notin' ? word : 'identifier', text: word })
    }
  }
  tokens.push({ kind: 'end', text: '' })
  return tokens
}

const operators: Partial<Record<Kind, Operator>> = {
  '=': '=',
  '==': '==',
  '!=': '!=',
  in: 'in',
  notin: 'notin',
  '>': 'gt',
  '<': 'lt',
}

const int64 = /^[+-]?\d+$/
/** strconv.ParseInt(text, 10, 64), or null. */
function parseInt64(text: string): bigint | null {
  if (!int64.test(text)) return null
  const value = BigInt(text.replace(/^\+/, ''))
  return value === BigInt.asIntN(64, value) ? value : null
}

/** Checks what the grammar cannot: keys, values, integers. Throws a BadRequest. */
export function newRequirement(key: string, operator: Operator, values: readonly string[]): Requirement {
  const fail = (why: string): never => {
    throw badRequest(`unable to parse requirement: ${why}`)
  }
  const keyProblem = labelKeyProblem(key)
  if (keyProblem !== null) fail(keyProblem)
  const sorted = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1))
  if ((operator === 'in' || operator === 'notin') && sorted.length === 0) fail(`${operator}至少要一个值`)
  if ((operator === 'exists' || operator === '!') && sorted.length > 0) fail('判断存在与否时不能带值')
  if (['=', '==', '!=', 'gt', 'lt'].includes(operator) && sorted.length !== 1) fail('恰好要一个值')
  if ((operator === 'gt' || operator === 'lt') && parseInt64(sorted[0]!) === null)
    fail(`"${sorted[0]}"：">"和"<"只能比较整数`)
  for (const value of sorted) {
    const problem = labelValueProblem(value)
    if (problem !== null) fail(problem)
  }
  return { key, operator, values: sorted }
}

function parseRequirements(text: string): Requirement[] {
  const tokens = scan(text)
  let at = 0
  // `in` and `notin` are operators only where an operator may stand; elsewhere they are words like any other.
  const asValue = (token: Token): Kind =>
    token.kind === 'in' || token.kind === 'notin' ? 'identifier' : token.kind
  const peek = (): Kind => asValue(tokens[at]!)
  const fail = (token: Token, expected: string): never => {
    throw badRequest(`unable to parse requirement: found '${token.text}', expected: ${expected}`)
  }
  const take = (): Token => tokens[Math.min(at++, tokens.length - 1)]!

  const identifiers = (): string[] => {
    const values: string[] = []
    for (;;) {
      const token = take()
      if (asValue(token) === 'identifier') {
        values.push(token.text)
        if (peek() === ',') continue
        if (peek() === ')') return values
        fail(tokens[at]!, "',' or ')'")
      } else if (token.kind === ',') {
        if (values.length === 0) values.push('') // "(,"
        if (peek() === ')') return [...values, ''] // ",)"
        if (peek() === ',') {
          take()
          values.push('') // ",,"
        }
      } else fail(token, "',', or identifier")
    }
  }
  const valueSet = (): string[] => {
    const open = take()
    if (open.kind !== '(') fail(open, "'('")
    if (peek() === ')') {
      take()
      return ['']
    }
    if (peek() !== 'identifier' && peek() !== ',') fail(tokens[at]!, "',', ')' or identifier")
    const values = identifiers()
    const close = take()
    if (close.kind !== ')') fail(close, "')'")
    return values
  }
  const exactValue = (): string[] => {
    if (peek() === 'end' || peek() === ',') return ['']
    const token = take()
    if (asValue(token) !== 'identifier') fail(token, 'identifier')
    return [token.text]
  }
  const requirement = (): Requirement => {
    let token = take()
    const negated = token.kind === '!'
    if (negated) token = take()
    if (asValue(token) !== 'identifier') fail(token, 'identifier')
    const key = token.text
    const problem = labelKeyProblem(key)
    if (problem !== null) throw badRequest(`unable to parse requirement: ${problem}`)
    if (negated) return newRequirement(key, '!', [])
    if (peek() === 'end' || peek() === ',') return newRequirement(key, 'exists', [])
    const sign = take()
    const operator = operators[sign.kind]
    if (operator === undefined) return fail(sign, 'in, notin, =, ==, !=, gt, lt')
    return newRequirement(
      key,
      operator,
      operator === 'in' || operator === 'notin' ? valueSet() : exactValue(),
    )
  }

  const requirements: Requirement[] = []
  while (peek() !== 'end') {
    if (peek() !== 'identifier' && peek() !== '!') fail(tokens[at]!, "!, identifier, or 'end of string'")
    requirements.push(requirement())
    const next = take()
    if (next.kind === 'end') break
    if (next.kind !== ',') fail(next, "',' or 'end of string'")
    if (peek() !== 'identifier' && peek() !== '!') fail(tokens[at]!, "identifier after ','")
  }
  return requirements
}

/** Whether one requirement holds. `!=` and `notin` also hold for objects without the key. */
export function requirementMatches(requirement: Requirement, labels: Labels): boolean {
  const { key, operator, values } = requirement
  const value = Object.hasOwn(labels, key) ? labels[key]! : undefined
  switch (operator) {
    case 'exists':
      return value !== undefined
    case '!':
      return value === undefined
    case '!=':
    case 'notin':
      return value === undefined || !values.includes(value)
    case 'gt':
    case 'lt': {
      const left = value === undefined ? null : parseInt64(value)
      const right = parseInt64(values[0]!)
      if (left === null || right === null) return false
      return operator === 'gt' ? left > right : left < right
    }
    default:
      return value !== undefined && values.includes(value)
  }
}

const signs: Record<Operator, string> = {
  '=': '=',
  '==': '==',
  '!=': '!=',
  in: ' in ',
  notin: ' notin ',
  exists: '',
  '!': '',
  gt: '>',
  lt: '<',
}

/** One requirement in the syntax it was parsed from. */
export function requirementText({ key, operator, values }: Requirement): string {
  const list = values.join(',')
  if (operator === 'in' || operator === 'notin') return `${key}${signs[operator]}(${list})`
  return `${operator === '!' ? '!' : ''}${key}${signs[operator]}${list}`
}

/** Parses `text` ('' matches everything); throws a BadRequest that says what was found and expected. */
export function parseLabelSelector(text: string): LabelSelector {
  const requirements = parseRequirements(text).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return {
    requirements,
    matches: (labels) => requirements.every((requirement) => requirementMatches(requirement, labels)),
    toString: () => requirements.map(requirementText).join(','),
  }
}
