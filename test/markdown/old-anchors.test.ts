// Ids of older generators beside ours: each rule with what its program makes of a heading.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AnchorRule } from '../../src/config/types.js'
import { createMarkdown } from '../../src/markdown/body.js'
import { oldIds } from '../../src/markdown/old-slugs.js'
import { contextOf, metaOf } from './world.js'

const heading = (raw: string) => ({ raw, text: raw.replace(/[`*]/g, '') })

const table: readonly (readonly [Exclude<AnchorRule, 'none'>, readonly string[], readonly string[]])[] = [
  [
    'blackfriday',
    ['搜狐视频(Sohu)', '看 v2.0', '①.IFWechat能做什么', '参考', '参考', '！！'],
    ['搜狐视频-sohu', '看-v2-0', '①-ifwechat能做什么', '参考', '参考-1', ''],
  ],
  [
    'goldmark',
    ['Part (One)', 'a_b - c', '中文，标点', 'x', 'x'],
    ['part-one', 'a_b---c', '中文标点', 'x', 'x-1'],
  ],
  ['hexo', ['Hello World!', '中文，标点 A.B', 'É'], ['Hello-World', '中文，标点-A-B', 'E']],
  ['kramdown', ['Hello World!', 'a.b `code`', '中文'], ['hello-world', 'ab-code', '中文']],
  ['kramdown-ascii', ['1. Hello World!', '中文', '中文'], ['hello-world', 'section', 'section-1']],
  ['markdown-it', ['Hello World', '中'], ['hello-world', '%E4%B8%AD']],
  ['zola', ['Hello, World!', '中文，标点', 'a 🦀 b'], ['hello-world', 'zhong-wen-biao-dian', '']],
]

for (const [rule, raws, expected] of table)
  test(`ids as ${rule} makes them`, () => {
    assert.deepEqual(oldIds(rule, raws.map(heading)), expected)
  })

const body = async (text: string, like: AnchorRule, before = '') => {
  const context = contextOf()
  const config = { ...context.config, markdown: { ...context.config.markdown, anchors: { like, before } } }
  return await createMarkdown({ ...context, config }).makeBody({ meta: metaOf({}), text })
}

test('an old id that differs stands before the heading, hidden; one that is the same does not', async () => {
  const { html, anchors } = await body('## 看 v2.0\n\nx\n\n## 概念\n', 'blackfriday')
  assert.deepEqual(anchors, ['概念', '看-v2-0', '看-v20'])
  assert.match(html, /<h2 id="看-v20"><span id="看-v2-0" class="alias"><\/span>看 v2\.0/)
})

test('footnotes and the end of the excerpt keep their ids', async () => {
  const { anchors, excerpt } = await body('前[^a]\n\n<!-- more -->\n\n后\n\n[^a]: 注\n', 'hexo')
  assert.deepEqual(anchors, ['fn-a', 'fn:a', 'fnref-a', 'fnref:a', 'footnote-label', 'more'])
  assert.ok(!excerpt.includes('id='))
})

test('documents of a later date, and sites that ask for nothing, have none', async () => {
  assert.deepEqual((await body('## 看 v2.0\n', 'blackfriday', '2024-12-31')).anchors, ['看-v20'])
  assert.deepEqual((await body('## 看 v2.0\n', 'blackfriday', '2025-01-01')).anchors, ['看-v2-0', '看-v20'])
  assert.deepEqual((await body('## 看 v2.0\n', 'none')).anchors, ['看-v20'])
})
