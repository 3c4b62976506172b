import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SiteConfig } from '../../src/config/types.js'
import type { Meta } from '../../src/content/types.js'
import { record } from '../../src/engine/reads.js'
import { feedPages } from '../../src/pages/feeds.js'
import { at, bodiesOf, config, doc, siteOf } from '../site/sample.js'
import { atomFaults, jsonFeedFaults, rssFaults } from './feed-rules.js'
import { parseXml, textIn, type XmlElement } from './xml-tree.js'

function feedsOf(docs: readonly Meta[], changes: Partial<SiteConfig> = {}, options = {}) {
  const { index, metas, site } = siteOf(docs, changes, bodiesOf(), options)
  const pages = feedPages(index, metas, [])
  const write = (url: string): string => {
    const page = pages.find((each) => each.url === url)
    return page && 'write' in page.make ? page.make.write(site, page.props) : ''
  }
  return { pages, write }
}

const docs = [
  doc('posts/a.md', {
    date: '2024-01-01',
    tags: ['Go', 'mysql'],
    categories: ['库'],
    updated: '2024-08-01',
    cover: '/c o.png',
  }),
  doc('posts/b.md', {
    date: '2024-02-01T10:00:00+08:00',
    tags: ['MySQL'],
    description: 'Of b & more',
    lang: 'en',
  }),
  doc('posts/undated.md', { date: null, tags: ['lonely'] }),
  doc('posts/draft.md', { draft: true, tags: ['Go'] }),
  doc('posts/future.md', { date: '2026-01-01', tags: ['Go'] }),
]

const linksOf = (text: string): (string | undefined)[] => {
  const [channel] = parseXml(text).children
  return (
    channel?.children.filter(({ name }) => name === 'item').map((item: XmlElement) => textIn(item, 'link')) ??
    []
  )
}

test('categories and folders have feeds where that is asked for', () => {
  const feeds = { ...config.feeds, tags: false, categories: true, sections: ['posts'] }
  const { pages, write } = feedsOf(docs, { feeds })
  assert.deepEqual(
    pages.slice(3).map(({ url, props }) => [url, props['title'], props['ids']]),
    [
      ['/categories/库/feed.xml', '库 · 跬步', ['posts/a.md']],
      ['/posts/feed.xml', 'posts · 跬步', ['posts/b.md', 'posts/a.md']],
    ],
  )
  assert.match(
    write('/feed.xml'),
    /^<\?xml [^>]*\?>\n<\?xml-stylesheet type="text\/css" href="\/(?:blog\/)?feed\.css"\?>\n<rss /,
  )
  assert.equal(write('/feed.json').includes('feed.css'), false)
})

test('the feeds are the site’s three and one for each tag', () => {
  const { pages } = feedsOf(docs)
  const ids = ['posts/b.md', 'posts/a.md']
  assert.deepEqual(
    pages.map(({ url, props }) => ({ url, ...props })),
    [
      { url: '/feed.xml', format: 'rss', self: '/feed.xml', home: '/', title: '跬步', ids },
      { url: '/atom.xml', format: 'atom', self: '/atom.xml', home: '/', title: '跬步', ids },
      { url: '/feed.json', format: 'json', self: '/feed.json', home: '/', title: '跬步', ids },
      {
        url: '/tags/go/feed.xml',
        format: 'rss',
        self: '/tags/go/feed.xml',
        home: '/tags/go/',
        title: 'Go · 跬步',
        ids: ['posts/a.md'],
      },
      // Nothing with a date bears it: the feed is there and empty.
      {
        url: '/tags/lonely/feed.xml',
        format: 'rss',
        self: '/tags/lonely/feed.xml',
        home: '/tags/lonely/',
        title: 'lonely · 跬步',
        ids: [],
      },
      {
        url: '/tags/mysql/feed.xml',
        format: 'rss',
        self: '/tags/mysql/feed.xml',
        home: '/tags/mysql/',
        title: 'MySQL · 跬步',
        ids,
      },
    ],
  )
  const quiet = feedsOf(docs, { feeds: { ...config.feeds, tags: false, items: 1 } }).pages
  assert.deepEqual(
    quiet.map(({ url, props }) => [url, props['ids']]),
    ['/feed.xml', '/atom.xml', '/feed.json'].map((url) => [url, ['posts/b.md']]),
  )
})

test('every feed of a site keeps the rules, with full content and with summaries', () => {
  for (const content of ['full', 'summary'] as const) {
    const hub = 'https://hub.example/'
    const { write } = feedsOf(docs, { feeds: { ...config.feeds, content, hub } })
    const rules = (url: string) => ({ self: `https://example.org/blog${url}`, at, hub })
    for (const url of ['/feed.xml', '/tags/go/feed.xml', '/tags/lonely/feed.xml'])
      assert.deepEqual(rssFaults(write(url), rules(url)), [])
    assert.deepEqual(atomFaults(write('/atom.xml'), rules('/atom.xml')), [])
    assert.deepEqual(jsonFeedFaults(write('/feed.json'), rules('/feed.json')), [])
  }
})

test('what a JSON feed says of posts', () => {
  assert.deepEqual(JSON.parse(feedsOf(docs).write('/feed.json')).items, [
    {
      id: 'https://example.org/blog/posts/b/',
      url: 'https://example.org/blog/posts/b/',
      title: 'Title of b',
      content_html: '<p>feed of posts/b.md</p>',
      summary: 'Of b & more',
      image: 'https://example.org/blog/a.png',
      date_published: '2024-02-01T10:00:00+08:00',
      date_modified: '2024-02-01T10:00:00+08:00',
      tags: ['MySQL'],
      language: 'en',
    },
    {
      id: 'https://example.org/blog/posts/a/',
      url: 'https://example.org/blog/posts/a/',
      title: 'Title of a',
      content_html: '<p>feed of posts/a.md</p>',
      summary: 'excerpt of posts/a.md',
      image: 'https://example.org/blog/c%20o.png',
      date_published: '2024-01-01T00:00:00+08:00',
      date_modified: '2024-08-01T00:00:00+08:00',
      tags: ['库', 'Go', 'MySQL'],
    },
  ])
})

test('the date of a feed is its newest change, wherever in it that post stands', () => {
  assert.match(feedsOf(docs).write('/feed.xml'), /<lastBuildDate>Thu, 01 Aug 2024 00:00:00 \+0800</)
  assert.match(feedsOf(docs).write('/atom.xml'), /^ {4}<updated>2024-08-01T00:00:00\+08:00</m)
})

test('a preview of drafts and future posts never reaches a feed', () => {
  const { write } = feedsOf(docs, {}, { drafts: true, future: true })
  assert.deepEqual(linksOf(write('/tags/go/feed.xml')), ['https://example.org/blog/posts/a/'])
})

test('an id that the author chose stays when the address moves', () => {
  const ids = (url: string) =>
    JSON.parse(feedsOf([doc('posts/a.md', { url, data: { guid: 'urn:uuid:1' } })]).write('/feed.json'))
      .items[0].id
  assert.deepEqual([ids('/a/'), ids('/b/')], ['urn:uuid:1', 'urn:uuid:1'])
})

test('a feed asks for its own posts only, and for bodies only where it shows them', async () => {
  for (const content of ['full', 'summary'] as const) {
    const { write } = feedsOf(docs, { feeds: { ...config.feeds, content } })
    const { reads } = await record(() => write('/tags/go/feed.xml'))
    assert.deepEqual(reads, [
      'query:feedIds?[]',
      'label:posts/a.md',
      'meta:posts/a.md',
      'excerpt:posts/a.md',
      ...(content === 'full' ? ['feed:posts/a.md'] : []),
      'query:terms?["posts/a.md"]',
    ])
  }
})
