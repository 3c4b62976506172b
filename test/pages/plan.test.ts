import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meta } from '../../src/content/types.js'
import { ProblemError } from '../../src/errors.js'
import type { Page } from '../../src/pages/page.js'
import { type Feature, featuresWith, planPages } from '../../src/pages/plan.js'
import { doc, indexOf } from '../site/sample.js'

const page = (url: string): Page => ({ url, by: 'mine', props: {}, make: { template: 'x' } })
const feature = (...urls: readonly string[]): Feature => ({ name: 'mine', pages: () => urls.map(page) })

function planOf(docs: readonly Meta[], plugins: readonly Feature[] = []) {
  const { index, metas } = indexOf(docs)
  return planPages(index, metas, featuresWith(plugins))
}

const faults = (docs: readonly Meta[], plugins: readonly Feature[] = []) =>
  planOf(docs, plugins).problems.map((problem) => problem.what)

test('a small site has exactly these pages, in this order', () => {
  const docs = [
    doc('about.md'),
    doc('posts/a.md', { tags: ['Go'], categories: ['C'], series: 'S', aliases: ['/old/', '/older.html'] }),
    doc('projects/p.md'),
  ]
  const { pages, problems } = planOf(docs, [feature('/books/')])
  assert.deepEqual(problems, [])
  assert.deepEqual(
    pages.map(({ url, by }) => `${url} ${by}`),
    [
      '/about/ posts',
      '/posts/a/ posts',
      '/projects/p/ posts',
      '/ home',
      '/archive/ archive',
      '/archive/2024/ archive',
      '/tags/ tags',
      '/tags/go/ tags',
      '/categories/ categories',
      '/categories/c/ categories',
      '/series/ series',
      '/series/s/ series',
      '/projects/ projects',
      '/404.html 404',
      '/feed.xml feeds',
      '/atom.xml feeds',
      '/feed.json feeds',
      '/tags/go/feed.xml feeds',
      '/feed.css feed-style',
      '/old/ redirects',
      '/older.html redirects',
      '/_redirects redirects',
      '/robots.txt robots',
      '/books/ mine',
      '/sitemap.xml sitemap',
    ],
  )
})

test('an alias that is the document’s own address is no collision', () => {
  const { pages } = planOf([doc('about.md', { aliases: ['/about/', '/about/index.html'] })])
  assert.deepEqual(
    pages.filter(({ by }) => by === 'redirects'),
    [],
  )
})

test('a plugin may take a planned page apart and plan one like it', () => {
  const copies = (_: unknown, __: unknown, planned: readonly Page[]) =>
    planned
      .filter(({ by }) => by === 'posts')
      .map((page) => ({ ...page, url: `/copy${page.url}`, by: 'copies' }))
  const { pages, problems } = planOf([doc('posts/a.md')], [{ name: 'copies', plugin: true, pages: copies }])
  assert.deepEqual(problems, [])
  const at = (address: string) => pages.find(({ url }) => url === address)
  const [own, copy] = [at('/posts/a/'), at('/copy/posts/a/')]
  assert.ok(own)
  assert.deepEqual([copy?.props, copy?.make, copy?.from], [own.props, own.make, 'posts/a.md'])
})

test('a plugin’s page at no proper address is refused by name', () => {
  const bad = ['books', '/a/../b/', '/a\\b', '/a//b', '/a\u0000', '/cafe\u0301/', '/\ud800/']
  assert.deepEqual(faults([], [feature(...bad)]), [
    'plugin "mine" plans a page that has an address that does not begin with "/"',
    'plugin "mine" plans a page that has an address with a segment "." or ".."',
    'plugin "mine" plans a page that has an address with a backslash or a control character',
    'plugin "mine" plans a page that has an address with an empty segment',
    'plugin "mine" plans a page that has an address with a backslash or a control character',
    'plugin "mine" plans a page that has an address that is not in Unicode form NFC',
    'plugin "mine" plans a page that has an address that is not in Unicode form NFC',
  ])
})

test('a plugin that throws is a problem that names it, and what it says itself is kept', () => {
  const problem = { severity: 'error', code: 'books/none', what: 'no books' } as const
  const plugins: readonly Feature[] = [
    {
      name: 'broken',
      pages: () => {
        throw new Error('oh')
      },
    },
    {
      name: 'strict',
      pages: () => {
        throw new ProblemError(problem)
      },
    },
  ]
  assert.deepEqual(planOf([], plugins).problems, [
    {
      severity: 'error',
      code: 'pages/failed',
      what: 'the pages of plugin "broken" could not be planned: oh',
      fix: 'correct the plugin "broken", or take it out of the configuration',
    },
    problem,
  ])
})

test('a feature sees the pages planned before it and cannot change them', () => {
  let seen: readonly string[] = []
  const nosy: Feature = {
    name: 'nosy',
    pages: (_index, _metas, planned) => {
      seen = planned.map(({ url }) => url)
      ;(planned as Page[]).length = 0
      return []
    },
  }
  const { pages } = planOf([], [feature('/books/'), nosy])
  assert.equal(seen.at(-1), '/books/')
  assert.ok(pages.length > seen.length)
})
