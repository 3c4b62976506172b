// Two hundred texts of 100 kB to 1 MB, each made of what some parser was once slow on: forty ways, five sizes.

const ways: Readonly<Record<string, (size: number) => string>> = (() => {
  const many = (piece: string) => (size: number) => piece.repeat(Math.ceil(size / piece.length))
  const around = (open: string, close: string) => (size: number) => {
    const count = Math.floor(size / (open.length + close.length))
    return `${open.repeat(count)}x${close.repeat(count)}`
  }
  const counted = (piece: (at: number) => string) => (size: number) => {
    let text = ''
    for (let at = 0; text.length < size; at++) text += piece(at)
    return text
  }
  return {
    'brackets within each other': around('[', ']'),
    'brackets that are never closed': many('['),
    'pictures that are never closed': many('!['),
    'links within links': around('[a', '](b)'),
    'addresses that are never closed': many('[a](<b'),
    'parentheses in an address': (size) => `[a](${around('(', ')')(size)})`,
    'stars within each other': around('*', '*'),
    'strong within each other': around('**a ', ' b**'),
    'emphasis of alternating marks': many('*_a_* _*b*_ '),
    'marks within words': many('a*b_c~d'),
    'marks between Chinese punctuation': many('中**，“强**”。'),
    'strikes within each other': around('~~a ', ' b~~'),
    'grave accents of growing length': counted((at) => `${'`'.repeat(at % 500)} `),
    'grave accents without partners': counted((at) => `${'`'.repeat(1 + (at % 40))}a`),
    'definitions of one name': many('[a]: /b\n\n'),
    'definitions of many names': counted((at) => `[n${at}]: /b\n\n[n${at}]\n\n`),
    'definitions with long titles': many('[a]: /b "\n'),
    'tables of many columns': (size) => {
      const row = `${'|a'.repeat(Math.floor(size / 30))}|\n`
      return `${row}${'|-'.repeat(Math.floor(size / 30))}|\n${row.repeat(12)}`
    },
    'tables of many rows': (size) => `| a | b |\n|---|---|\n${many('| 中 | b |\n')(size)}`,
    'rows with escaped bars': (size) => `| a |\n|---|\n| ${many('\\|')(size)} |`,
    'footnotes of many names': counted((at) => `a[^${at}]\n\n[^${at}]: b\n\n`),
    'footnotes of one name': (size) => `${many('a[^1] ')(size)}\n\n[^1]: b`,
    'footnotes within footnotes': counted((at) => `[^${at}]: [^${at + 1}]\n\n`),
    'comments that are never closed': many('<!-- '),
    'instructions and declarations': many('<? <!A <![CDATA['),
    'tags that are never closed': many('<a b="'),
    'elements within each other': around('<div>', '</div>'),
    'bare addresses': many('https://a.b/(c) '),
    'addresses with many brackets': (size) => `https://a.b/${around('(', ')')(size)}`,
    'addresses of mail': many('a.b-c_d@e.f '),
    'letters before an at sign': many('a.'),
    directives: many(':a[b]{c="d"} '),
    'directives within each other': around(':a[', ']'),
    'formulas that are never closed': many('$a$$ '),
    'deep formulas': (size) => `$${around('{', '}')(size)}$`,
    'quotes within each other, with gaps': counted((at) => `${'> '.repeat(1 + (at % 60))}a\n`),
    'lists that grow': counted((at) => `${'  '.repeat(at % 60)}- a\n`),
    'numbered lists without blank lines': counted((at) => `${at % 999_999}. a\n`),
    'entities of every kind': many('&amp;&#x41;&hellip;&nosuch;&#99999999;'),
    'blanks, tabs and line ends of every kind': many(' \t\r\n\r \u3000\u00a0\n'),
  }
})()

const sizes = [100_000, 200_000, 400_000, 700_000, 1_000_000]

/** Name → text, always in the same order. */
export function slowTexts(): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [name, make] of Object.entries(ways))
    for (const size of sizes) texts.set(`${name}, ${size / 1000} kB`, make(size).slice(0, size))
  return texts
}
