import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Root } from 'mdast'
import type { VFile } from 'vfile'
import { createMarkdown } from '../../src/markdown/body.js'
import { bodyOf, contextOf, metaOf } from './world.js'

test('an asynchronous remark plugin runs before the tree becomes HTML', async () => {
  const shout = () => async (tree: Root) => {
    await Promise.resolve()
    for (const node of tree.children)
      if (node.type === 'paragraph') node.children.push({ type: 'text', value: '！' })
  }
  const body = await bodyOf('你好', { context: { remark: [shout] } })
  assert.equal(body.html, '<p>你好！</p>')
})

test('an asynchronous rehype plugin has the last word on the tree, its ids and its text', async () => {
  const add = () => async (tree: { children: unknown[] }) => {
    await Promise.resolve()
    const text = { type: 'text', value: '后来' }
    tree.children.push({ type: 'element', tagName: 'p', properties: { id: 'late' }, children: [text] })
  }
  const { html, anchors, text } = await bodyOf('先', { context: { rehype: [add] } })
  assert.deepEqual(
    { html, anchors, text },
    { html: '<p>先</p><p id="late">后来</p>', anchors: ['late'], text: '先\n后来' },
  )
})

test('a plugin that throws is a Problem of the document, not of the build', async () => {
  const broken = () => () => {
    throw new Error('plugin x: no')
  }
  const body = await bodyOf('文字', { context: { remark: [broken] } })
  assert.deepEqual(body.problems, [
    {
      severity: 'error',
      code: 'markdown/failed',
      what: 'making this document failed: plugin x: no',
      file: 'content/posts/hello.md',
      line: 1,
      column: 1,
      frame: '1 | 文字\n  | ^^',
      fix: 'if the message names a plugin, correct or remove it; otherwise this is a defect of ours',
    },
  ])
})

test('a plugin can warn with a place of its own', async () => {
  const warns = () => (tree: Root, file: VFile) => {
    file.message('too loud', tree.children[1])
  }
  const { problems } = await bodyOf('一\n\n二', { before: '---\nx: 1\n---\n', context: { remark: [warns] } })
  assert.deepEqual(problems, [
    {
      severity: 'warning',
      code: 'markdown/plugin',
      what: 'too loud',
      file: 'content/posts/hello.md',
      line: 6,
      column: 1,
      frame: '6 | 二\n  | ^^',
    },
  ])
})

test('one processor serves many documents at a time', async () => {
  const markdown = createMarkdown(contextOf())
  const texts = Array.from({ length: 20 }, (_, i) => `## 标题 ${i}\n\n文字 $x_${i}$ [^1]\n\n[^1]: 注 ${i}`)
  const together = await Promise.all(texts.map((text) => markdown.makeBody({ meta: metaOf({}), text })))
  const alone = await Promise.all(texts.map((text) => bodyOf(text)))
  assert.deepEqual(together, alone)
})

test('the order of documents does not change them', async () => {
  const texts = [
    '```dockerfile\nFROM a\n```',
    '```html\n<script>let a</script>\n```',
    '```markdown\n# a\n```',
    '```erb\n<% a %>\n```',
  ]
  const markdown = createMarkdown(contextOf())
  const forth: unknown[] = []
  for (const text of texts) forth.push(await markdown.makeBody({ meta: metaOf({}), text }))
  const other = createMarkdown(contextOf())
  const back: unknown[] = []
  for (const text of [...texts].reverse()) back.unshift(await other.makeBody({ meta: metaOf({}), text }))
  assert.deepEqual(forth, back)
})

test('a body is plain JSON', async () => {
  const body = await bodyOf('# 甲\n\n文字 ![猫](cat.png) [x](./othr.md)\n\n```js {1}\nlet a\n```')
  assert.deepEqual(JSON.parse(JSON.stringify(body)), body)
})

test('a broken link is told with file, line, column, frame, found and fix', async () => {
  const { problems } = await bodyOf('第一行\n\n- 见 [其他](./othr.md)。', { before: '---\ntitle: 甲\n---\n' })
  assert.deepEqual(problems, [
    {
      severity: 'warning',
      code: 'markdown/broken-link',
      what: 'this link leads to content/posts/othr.md, which does not exist',
      file: 'content/posts/hello.md',
      line: 6,
      column: 10,
      frame: '6 | - 见 [其他](./othr.md)。\n  |             ^^^^^^^^^',
      found: './othr.md',
      fix: 'did you mean ./other.md?',
    },
  ])
})

test('problems come in the order of the file', async () => {
  const { problems } = await bodyOf('##甲\n\n[x](./othr.md)\n\n```nolang\n```\n\n![x](none.png)')
  assert.deepEqual(
    problems.map(({ line, code }) => `${line} ${code}`),
    [
      '1 markdown/heading-without-blank',
      '3 markdown/broken-link',
      '5 markdown/unknown-language',
      '8 markdown/missing-image',
    ],
  )
})

test('nothing of a comment reaches any part of the body', async () => {
  const sentinel = 'XYZZY'
  const places = [
    `<!-- ${sentinel} -->\n\n文字`,
    `文字 <!-- ${sentinel} --> 文字`,
    `<div><!-- ${sentinel} -->文字</div>`,
    `- 甲 <!-- ${sentinel} -->\n- 乙`,
    `> 甲\n> <!-- ${sentinel} -->`,
    `| 甲 |\n|---|\n| <!-- ${sentinel} --> |`,
    `## 题 <!-- ${sentinel} -->`,
    `文字[^1]\n\n[^1]: 注 <!-- ${sentinel} -->`,
    `[^用不到]: ${sentinel}\n\n文字`,
    `<!--more ${sentinel}-->\n\n文字`,
    `<!--\n\n${sentinel}\n\n-->\n\n文字`,
  ]
  for (const html of ['allow', 'sanitize', 'escape'] as const)
    for (const text of places) {
      const body = await bodyOf(text, { markdown: { html } })
      assert.ok(!JSON.stringify(body).includes(sentinel), `${html}: ${text}`)
    }
})

test('template delimiters come out as typed wherever they stand', async () => {
  const typed = '{{ a }} {% b %} {# c #} #{d}'
  const text = [
    `## ${typed}`,
    typed,
    `\`${typed}\``,
    `\`\`\`text\n${typed}\n\`\`\``,
    `- ${typed}`,
    `> ${typed}`,
    `| ${typed} |\n|---|`,
    `[${typed}](https://example.org/ "${typed}")`,
    `![${typed}](cat.png "${typed}")`,
    `<b title="${typed}">${typed}</b>`,
    `文字[^1]\n\n[^1]: ${typed}`,
    `\`\`\`js title="${typed}"\nlet a\n\`\`\``,
  ].join('\n\n')
  const { html, toc } = await bodyOf(text)
  assert.equal(html.split(typed).length - 1, 15)
  assert.equal(toc[0]?.text, typed)
})

test('a formula gives no link', async () => {
  const { html } = await bodyOf('$\\href{javascript:alert(1)}{x}$ $\\url{javascript:alert(1)}$')
  assert.ok(!/href=/.test(html))
})

test('lone surrogates and control characters do not break a document', async () => {
  const { html } = await bodyOf('a\ud800b\u0000c\u000bd')
  assert.equal(html, '<p>a\ufffdb\ufffdc\u000bd</p>')
})

test('a missing highlighter is told with its package', async () => {
  const { problems } = await bodyOf('```js\nlet a\n```', { markdown: { highlighter: 'shiki' } })
  assert.deepEqual(problems, [
    {
      severity: 'error',
      code: 'markdown/no-shiki',
      what: "markdown.highlighter is 'shiki', but the package is not installed",
      fix: "run npm i shiki, or set markdown.highlighter to 'lowlight'",
    },
  ])
})
