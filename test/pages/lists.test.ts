import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { archivePages } from '../../src/pages/archive.js'
import { homePages } from '../../src/pages/lists.js'
import type { PagesOf } from '../../src/pages/page.js'
import { paginate } from '../../src/pages/paging.js'
import { notFoundPage, robotsFile } from '../../src/pages/plain.js'
import { postPages } from '../../src/pages/posts.js'
import { projectPages } from '../../src/pages/projects.js'
import { tagPages } from '../../src/pages/tags.js'
import { categoryPages, seriesPages } from '../../src/pages/terms.js'
import { doc, siteOf } from '../site/sample.js'
import { brief, feeds, plan, posts, small } from './planned.js'

test('a list is cut into pages that know their neighbours', () => {
  assert.deepEqual(paginate(['a', 'b', 'c'], 1, '/x/'), [
    { url: '/x/', ids: ['a'], pager: { number: 1, total: 3, first: true, newer: '', older: '/x/page/2/' } },
    {
      url: '/x/page/2/',
      ids: ['b'],
      pager: { number: 2, total: 3, first: false, newer: '/x/', older: '/x/page/3/' },
    },
    {
      url: '/x/page/3/',
      ids: ['c'],
      pager: { number: 3, total: 3, first: false, newer: '/x/page/2/', older: '' },
    },
  ])
  assert.deepEqual(paginate([], 10, '/'), [
    { url: '/', ids: [], pager: { number: 1, total: 1, first: true, newer: '', older: '' } },
  ])
  assert.equal(paginate(['a', 'b'], 2, '/').length, 1)
})

test('numbered from the oldest, a page that is full is never touched again but for its way to the next', () => {
  const at = (ids: string) => paginate([...ids], 2, '/x/', 'oldest')
  assert.deepEqual(at('edcba'), [
    {
      url: '/x/',
      ids: ['e', 'd', 'c'],
      pager: { number: 2, total: 2, first: true, newer: '', older: '/x/page/1/' },
    },
    {
      url: '/x/page/1/',
      ids: ['b', 'a'],
      pager: { number: 1, total: null, first: false, newer: '/x/', older: '' },
    },
  ])
  const alone = { number: 1, total: 1, first: true, newer: '', older: '' }
  assert.deepEqual(at('cba'), [{ url: '/x/', ids: ['c', 'b', 'a'], pager: alone }])
  assert.deepEqual(at(''), [{ url: '/x/', ids: [], pager: alone }])

  const letters = Array.from({ length: 40 }, (_, i) => String(i))
  for (let size = 1; size <= 7; size++)
    for (let count = 0; count < letters.length; count++) {
      const before = paginate(letters.slice(0, count).reverse(), size, '/', 'oldest')
      const after = paginate(letters.slice(0, count + 1).reverse(), size, '/', 'oldest')
      assert.deepEqual(after.flatMap(({ ids }) => ids).reverse(), letters.slice(0, count + 1))
      assert.ok(after[0]!.ids.length < 2 * size && after.slice(1).every(({ ids }) => ids.length === size))
      // Each leads to the next and back.
      assert.deepEqual(
        after.map(({ pager }) => pager.older),
        [...after.slice(1).map(({ url }) => url), ''],
      )
      assert.deepEqual(
        after.map(({ pager }) => pager.newer),
        ['', ...after.slice(0, -1).map(({ url }) => url)],
      )
      const known = new Map(before.map((piece) => [piece.url, piece]))
      const touched = after.filter((piece) => !isDeepStrictEqual(piece, known.get(piece.url)))
      assert.ok(touched.length <= ((count + 1) % size === 0 ? 3 : 1), `${size} ${count}`)
    }
})

test('each published document has a page by its own template, the unlisted one not for search engines', () => {
  const docs = [
    doc('about.md', { title: '关于', description: 'Who' }),
    doc('posts/a.md', { layout: 'wide' }),
    doc('posts/draft.md', { draft: true }),
    doc('posts/unlisted.md', { unlisted: true }),
    doc('posts/quiet.md', { data: { robots: 'noindex, nofollow' } }),
    doc('projects/p.md'),
  ]
  // Title and description are looked up when the page is made.
  const page = (id: string, kind: string, noindex: boolean) => ({
    kind,
    title: '',
    description: '',
    noindex,
    id,
  })
  assert.deepEqual(plan(postPages, docs).map(brief), [
    { url: '/about/', make: 'page', props: page('about.md', 'page', false) },
    { url: '/posts/a/', make: 'wide', props: page('posts/a.md', 'post', false) },
    { url: '/posts/quiet/', make: 'post', props: page('posts/quiet.md', 'post', true) },
    {
      url: '/posts/unlisted/',
      make: 'post',
      props: page('posts/unlisted.md', 'post', true),
    },
    {
      url: '/projects/p/',
      make: 'project',
      props: page('projects/p.md', 'project', false),
    },
  ])
  assert.deepEqual(plan(postPages, docs)[0]?.props['feeds'], feeds)
  assert.equal(plan(postPages, docs)[0]?.from, 'about.md')
})

test('the home page shows pinned posts first and every post once', () => {
  const docs = posts(5, (i) => ({ pinned: i === 3 }))
  const home = { kind: 'home', title: '', description: '', noindex: false }
  assert.deepEqual(plan(homePages, docs, small).map(brief), [
    {
      url: '/',
      make: 'home',
      props: {
        ...home,
        ids: ['posts/0.md', 'posts/1.md'],
        pager: { number: 1, total: 2, first: true, newer: '', older: '/page/2/' },
        pinned: ['posts/3.md'],
      },
    },
    {
      url: '/page/2/',
      make: 'home',
      props: {
        ...home,
        ids: ['posts/2.md', 'posts/4.md'],
        pager: { number: 2, total: 2, first: false, newer: '/', older: '' },
        pinned: [],
      },
    },
  ])
})

test('a site without posts has a home page, an archive and a tag index all the same', () => {
  assert.deepEqual(
    [homePages, archivePages, tagPages, categoryPages, seriesPages, projectPages].map((pagesOf) =>
      plan(pagesOf, []).map((page) => page.url),
    ),
    [['/'], ['/archive/'], ['/tags/'], [], [], []],
  )
})

const dated = [
  doc('posts/a.md', { date: '2024-03-05T10:00:00+08:00' }),
  doc('posts/b.md', { date: '2024-03-01' }),
  doc('posts/c.md', { date: '2024-01-01' }),
  doc('posts/d.md', { date: '2019-12-31' }),
  doc('posts/none.md', { date: null }),
]
const march = { month: 3, count: 2, ids: ['posts/a.md', 'posts/b.md'] }
const january = { month: 1, count: 1, ids: ['posts/c.md'] }
const december = { month: 12, count: 1, ids: ['posts/d.md'] }
const years = [
  { kind: 'year', title: '2024', description: '', noindex: false, undated: [] },
  { kind: 'year', title: '2019', description: '', noindex: false, undated: [] },
]
const archive = { kind: 'archive', title: '', description: '', noindex: false, undated: ['posts/none.md'] }

test('the archive holds all posts by year and month, and each year has a page', () => {
  const year2024 = { year: 2024, url: '/archive/2024/', count: 3, months: [march, january] }
  const year2019 = { year: 2019, url: '/archive/2019/', count: 1, months: [december] }
  assert.deepEqual(plan(archivePages, dated).map(brief), [
    { url: '/archive/', make: 'archive', props: { ...archive, groups: [year2024, year2019] } },
    { url: '/archive/2024/', make: 'archive', props: { ...years[0], groups: [year2024] } },
    { url: '/archive/2019/', make: 'archive', props: { ...years[1], groups: [year2019] } },
  ])
})

test('above the limit the archive holds counts only, the years’ pages stay whole', () => {
  const [all, year2024] = plan(archivePages, dated, {
    pagination: { size: 10, tags: 100, archive: 4, from: 'newest' },
  })
  assert.deepEqual(all?.props['groups'], [
    {
      year: 2024,
      url: '/archive/2024/',
      count: 3,
      months: [
        { month: 3, count: 2, ids: [] },
        { month: 1, count: 1, ids: [] },
      ],
    },
    { year: 2019, url: '/archive/2019/', count: 1, months: [{ month: 12, count: 1, ids: [] }] },
  ])
  assert.deepEqual(year2024?.props['groups'], [
    { year: 2024, url: '/archive/2024/', count: 3, months: [march, january] },
  ])
})

test('the project index lists projects in their order', () => {
  const docs = [doc('projects/b.md', { weight: 2 }), doc('projects/a.md', { weight: 1 })]
  assert.deepEqual(plan(projectPages, docs).map(brief), [
    {
      url: '/projects/',
      make: 'projects',
      props: {
        kind: 'projects',
        title: '',
        description: '',
        noindex: false,
        ids: ['projects/a.md', 'projects/b.md'],
        pager: null,
      },
    },
  ])
})

test('the page for what is not found is not for search engines; robots.txt names the sitemap', () => {
  const { index, metas, site } = siteOf([])
  assert.deepEqual(notFoundPage(index, metas, []).map(brief), [
    { url: '/404.html', make: '404', props: { kind: '404', title: '', description: '', noindex: true } },
  ])
  const [robots] = robotsFile(index, metas, [])
  assert.ok(robots && 'write' in robots.make)
  assert.equal(
    robots.make.write(site, robots.props),
    'User-agent: *\nAllow: /\n\nSitemap: https://example.org/blog/sitemap.xml\n',
  )
})

test('editing a post’s title, date within the day or body leaves the props of every page as they were', () => {
  const before = posts(5, () => ({ tags: ['t'], series: 's' }))
  const after = before.map((meta) =>
    meta.id === 'posts/2.md'
      ? { ...meta, title: 'New', description: 'New', date: '2024-01-07T12:00:00+08:00' }
      : meta,
  )
  const all: PagesOf = (index, metas, planned) =>
    [postPages, homePages, archivePages, tagPages, seriesPages].flatMap((f) => f(index, metas, planned))
  const changed = plan(all, after, small).filter(
    (page, i) => JSON.stringify(page.props) !== JSON.stringify(plan(all, before, small)[i]?.props),
  )
  assert.deepEqual(
    changed.map((page) => page.url),
    [],
  )
})
