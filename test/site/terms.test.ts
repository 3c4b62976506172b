import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foldName, foldTerm, slugOfTerm, slugsOf, termsOf } from '../../src/site/terms.js'
import { randomFrom } from './sample.js'

const folded: readonly [typed: string, key: string, slug: string][] = [
  ['C', 'c', 'c'],
  ['C++', 'c++', 'c++'],
  ['Ｃ＋＋', 'c++', 'c++'],
  ['C#', 'c#', 'c#'],
  ['.NET', '.net', '.net'],
  ['MySQL', 'mysql', 'mysql'],
  ['  Machine   Learning ', 'machine learning', 'machine-learning'],
  ['Machine\u3000Learning', 'machine learning', 'machine-learning'],
  ['数据库', '数据库', '数据库'],
  ['ﾊﾟﾝ', 'パン', 'パン'],
  ['Cafe\u0301', 'café', 'café'],
  ['a/b', 'a/b', 'a-b'],
  ['a／b', 'a/b', 'a-b'],
  ['..\\..\\etc', '..\\..\\etc', '..-..-etc'],
  ['.', '.', 'dot'],
  ['..', '..', 'dot'],
  ['…', '...', 'dot'],
  ['/', '/', 'term'],
  ['what?', 'what?', 'what'],
  ['etc.', 'etc.', 'etc'],
  ['CON', 'con', 'con_'],
  ['com1.x', 'com1.x', 'com1_.x'],
  ['a\u200bb', 'ab', 'ab'],
  ['a\u0000b', 'a\u0000b', 'a-b'],
  ['👩‍💻', '👩‍💻', '👩‍💻'],
  ['İ', 'i̇', 'i̇'],
  ['100%', '100%', '100%'],
  ['node.js', 'node.js', 'node.js'],
]

test('each spelling has one key and one safe slug', () => {
  assert.deepEqual(
    folded.map(([typed]) => [typed, foldTerm(typed), slugOfTerm(foldTerm(typed))]),
    folded,
  )
})

test('a slug is no longer than a file name may be, and is cut between characters', () => {
  assert.equal(slugOfTerm('库'.repeat(300)), '库'.repeat(66))
})

test('the most used spelling is shown, and of equals that of the newest post', () => {
  const names = (bearers: readonly [string, readonly string[]][]) =>
    termsOf(bearers, '/tags/').map((term) => term.name)
  assert.deepEqual(
    names([
      ['c', ['mysql']],
      ['b', ['MySQL']],
      ['a', ['MySQL']],
    ]),
    ['MySQL'],
  )
  assert.deepEqual(
    names([
      ['b', ['Mysql']],
      ['a', ['MySQL']],
    ]),
    ['Mysql'],
  )
})

test('a post that bears two spellings of one term stands in it once', () => {
  assert.deepEqual(termsOf([['a', ['Go', 'go', 'ＧＯ', '', ' ']]], '/tags/'), [
    { key: 'go', name: 'Go', slug: 'go', url: '/tags/go/', ids: ['a'] },
  ])
})

test('C, C++, C#, .NET stay apart and come in the order of their keys', () => {
  assert.deepEqual(
    termsOf([['a', ['C', 'C++', 'C#', '.NET']]], '/tags/').map((term) => term.url),
    ['/tags/.net/', '/tags/c/', '/tags/c#/', '/tags/c++/'],
  )
})

test('of two terms that want one slug, the one that is spelt like it has it', () => {
  assert.deepEqual(
    [...slugsOf(['a b', 'a-b', 'a/b'], new Map())],
    [
      ['a-b', 'a-b'],
      ['a b', 'a-b-2'],
      ['a/b', 'a-b-3'],
    ],
  )
})

test('a slug that the author chose wins and keeps its case, in whatever spelling he named the tag', () => {
  const terms = termsOf([['a', ['C++', 'cpp', 'Front End']]], '/tags/', {
    'Ｃ＋＋': 'CPP',
    'front  end': '前端',
  })
  assert.deepEqual(
    terms.map(({ key, slug }) => [key, slug]),
    [
      ['c++', 'CPP'],
      ['cpp', 'cpp-2'],
      ['front end', '前端'],
    ],
  )
})

test('slugs that a file system takes for one are told apart', () => {
  assert.deepEqual(
    [...slugsOf(['ss', 'ß'], new Map())].map(([, slug]) => slug),
    ['ss', 'ß-2'],
  )
})

test('random terms: distinct keys have distinct slugs on any disk, and none leaves its folder', () => {
  const seed = 20240501
  const random = randomFrom(seed)
  const pieces = [
    ...'abcABC012./\\ :*?"<>|+#-_%ßſςσΣİıÅÅ…／．Ｃ中文\u0000\u001f\u0301\u200b\ud800',
    'con',
    '..',
    '.',
  ]
  const keys = new Set<string>()
  for (let i = 0; i < 3000; i++) {
    const length = 1 + Math.floor(random() * 5)
    const key = foldTerm(Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join(''))
    if (key !== '') keys.add(key)
  }
  const slugs = [...slugsOf([...keys].sort(), new Map()).values()]
  assert.equal(new Set(slugs.map(foldName)).size, keys.size, `seed ${seed}`)
  for (const slug of slugs) {
    assert.match(slug, /^(?!\.+$)[^/\\:*?"<>|\p{Cc}\s]+$/u)
    assert.equal(slug, slug.normalize('NFC'))
    assert.ok(slug.isWellFormed())
  }
})

test('every ASCII character folds as Unicode says', () => {
  for (let code = 0; code < 0x80; code++) {
    const name = `a${String.fromCharCode(code)}-1`
    assert.equal(foldName(name), name.normalize('NFC').toUpperCase().toLowerCase(), `U+${code.toString(16)}`)
  }
})
