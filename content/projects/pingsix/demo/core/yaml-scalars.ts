// What a YAML scalar means: core schema for plain ones, escapes for quoted ones, folding for those of several lines.

/** A plain scalar's value. A number with a leading zero is text, as for serde. */
export function plainScalar(text: string): string | number | boolean | null {
  if (/^(?:|~|null|Null|NULL)$/.test(text)) return null
  if (/^(?:true|True|TRUE)$/.test(text)) return true
  if (/^(?:false|False|FALSE)$/.test(text)) return false
  if (/^[-+]?(?:0|[1-9]\d*)$/.test(text)) return Number(text)
  const radix = /^([-+]?)(0x[\da-fA-F]+|0o[0-7]+|0b[01]+)$/.exec(text)
  if (radix !== null) return Number(radix[2]) * (radix[1] === '-' ? -1 : 1)
  if (/^[-+]?(?:\.\d+|(?:0|[1-9]\d*)(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(text)) return Number(text)
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return Number.NaN
  return text
}

/**
 * Joins lines: one break is a space, of more of them one goes. With `block` (a `>` scalar) nothing is trimmed, leading
 * breaks stay, and so do those around lines that are indented further.
 */
export function foldLines(lines: readonly string[], block = false): string {
  let out = ''
  let breaks = 0
  let started = false
  let wasDeeper = false
  for (const [i, line] of lines.entries()) {
    const last = i === lines.length - 1
    const left = block || i === 0 ? line : line.trimStart()
    const text = block || last ? left : left.trimEnd()
    if (i > 0) breaks++
    if (text === '' && (block || !last)) continue
    const deeper = block && /^[ \t]/.test(text)
    const keep = block && (!started || deeper || wasDeeper)
    out += (keep ? '\n'.repeat(breaks) : breaks === 1 ? ' ' : '\n'.repeat(Math.max(0, breaks - 1))) + text
    started = true
    wasDeeper = deeper
    breaks = 0
  }
  return out
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  '/': '/',
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}

/** The inside of a double-quoted scalar. Throws for an unknown escape. */
export function unescapeText(raw: string): string {
  // Folding comes first: an escaped break joins without a space, an escaped blank survives it.
  const joined = raw.replace(/\\(\n[ \t]*|[\s\S])/g, (pair, what: string) =>
    what.startsWith('\n') ? '\\\0' : pair,
  )
  return foldLines(joined.split('\n')).replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g,
    (_, x: string | undefined, u: string | undefined, long: string | undefined, char: string | undefined) => {
      const hex = x ?? u ?? long
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
      if (char === '\0') return ''
      const value = escapes[char ?? '']
      if (value === undefined) throw new Error(`不认识的转义\\${char}`)
      return value
    },
  )
}
