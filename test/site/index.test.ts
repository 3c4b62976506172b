import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meta } from '../../src/content/types.js'
import type { Index } from '../../src/site/types.js'
import { at, doc, indexOf, randomFrom } from './sample.js'

const day = 86_400_000

/** All that an index says of who is there. */
const shown = (index: Index) => ({
  posts: index.posts,
  pages: index.pages,
  projects: index.projects,
  published: index.published,
  marked: Object.fromEntries(index.marked),
})

test('posts come newest first, by instant and not by text', () => {
  const { index } = indexOf([
    doc('posts/a.md', { date: '2024-05-01T08:00:00+08:00' }),
    doc('posts/b.md', { date: '2024-05-01T01:00:00+00:00' }), // 09:00 in Shanghai
    doc('posts/c.md', { date: '2024-05-01' }),
    doc('posts/d.md', { date: '2024-05-02' }),
    doc('posts/e.md', { date: null }),
  ])
  assert.deepEqual(index.posts, ['posts/d.md', 'posts/b.md', 'posts/a.md', 'posts/c.md', 'posts/e.md'])
})

test('posts of one moment come by weight and then by id, whatever order they were found in', () => {
  const docs = [
    doc('posts/d.md', { weight: 1 }),
    doc('posts/c.md'),
    doc('posts/B.md'),
    doc('posts/a.md', { weight: -1 }),
    doc('posts/中.md'),
  ]
  const order = ['posts/a.md', 'posts/B.md', 'posts/c.md', 'posts/中.md', 'posts/d.md']
  assert.deepEqual(indexOf(docs).index.posts, order)
  assert.deepEqual(indexOf(docs.toReversed()).index.posts, order)
})

test('every list has the order of the posts', () => {
  const tagged = { tags: ['t'], categories: ['c'], series: 's' }
  const { index } = indexOf(['b', 'a', 'd', 'c'].map((name) => doc(`posts/${name}.md`, tagged)))
  const order = ['posts/a.md', 'posts/b.md', 'posts/c.md', 'posts/d.md']
  assert.deepEqual(
    [index.posts, index.tags[0]?.ids, index.categories[0]?.ids, index.series[0]?.ids, index.byYear.get(2024)],
    [order, order, order, order, order],
  )
})

test('pages come by weight, title and id; projects by weight and then newest first', () => {
  const { index } = indexOf([
    doc('b.md', { title: 'A' }),
    doc('a.md', { title: 'B' }),
    doc('c.md', { title: 'C', weight: -1 }),
    doc('projects/old.md', { date: '2020-01-01' }),
    doc('projects/new.md', { date: '2024-01-01' }),
    doc('projects/first.md', { weight: -1 }),
  ])
  assert.deepEqual(index.pages, ['c.md', 'b.md', 'a.md'])
  assert.deepEqual(index.projects, ['projects/first.md', 'projects/new.md', 'projects/old.md'])
})

const hidden: readonly Meta[] = [
  doc('posts/draft.md', { draft: true, tags: ['secret'] }),
  doc('posts/future.md', { date: '2025-06-02', tags: ['secret'] }),
  doc('posts/expired.md', { expires: '2025-06-01', tags: ['secret'] }),
  doc('posts/unlisted.md', { unlisted: true, tags: ['secret'], categories: ['secret'], series: 'secret' }),
  doc('posts/public.md', { expires: '2025-06-02' }),
  doc('draft.md', { draft: true }),
  doc('projects/future.md', { date: '2026-01-01' }),
]

test('drafts, future and expired documents are nowhere; the unlisted have a page only', () => {
  const { index } = indexOf(hidden)
  assert.deepEqual(shown(index), {
    posts: ['posts/public.md'],
    pages: [],
    projects: [],
    published: ['posts/public.md', 'posts/unlisted.md'],
    marked: {},
  })
  assert.deepEqual([index.tags, index.categories, index.series], [[], [], []])
  assert.deepEqual(
    [...index.urls],
    [
      ['posts/public.md', '/posts/public/'],
      ['posts/unlisted.md', '/posts/unlisted/'],
    ],
  )
})

test('drafts and future documents that were asked for are listed and marked; the expired stay away', () => {
  assert.deepEqual(shown(indexOf(hidden, {}, { drafts: true, future: true }).index), {
    posts: ['posts/future.md', 'posts/draft.md', 'posts/public.md'],
    pages: ['draft.md'],
    projects: ['projects/future.md'],
    published: [
      'draft.md',
      'posts/draft.md',
      'posts/future.md',
      'posts/public.md',
      'posts/unlisted.md',
      'projects/future.md',
    ],
    marked: {
      'draft.md': 'draft',
      'posts/draft.md': 'draft',
      'posts/future.md': 'future',
      'projects/future.md': 'future',
    },
  })
})

test('a post of today is public from the first moment of the day in the site’s zone', () => {
  const today = [doc('posts/today.md', { date: '2025-06-02' })]
  const midnight = Date.UTC(2025, 5, 1, 16) // 00:00 in Shanghai
  assert.deepEqual(indexOf(today, {}, { at: midnight - 1 }).index.posts, [])
  assert.deepEqual(indexOf(today, {}, { at: midnight }).index.posts, ['posts/today.md'])
})

test('the next change is the first moment at which something appears or expires', () => {
  const next = (docs: readonly Meta[], options = {}) => indexOf(docs, {}, options).index.nextChange
  const iso = (offset: number) => new Date(at + offset).toISOString().replace('.000Z', '+00:00')
  assert.equal(next([doc('posts/a.md')]), null)
  assert.equal(
    next([
      doc('posts/a.md', { date: iso(3 * day) }),
      doc('posts/b.md', { expires: iso(2 * day) }),
      doc('posts/draft.md', { draft: true, date: iso(day) }),
      doc('posts/gone.md', { expires: iso(-day) }),
    ]),
    at + 2 * day,
  )
  assert.equal(next([doc('posts/a.md', { draft: true, date: iso(day) })], { drafts: true }), at + day)
})

test('a year is that of the authored date', () => {
  const { index } = indexOf([
    doc('posts/a.md', { date: '2024-01-01T00:30:00+08:00' }), // still 2023 in UTC
    doc('posts/b.md', { date: '2023-12-31' }),
    doc('posts/c.md', { date: null }),
  ])
  assert.deepEqual(
    [...index.byYear],
    [
      [2024, ['posts/a.md']],
      [2023, ['posts/b.md']],
    ],
  )
})

test('neither order of discovery nor a second build changes the index', () => {
  const random = randomFrom(7)
  const docs = Array.from({ length: 200 }, (_, i) =>
    doc(`posts/${i}.md`, {
      date: random() < 0.1 ? null : `2024-0${1 + Math.floor(random() * 3)}-0${1 + Math.floor(random() * 3)}`,
      tags: ['Go', 'go', 'GO', 'C', 'c++'].filter(() => random() < 0.4),
      weight: Math.floor(random() * 2),
    }),
  )
  const shuffled = docs
    .map((meta) => ({ meta, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ meta }) => meta)
  assert.deepEqual(indexOf(shuffled).index, indexOf(docs).index)
})

test('ten thousand posts are indexed in well under a second', () => {
  const docs = Array.from({ length: 10_000 }, (_, i) =>
    doc(`posts/${i}.md`, {
      date: `20${10 + (i % 15)}-0${1 + (i % 9)}-1${i % 10}T10:00:00+08:00`,
      tags: [`tag ${i % 300}`, 'common'],
    }),
  )
  indexOf(docs)
  const start = performance.now()
  indexOf(docs)
  const ms = performance.now() - start
  assert.ok(ms < 700, `${ms} ms`)
  console.log(`index of 10,000 posts: ${ms.toFixed(1)} ms`)
})
