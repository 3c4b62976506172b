import assert from 'node:assert/strict'
import { test } from 'node:test'
import { countText } from '../../src/markdown/counts.js'
import { han, kana } from '../../src/markdown/scripts.js'
import { makeRandom } from '../incremental/random-site.js'

const characters = new RegExp(`[${han}${kana}]`, 'gu')
const letter = '[\\p{L}\\p{N}\\p{M}]'
const words = new RegExp(
  `(?:(?![${han}${kana}])${letter})+(?:['’.\\-_+#](?:(?![${han}${kana}])${letter})+)*`,
  'gu',
)

test('random texts, halves of characters among them, are counted as two expressions count them', () => {
  const random = makeRandom(20261130)
  const ranges = [
    [0, 128],
    [39, 1],
    [46, 1],
    [0x3000, 0x110],
    [0x4e00, 64],
    [0xac00, 64],
    [0xd800, 0x800],
    [0xfe00, 0x200],
    [0x1f300, 0x400],
    [0x20000, 64],
    [0, 0xd800],
  ] as const
  for (let round = 0; round < 30_000; round++) {
    const text = Array.from({ length: 1 + random.below(14) }, () => {
      const [from, count] = random.pick(ranges)
      return String.fromCodePoint(from + random.below(count))
    }).join('')
    const counted = countText(text, { hanPerMinute: 300, wordsPerMinute: 200 }).words
    const expected = (text.match(characters)?.length ?? 0) + (text.match(words)?.length ?? 0)
    assert.equal(counted, expected, JSON.stringify(text))
  }
})
