import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keptPlanOf, type PlanColumns, pagesOfKept } from '../../src/pages/kept-plan.js'
import { type Page, versionOf } from '../../src/pages/page.js'
import { featuresWith, planPages } from '../../src/pages/plan.js'
import { config, doc, indexOf } from '../site/sample.js'

test('a plan that was kept has the same pages, made in the same way, with the same versions', () => {
  const docs = [
    doc('about.md'),
    doc('posts/甲.md', { tags: ['Go'], categories: ['C'], series: 'S', aliases: ['/old/'] }),
    doc('posts/b.md', { title: '"<b>" \u2028' }),
    doc('posts/c.md', { data: { noindex: true } }),
    doc('posts/d.md', { layout: 'wide' }),
    doc('projects/p.md'),
  ]
  const search = { variants: true } as unknown as typeof config.search // more of it is not looked at here
  const all = { ...config, search, redirects: { '/from/': '/to/' } }
  const { index, metas } = indexOf(docs, all, { blogroll: true })
  const { pages } = planPages(index, metas, featuresWith([]))
  const written = new Set(pages.flatMap(({ make }) => ('write' in make ? make.name : [])))
  for (const name of [
    'feed-rss',
    'feed-json',
    'sitemap',
    'redirect',
    '_redirects',
    'robots',
    'blogroll',
    'search-text',
  ])
    assert.ok(written.has(name), name)

  const { columns, props } = keptPlanOf(pages, index, new WeakMap())
  const again = pagesOfKept({ columns: JSON.parse(JSON.stringify(columns)) as PlanColumns, props }, index)
  const plain = ({ url, by, from, props, make }: Page) => [url, by, from, JSON.stringify(props), make]
  assert.deepEqual(again.map(plain), pages.map(plain))
  const versions = new Set(pages.map((page) => versionOf(page, new WeakMap())))
  assert.equal(versions.size, pages.length, 'no page has the version of another')
  for (const [i, page] of pages.entries()) {
    assert.equal(versionOf(again[i]!, new WeakMap()), versionOf(page, new WeakMap()))
  }
})
