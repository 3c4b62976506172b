// Arguments of old tags: words, quoted texts and pairs, in the three notations that Hugo, Hexo, Jekyll and Zola share
// most of. Text in, plain data out; it accepts every text.

export interface Arguments {
  readonly positional: readonly string[]
  readonly named: Readonly<Record<string, string>>
}

const wordsFor = (pairs: string, after: string): RegExp =>
  new RegExp(
    `([\\w.$-]+)\\s*[${pairs}]\\s*(?=["'\`]|${after})|"((?:[^"\\\\]|\\\\.)*)"|'((?:[^'\\\\]|\\\\.)*)'|\`([^\`]*)\`|([^\\s,]+)`,
    'gs',
  )
const words = {
  '=': wordsFor('=', '[^\\s=,]'),
  // The colon of an address makes no pair.
  ':': wordsFor(':', '[^\\s:,/]'),
  '=:': wordsFor('=:', '[^\\s=:,/]'),
}

/**
 * Reads `a "b c" key="value" k:v`. `pairs` says which characters make a pair: `=` for most, `:` for Hexo's
 * `lang:bash`. A comma between arguments is a blank.
 */
export function readArguments(text: string, pairs: '=' | ':' | '=:' = '='): Arguments {
  const positional: string[] = []
  const named: Record<string, string> = {}
  let key = ''
  for (const [, name, double, single, raw, plain] of text.matchAll(words[pairs])) {
    if (name !== undefined) {
      key = name
      continue
    }
    const quoted = double ?? single
    const value =
      quoted === undefined ? (raw ?? plain ?? '') : quoted.replace(/\\(["'\\])/g, '$1').replace(/\\n/g, '\n')
    if (key !== '') named[key] = value
    else if (plain !== '/') positional.push(value)
    key = ''
  }
  return { positional, named }
}
