import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collator } from '../../src/text/collate.js'
import { hanOrder } from '../../src/text/han-order.js'
import { makeRandom } from '../incremental/random-site.js'

const sorted = (...texts: string[]): string => texts.sort(collator()).join(' ')

test('digits come before Latin letters, these before kana, and Han characters last', () => {
  assert.equal(sorted('数据库', 'かな', 'rust', '2024', 'Ärger', 'あ'), '2024 rust Ärger あ かな 数据库')
})

test('Han characters come by pinyin, tones after letters', () => {
  assert.equal(
    sorted('总结', '安装', '数据库', '年终', '归档', '算法', '吗', '妈', '马'),
    '安装 归档 妈 马 吗 年终 数据库 算法 总结',
  )
})

test('case and width do not divide names, but names that look alike have one order', () => {
  assert.equal(sorted('rust', 'Go', 'Rust', 'ＧＯ', 'go'), 'Go go ＧＯ Rust rust')
})

test('a name comes before those that it begins', () => {
  assert.equal(sorted('数据库索引', '数据库', '数据'), '数据 数据库 数据库索引')
})

test('characters that the table does not have come after it, by their code', () => {
  assert.equal(sorted('𠮷', '做', '㐀'), '做 㐀 𠮷')
})

test('the table holds each character once', () => {
  const chars = [...hanOrder.replaceAll('\n', '')]
  assert.equal(chars.length, 20_993)
  assert.equal(new Set(chars).size, chars.length)
})

test('random names have one order whatever order they come in', () => {
  const random = makeRandom(7)
  const letters = [...'aAb1数据库总结 かナé𠮷+']
  for (let round = 0; round < 50; round++) {
    const names = Array.from({ length: 12 }, () =>
      Array.from({ length: 1 + random.below(3) }, () => random.pick(letters)).join(''),
    )
    const one = [...names].sort(collator())
    const other = [...names].reverse().sort(collator())
    assert.deepEqual(one, other)
  }
})
