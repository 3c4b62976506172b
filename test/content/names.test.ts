import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMeta } from '../../src/content/meta.js'
import { nameIn } from '../../src/content/names.js'
import { slugsOf } from '../../src/site/terms.js'
import { makeRandom } from '../incremental/random-site.js'
import { configOf } from './cases.js'

const names = [
  '数据库',
  '从Pingora到API网关：总结',
  'Straße café',
  '重庆',
  'C++',
  'かな',
  '“引用”。',
  'naïve-e\u0301',
]

test('names are as they are, in pinyin, or in ASCII', () => {
  assert.deepEqual(
    names.map((name) => [nameIn('unicode', name), nameIn('pinyin', name), nameIn('ascii', name)]),
    [
      ['数据库', 'shu-ju-ku', 'shu-ju-ku'],
      [
        '从Pingora到API网关：总结',
        'cong-Pingora-dao-API-wang-guan：zong-jie',
        'cong-Pingora-dao-API-wang-guan:zong-jie',
      ],
      ['Straße café', 'Straße café', 'Strasse cafe'],
      ['重庆', 'chong-qing', 'chong-qing'],
      ['C++', 'C++', 'C++'],
      ['かな', 'かな', ''],
      ['“引用”。', '“yin-yong”。', 'yin-yong'],
      ['naïve-e\u0301', 'naïve-é', 'naive-e'],
    ],
  )
})

test('a name made twice is the name made once', () => {
  for (const slugs of ['unicode', 'pinyin', 'ascii'] as const)
    for (const name of names) {
      const once = nameIn(slugs, name)
      assert.equal(nameIn(slugs, once), once)
    }
})

test('file names, titles and folders become addresses in those letters; what is typed stays', () => {
  const urlOf = (slugs: 'unicode' | 'pinyin' | 'ascii', id: string, front: string, pattern: string) =>
    readMeta(id, (path) => (path === `content/${id}` ? `---\n${front}\n---\n` : undefined), {
      ...configOf({ posts: pattern }),
      slugs,
    }).meta?.url
  const id = 'posts/随笔/2024-01-02-我的2024.md'
  assert.deepEqual(
    [
      urlOf('unicode', id, 'title: 总结', '/:sections/:slug/'),
      urlOf('pinyin', id, 'title: 总结', '/:sections/:slug/'),
      urlOf('ascii', id, 'title: 总结', '/:year/:title/'),
      urlOf('pinyin', id, 'title: 总结', '/:filename/'),
      urlOf('pinyin', id, 'title: 总结\nslug: 手写', '/:slug/'),
      urlOf('pinyin', id, 'title: 总结\npermalink: /手写/', '/:slug/'),
    ],
    [
      '/posts/随笔/我的2024/',
      '/posts/sui-bi/wo-de-2024/',
      '/2024/zong-jie/',
      '/2024-01-02-wo-de-2024/',
      '/手写/',
      '/手写/',
    ],
  )
})

test('distinct tags have distinct slugs in any letters, and what is its own slug keeps it', () => {
  const random = makeRandom(11)
  const parts = ['数据库', '数剧库', 'shu-ju-ku', 'é', 'e', 'か', 'き', '重', 'c++', 'c#', '-', '2', '。']
  for (const slugs of ['unicode', 'pinyin', 'ascii'] as const)
    for (let round = 0; round < 40; round++) {
      const keys = [
        ...new Set(
          Array.from({ length: 10 }, () =>
            Array.from({ length: 1 + random.below(3) }, () => random.pick(parts)).join(''),
          ),
        ),
      ]
      const given = slugsOf(keys, new Map(), slugs)
      const folded = [...given.values()].map((slug) => slug.normalize('NFC').toLowerCase())
      assert.equal(new Set(folded).size, keys.length, keys.join(' '))
      if (keys.includes('shu-ju-ku')) assert.equal(given.get('shu-ju-ku'), 'shu-ju-ku')
    }
})
