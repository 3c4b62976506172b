import assert from 'node:assert/strict'
import { test } from 'node:test'
import { initialsOf, inPinyin } from '../../src/text/pinyin.js'

test('readings go by phrase', () => {
  assert.deepEqual(['重庆银行', '重要', '行走', '音乐', '快乐', '女'].map(inPinyin), [
    'chong-qing-yin-hang',
    'zhong-yao',
    'xing-zou',
    'yin-yue',
    'kuai-le',
    'nv',
  ])
})

test('what is not Han stays, a hyphen away', () => {
  assert.deepEqual(['我的2024', 'C++入门', 'k8s 云原生', '——', 'かな'].map(inPinyin), [
    'wo-de-2024',
    'C++ru-men',
    'k8s yun-yuan-sheng',
    '——',
    'かな',
  ])
})

test('a character without reading stays', () => {
  assert.equal(inPinyin('𠮷'), '𠮷')
})

test('first letters stand under their characters', () => {
  assert.deepEqual(
    ['sql数据库，a', '重庆', '𠮷数', 'rust'].map((text) => [text.length, initialsOf(text)]),
    [
      [8, '   sjk  '],
      [2, 'cq'],
      [3, '  s'],
      [4, '    '],
    ],
  )
})
