// Everything that a check finds beside broken addresses, as the terminal shows it: one site with each mistake once.
// UPDATE_CASES=1 writes the golden text anew; read it before it is committed.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { showProblems } from '../../src/report.js'
import { memorySite, fewPosts as posts } from '../memory-site.js'
import type { Files } from '../temp-site.js'

const golden = 'test/check/report.golden.txt'
/** A style for feeds is none of the mistakes. */
const feedStyle = { 'layouts/feed-style.njk': '' }
const fewPosts: Files = { ...posts, ...feedStyle }

const post = (title: string, day: number, front: string, body: string): string =>
  `---\ntitle: ${title}\ndate: 2024-02-0${day}\n${front}---\n\n${body}\n`

const mistakes = {
  ...feedStyle,
  'site.config.json': JSON.stringify({
    title: 'Memory',
    baseUrl: 'https://memory.example/blog/',
    language: 'en',
    timezone: 'UTC',
    search: false,
    cards: false,
    budgets: { image: 1, page: 12 },
    check: { ignore: [{ code: 'links/no-such-page', at: '/made-elsewhere/*' }] },
  }),
  'layouts/base.njk': `<!DOCTYPE html>
<html lang="{{ page.lang }}">
<head><title>{{ page.head.title }}</title><meta name="description" content="{{ page.head.description }}"></head>
<body>{% block content %}{% endblock %}</body>
</html>
`,
  'layouts/post.njk': `{% extends "base.njk" %}
{% block content %}
<h1>{{ post.title }}</h1>
<p>By {{ post.data.author ~ '' or 'undefined' }} <a href="/elsewhere/">beside</a></p>
<main>{{ post.html | safe }}</main>
{% endblock %}
`,
  'content/posts/links.md': post(
    'Links',
    1,
    'tags: [Databases, 數據庫, c-plus-plus]\n',
    'To [nowhere](/nowhere/), to [a made place](/made-elsewhere/x/), to [no address](http://[), [out](https://other.example/).\n\n[Where](#no-such) is [about](/about/#whom)?',
  ),
  'content/posts/images.md': post(
    'Images',
    2,
    'tags: [database, 数据库, c plus plus]\n',
    '![](./dot.png) and <img src="/blog/dot.png"> and <img src="./dot.png" alt="">\n\n## Two\n\n#### Four',
  ),
  'content/posts/html.md': post(
    'Twice',
    3,
    'tags: [Rust]\ndescription: The same.\n',
    '<div id="a">never closed\n\n<h2>a <div id="a">block</div></h2>\n\n<ul><p>no item</p></ul>\n\n<font color="red">red</font>\n\n{{< figure src="x" >}} and `{{ code }}`, undefined and NaN',
  ),
  'content/posts/other.md': post('Twice', 4, 'tags: [rust]\ndescription: The same.\n', 'Text.'),
  'content/posts/dot.png': fewPosts['content/posts/dot.png'] ?? '',
  'content/about.md': '---\ntitle: About\n---\n\nNobody.\n',
  'public/dot.png': Buffer.alloc(2000),
}

test('each mistake is told with its place, what was found, what is allowed and how to mend it', async () => {
  const built = await memorySite(mistakes).build({ check: true, dry: true })
  const text = showProblems(built.problems)
  if (process.env['UPDATE_CASES']) writeFileSync(golden, text)
  assert.equal(text, readFileSync(golden, 'utf8'))
  assert.equal(built.ok, false)
})

test('a check writes nothing into the output folder, and the next build is none the worse', async () => {
  const site = memorySite(fewPosts)
  const before = await site.quickBuild()
  const tree = site.tree()
  site.write({ 'content/about.md': '---\ntitle: About\n---\n\nSomebody.\n' })
  const checked = await site.build({ check: true, dry: true })
  assert.deepEqual([checked.ok, checked.written, checked.removed], [true, [], []])
  assert.deepEqual(site.tree(), tree)
  const after = await site.quickBuild()
  assert.deepEqual(
    [...after.written],
    ['about/index.html', 'sitemap.xml'].filter((path) => after.written.includes(path)),
  )
  assert.ok(site.tree().get('about/index.html')?.includes('Somebody.'))
  assert.equal(before.ok, true)
})

test('a build with a check publishes nothing where something is broken, and without one it does', async () => {
  const site = memorySite({ ...fewPosts, 'content/about.md': '---\ntitle: A\n---\n\n[x](/nowhere/)\n' })
  assert.deepEqual([(await site.build({ check: true })).ok, site.tree().size], [false, 0])
  assert.equal((await site.build()).ok, true)
})

test('what was learnt of pages is used again, and a damaged file of it is not believed', async () => {
  const site = memorySite(mistakes)
  const first = await site.build({ check: true, dry: true })
  const again = await site.build({ check: true, dry: true })
  assert.deepEqual(again.problems, first.problems)
  const path = '/site/.inkstone/check'
  const bytes = Buffer.from(site.disk.read(path))
  bytes[100] = (bytes[100] ?? 0) ^ 1
  site.disk.write(path, bytes)
  assert.deepEqual((await site.build({ check: true, dry: true })).problems, first.problems)
})
