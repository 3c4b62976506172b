import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SiteConfig } from '../../src/config/types.js'
import type { Meta } from '../../src/content/types.js'
import type { Page } from '../../src/pages/page.js'
import { type Feature, featuresWith, planPages } from '../../src/pages/plan.js'
import { doc, siteOf } from '../site/sample.js'
import { parseXml, textIn } from './xml-tree.js'

const ns = '{http://www.sitemaps.org/schemas/sitemap/0.9}'

/** The texts of all sitemap files of a site, by address. */
function sitemaps(
  docs: readonly Meta[],
  plugins: readonly Feature[] = [],
  changes: Partial<SiteConfig> = {},
) {
  const { index, metas, site } = siteOf(docs, changes)
  const { pages, problems } = planPages(index, metas, featuresWith(plugins))
  assert.deepEqual(problems, [])
  return new Map(
    pages
      .filter((page) => page.by === 'sitemap')
      .map(({ url, make, props }) => [url, 'write' in make ? make.write(site, props) : '']),
  )
}

/** `address lastmod` of each entry. */
const entriesOf = (text: string) =>
  parseXml(text).children.map((child) =>
    [textIn(child, `${ns}loc`), textIn(child, `${ns}lastmod`)].filter(Boolean).join(' '),
  )

test('the sitemap names what readers may find, with the date of its last change', () => {
  const docs = [
    doc('about.md', { updated: '2024-02-03' }),
    doc('posts/a&b.md', { date: '2024-01-01', tags: ['Go'], updated: '2024-06-01T10:00:00+08:00' }),
    doc('posts/数据.md', { date: '2024-05-01', updated: '2023-01-01', aliases: ['/old/'] }),
    doc('posts/elsewhere.md', { date: '2020-01-01', canonical: 'https://other.example/' }),
    doc('posts/quiet.md', { date: '2020-01-01', data: { noindex: true } }),
    doc('posts/unlisted.md', { unlisted: true, date: '2025-01-01' }),
    doc('posts/draft.md', { draft: true, date: '2025-01-01' }),
    doc('projects/p.md'),
  ]
  const books: Feature = {
    name: 'books',
    pages: () => [
      { url: '/books/', by: 'books', props: {}, make: { template: 'books' } },
      { url: '/books.json', by: 'books', props: {}, make: { template: 'books' } },
    ],
  }
  const pagination = { size: 3, tags: 100, archive: 500, from: 'newest' as const }
  assert.deepEqual(entriesOf(sitemaps(docs, [books], { pagination }).get('/sitemap.xml') ?? ''), [
    'https://example.org/blog/ 2024-06-01T10:00:00+08:00',
    'https://example.org/blog/about/ 2024-02-03',
    'https://example.org/blog/archive/ 2024-06-01T10:00:00+08:00',
    'https://example.org/blog/archive/2020/ 2020-01-01',
    'https://example.org/blog/archive/2024/ 2024-06-01T10:00:00+08:00',
    'https://example.org/blog/books/',
    'https://example.org/blog/posts/a&b/ 2024-06-01T10:00:00+08:00',
    'https://example.org/blog/posts/%E6%95%B0%E6%8D%AE/ 2024-05-01',
    'https://example.org/blog/projects/',
    'https://example.org/blog/projects/p/',
    'https://example.org/blog/tags/ 2024-06-01T10:00:00+08:00',
    'https://example.org/blog/tags/go/ 2024-06-01T10:00:00+08:00',
  ])
})

test('the text of a sitemap, whole', () => {
  assert.equal(
    sitemaps([doc('posts/a.md')]).get('/sitemap.xml'),
    `<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://example.org/blog/</loc><lastmod>2024-05-01</lastmod></url>
<url><loc>https://example.org/blog/archive/</loc><lastmod>2024-05-01</lastmod></url>
<url><loc>https://example.org/blog/archive/2024/</loc><lastmod>2024-05-01</lastmod></url>
<url><loc>https://example.org/blog/posts/a/</loc><lastmod>2024-05-01</lastmod></url>
<url><loc>https://example.org/blog/tags/</loc><lastmod>2024-05-01</lastmod></url>
</urlset>
`,
  )
})

test('above 50,000 addresses there is an index, and no file holds more', () => {
  const many: Feature = {
    name: 'many',
    pages: () =>
      Array.from({ length: 100_000 }, (_, i): Page => {
        return { url: `/n/${i}/`, by: 'many', props: {}, make: { template: 'n' } }
      }),
  }
  const files = sitemaps([], [many])
  assert.deepEqual(entriesOf(files.get('/sitemap.xml') ?? ''), [
    'https://example.org/blog/sitemap-1.xml',
    'https://example.org/blog/sitemap-2.xml',
    'https://example.org/blog/sitemap-3.xml',
  ])
  const counts = [1, 2, 3].map((n) => files.get(`/sitemap-${n}.xml`)?.match(/<loc>/g)?.length)
  assert.deepEqual(counts, [50_000, 50_000, 3])
})

test('an address that the protocol does not allow is left out', () => {
  const long = `/${'长'.repeat(230)}/`
  assert.deepEqual(
    entriesOf(sitemaps([doc('about.md', { url: long })]).get('/sitemap.xml') ?? '').filter((entry) =>
      entry.includes('%E9'),
    ),
    [],
  )
})
