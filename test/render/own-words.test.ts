import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkWords } from '../../src/check-words.js'
import { makeDictionary } from '../../src/render/own-words.js'
import { translate } from '../../src/render/words.js'

const dictionary = makeDictionary({
  fr: { archive: 'Archives', 'post-count': '{0} billets', 'date-long': '{2} {month} {0}' },
  'zh-CN': { archive: '旧文' },
})

test('a language of the site’s own has its words, and English for those that are missing', () => {
  const words = dictionary.of('fr-CA', 'zh-CN')
  assert.deepEqual(
    [words.archive, words.tags, translate(words, 'post-count', [3]), words['date-long'](2024, 2, 9)],
    ['Archives', 'Tags', '3 billets', '9 février 2024'],
  )
  assert.deepEqual(['fr', 'FR-ca', 'zh-CN', 'en', 'de'].map(dictionary.has), [true, true, true, true, false])
})

test('single words stand in for ours, and only in their language', () => {
  assert.deepEqual(
    ['zh-CN', 'zh-TW', 'de'].map((lang) => dictionary.of(lang, 'zh-CN').archive),
    ['旧文', '彙整', '旧文'],
  )
  assert.equal(dictionary.of('zh-CN', 'zh-CN').tags, '标签')
})

test('an unknown word is an error with the nearest one, missing ones are one warning', () => {
  const text =
    "export default {\n  words: {\n    fr: { archiv: 'Archives' },\n    en: { archive: 'All' },\n  },\n}\n"
  const problems = checkWords({ fr: { archiv: 'Archives' }, en: { archive: 'All' } }, 'site.config.ts', text)
  assert.deepEqual(
    problems.map(({ severity, code, line, column, found, fix }) => [
      severity,
      code,
      line,
      column,
      found,
      fix,
    ]),
    [
      ['error', 'config/unknown-word', 3, 11, 'archiv', 'write archive'],
      ['warning', 'config/missing-words', 3, 5, undefined, undefined],
    ],
  )
})
