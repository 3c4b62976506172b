import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainText } from '../../src/pages/summary.js'

test('plain text is what a reader sees of a piece of HTML', () => {
  const cases: readonly [html: string, text: string][] = [
    ['<p>One <em>two</em></p><p>three</p>', 'One two three'],
    ['<p>中<strong>文</strong>字</p>', '中文字'],
    ['a &#x3C;b> &#x26;amp; &quot;c&quot; &nbsp;&unknown; &#60;', 'a <b> &amp; "c" \u00a0&unknown; <'],
    ['<a title="1 > 0">x</a> 3 < 4', 'x 3 < 4'],
    ['a<br>b', 'a b'],
    ['<math><mi>x</mi><annotation encoding="application/x-tex">x</annotation></math>', 'x'],
    ['', ''],
    ['&#x110000;', '&#x110000;'],
  ]
  assert.deepEqual(
    cases.map(([html]) => [html, plainText(html)]),
    cases,
  )
})
