// The old site against the new: folders, sitemaps, feeds and lists, made of a handful of files.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { realDisk } from '../../src/engine/disk.js'
import { readOldSite } from '../../src/import/old-site.js'
import { compareSites, isSound, type VerifyReport } from '../../src/verify/compare.js'

const page = (title: string, body: string): string =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body><article><h1>${title}</h1>${body}</article></body></html>`
const stub = (to: string): string =>
  `<html><head><meta http-equiv="refresh" content="0; url=${to}"></head></html>`

interface World {
  readonly old: Readonly<Record<string, string>>
  readonly site: Readonly<Record<string, string>>
  readonly forgotten?: readonly string[]
  readonly kept?: Readonly<Record<string, string>>
  readonly basePath?: string
  /** What is compared with: a name in `old`, '' for the folder. */
  readonly against?: string
}

function verify({ old, site, forgotten = [], kept = {}, basePath = '/', against = '' }: World): VerifyReport {
  const root = mkdtempSync(join(tmpdir(), 'inkstone-old-'))
  try {
    for (const [name, text] of Object.entries(old)) {
      mkdirSync(dirname(join(root, name)), { recursive: true })
      writeFileSync(join(root, name), text)
    }
    return compareSites({
      old: readOldSite(realDisk, join(root, against)),
      site: { paths: new Set(Object.keys(site)), read: (path) => site[path] ?? '', basePath },
      forgotten: new Set(forgotten),
      kept: new Map(Object.entries(kept)),
    })
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

test('a list may hold whole URLs, paths and output paths, encoded or not', () => {
  const report = verify({
    old: {
      'urls.txt': '# mine\nhttps://x.org/a/\n/b\nc/index.html\n/%E4%B8%AD/\n./中/index.html\nfeed.xml\n\n',
    },
    against: 'urls.txt',
    site: {
      'a/index.html': page('a', ''),
      'b/index.html': page('b', ''),
      'c/index.html': page('c', ''),
      '中/index.html': page('中', ''),
    },
  })
  assert.deepEqual(
    report.missing.map(({ address }) => address),
    ['/feed.xml'],
  )
  assert.equal(report.counts.addresses, 5)
  assert.equal(isSound(report), false)
})

test('one hop counts, two do not, and a line of _redirects does', () => {
  const report = verify({
    old: { 'urls.txt': '/one/\n/two/\n/line/\n/dead/\n/away/\n' },
    against: 'urls.txt',
    site: {
      'one/index.html': stub('/new/'),
      'two/index.html': stub('/one/'),
      'dead/index.html': stub('/none/'),
      'away/index.html': stub('https://elsewhere.example/'),
      'new/index.html': page('new', ''),
      _redirects: '/line/ /new/ 301\n',
    },
  })
  assert.deepEqual(report.redirects, [
    { address: '/away/', to: 'https://elsewhere.example/' },
    { address: '/line/', to: '/new/' },
    { address: '/one/', to: '/new/' },
  ])
  assert.deepEqual(report.missing, [
    { address: '/dead/', why: 'its stub leads to /none/, where nothing is' },
    { address: '/two/', why: 'its stub leads to another stub at /one/' },
  ])
})

test('a sitemap, also one in parts, below a base path', () => {
  const report = verify({
    old: {
      'sitemap.xml': '<sitemapindex><sitemap><loc>https://x.org/blog/part.xml</loc></sitemap></sitemapindex>',
      'part.xml':
        '<urlset><url><loc>https://x.org/blog/a/</loc></url><url><loc>https://x.org/blog/gone/</loc></url></urlset>',
    },
    against: 'sitemap.xml',
    basePath: '/blog/',
    site: { 'a/index.html': page('a', '') },
    forgotten: ['/gone/'],
  })
  assert.deepEqual([report.counts.same, report.counts.forgotten, report.counts.missing], [1, 1, 0])
  assert.equal(isSound(report), true)
})

test('a feed: ids that changed are found, those that the ledger keeps are not', () => {
  const rss = (items: readonly (readonly [string, string])[]): string =>
    `<rss><channel>${items.map(([link, id]) => `<item><link>${link}</link><guid>${id}</guid></item>`).join('')}</channel></rss>`
  const report = verify({
    old: {
      'feed.xml': rss([
        ['https://x.org/a/', 'id-a'],
        ['https://x.org/b/', 'id-b'],
        ['https://x.org/c/', 'id-c'],
      ]),
    },
    against: 'feed.xml',
    site: {
      'a/index.html': '',
      'b/index.html': '',
      'c/index.html': '',
      'feed.xml': rss([
        ['https://x.org/a/', 'other'],
        ['https://x.org/b/', 'id-b'],
      ]),
    },
    kept: { '/c/': 'id-c' },
  })
  assert.deepEqual(report.feedIds, [{ address: '/a/', old: 'id-a', now: 'other' }])
})

test('a folder: anchors, images, link targets, titles and dates', () => {
  const report = verify({
    old: {
      'a/index.html': page(
        'A post – Site',
        '<time datetime="2020-01-01"></time><h2 id="part-one">Part</h2><p id="layout">x</p><sup id="fnref:1"></sup><a id="more"></a><img src="/img/a.png"><a href="/b/">b</a><a href="/never/">n</a>',
      ),
      'b/index.html': page('B', '<p id="linked">x</p><a href="/b/#linked">self</a>'),
      'old/index.html': stub('/a/'),
      'img/a.png': 'png',
      'css/old.css': 'css',
    },
    site: {
      'a/index.html': page(
        'Another',
        '<time datetime="2020-01-02"></time><h2 id="part">Part</h2><span id="fnref:1"></span><span id="more"></span>',
      ),
    },
  })
  assert.deepEqual(report.anchors, [{ address: '/a/', anchor: 'part-one' }])
  assert.deepEqual(report.images, [{ address: '/a/', image: '/img/a.png' }])
  assert.deepEqual(
    report.missing.map(({ address }) => address),
    ['/b/', '/img/a.png', '/old/'],
  )
  assert.deepEqual(report.assets, ['/css/old.css'])
  assert.deepEqual(
    report.titles.map(({ address }) => address),
    ['/a/'],
  )
  assert.deepEqual(report.dates, [{ address: '/a/', old: '2020-01-01', now: '2020-01-02' }])
})

test('files named by their content belong to scripts; the posts on a further page of a list may be others', () => {
  const list = (day: string): string => page('Posts', `<time datetime="${day}">${day}</time>`)
  const report = verify({
    old: { 'search/texts/2d10d.json': '{}', 'index.json': '{}', 'page/2/index.html': list('2014-09-15') },
    site: { 'page/2/index.html': list('2014-09-14') },
  })
  assert.deepEqual(
    [report.assets, report.missing.map(({ address }) => address), report.dates],
    [['/search/texts/2d10d.json'], ['/index.json'], []],
  )
})

test('ids that only linked places have count as well', () => {
  const old = { 'b/index.html': page('B', '<p id="linked">x</p><a href="#linked">self</a>') }
  assert.deepEqual(verify({ old, site: { 'b/index.html': page('B', '') } }).anchors, [
    { address: '/b/', anchor: 'linked' },
  ])
})

test('nothing to compare with is an error that says what is wanted', () => {
  assert.throws(() => readOldSite(realDisk, join(tmpdir(), 'inkstone-none-at-all')), /there is nothing/)
})
