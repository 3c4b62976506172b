// Our reader of HTML beside rehype-parse, the definition: what bodies are, and random texts of everything that would make
// a browser move, close or open something.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Root } from 'hast'
import { readHtml } from '../../src/markdown/read-html.js'
import { makeRandom } from '../incremental/random-site.js'
import { bare, readByDefinition } from './read-html.js'
import { bodyOf } from './world.js'

const seed = Number(process.env['SEED'] ?? 20261129)
const rounds = Number(process.env['ROUNDS'] ?? 30_000)

const defined = (html: string): unknown => bare(readByDefinition(html))

function assertSame(html: string, tree: Root | undefined): void {
  if (tree) assert.deepEqual(bare(tree), defined(html), html)
}

const markdown = [
  '文字 **重点** *a* ~~b~~ `c` [链接](/a/?x=1&y=2 "标题") ![图](/a.png)\n下一行\\\n再下一行',
  '## 标题\n\n- 一\n- 二\n\n  段落\n\n1. a\n   1. b\n\n- [x] 完成\n- [ ] 未完成\n\n> 引用\n>\n> - 列表',
  '```js {2} title="a.js"\nconst a = "<b>" && `c`\n\nf()\n```\n\n```diff-text\n a\n-b\n+c\n```',
  '| a | b |\n| :-- | --: |\n| 1 | `x\\|y` |\n\n---\n\n脚注[^1]。\n\n[^1]: 内容。',
  '<details><summary>更多</summary>\n\n文字\n\n</details>\n\n<ruby>汉<rt>han</rt></ruby> <kbd>Ctrl</kbd>',
  ':::note\n注意\n:::\n\n> [!WARNING]\n> 小心',
]

test('bodies are read as rehype-parse reads them, and without asking it', async () => {
  for (const text of markdown) {
    const { html } = await bodyOf(text)
    const tree = readHtml(html)
    assert.ok(tree, html)
    assert.deepEqual(bare(tree), defined(html))
  }
})

const pieces =
  'p a b code em span strong ul ol li dl dt dd div blockquote pre h1 h2 table thead tbody tr td th caption img br hr input ruby ' +
  'rt svg math script style template select option button form frameset body x-y P figure details summary section video source u constructor'
const names = pieces.split(' ')
const attributes = [
  '',
  ' class="a  b"',
  ' class=""',
  ' id="x"',
  ' href="/a?b&#x26;c"',
  ' alt=""',
  ' checked',
  ' checked=""',
  ' href="/a&b"',
  ' width="0640"',
  ' width="auto"',
  ' colspan="2"',
  ' srcset="/a.png 1x, /b.png 2x"',
  ' style="color: red"',
  ' data-x="1"',
  ' data-demo-name="&#x22;"',
  ' accept="a, b"',
  ' id="x" id="y"',
  ' download="yes"',
  ' title="a>b"',
  ' constructor="x"',
  ' aria-hidden="true"',
  ' x:y="1"',
  ' hidden="until-found"',
  ' itemprop="a b"',
  ' tabindex="0"',
]
const texts = [
  '',
  '文字',
  'a&#x3C;b',
  ' ',
  '\n',
  '&amp;',
  'a & b',
  '\t',
  '\r',
  '>',
  '"',
  '&#x80;',
  '&#xconstructor;',
  '\n文',
  '<!-- x -->',
  '😀',
]

test(`whatever is read is read as rehype-parse reads it (${rounds} texts, seed ${seed})`, () => {
  const random = makeRandom(seed)
  const one = <T>(list: readonly T[]): T => list[random.below(list.length)]!
  const often = 'p ul div span strong code a table ol blockquote h2 pre em dl section'.split(' ')
  const misplaced = [...often, ...'li tbody tr td thead th dt rt caption'.split(' ')]
  const inside: Readonly<Record<string, readonly string[]>> = {
    ul: ['li'],
    ol: ['li'],
    dl: ['dt', 'dd'],
    table: ['thead', 'tbody', 'caption'],
    thead: ['tr'],
    tbody: ['tr'],
    tr: ['td', 'th'],
    ruby: ['rt', 'span'],
    p: ['span', 'a', 'em', 'code', 'b'],
  }
  /** How likely anything odd is: half of all texts are nearly what we write. */
  let tidy = false
  const rarely = (times: number): boolean => random.below(tidy ? times * 40 : times) === 0
  const element = (depth: number, parent: string): string => {
    const name = !rarely(8) ? one(inside[parent] ?? often) : one(random.below(3) > 0 ? misplaced : names)
    const open = `<${name}${one(rarely(2) ? attributes : attributes.slice(0, 8))}${rarely(4) ? one(attributes) : ''}>`
    const isBare =
      random.below(10) > 0 && (name === 'table' || name === 'tbody' || name === 'tr' || name === 'thead')
    const text = (): string =>
      isBare ? one(['', '\n']) : one(random.below(4) > 0 ? texts.slice(0, 5) : texts)
    let content = text()
    if (depth < 5) for (let n = random.below(4); n > 0; n--) content += element(depth + 1, name) + text()
    if (/^(?:img|br|hr|input|source)$/.test(name) && !rarely(20)) return open
    return random.below(60) === 0 ? open + content : `${open}${content}</${rarely(80) ? one(names) : name}>`
  }
  let read = 0
  for (let round = 0; round < rounds; round++) {
    tidy = round % 2 === 0
    const html = element(0, '') + one(texts.slice(0, 5)) + (random.below(2) === 0 ? element(2, '') : '')
    const tree = readHtml(html)
    if (tree) read++
    assertSame(html, tree)
  }
  // A reader that gives everything up would pass as well.
  assert.ok(read > rounds / 10, `${read} of ${rounds} were read`)
})

test('a name that every object has is a name like any other', () => {
  for (const html of [
    '<constructor>x</constructor>',
    '<constructor><p>x</p></constructor>',
    '<p>&#xconstructor;</p>',
  ])
    assertSame(html, readHtml(html))
})

test('a line break that a parser drops is never kept', () => {
  for (const html of ['<pre title="a>b">\nx</pre>', '<pre>\nx</pre>', '<pre><code>\nx</code></pre>'])
    assertSame(html, readHtml(html))
})
