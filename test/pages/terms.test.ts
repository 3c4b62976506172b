import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tagPages } from '../../src/pages/tags.js'
import { categoryPages, seriesPages } from '../../src/pages/terms.js'
import { config } from '../site/sample.js'
import { brief, feeds, plan, posts, small } from './planned.js'

test('a tag has one folder, further pages, and its feed beside the site’s', () => {
  const docs = posts(3, () => ({ tags: ['C++'] }))
  const basics = { kind: 'tag', title: 'C++', description: '', noindex: false }
  const term = { key: 'c++', name: 'C++', slug: 'c++', url: '/tags/c++/', count: 3 }
  const pages = plan(tagPages, docs, small)
  assert.deepEqual(pages.map(brief), [
    {
      url: '/tags/',
      make: 'tags',
      props: { kind: 'tags', title: '', description: '', noindex: false },
    },
    {
      url: '/tags/c++/',
      make: 'tag',
      props: {
        ...basics,
        ids: ['posts/0.md', 'posts/1.md'],
        pager: { number: 1, total: 2, first: true, newer: '', older: '/tags/c++/page/2/' },
        term,
      },
    },
    {
      url: '/tags/c++/page/2/',
      make: 'tag',
      props: {
        ...basics,
        ids: ['posts/2.md'],
        pager: { number: 2, total: 2, first: false, newer: '/tags/c++/', older: '' },
        term,
      },
    },
  ])
  assert.deepEqual(pages[1]?.props['feeds'], [
    ...feeds,
    { title: 'C++ · 跬步 · RSS', url: '/tags/c++/feed.xml', type: 'application/rss+xml' },
  ])
  const quiet = plan(tagPages, docs, { feeds: { ...config.feeds, tags: false } })
  assert.deepEqual(quiet[1]?.props['feeds'], feeds)
})

test('categories and series exist where they are used; a series begins with its first post', () => {
  const docs = posts(3, () => ({ categories: ['随笔'], series: 'Pingora' }))
  const basics = { description: '', noindex: false }
  assert.deepEqual(plan(categoryPages, docs, small).map(brief).slice(0, 2), [
    { url: '/categories/', make: 'tags', props: { kind: 'categories', title: '', ...basics } },
    {
      url: '/categories/随笔/',
      make: 'tag',
      props: {
        kind: 'category',
        title: '随笔',
        ...basics,
        ids: ['posts/0.md', 'posts/1.md'],
        pager: { number: 1, total: 2, first: true, newer: '', older: '/categories/随笔/page/2/' },
        term: { key: '随笔', name: '随笔', slug: '随笔', url: '/categories/随笔/', count: 3 },
      },
    },
  ])
  const term = { key: 'pingora', name: 'Pingora', slug: 'pingora', url: '/series/pingora/', count: 3 }
  assert.deepEqual(plan(seriesPages, docs, small).map(brief), [
    { url: '/series/', make: 'tags', props: { kind: 'seriesIndex', title: '', ...basics } },
    {
      url: '/series/pingora/',
      make: 'tag',
      props: {
        kind: 'series',
        title: 'Pingora',
        ...basics,
        ids: ['posts/2.md', 'posts/1.md'],
        pager: { number: 1, total: 2, first: true, newer: '/series/pingora/page/2/', older: '' },
        term,
      },
    },
    {
      url: '/series/pingora/page/2/',
      make: 'tag',
      props: {
        kind: 'series',
        title: 'Pingora',
        ...basics,
        ids: ['posts/0.md'],
        pager: { number: 2, total: 2, first: false, newer: '', older: '/series/pingora/' },
        term,
      },
    },
  ])
})
