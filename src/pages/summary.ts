// Plain text out of our own HTML, for feeds' summaries.

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
}

/** The visible text of a small piece of serialised HTML, blanks collapsed: what a summary shows. */
export function plainText(html: string): string {
  return html
    .replace(/<annotation\b[\s\S]*?<\/annotation>/g, '') // TeX beside its MathML: the formula once more
    .replace(/<[a-z/!](?:"[^"]*"|'[^']*'|[^"'>])*>/gi, (tag) => (/^<(?:\/p|\/li|br)\b/i.test(tag) ? ' ' : ''))
    .replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]+));/gi, (typed, hex, decimal, name) => {
      if (name) return named[name] ?? typed
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : typed
    })
    .replace(/[ \t\r\n]+/g, ' ')
    .trim()
}
