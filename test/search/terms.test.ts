import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  eachTerm,
  fold,
  inWord,
  places,
  readPostings,
  shardOf,
  wantedOf,
  writePosting,
} from '../../layouts/scripts/search-terms.js'
import { makeRandom } from '../incremental/random-site.js'

const folded = (text: string): string => fold(text).text
const termsOf = (text: string): string => {
  const terms: string[] = []
  eachTerm(folded(text), (term) => terms.push(term))
  return terms.join(' ')
}
const wanted = (piece: string, whole = false): string =>
  wantedOf(folded(piece), whole)
    .map(({ term, open, triple }) => term + (open ? '…' : '') + (triple && `(${triple})`))
    .join(' ')

test('full width is half width, capitals are small, blanks are one', () => {
  assert.deepEqual(
    ['ＲＵＳＴ　Ｃ＋＋', 'Rust\t\n  Go', ' a ', '，。：', 'ﬁ ㎏ ①', 'İ', 'ｶﾞｷﾞ', 'e\u0301É'].map(folded),
    ['rust c++', 'rust go', 'a', ',。:', 'fi kg 1', 'i̇', 'ガギ', 'éé'],
  )
})

test('a blank between Han and Latin is none, between Han characters it stays', () => {
  assert.deepEqual(
    ['用 Rust 写', 'SQLite 查询', '使用 .NET', 'C++ 语言', '中国 人民', 'a b', '한국어 글'].map(folded),
    ['用rust写', 'sqlite查询', '使用.net', 'c++语言', '中国 人民', 'a b', '한국어 글'],
  )
})

test('what is seen of nothing is nothing', () => {
  assert.equal(folded('数\u200b据\u00ad库\ufe0f'), '数据库')
})

test('every unit knows where it stood', () => {
  const { text, at } = fold('Ａ ﬁ 数𠮷é')
  assert.deepEqual(
    [...text].map((_, i) => at[i]),
    [...text].map((_, i) => at[i]),
  )
  assert.deepEqual([text, at], ['a fi数𠮷é', [0, 1, 2, 2, 4, 5, 5, 7, 8]])
})

test('terms are characters, pairs and triples of Han, words with their first two letters, signs that make names', () => {
  assert.deepEqual(
    ['数据库', 'Rust', 'C++', 'C# F#', 'asp.net', 'k8s', 'go', '1.70', 'かな漢', '->'].map(termsOf),
    [
      '数 据 数据 库 据库 数据库',
      'rust ru*',
      'c c++',
      'c c# f f#',
      'asp as* net ne* .net',
      'k8s k8*',
      'go go*',
      '1 70 70* .70',
      'か な かな 漢 な漢 かな漢',
      '',
    ],
  )
})

test('what is looked up: pairs of Han, words, and beginnings where a word may go on', () => {
  assert.deepEqual(
    ['数', '数据', '数据库', 'rust', 'go', 'c', 'C++', '.net', 'asp.net', 'SQLite查询', '查询rust', '->'].map(
      (piece) => wanted(piece),
    ),
    [
      '数',
      '数据',
      '数据(数据库)',
      'rust…',
      'go*',
      'c',
      'c++',
      '.net…',
      'asp .net…',
      'sqlite 查询',
      '查询 rust…',
      '',
    ],
  )
  assert.deepEqual(
    ['rust', 'go', '.net'].map((piece) => wanted(piece, true)),
    ['rust', 'go', '.net'],
  )
})

test('whatever piece of a text is looked up, the text has its terms', () => {
  const random = makeRandom(3)
  const alphabet = [...'数据库查询ab1+#. cかな-_/é한', '++', '.net']
  for (let round = 0; round < 3000; round++) {
    const text = folded(Array.from({ length: 12 }, () => random.pick(alphabet)).join(''))
    const start = random.below(Math.max(1, text.length))
    const piece = text.slice(start, start + 1 + random.below(6)).trim()
    // Only what is found at all: from the beginning of a word, a single letter or a quoted one to its end.
    const at = text.indexOf(piece)
    const whole = random.below(2) === 0
    const needsEnd = inWord(piece.at(-1)) && (whole || !inWord(piece.at(-2)))
    if (
      piece === '' ||
      (inWord(piece[0]) && inWord(text[at - 1])) ||
      (needsEnd && inWord(text[at + piece.length]))
    )
      continue
    const terms = new Set<string>()
    eachTerm(text, (term) => terms.add(term))
    for (const { term, open, triple } of wantedOf(piece, whole)) {
      const found = open ? [...terms].some((other) => other.startsWith(term)) : terms.has(term)
      assert.ok(found && (triple === '' || terms.has(triple)), `${text} / ${piece}: ${term} ${triple}`)
    }
  }
})

test('a shard holds a pair with its triples, and a word with all that begin like it', () => {
  for (const [a, b] of [
    ['数据', '数据库'],
    ['con', 'config'],
    ['.ne', '.net'],
  ] as const)
    assert.equal(shardOf(a, 256), shardOf(b, 256))
})

test('postings are read as they were written', () => {
  const random = makeRandom(5)
  for (let round = 0; round < 200; round++) {
    const written = new Map<number, number>()
    let before = -1
    let text = ''
    for (let i = 0; i < 20; i++) {
      const document = before + 1 + random.below([3, 40, 5000][random.below(3)]!)
      const where = 1 + random.below(places.body + places.heading + places.tag + places.title)
      text += writePosting(before, document, where)
      written.set(document, where)
      before = document
    }
    assert.match(text, /^[0-~]+$/)
    const read = new Map<number, number>()
    readPostings(text, read)
    assert.deepEqual(read, written)
  }
})
