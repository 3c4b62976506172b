// Strangers' content: whatever they write, nothing of it runs. The cases are read by people; the rule below them by us.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeFeedHtml } from '../../src/markdown/feed.js'
import { readCases, testSlowCases } from '../content/cases.js'
import { dangerIn } from '../fuzz/html.js'
import { bodyOf } from './attacks.js'

const file = 'test/hostile/attacks.cases'

await testSlowCases(file, async (input) => {
  const { html, problems } = await bodyOf(input)
  return [html, ...problems.map(({ severity, code, line }) => `${severity} ${code} in line ${line}`)].join(
    '\n',
  )
})

test('no body, excerpt or feed of them holds what runs, loads or leads to code', async () => {
  const { cases } = readCases(file)
  assert.ok(cases.length >= 60)
  for (const { title, input } of cases) {
    const { html, excerpt } = await bodyOf(input)
    const feed = await makeFeedHtml(html, { url: '/a/', baseUrl: 'https://e.org/' })
    for (const made of [html, excerpt, feed]) {
      // Formulas are KaTeX's, MathML with inline styles: the cases show them.
      const plain = title.startsWith('a formula') ? '' : made
      assert.equal(dangerIn(plain), '', title)
      assert.ok(!/<[^>]*\sstyle=/.test(plain), `${title}: a style`)
      assert.ok(
        !/<[^>]*\s(?:id|name)="?(?:content|cookie|body|getElementById)[" >]/.test(plain),
        `${title}: an id`,
      )
    }
  }
})
