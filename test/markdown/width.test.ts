import assert from 'node:assert/strict'
import { test } from 'node:test'
import { widthOf } from '../../src/markdown/scripts.js'
import { graphemesOf, widthOfText } from '../../src/markdown/width.js'

const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })
const slowly = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)

test('each usual character is a grapheme as wide as a table of widths says, beside every kind of others', () => {
  const others = [
    '',
    'a',
    '文',
    '，',
    '“',
    '\u0301',
    '\ufe0f',
    '\u200d',
    '👍',
    '\r',
    '\n',
    '\u302a',
    '\u3099',
  ]
  for (let code = 0; code < 0x10000; code += code < 0x3100 || code > 0xfe00 ? 1 : 37) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    for (const other of others) {
      const text = String.fromCharCode(code) + other
      assert.deepEqual(graphemesOf(text), slowly(text), JSON.stringify(text))
      const width = slowly(text).reduce((sum, grapheme) => sum + widthOf(grapheme), 0)
      assert.equal(widthOfText(text), width, JSON.stringify(text))
    }
  }
})
