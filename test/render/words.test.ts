import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dictionaries, dictionaryOf, translate, wordsFor } from '../../src/render/words.js'

test('every language has every word, and none is empty', () => {
  const keys = Object.keys(dictionaries['zh-CN'] ?? {})
  for (const [name, words] of Object.entries(dictionaries)) {
    assert.deepEqual(Object.keys(words), keys, name)
    for (const key of keys) assert.notEqual(translate(words, key, [1, 2, 3]).trim(), '', `${name}: ${key}`)
  }
})

test('words with figures show every figure that the Chinese ones show', () => {
  const zh = dictionaries['zh-CN']!
  for (const [name, words] of Object.entries(dictionaries))
    for (const key of Object.keys(zh)) {
      if (key.startsWith('date-')) continue
      for (const figure of translate(zh, key, [7, 8]).match(/[78]/g) ?? [])
        assert.ok(translate(words, key, [7, 8]).includes(figure), `${name}: ${key}`)
    }
})

test('a language finds its dictionary by its parts', () => {
  const rows = [
    'zh',
    'zh-CN',
    'zh-Hans-SG',
    'zh-TW',
    'zh-Hant',
    'zh-HK',
    'en',
    'en-GB',
    'ja-JP',
    'ko',
    'fr',
    '',
    'constructor',
  ]
  assert.deepEqual(rows.map(dictionaryOf), [
    'zh-CN',
    'zh-CN',
    'zh-CN',
    'zh-TW',
    'zh-TW',
    'zh-TW',
    'en',
    'en',
    'ja',
    'ko',
    undefined,
    undefined,
    undefined,
  ])
})

test('a page in a language without words speaks the site’s, and else English', () => {
  assert.equal(wordsFor('fr', 'zh-CN').archive, '归档')
  assert.equal(wordsFor('fr', 'de').archive, 'Archive')
})

test('English counts in singular and plural', () => {
  const en = dictionaries['en']!
  assert.deepEqual(
    [0, 1, 2].map((n) => translate(en, 'post-count', [n])),
    ['0 posts', '1 post', '2 posts'],
  )
})

test('a word that the dictionary does not have is an error with the nearest one', () => {
  assert.throws(() => translate(wordsFor('en', 'en'), 'archiv', []), {
    message: 'the dictionary has no word "archiv"; did you mean "archive"?',
  })
  assert.throws(() => translate(wordsFor('en', 'en'), 'toString', []), /has no word "toString"/)
})
