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
      '/old/ redirects',
      '/older.html redirects',
      '/_redirects redirects',
      '/robots.txt robots',
      '/books/ mine',
      '/sitemap.xml sitemap',
    ],
  )
})

test('two documents at one address are an error that names both', () => {
  const docs = [doc('posts/a.md', { url: '/same/' }), doc('posts/b.md', { url: '/same/' })]
  assert.deepEqual(planOf(docs).problems, [
    {
      severity: 'error',
      code: 'pages/collision',
      what: 'two pages have one address: /same/ (posts, content/posts/a.md) and /same/ (posts, content/posts/b.md)',
      file: 'content/posts/b.md',
      found: '/same/',
      fix: 'give one of them another slug, permalink or alias',
    },
  ])
})

test('every other way in which two pages cannot stand side by side is an error too', () => {
  const cases: readonly [docs: readonly Meta[], plugins: readonly Feature[], what: string][] = [
    [
      [doc('posts/a.md', { url: '/A/' }), doc('posts/b.md', { url: '/a/' })],
      [],
      'two pages differ only by case or Unicode form: /A/ (posts, content/posts/a.md) and /a/ (posts, content/posts/b.md)',
    ],
    [
      [doc('about.md', { url: '/' })],
      [],
      'two pages have one address: / (posts, content/about.md) and / (home)',
    ],
    [
      [doc('about.md', { aliases: ['/tags/'] })],
      [],
      'two pages have one address: /tags/ (tags) and /tags/ (redirects, content/about.md)',
    ],
    [
      [doc('a.md', { aliases: ['/old/'] }), doc('b.md', { aliases: ['/old/'] })],
      [],
      'two pages have one address: /old/ (redirects, content/a.md) and /old/ (redirects, content/b.md)',
    ],
    [
      [doc('about.md', { url: '/about/index.html' }), doc('b.md', { url: '/about/' })],
      [],
      'two pages are one file: /about/index.html (posts, content/about.md) and /about/ (posts, content/b.md)',
    ],
    [
      [doc('about.md', { url: '/feed.xml/' })],
      [],
      'two pages need one name as file and as folder: /feed.xml (feeds) and /feed.xml/ (posts, content/about.md)',
    ],
    [
      [doc('about.md', { url: '/404.HTML' })],
      [],
      'two pages differ only by case or Unicode form: /404.HTML (posts, content/about.md) and /404.html (404)',
    ],
    [[], [feature('/archive/')], 'two pages have one address: /archive/ (archive) and /archive/ (mine)'],
  ]
  for (const [docs, plugins, what] of cases) assert.deepEqual(faults(docs, plugins), [what])
})

test('an alias that is the document’s own address is no collision', () => {
  assert.deepEqual(faults([doc('about.md', { aliases: ['/about/', '/about/index.html'] })]), [])
})

test('a plugin’s page at no proper address is refused by name', () => {
  const bad = ['books', '/a/../b/', '/a\\b', '/a//b', '/a\u0000', '/cafe\u0301/', '/\ud800/']
  assert.deepEqual(faults([], [feature(...bad)]), [
    '"mine" plans a page whose address does not begin with "/"',
    '"mine" plans a page whose address has a segment "." or ".."',
    '"mine" plans a page whose address has a backslash or a control character',
    '"mine" plans a page whose address has an empty segment',
    '"mine" plans a page whose address has a backslash or a control character',
    '"mine" plans a page whose address is not in Unicode form NFC',
    '"mine" plans a page whose address is not in Unicode form NFC',
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
      what: 'the pages of "broken" could not be planned: oh',
      fix: 'correct the pages function of "broken", or take it out of plugins in site.config.ts',
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
