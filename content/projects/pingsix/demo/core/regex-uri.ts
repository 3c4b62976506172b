// `regex_uri` of proxy-rewrite and redirect: pairs of a pattern and a template. Patterns are written for Rust's
// regex crate; what that crate does not know (look-around, back-references) is refused here too, and what only it
// knows is translated.

/** The real program panics here; the connection ends without an answer. */
export class Panic extends Error {}

const posixClasses: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  digit: '0-9',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\s',
  word: '\\w',
  xdigit: '0-9A-Fa-f',
}

/** A Rust pattern as a RegExp. Throws SyntaxError for what the regex crate would refuse. */
export function compileRegex(pattern: string): RegExp {
  let flags = 'u'
  let out = ''
  let inClass = false
  let i = 0
  const lead = /^\(\?([a-z]+)\)/.exec(pattern)
  if (lead !== null) {
    if (!/^[ims]+$/.test(lead[1]!)) throw new SyntaxError(`inline flags ${lead[1]} are not supported here`)
    flags += [...new Set(lead[1])].join('')
    i = lead[0].length
  }
  while (i < pattern.length) {
    const rest = pattern.slice(i)
    const char = pattern[i]!
    if (char === '\\') {
      const next = pattern[i + 1]
      if (next === undefined) throw new SyntaxError('trailing backslash')
      if (/[1-9k]/.test(next)) throw new SyntaxError('back-references are not supported')
      if (next === 'A' || next === 'z') out += next === 'A' ? '^' : '$'
      // ASCII punctuation may be escaped in Rust; under the u flag only where it means something.
      else out += /[\w^$\\.*+?()[\]{}|/]/.test(next) || (inClass && next === '-') ? char + next : next
      i += 2
      continue
    }
    if (inClass) {
      const posix = /^\[:(\w+):\]/.exec(rest)
      if (posix !== null) {
        const members = posixClasses[posix[1]!]
        if (members === undefined) throw new SyntaxError(`unknown class ${posix[0]}`)
        out += members
        i += posix[0].length
        continue
      }
      if (char === '[' || /^(&&|--|~~)/.test(rest))
        throw new SyntaxError('set operations are not supported here')
      if (char === ']') inClass = false
      out += char
    } else if (/^\(\?<?[=!]/.test(rest)) throw new SyntaxError('look-around is not supported')
    else if (rest.startsWith('(?P<')) {
      out += '(?<'
      i += 3
    } else {
      if (char === '[') inClass = true
      out += char === ']' || char === '}' ? closing(char, out) : char
    }
    i++
  }
  return new RegExp(out, flags)
}

/** A closing brace that ends a repetition stays; a lone one is literal text in Rust. */
const closing = (char: string, before: string): string =>
  char === '}' && /\{[\d,]+$|\\[pPux]\{[^}]*$/.test(before) ? char : `\\${char}`

/** Code of what is wrong with a list of pairs, or null: `regex_uri_length` or `invalid_regex`. */
export function checkRegexUri(pairs: readonly string[]): 'regex_uri_length' | 'invalid_regex' | null {
  if (pairs.length % 2 !== 0) return 'regex_uri_length'
  for (let i = 0; i < pairs.length; i += 2)
    try {
      compileRegex(pairs[i]!)
    } catch {
      return 'invalid_regex'
    }
  return null
}

/**
 * Compiles pairs into a function from path to path. The first pattern that matches anywhere in the path gives the
 * whole new path: its template with `$1`, `$2`, … replaced one after the other (so `$10` is eaten by `$1`, and a
 * captured `$2` is replaced, too). No match: the path itself. Throws Panic for a group that took no part in the match.
 */
export function compileRegexUri(pairs: readonly string[]): (path: string) => string {
  const compiled: { regex: RegExp; template: string }[] = []
  for (let i = 0; i + 1 < pairs.length; i += 2)
    compiled.push({ regex: compileRegex(pairs[i]!), template: pairs[i + 1]! })
  return (path) => {
    for (const { regex, template } of compiled) {
      const match = regex.exec(path)
      if (match === null) continue
      return match.slice(1).reduce((uri, group: string | undefined, n) => {
        if (group === undefined) throw new Panic(`${regex.source}的第${n + 1}组没有参与匹配`)
        return uri.split(`$${n + 1}`).join(group)
      }, template)
    }
    return path
  }
}

/** One path through pairs that are compiled for it alone. */
export const applyRegexUri = (path: string, pairs: readonly string[]): string => compileRegexUri(pairs)(path)
