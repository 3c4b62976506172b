import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FeedData, writeAtom, writeJsonFeed, writeRss } from '../../src/pages/feed.js'
import { htmlFaults } from './feed-html.js'
import { atomFaults, jsonFeedFaults, rssFaults } from './feed-rules.js'
import { expected, feed, item } from './feed-sample.js'
import { childrenOf, parseXml, textIn } from './xml-tree.js'

test('an RSS feed, whole', () => {
  const tagged = item({
    title: 'C & <C++>',
    summary: 'a < b & c',
    html: '<pre>\tif (a[b[0]]>1) {\n}</pre>',
    published: '2024-12-31',
    updated: '2025-01-01T00:00:00+08:00',
    categories: [{ name: 'C++', scheme: 'https://example.org/tags/' }],
  })
  assert.equal(
    writeRss(feed({ items: [tagged], updated: tagged.updated, hub: 'https://hub.example/?a=1&b=2' })),
    `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
    <channel>
        <title>跬步</title>
        <link>https://example.org/</link>
        <description>On Coding</description>
        <lastBuildDate>Wed, 01 Jan 2025 00:00:00 +0800</lastBuildDate>
        <docs>https://www.rssboard.org/rss-specification</docs>
        <generator>Inkstone</generator>
        <language>zh-CN</language>
        <ttl>60</ttl>
        <atom:link href="https://example.org/feed" rel="self" type="application/rss+xml"/>
        <atom:link href="https://hub.example/?a=1&amp;b=2" rel="hub"/>
        <item>
            <title><![CDATA[C & <C++>]]></title>
            <link>https://example.org/a/</link>
            <guid isPermaLink="true">https://example.org/a/</guid>
            <pubDate>Tue, 31 Dec 2024 00:00:00 +0800</pubDate>
            <description><![CDATA[a &lt; b &amp; c]]></description>
            <content:encoded><![CDATA[<pre>	if (a[b[0]]]]><![CDATA[>1) {
}</pre>]]></content:encoded>
            <category domain="https://example.org/tags/">C++</category>
            <dc:creator>Timmy</dc:creator>
        </item>
    </channel>
</rss>
`,
  )
})

test('an Atom feed, whole', () => {
  const english = item({
    language: 'en',
    title: 'C & <C++>',
    updated: '2025-01-01',
    categories: [{ name: 'a<"b">&', scheme: 'https://example.org/tags/' }],
  })
  assert.equal(
    writeAtom(
      feed({
        items: [english],
        updated: '2025-01-01',
        hub: 'https://hub.example/',
        author: {
          name: 'Timmy',
          email: 'timmy@example.org',
          url: 'https://example.org/about/',
          avatar: 'https://example.org/me.png',
        },
      }),
    ),
    `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
    <id>https://example.org/</id>
    <title>跬步</title>
    <updated>2025-01-01T00:00:00+08:00</updated>
    <generator>Inkstone</generator>
    <author>
        <name>Timmy</name>
        <email>timmy@example.org</email>
        <uri>https://example.org/about/</uri>
    </author>
    <link rel="alternate" type="text/html" hreflang="zh-CN" href="https://example.org/"/>
    <link rel="self" type="application/atom+xml" href="https://example.org/feed"/>
    <link rel="hub" href="https://hub.example/"/>
    <subtitle>On Coding</subtitle>
    <icon>https://example.org/me.png</icon>
    <entry xml:lang="en">
        <title type="text"><![CDATA[C & <C++>]]></title>
        <id>https://example.org/a/</id>
        <link rel="alternate" type="text/html" href="https://example.org/a/"/>
        <updated>2025-01-01T00:00:00+08:00</updated>
        <summary type="html"><![CDATA[What it says]]></summary>
        <content type="html" xml:base="https://example.org/a/"><![CDATA[<p>All it says</p>]]></content>
        <category label="a&lt;&quot;b&quot;&gt;&amp;" scheme="https://example.org/tags/" term="a&lt;&quot;b&quot;&gt;&amp;"/>
        <published>2024-12-31T10:55:52+08:00</published>
    </entry>
</feed>
`,
  )
})

test('a JSON Feed, whole', () => {
  const full = item({
    language: 'en',
    image: 'https://example.org/a.png',
    categories: [{ name: 'Go', scheme: 'https://example.org/tags/' }],
  })
  assert.deepEqual(JSON.parse(writeJsonFeed(feed({ items: [full], hub: 'https://hub.example/' }))), {
    version: 'https://jsonfeed.org/version/1.1',
    title: '跬步',
    home_page_url: 'https://example.org/',
    feed_url: 'https://example.org/feed',
    description: 'On Coding',
    language: 'zh-CN',
    authors: [{ name: 'Timmy' }],
    hubs: [{ type: 'WebSub', url: 'https://hub.example/' }],
    items: [
      {
        id: 'https://example.org/a/',
        url: 'https://example.org/a/',
        title: 'A',
        content_html: '<p>All it says</p>',
        summary: 'What it says',
        image: 'https://example.org/a.png',
        date_published: '2024-12-31T10:55:52+08:00',
        date_modified: '2024-12-31T10:55:52+08:00',
        tags: ['Go'],
        language: 'en',
      },
    ],
  })
})

const feeds: Readonly<Record<string, FeedData>> = {
  plain: feed(),
  empty: feed({ items: [], updated: null, description: '' }),
  'with a hub and a mail address': feed({
    hub: 'https://hub.example/',
    author: { name: 'Timmy', email: 'timmy@example.org', url: 'https://example.org/', avatar: '' },
  }),
  'of summaries': feed({ items: [item({ html: null })] }),
  'with an empty body': feed({ items: [item({ html: '', summary: '' }), item({ id: 'urn:b' })] }),
}

for (const [name, data] of Object.entries(feeds))
  test(`a feed ${name} keeps every rule in all three formats`, () => {
    const rules = { ...expected, hub: data.hub }
    assert.deepEqual(
      [
        rssFaults(writeRss(data), rules),
        atomFaults(writeAtom(data), rules),
        jsonFeedFaults(writeJsonFeed(data), rules),
      ],
      [[], [], []],
    )
  })

test('an id of the author’s own is no permalink; Atom gets an IRI of it', () => {
  const data = feed({ items: [item({ id: 'post 17 & <b>' }), item({ id: 'tag:example.org,2024:x' })] })
  const [own, tag] = childrenOf(childrenOf(parseXml(writeRss(data)), 'channel')[0]!, 'item')
  assert.deepEqual(
    [own, tag].map((each) => childrenOf(each!, 'guid').map(({ text, attributes }) => [text, attributes])[0]),
    [
      ['post 17 & <b>', { isPermaLink: 'false' }],
      ['tag:example.org,2024:x', { isPermaLink: 'false' }],
    ],
  )
  const atom = '{http://www.w3.org/2005/Atom}'
  assert.deepEqual(
    childrenOf(parseXml(writeAtom(data)), `${atom}entry`).map((entry) => textIn(entry, `${atom}id`)),
    ['https://example.org/#post%2017%20&%20%3Cb%3E', 'tag:example.org,2024:x'],
  )
  assert.deepEqual(atomFaults(writeAtom(data), expected), [])
})

test('the rules notice what they are for', () => {
  const noSelf = writeRss(feed()).replace('rel="self"', 'rel="other"')
  assert.deepEqual(rssFaults(noSelf, expected), ['one atom:link self with type and address'])
  assert.deepEqual(rssFaults(writeRss(feed()), { ...expected, at: 0 }), [
    'lastBuildDate is not the future',
    'item https://example.org/a/: pubDate is not the future',
  ])
  assert.deepEqual(
    htmlFaults('<p style="x"><a href="/a/">a</a><img srcset="b.png 2x"><script></script>', 'x'),
    [
      'x: attribute style in content',
      'x: relative href="/a/"',
      'x: relative srcset="b.png"',
      'x: <script> in content',
    ],
  )
  assert.throws(() => parseXml(writeRss(feed()).replace('跬步', '\u0000')))
})
