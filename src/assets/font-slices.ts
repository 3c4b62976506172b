// How a font is divided: what every page needs, then by how many pages show a character, so that a page loads few
// slices and a new word changes few. Texts in, texts out.

/** Up to so many characters a slice, about: 40 kB of Han. */
const sliceSize = 256

/** Latin letters, digits and punctuation of both kinds: on every page. */
const isCommon = (code: number): boolean =>
  code < 0x2e80 || (code >= 0x3000 && code < 0x3040) || (code >= 0xff00 && code < 0xfff0)

/** Always there, so that this slice changes seldom. */
const ascii = Array.from({ length: 0x5f }, (_, i) => String.fromCharCode(0x20 + i)).join('')

/** Slices by name, each with its characters in order. `pages`: the characters of each page. */
export function slicesOf(
  pages: readonly string[],
  coverage: ReadonlySet<number>,
): ReadonlyMap<string, string> {
  const uses = new Map<number, number>()
  for (const char of ascii) uses.set(char.codePointAt(0) ?? 0, 1)
  for (const page of pages)
    for (const char of page) uses.set(char.codePointAt(0) ?? 0, (uses.get(char.codePointAt(0) ?? 0) ?? 0) + 1)
  const groups = new Map<string, number[]>()
  for (const [code, count] of [...uses].sort(([a], [b]) => a - b)) {
    if (!coverage.has(code)) continue
    // Powers of two: a character moves to another slice seldom.
    const name = isCommon(code) ? 'latin' : `in-${2 ** Math.floor(Math.log2(count))}`
    groups.set(name, [...(groups.get(name) ?? []), code])
  }
  const slices = new Map<string, string>()
  for (const [name, codes] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    let parts = 1
    while (name !== 'latin' && parts * sliceSize < codes.length) parts *= 2
    for (let part = 0; part < parts; part++) {
      const own = codes.filter((code) => (code >> 2) % parts === part)
      if (own.length > 0) slices.set(parts === 1 ? name : `${name}-${part}`, String.fromCodePoint(...own))
    }
  }
  return slices
}

/** `U+20-7E,U+4E2D`: what a browser loads the slice for. */
export function unicodeRange(chars: string): string {
  const ranges: [number, number][] = []
  for (const char of chars) {
    const code = char.codePointAt(0) ?? 0
    const last = ranges.at(-1)
    if (last && code === last[1] + 1) last[1] = code
    else ranges.push([code, code])
  }
  const hex = (code: number): string => code.toString(16).toUpperCase()
  return ranges.map(([from, to]) => (from === to ? `U+${hex(from)}` : `U+${hex(from)}-${hex(to)}`)).join(',')
}
