// Random documents, seeded: plain text against plain remark as the judge, and everything at once against the rules that
// hold for every body. A failure prints its seed and its document.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import rehypeParse from 'rehype-parse'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { createMarkdown } from '../../src/markdown/body.js'
import { makeFeedHtml } from '../../src/markdown/feed.js'
import { contextOf, metaOf } from './world.js'

const seed = Number(process.env['SEED'] ?? 20241231)
const rounds = Number(process.env['ROUNDS'] ?? 600)

/** mulberry32: small, and the same everywhere. */
function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function documentsOf(atoms: readonly string[], longest: number): string[] {
  const random = randomFrom(seed)
  return Array.from({ length: rounds }, () =>
    Array.from(
      { length: 1 + Math.floor(random() * longest) },
      () => atoms[Math.floor(random() * atoms.length)],
    ).join(''),
  )
}

const inline =
  '*|**|_|__|~|~~|[|](https://e.org/)|]|a|b|foo |bar| |  |\\|&amp;|&|"|\'|!|.|:|::|$|$5|$ |`x`|`|<https://e.org>|http://e.org/x|www.e.org|(|)|é|—|“|12:30|{{ x }}|::foo|+|='.split(
    '|',
  )

test(`plain text comes out as plain remark writes it (seed ${seed})`, async () => {
  const plain = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeStringify).freeze()
  const markdown = createMarkdown(contextOf())
  for (const text of documentsOf([...inline, '\n', '\n\n', '- ', '1. ', '> ', '---\n'], 14)) {
    const expected = String(plain.processSync(text)).replace(/^\n+|\n+$/g, '')
    // Features of ours change these.
    if (/<(?:h[1-6]|img|pre|table|input)/.test(expected)) continue
    const { html, hasMath } = await markdown.makeBody({ meta: metaOf({ lang: 'en' }), text })
    if (!hasMath) assert.equal(html, expected, `seed ${seed}: ${JSON.stringify(text)}`)
  }
})

const blocks = [
  ...[
    '\n',
    '\n\n',
    '- ',
    '1. ',
    '> ',
    '---\n',
    '## ',
    '# ',
    '```js\n',
    '\n```\n',
    '\n> [!NOTE]\n> ',
    '\r\n',
    '\t',
  ],
  ...[
    '\n| a | b |\n|---|:-:|\n| 1 | 2 |\n',
    '[^1]',
    '\n\n[^1]: 注',
    '\n\n$$\nx\n$$\n\n',
    '- [ ] ',
    '::posts{limit=1}\n',
  ],
  ...[
    '![图](cat.png "题")',
    '![](none.png)',
    '<!--more-->',
    '<!-- 注 -->',
    '<b>',
    '</b>',
    '<div>',
    '</div>\n',
    '<p>',
  ],
  ...[
    '<script>x</script>',
    '<br>',
    '</div></article>',
    '<T>',
    '<a href="./other.md">',
    '</a>',
    '<td>',
    '<!-- ',
  ],
]
/** Text is escaped, so that every `<` begins a tag. */
const tagsOf = (html: string): string => (html.match(/<[a-z][^>]*>/gi) ?? []).join('')
/** What no feed may hold: code, and addresses that are not absolute. */
const forbidden = /<script|<style|\son\w+=|\s(?:href|src)="(?!https?:|mailto:|xmpp:|tel:|data:)/i

const wide = '中文|。|，|：|“引”|（注）|ひら|한국|𠮷|葛󠄀|👨‍👩‍👧|　|https://a.cn/路|$x$|**重点。**'.split('|')
const well = unified().use(rehypeParse, { fragment: true }).use(rehypeStringify).freeze()

for (const html of ['allow', 'sanitize', 'escape'] as const)
  test(`any document becomes a balanced body, excerpt and feed: ${html} (seed ${seed})`, async () => {
    const markdown = createMarkdown(contextOf({ markdown: { html, excerptWidth: 40 } }))
    for (const text of documentsOf([...inline, ...blocks, ...wide, ...wide], 24)) {
      const where = `seed ${seed}: ${JSON.stringify(text)}`
      const body = await markdown.makeBody({ meta: metaOf({}), text })
      assert.deepEqual(
        body.problems.filter(({ severity, line }) => severity === 'error' || line === undefined),
        [],
        where,
      )
      for (const made of [body.html, body.excerpt])
        assert.equal(
          String(well.processSync(String(well.processSync(made)))),
          String(well.processSync(made)),
          where,
        )
      assert.ok(!/ id="| href="#fn/.test(tagsOf(body.excerpt)), where)
      const ids = [...tagsOf(body.html).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
      assert.deepEqual([...new Set(ids)], ids, where)
      assert.ok(!body.html.includes('<!--'), where)
      const feed = await makeFeedHtml(body.html, { url: '/a/', baseUrl: 'https://e.org/' })
      assert.ok(
        !forbidden.test(tagsOf(feed)),
        `${where}
${feed}`,
      )
    }
  })
