// The blogroll: a data file becomes a page, an OPML file and a link in every head; without the file there is none of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readBlogroll } from '../../src/content/blogroll.js'
import { memorySite } from '../memory-site.js'
import { parseXml } from './xml-tree.js'

const files = {
  'site.config.json': JSON.stringify({
    title: '砚 & 墨',
    baseUrl: 'https://a.example/sub/',
    author: { name: '甲' },
    search: false,
    cards: false,
  }),
  'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-01\n---\n\nText.\n',
  'layouts/base.njk':
    '{% for link in page.head.links %}{% if link.rel == "blogroll" %}{{ link.type }} {{ link.href }}{% endif %}{% endfor %}{% block content %}{% endblock %}',
  'layouts/post.njk': '{% extends "base.njk" %}',
  'layouts/blogroll.njk':
    '{% extends "base.njk" %}{% block content %}\n{% for group in site.blogroll %}[{{ group.name }}]{% for blog in group.blogs %} {{ blog.title }}{% endfor %}\n{% endfor %}{% endblock %}',
}
const blogs = `
- title: 阮 <某>
  url: https://r.example/?a=1&b=2
  feed: https://r.example/atom.xml
  description: "两行\\n\\"引号\\""
- title: 只有页面
  url: https://p.example/
- title: Feed only
  feed: https://f.example/rss
  group: 技术
- title: 又一个
  url: https://o.example/
  feed: https://o.example/feed
`
const text = (tree: Map<string, string>, path: string): string =>
  Buffer.from(tree.get(path) ?? '', 'latin1').toString('utf8')

test('a data file makes the page, the OPML and the link of every page', async () => {
  const site = memorySite({ ...files, 'data/blogroll.yml': blogs })
  assert.deepEqual((await site.build()).problems, [])
  const tree = site.tree()
  assert.equal(text(tree, '2024/01/01/a/index.html'), 'text/xml https://a.example/sub/blogroll.opml')
  assert.equal(
    text(tree, 'blogroll/index.html'),
    'text/xml https://a.example/sub/blogroll.opml[] 阮 &lt;某&gt; 只有页面 又一个[技术] Feed only',
  )
  const opml = text(tree, 'blogroll.opml')
  assert.equal(parseXml(opml).attributes['version'], '2.0')
  assert.equal(
    opml,
    `<?xml version="1.0" encoding="utf-8"?>
<opml version="2.0">
<head>
<title>砚 &amp; 墨</title>
<ownerName>甲</ownerName>
</head>
<body>
<outline type="rss" text="阮 &lt;某&gt;" title="阮 &lt;某&gt;" xmlUrl="https://r.example/atom.xml" htmlUrl="https://r.example/?a=1&amp;b=2" description="两行&#10;&quot;引号&quot;"/>
<outline type="rss" text="又一个" title="又一个" xmlUrl="https://o.example/feed" htmlUrl="https://o.example/"/>
<outline text="技术">
<outline type="rss" text="Feed only" title="Feed only" xmlUrl="https://f.example/rss"/>
</outline>
</body>
</opml>
`,
  )
})

test('an edit of it makes its two pages again, and its coming and going every page', async () => {
  const site = memorySite(files)
  await site.build()
  assert.equal(site.tree().has('blogroll.opml'), false)
  site.write({ 'data/blogroll.yml': blogs })
  const ran = async (): Promise<readonly string[]> =>
    (await site.build()).ran.filter((key) => key.startsWith('page:')).sort()
  const all = await ran()
  assert.ok(
    ['page:/2024/01/01/a/', 'page:/blogroll.opml', 'page:/blogroll/'].every((key) => all.includes(key)),
  )
  site.write({ 'data/blogroll.yml': blogs.replace('又一个', '另一个') })
  assert.deepEqual(await ran(), ['page:/blogroll.opml', 'page:/blogroll/'])
  site.remove('data/blogroll.yml')
  assert.ok((await ran()).includes('page:/2024/01/01/a/'))
  assert.equal(site.tree().has('blogroll.opml'), false)
})

test('what is no list reads as nothing', () => {
  assert.deepEqual([undefined, null, 'x', { a: 1 }, [1, 'x']].map(readBlogroll), [[], [], [], [], []])
})
