// Texts as authors and attackers write them, by chance: mostly well-formed, so that they get past the first check, and
// then something that is not.
import type { Random } from '../incremental/random-site.js'

/** `times` parts, put together. */
export const several = (random: Random, most: number, make: () => string, between = ''): string =>
  Array.from({ length: random.below(most + 1) }, make).join(between)

const oddities = [
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u0085',
  '\u00a0',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2028',
  '\ufeff',
  '\ufffe',
  '\ud800',
  '\udc00',
  'e\u0301',
  'é',
  '👨‍👩‍👧',
  '葛󠄀',
  '𠮷',
  '한국',
  'ひら',
  '　',
  'ﬁ',
  'İ',
  'ß',
  'Å',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '<evil>',
  '</evil>',
  '<evil onclick=x>',
  '"',
  "'",
  '`',
  '\\',
  '&',
  '&amp;',
  '&#x3c;',
  '<',
  '>',
  ']]>',
  '<!--',
  '-->',
  '{{ x }}',
  '{% x %}',
  '{# x',
  '$\u007bx\u007d',
  '../',
  '..\\',
  '%2e%2e%2f',
  '%00',
  '%',
  'C:\\',
  '//',
  'con',
  'aux.txt',
  '.',
  '..',
  ' ',
  '\t',
  '\r',
  '\r\n',
  '\n',
  'javascript:',
  'data:',
  '😀',
  '０',
  'Ｇｏ',
  'null',
  'true',
  '~',
  '1e999',
  '-0',
  '0x10',
  '2024-12-31',
  ':',
  ': ',
  '# ',
  '*',
  '&a',
  '*a',
  '!!js/function',
  '<<: ',
  '|',
  '>',
  '- ',
  '? ',
  '@',
  '[',
  ']',
  '{',
  '}',
  ',',
  '=',
  '+++',
  '---',
]
const plainWords = [
  '网关',
  '路由',
  'SQLite',
  'a',
  'Rust',
  '数据库',
  'of',
  'the',
  '一致性',
  'C++',
  'C#',
  '.NET',
  '时间',
]

/** One word; one in `odd` is none that anybody would write. */
export const word = (random: Random, odd = 4): string =>
  random.below(odd) === 0 ? random.pick(oddities) : random.pick(plainWords)

/** A few words on a line. */
export const phrase = (random: Random, odd = 4): string =>
  several(random, 5, () => word(random, odd), random.pick(['', ' ', '，']))

const inlines: readonly ((random: Random) => string)[] = [
  (random) => word(random, 6),
  (random) => word(random, 6),
  (random) => `**${inline(random)}**`,
  (random) => `*${inline(random)}*`,
  (random) => `_${inline(random)}_`,
  (random) => `~~${inline(random)}~~`,
  (random) => `\`${word(random)}\``,
  (random) =>
    `$${random.pick(['x', 'x^2', '\\frac{a}{b}', '\\href{javascript:x}{y}', '\\html', '{', '\\a'])}$`,
  (random) => `[${inline(random)}](${address(random)}${random.pick(['', ' "t"', " 't'"])})`,
  (random) => `![${inline(random)}](${address(random)})`,
  (random) => `[${inline(random)}][${word(random)}]`,
  (random) => `[^${random.pick(['1', '2', 'a', '注', 'x y'])}]`,
  (random) => `<${address(random)}>`,
  (random) =>
    `https://${random.pick(['a.cn/路', 'e.org/x_(y)', 'e.org?a=b&c', 'e.org'])}${random.pick(['', '，', '。', ')'])}`,
  (random) => `www.e.org${random.pick(['', '。', '/a'])}`,
  (random) => tag(random),
  (random) =>
    random.pick([
      '\\*',
      '\\',
      '  \n',
      '\n',
      '&copy;',
      '&#0;',
      '<!--more-->',
      '<!-- x -->',
      '<!--',
      '::x',
      ':x[y]{z}',
    ]),
  (random) =>
    random.pick(['“', '”', '，', '。', '（', '）', '：', '、', '《', '》', '—', '…', '12:30', '$5']),
]
/** Emphasis, links, code and the like within each other. */
export function inline(random: Random): string {
  return several(random, 3, () => random.pick(inlines)(random))
}

/** Where links lead: mostly into this site, sometimes where none may. */
export const address = (random: Random): string =>
  random.pick([
    './other.md',
    '/about/',
    '#a',
    '/tags/x/',
    'https://e.org/',
    './none.md',
    '../../../etc/passwd',
    '//e.org/x',
    '?q',
    'mailto:a@b.c',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\\tscript:x',
    '&#106;avascript:x',
    'data:text/html,x',
    'vbscript:x',
    'cat.png',
    './图 一.png',
    '%',
    '%E4',
    '<a b>',
    'C:\\x',
    'file:///x',
    '',
    'javascript&colon;x',
    '\u0001javascript:x',
  ])

const tagNames = [
  'b',
  'i',
  'p',
  'div',
  'span',
  'a',
  'img',
  'table',
  'td',
  'svg',
  'math',
  'script',
  'style',
  'iframe',
  'T',
  'x-y',
  'details',
  'summary',
  'br',
  'li',
  'ul',
  'h2',
  'pre',
  'code',
  'textarea',
  'title',
  'noscript',
  'template',
  'select',
  'form',
  'plaintext',
  'foreignObject',
  'mglyph',
  'annotation-xml',
  'xmp',
  'object',
  'embed',
  'base',
  'meta',
  'link',
  'button',
  'input',
  'video',
  'marquee',
]
const attributes = [
  'id=x',
  'class=y',
  'href=javascript:x',
  'href="/a/"',
  'src=x',
  'onerror=x',
  'onclick="x"',
  'style="a:b"',
  'name=body',
  'data-slot=0',
  'data-slot="1"',
  'title="a>b"',
  "title='\"'",
  'srcdoc=x',
  'xlink:href=javascript:x',
  'formaction=javascript:x',
  'a',
  '"',
  "'",
  '=',
]
/** A tag of HTML or of something like it, open, closed or broken. */
export function tag(random: Random): string {
  const name = random.pick(tagNames)
  const inside = several(random, 2, () => ` ${random.pick(attributes)}`)
  return random.pick([
    `<${name}${inside}>`,
    `<${name}${inside}>`,
    `</${name}>`,
    `<${name}${inside}/>`,
    `<${name}${inside}`,
    `<${name}${inside}>${word(random)}</${name}>`,
    `<!${name}>`,
    `<?${name}?>`,
    `<![CDATA[${name}]]>`,
  ])
}

const blocks: readonly ((random: Random, depth: number) => string)[] = [
  (random) => inline(random),
  (random) => inline(random),
  (random) => `${'#'.repeat(1 + random.below(6))} ${inline(random)}`,
  (random) => `${inline(random)}\n${random.pick(['===', '---', '-'])}`,
  (random, depth) => indented(document(random, depth), '> '),
  (random, depth) => `> [!${random.pick(['NOTE', 'tip', 'X'])}]\n${indented(document(random, depth), '> ')}`,
  (random, depth) => `- ${indented(document(random, depth), '  ').trimStart()}`,
  (random, depth) =>
    `${random.pick(['1.', '7)', '0.'])} ${indented(document(random, depth), '   ').trimStart()}`,
  (random) => `- [${random.pick([' ', 'x', 'X'])}] ${inline(random)}`,
  (random) =>
    `\`\`\`${random.pick(['', 'js', 'rust', 'js {1,3-5} title="a"', 'mermaid', 'x y="', 'diff'])}\n${phrase(random)}\n${random.pick(['```', '``', '````', ''])}`,
  (random) => `~~~\n${tag(random)}\n~~~`,
  (random) => `    ${tag(random)}`,
  (random) =>
    `| ${word(random)} | ${word(random)} |\n|${random.pick(['---', ':-:', '--:'])}|---|\n| ${inline(random).replaceAll('\n', ' ')} | \\| |`,
  (random) =>
    `$$\n${random.pick(['x', '\\begin{matrix} a & b \\end{matrix}', '}', '\\def\\x{\\x\\x}\\x'])}\n$$`,
  (random) => `[^${random.pick(['1', '2', 'a', '注', 'x y'])}]: ${inline(random)}`,
  (random) => `[${word(random)}]: ${address(random)}${random.pick(['', ' "t"'])}`,
  (random) =>
    `::${random.pick(['posts', 'demo', 'video', 'embed', 'x'])}{${several(random, 2, () => `${random.pick(['tag', 'slug', 'url', 'src', 'limit', 'onclick', '__proto__'])}="${word(random)}"`, ' ')}}`,
  (random) => `${tag(random)}\n${inline(random)}\n${tag(random)}`,
  (random) =>
    random.pick([
      '---',
      '***',
      '<!--more-->',
      '<!-- a',
      '-->',
      '\t',
      '',
      '<div>\n\n',
      '\n\n</div>',
      '\f',
      '|',
      '|-|',
    ]),
]
const indented = (text: string, by: string): string =>
  text
    .split('\n')
    .map((line) => by + line)
    .join('\n')

/** A body of Markdown. */
export function document(random: Random, depth = 3): string {
  if (depth <= 0) return inline(random)
  return several(
    random,
    5,
    () => random.pick(blocks)(random, depth - 1),
    random.pick(['\n\n', '\n\n', '\n', '\r\n\r\n']),
  )
}

const fields = [
  'title',
  'date',
  'updated',
  'slug',
  'permalink',
  'aliases',
  'tags',
  'categories',
  'series',
  'draft',
  'expires',
  'unlisted',
  'pinned',
  'description',
  'cover',
  'coverAlt',
  'lang',
  'layout',
  'toc',
  'math',
  'comments',
  'projects',
  'canonical',
  'weight',
  'url',
  'link',
  'x',
  '__proto__',
  'constructor',
  'id',
]
const dates = [
  '2024-12-31',
  '2024-02-30',
  '2024-12-31T10:55:52+08:00',
  '2013/7/13 20:46',
  'Tue, 31 Dec 2024 10:55:52 GMT',
  '2024年12月31日',
  '0000-00-00',
  '9999-12-31',
  '1e9',
  '20241231',
]
const paths = [
  '/a/',
  'a',
  '../../x',
  '/../x',
  '/a/../../x',
  'C:/x',
  'c:\\x',
  '/con/',
  '/aux.txt',
  '/a. /',
  '/a./',
  '/x\\y',
  '/.git/x',
  '/%2e%2e/x',
  '//e.org/',
  '/a/b.html',
  '/中文/',
  '/a?b',
  '/a#b',
  '/'.repeat(3),
  `/${'长'.repeat(90)}/`,
  '/a\u0000b/',
]

/** A value of front matter, as YAML writes it in flow style, which JSON shares. */
export function value(random: Random, depth = 2): string {
  const text = (content: string): string => JSON.stringify(content)
  switch (random.below(depth > 0 ? 9 : 6)) {
    case 0:
      return text(phrase(random))
    case 1:
      return random.pick(dates)
    case 2:
      return text(random.pick(paths))
    case 3:
      return random.pick([
        'true',
        'false',
        'null',
        '0',
        '-1',
        '1e3',
        '.inf',
        '0o7',
        '012',
        '1_000',
        '~',
        '""',
        'yes',
      ])
    case 4:
      return phrase(random, 3).replaceAll('\n', ' ')
    case 5:
      return text(random.pick(dates))
    case 6:
      return `{${several(random, 3, () => `${text(word(random, 2))}: ${value(random, depth - 1)}`, ', ')}}`
    default:
      return `[${several(random, 4, () => value(random, depth - 1), ', ')}]`
  }
}

/** A document's front matter in one of the three syntaxes, its fences included. */
export function frontmatter(random: Random): string {
  const names = Array.from({ length: random.below(7) }, () => random.pick(fields))
  const first = random.below(4) === 0 ? [] : ['title: T', 'date: 2024-12-31']
  switch (random.below(5)) {
    case 0: {
      const lines = names.map((name) => `${name} = ${value(random)}`)
      return `+++\n${['title = "T"', ...lines].join('\n')}\n+++\n`
    }
    case 1:
      return `{${['"title": "T"', ...names.map((name) => `"${name}": ${value(random)}`)].join(',\n')}}\n`
    default: {
      const lines = [...first, ...new Set(names)].map((name) =>
        name.includes(':') ? name : `${name}: ${value(random)}`,
      )
      return `${random.pick(['---', '---', '---', '---yaml', '\ufeff---', '---js', ' ---'])}\n${lines.join(random.pick(['\n', '\n', '\r\n']))}\n${random.pick(['---', '---', '---', '...', ''])}\n`
    }
  }
}

/** The same text with a small accident: something cut, doubled, moved or put in. */
export function mutated(random: Random, text: string): string {
  const at = random.below(text.length + 1)
  const to = Math.min(text.length, at + random.below(20))
  switch (random.below(5)) {
    case 0:
      return text.slice(0, at) + text.slice(to)
    case 1:
      return text.slice(0, at) + text.slice(at, to).repeat(3) + text.slice(to)
    case 2:
      return text.slice(0, at) + word(random, 1) + text.slice(at)
    case 3:
      return text.slice(0, at) + word(random, 1) + text.slice(to)
    default:
      return text
  }
}
