// One text in several languages, from files to pages.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageName } from '../src/render/filters.js'
import { withSite } from './temp-site.js'

const post = (title: string, date: string, more = ''): string =>
  `---\ntitle: ${title}\ndate: ${date}\n${more}---\n\n${title}。\n`
const files = {
  'site.config.json': JSON.stringify({
    title: '站',
    baseUrl: 'https://a.example/',
    languages: ['en', 'ja'],
    permalinks: { posts: '/:slug/' },
    search: false,
    cards: false,
  }),
  'content/posts/2024-01-01-one.md': post('一', '2024-01-01'),
  'content/posts/2024-01-01-one.en.md': post('One', '2024-01-02'),
  'content/posts/two/index.md': post('二', '2024-02-01', 'translationKey: two\n'),
  'content/posts/zwei.md': post('ふたつ', '2024-02-02', 'lang: ja\ntranslationKey: two\n'),
  'content/posts/alone.en.md': post('Alone', '2024-03-01'),
  'content/posts/node.js.md': post('Node', '2024-04-01'),
}
const alternates = (html: string): string[] =>
  [...html.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="https:\/\/a\.example([^"]+)">/g)].map(
    ([, lang, url]) => `${lang} ${url}`,
  )

test('translations know each other, in heads, in the sitemap and for readers', async () => {
  await withSite(files, async (site) => {
    const { ok, problems } = await site.build()
    assert.ok(ok, JSON.stringify(problems))
    const page = (name: string) => site.read(`dist/${name}/index.html`)
    const one = ['zh-CN /one/', 'en /en/one/', 'x-default /one/']
    assert.deepEqual(alternates(page('one')), one)
    assert.deepEqual(alternates(page('en/one')), one)
    assert.deepEqual(alternates(page('two')), ['zh-CN /two/', 'ja /zwei/', 'x-default /two/'])
    assert.deepEqual(alternates(page('en/alone')), [])
    assert.deepEqual(alternates(page('node.js')), [])
    assert.match(
      page('one'),
      /<nav class="languages" aria-label="其他语言">\n<ul>\n<li><a rel="alternate" hreflang="en" lang="en" href="\/en\/one\/">English<\/a><\/li>/,
    )
    assert.match(page('en/one'), /<html lang="en">/)
    const sitemap = site.read('dist/sitemap.xml')
    assert.ok(
      sitemap.includes(
        '<loc>https://a.example/en/one/</loc><lastmod>2024-01-02</lastmod><xhtml:link rel="alternate" hreflang="zh-CN" href="https://a.example/one/"/>',
      ),
      sitemap,
    )
    // In lists a text stands once; what exists in another language only stands there as it is.
    const listed = [...site.read('dist/index.html').matchAll(/class="u-url p-name" href="([^"]+)"/g)]
    assert.deepEqual(
      listed.map(([, url]) => url),
      ['/node.js/', '/en/alone/', '/two/', '/one/'],
    )
    const clean = site.tree()
    site.write({ 'content/posts/2024-01-01-one.en.md': post('Uno', '2024-01-02') })
    await site.build()
    site.write({ 'content/posts/2024-01-01-one.en.md': files['content/posts/2024-01-01-one.en.md'] })
    await site.build()
    assert.deepEqual(site.tree(), clean)
  })
})

test('a language is named in itself', () => {
  assert.deepEqual(['en', 'ja', 'zh-CN', 'fr'].map(languageName), [
    'English',
    '日本語',
    '中文（中国）',
    'français',
  ])
})

test('search finds each text in each of its languages, and nothing unlisted', async () => {
  const found = {
    ...files,
    'site.config.json': files['site.config.json'].replace('"search":false', '"search":true'),
    'content/posts/hidden.md': post('Hidden', '2024-05-01', 'unlisted: true\n'),
  }
  await withSite(found, async (site) => {
    const { ok, problems } = await site.build()
    assert.ok(ok, JSON.stringify(problems))
    const texts = [...site.tree().keys()].filter((name) => name.startsWith('search/texts/'))
    const titles = texts.map((name) => site.read(`dist/${name}`)).join('')
    for (const title of ['一', 'One', '二', 'ふたつ', 'Alone', 'Node'])
      assert.ok(titles.includes(title), title)
    assert.ok(!titles.includes('Hidden'))
  })
})
