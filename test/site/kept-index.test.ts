import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexOfKept, type KeptIndex, keptIndexOf } from '../../src/site/kept-index.js'
import { config, doc, indexOf } from './sample.js'

const languages = { ...config, languages: ['en'] }

test('an Index that was kept says what it said', () => {
  const docs = [
    doc('posts/a.md', { date: '2024-01-01', tags: ['Go', '数据库'], series: 'S', categories: ['C'] }),
    doc('posts/b.md', {
      date: '2023-02-01',
      tags: ['go'],
      series: 'S',
      cover: '/b.png',
      data: { translationKey: 'k' },
    }),
    doc('posts/b.en.md', { date: '2023-02-01', lang: 'en', data: { translationKey: 'k' } }),
    doc('posts/later.md', { date: '2099-01-01' }),
    doc('posts/draft.md', { draft: true }),
    doc('posts/hidden.md', { unlisted: true, date: '2022-01-01' }),
    doc('projects/p.md', { weight: 2 }),
    doc('about.md'),
  ]
  const ledger = {
    former: new Map([['posts/a.md', ['/old/']]]),
    feedIds: new Map([['posts/a.md', 'tag:a']]),
    commentIds: new Map([['posts/a.md', '/old/']]),
  }
  for (const future of [false, true]) {
    const { index, metas } = indexOf(docs, languages, { drafts: future, future, ledger, blogroll: future })
    const kept = JSON.parse(JSON.stringify(keptIndexOf(index))) as KeptIndex
    const again = indexOfKept(kept, metas, languages)
    assert.deepEqual({ ...again }, { ...index })
    for (const id of metas.keys()) {
      assert.equal(again.lookup.place(id), index.lookup.place(id))
      assert.deepEqual(again.lookup.related(id, 5), index.lookup.related(id, 5))
      assert.deepEqual(again.lookup.translations(id), index.lookup.translations(id))
    }
    assert.deepEqual(again.lookup.term('tags', 'GO'), index.lookup.term('tags', 'GO'))
  }
})
