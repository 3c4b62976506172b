import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meta } from '../../src/content/types.js'
import { record } from '../../src/engine/reads.js'
import type { Json } from '../../src/json.js'
import { makeAsk } from '../../src/site/ask.js'
import { queries } from '../../src/site/queries.js'
import { doc, indexOf } from './sample.js'

/** Asks `question` of a site made of `docs`. */
function ask(docs: readonly Meta[], name: string, ...args: readonly Json[]): Json {
  const { index, metas } = indexOf(docs)
  return queries[name]?.(index, metas, ...args) ?? null
}

const three = [
  doc('posts/a.md', { date: '2024-01-01' }),
  doc('posts/b.md', { date: '2024-02-01' }),
  doc('posts/c.md', { date: '2024-03-01' }),
  doc('posts/hidden.md', { date: '2024-02-15', draft: true, tags: ['go'] }),
  doc('posts/unlisted.md', { date: '2024-02-16', unlisted: true, tags: ['go'] }),
  doc('about.md'),
]

test('the names of the queries are exactly these', () => {
  assert.deepEqual(Object.keys(queries).sort(), [
    'categories',
    'categorised',
    'commentId',
    'commentTerm',
    'description',
    'feedIds',
    'hasBlogroll',
    'hasProjects',
    'near',
    'pages',
    'postProjects',
    'posts',
    'projectPosts',
    'projects',
    'recent',
    'related',
    'series',
    'seriesPosts',
    'status',
    'tagged',
    'tags',
    'terms',
    'translations',
    'years',
  ])
})

test('no query throws, whatever it is asked', () => {
  const { index, metas } = indexOf(three)
  for (const query of Object.values(queries))
    for (const arg of [undefined, null, -1, Number.NaN, 'x', [], {}, true, '\ud800'])
      assert.notEqual(query(index, metas, arg as Json, arg as Json), undefined)
})

test('recent gives the newest, none for a count that is none', () => {
  assert.deepEqual(ask(three, 'recent', 2), ['posts/c.md', 'posts/b.md'])
  assert.deepEqual(ask(three, 'recent', 0), [])
  assert.deepEqual(ask(three, 'recent', 'two'), [])
})

test('near gives the neighbours in the order of the posts and nothing of hidden ones', () => {
  assert.deepEqual(ask(three, 'near', 'posts/c.md'), { newer: null, older: 'posts/b.md' })
  assert.deepEqual(ask(three, 'near', 'posts/b.md'), { newer: 'posts/c.md', older: 'posts/a.md' })
  assert.deepEqual(ask(three, 'near', 'posts/a.md'), { newer: 'posts/b.md', older: null })
  for (const id of ['posts/hidden.md', 'posts/unlisted.md', 'about.md', 'nothing'])
    assert.deepEqual(ask(three, 'near', id), { newer: null, older: null })
})

test('tagged takes any spelling; a tag of hidden posts only does not exist', () => {
  const docs = [...three, doc('posts/my.md', { tags: ['MySQL'] })]
  assert.deepEqual(ask(docs, 'tagged', 'ｍｙＳＱＬ '), ['posts/my.md'])
  assert.deepEqual(ask(docs, 'tagged', 'go'), [])
  assert.deepEqual(ask(docs, 'tags'), [
    { key: 'mysql', name: 'MySQL', slug: 'mysql', url: '/tags/mysql/', count: 1 },
  ])
})

test('terms of a document carry no counts, agree with the tag pages and leave out what has none', () => {
  const docs = [
    doc('posts/a.md', { tags: ['mysql', 'Go'], categories: ['库'], date: '2024-01-01' }),
    doc('posts/b.md', { tags: ['MySQL'], date: '2024-02-01' }),
    doc('about.md', { tags: ['MYSQL', 'mysql', 'lonely'] }),
  ]
  const mysql = { key: 'mysql', name: 'MySQL', slug: 'mysql', url: '/tags/mysql/' }
  assert.deepEqual(ask(docs, 'terms', 'posts/a.md'), {
    tags: [mysql, { key: 'go', name: 'Go', slug: 'go', url: '/tags/go/' }],
    categories: [{ key: '库', name: '库', slug: '库', url: '/categories/库/' }],
  })
  assert.deepEqual(ask(docs, 'terms', 'about.md'), { tags: [mysql], categories: [] })
})

test('years count listed posts, newest year first', () => {
  assert.deepEqual(ask([...three, doc('posts/old.md', { date: '2019-01-01' })], 'years'), [
    { year: 2024, count: 3, url: '/archive/2024/' },
    { year: 2019, count: 1, url: '/archive/2019/' },
  ])
})

test('a series is read from its first post', () => {
  const docs = three.map((meta) => ({ ...meta, series: 'S' }))
  assert.deepEqual(ask(docs, 'seriesPosts', 'posts/b.md'), ['posts/a.md', 'posts/b.md', 'posts/c.md'])
  assert.deepEqual(ask(three, 'seriesPosts', 'posts/b.md'), [])
})

test('a post names its projects or a project names its posts: both sides see it', () => {
  const docs = [
    doc('posts/a.md', { projects: ['PingSIX'] }),
    doc('posts/b/index.md', { slug: 'b' }),
    doc('posts/c.md', { projects: ['nothing'] }),
    doc('posts/draft.md', { projects: ['pingsix'], draft: true }),
    doc('projects/pingsix/index.md', { slug: 'pingsix', data: { posts: ['b', 'draft'] } }),
    doc('projects/secret.md', { draft: true, data: { posts: ['a'] } }),
  ]
  assert.deepEqual(ask(docs, 'projectPosts', 'projects/pingsix/index.md'), ['posts/a.md', 'posts/b/index.md'])
  assert.deepEqual(ask(docs, 'postProjects', 'posts/a.md'), ['projects/pingsix/index.md'])
  assert.deepEqual(ask(docs, 'postProjects', 'posts/b/index.md'), ['projects/pingsix/index.md'])
  assert.deepEqual(ask(docs, 'postProjects', 'posts/c.md'), [])
})

test('related posts share a rare tag before a common one, a series before both; hidden posts never', () => {
  const docs = [
    doc('posts/this.md', { tags: ['common', 'rare'], series: 'S', title: '甲' }),
    doc('posts/series.md', { series: 'S', title: '乙' }),
    doc('posts/rare.md', { tags: ['rare', 'common'], title: '丙' }),
    doc('posts/common.md', { tags: ['common'], title: '丁' }),
    doc('posts/common2.md', { tags: ['Common'], title: '戊' }),
    doc('posts/other.md', { tags: ['else'], title: '己' }),
    doc('posts/draft.md', { tags: ['common', 'rare'], series: 'S', draft: true, title: '甲' }),
    doc('posts/unlisted.md', { tags: ['common', 'rare'], series: 'S', unlisted: true, title: '甲' }),
  ]
  assert.deepEqual(ask(docs, 'related', 'posts/this.md', 9), [
    'posts/series.md',
    'posts/rare.md',
    'posts/common.md',
    'posts/common2.md',
  ])
  assert.deepEqual(ask(docs, 'related', 'posts/this.md', 1), ['posts/series.md'])
  assert.deepEqual(ask(docs, 'related', 'posts/other.md', 9), [])
  assert.deepEqual(
    ask(docs.toReversed(), 'related', 'posts/this.md', 9),
    ask(docs, 'related', 'posts/this.md', 9),
  )
})

test('two words of a title make posts related, one does not; Chinese counts in pairs of characters', () => {
  const docs = [
    doc('posts/a.md', { title: '从 Pingora 到 API 网关总结' }),
    doc('posts/b.md', { title: 'Pingora API: a primer' }),
    doc('posts/c.md', { title: 'The API' }),
    doc('posts/d.md', { title: '网关总论' }),
    doc('posts/e.md', { title: '我的 2024' }),
  ]
  assert.deepEqual(ask(docs, 'related', 'posts/a.md', 9), ['posts/d.md', 'posts/b.md'])
})

test('of a mark on very many posts only the nearest in time are looked at', () => {
  const docs = Array.from({ length: 1000 }, (_, i) =>
    doc(`posts/${String(i).padStart(4, '0')}.md`, {
      title: '.',
      tags: ['all'],
      date: `20${10 + Math.floor(i / 100)}-01-01`,
    }),
  )
  const found = ask(docs, 'related', 'posts/0500.md', 1000) as string[]
  const { index } = indexOf(docs)
  const own = index.posts.indexOf('posts/0500.md')
  assert.deepEqual(
    found,
    index.posts.slice(own - 100, own + 100).filter((id) => id !== 'posts/0500.md'),
  )
})

test('an id that an author chose for feeds belongs to the oldest post that claims it', () => {
  const docs = [
    doc('posts/a.md', { date: '2024-01-01', data: { guid: 'urn:x' } }),
    doc('posts/b.md', { date: '2024-02-01', data: { guid: 'urn:x' } }),
    doc('posts/c.md', { date: '2024-03-01', data: { id: ' http://old.example/c ' } }),
    doc('posts/d.md', { date: '2024-04-01', data: { guid: 'https://example.org/blog/posts/a/' } }),
    doc('posts/e.md', { date: '2024-05-01', data: { id: 17 } }),
    doc('posts/draft.md', { draft: true, data: { guid: 'urn:draft' } }),
  ]
  assert.deepEqual(ask(docs, 'feedIds'), { 'posts/a.md': 'urn:x', 'posts/c.md': 'http://old.example/c' })
})

test('an argument that a query does not take is no other question', async () => {
  const { index, metas } = indexOf(three)
  const { query } = makeAsk(index, metas, queries, { own: (_index, _metas, ...args) => args })
  const { reads } = await record(() => [
    query('near', 'posts/b.md', 'x'),
    query('posts', 1),
    query('own', 1, 2),
  ])
  assert.deepEqual(reads, ['query:near?["posts/b.md"]', 'query:posts?[]', 'query:own?[1,2]'])
})
