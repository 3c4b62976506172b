// The patterns of matchit 0.8.5 as lists of tokens: one character of literal text, `{}` for a parameter (names are
// kept apart), `{*name}` for a catch-all; so an escaped brace can never be taken for a wildcard.

export type InsertErrorCode = 'InvalidParam' | 'InvalidParamSegment' | 'InvalidCatchAll' | 'Conflict'

/** Why a pattern was refused; `with` names the pattern it conflicts with. */
export class InsertError extends Error {
  readonly code: InsertErrorCode
  readonly with: string | null
  constructor(code: InsertErrorCode, conflict: string | null = null) {
    super(conflict === null ? code : `${code} with ${conflict}`)
    this.code = code
    this.with = conflict
  }
}

export const isCatchAll = (token: string): boolean => token.startsWith('{*') && token.length > 2
export const isParam = (token: string): boolean => token === '{}'
export const isWild = (token: string): boolean => isParam(token) || isCatchAll(token)

/** Pattern → tokens and parameter names (a catch-all keeps its name in the token). Throws InsertError. */
export function tokenize(pattern: string): { tokens: string[]; names: string[] } {
  const tokens: string[] = []
  const names: string[] = []
  let i = 0
  /** The character at `i`, and whether it is a doubled (literal) brace; moves on. */
  const read = (): { char: string; literal: boolean } => {
    const char = pattern[i]!
    const doubled = (char === '{' || char === '}') && pattern[i + 1] === char
    i += doubled ? 2 : 1
    return { char, literal: doubled || (char !== '{' && char !== '}') }
  }
  while (i < pattern.length) {
    const { char, literal } = read()
    if (literal) {
      tokens.push(char)
      continue
    }
    if (char === '}') throw new InsertError('InvalidParam')
    let name = ''
    let closed = false
    while (i < pattern.length && !closed) {
      const part = read()
      if (part.char === '}' && !part.literal) closed = true
      else if (name === '' ? part.char === '}' : part.char === '/' || part.char === '*')
        throw new InsertError('InvalidParam')
      else name += part.char
    }
    if (!closed || name === '' || name === '*') throw new InsertError('InvalidParam')
    if (i < pattern.length && pattern[i] !== '/') throw new InsertError('InvalidParamSegment')
    if (name.startsWith('*')) tokens.push(`{${name}}`)
    else {
      tokens.push('{}')
      names.push(name)
    }
  }
  return { tokens, names }
}

/** The pattern that tokens stand for, with its parameter names back in place. */
export function restore(tokens: readonly string[], names: readonly string[]): string {
  let next = 0
  return tokens.map((token) => (isParam(token) ? `{${names[next++] ?? ''}}` : token)).join('')
}
