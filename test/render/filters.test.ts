import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeColumns } from '../../src/render/cut.js'
import {
  formatDate,
  formatNumber,
  hrefOfLink,
  tiersOf,
  toScriptJson,
  yearsOf,
} from '../../src/render/filters.js'
import { wordsFor } from '../../src/render/words.js'
import { sealOf } from '../../src/text/seal.js'

const zh = wordsFor('zh-CN', 'zh-CN')
const en = wordsFor('en', 'zh-CN')

test('dates are written in the words of the page', () => {
  const rows = ['long', 'iso', 'year-month', 'month-day', 'month', 'year', 'day', 'numeric', 'datetime'].map(
    (format) => [
      format,
      formatDate('2024-12-03T10:55:52+08:00', format, zh),
      formatDate('2024-12-03T10:55:52+08:00', format, en),
    ],
  )
  assert.deepEqual(rows, [
    ['long', '2024年12月3日', 'December 3, 2024'],
    ['iso', '2024-12-03', '2024-12-03'],
    ['year-month', '2024年12月', 'December 2024'],
    ['month-day', '12月3日', 'December 3'],
    ['month', '12月', 'December'],
    ['year', '2024年', '2024'],
    ['day', '03', '03'],
    ['numeric', '12-03', '12-03'],
    ['datetime', '2024-12-03T10:55:52+08:00', '2024-12-03T10:55:52+08:00'],
  ])
})

test('a date is the authored calendar date in whatever zone', () => {
  for (const value of [
    '2024-12-31',
    '2024-12-31T00:00:00+14:00',
    '2024-12-31T23:59:59-12:00',
    '2024-12-31T12:00:00Z',
  ])
    assert.equal(formatDate(value, 'long', zh), '2024年12月31日')
})

test('no date is no text, a wrong date or format is an error', () => {
  assert.equal(formatDate(null, 'long', zh), '')
  assert.throws(() => formatDate('31.12.2024', 'long', zh), {
    message: 'date: "31.12.2024" is not a date like 2024-12-31 or 2024-12-31T10:00:00+08:00',
  })
  assert.throws(() => formatDate('2024-12-31', 'short', zh), {
    message:
      'date: there is no format "short"; there are long, iso, year-month, month-day, month, year, day, numeric, datetime',
  })
})

test('numbers are divided into thousands', () => {
  assert.deepEqual([0, 999, 1000, 12345, 1234567].map(formatNumber), [
    '0',
    '999',
    '1,000',
    '12,345',
    '1,234,567',
  ])
})

test('JSON for a script element cannot end the element, and reads back equal', () => {
  const value = { a: '</script><!--<script>', b: '\u2028\u2029', c: '<' }
  assert.equal(
    toScriptJson(value),
    '{"a":"\\u003c/script>\\u003c!--\\u003cscript>","b":"\\u2028\\u2029","c":"\\u003c"}',
  )
  assert.deepEqual(JSON.parse(toScriptJson(value)), value)
})

test('addresses as authors write them get the base path and are encoded once', () => {
  const rows = [
    '/archive/',
    '/标签/a b/',
    '/%E6%A0%87/',
    '/a/?q=1#第一',
    'https://a.cn/b',
    'mailto:a@b.cn',
    '#x',
    '//c.cn/',
  ]
  assert.deepEqual(
    rows.map((row) => hrefOfLink(row, '/blog/')),
    [
      '/blog/archive/',
      '/blog/%E6%A0%87%E7%AD%BE/a%20b/',
      '/blog/%E6%A0%87/',
      '/blog/a/?q=1#%E7%AC%AC%E4%B8%80',
      'https://a.cn/b',
      'mailto:a@b.cn',
      '#x',
      '//c.cn/',
    ],
  )
})

test('tags fall into tiers by how often, ordered by count, equals as they come', () => {
  const terms = [
    { key: 'b', count: 1 },
    { key: 'a', count: 1 },
    { key: 'go', count: 30 },
    { key: 'k8s', count: 3 },
    { key: 'py', count: 12 },
  ]
  assert.deepEqual(
    tiersOf(terms).map(({ name, terms }) => [name, terms.map(({ key }) => key).join(' ')]),
    [
      ['often', 'go py'],
      ['some', 'k8s'],
      ['once', 'b a'],
    ],
  )
  assert.deepEqual(tiersOf([]), [])
})

test('posts are grouped by year in their order, undated ones apart', () => {
  const posts = [
    { date: '2024-12-31' },
    { date: '2024-01-01T00:00:00+08:00' },
    { date: '2023-05-05' },
    { date: null },
  ]
  assert.deepEqual(
    yearsOf(posts).map(({ year, posts }) => [year, posts.length]),
    [
      ['2024', 2],
      ['2023', 1],
      ['', 1],
    ],
  )
})

test('the seal holds a short Han title whole, of others the first character', () => {
  assert.deepEqual(['跬步', '不积跬步', '跬步集', 'On Coding', 'émile', '👩‍💻 blog', ''].map(sealOf), [
    '跬步',
    '不积跬步',
    '跬',
    'O',
    'É',
    '👩‍💻',
    '',
  ])
})

test('text is cut by width, at a sentence end where one is near, never inside a grapheme', () => {
  assert.equal(takeColumns('短', 10), '短')
  assert.equal(takeColumns('第一句话。第二句话很长很长', 20), '第一句话。')
  assert.equal(takeColumns('一二三四五六七八九十', 10), '一二三四…')
  assert.equal(takeColumns('abcdefghij', 5), 'abcd…')
  assert.equal(takeColumns('a  b\n\nc', 10), 'a b c')
  assert.equal(takeColumns('家👨‍👩‍👧‍👦家家家', 5), '家…')
  assert.equal(takeColumns('cafe\u0301 noir', 5), 'cafe\u0301…')
  assert.equal(takeColumns('看 example.org 的第三页说了什么', 20), '看 example.org 的…')
  assert.equal(takeColumns('圆周率是 3.14 左右', 13), '圆周率是…')
  assert.equal(takeColumns('用 Kubernetes 部署', 10), '用…')
  assert.equal(takeColumns('One sentence. Another one.', 16), 'One sentence.')
  assert.equal(takeColumns('心❤️心❤️心❤️心', 10), '心❤️心❤️…')
})
