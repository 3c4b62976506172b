import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { pageOf, postOf, rendererOf } from './world.js'

const project = postOf({
  id: 'projects/p/index.md',
  url: '/projects/p/',
  kind: 'project',
  slug: 'p',
  title: 'P',
  date: null,
})
const post = postOf({
  id: 'posts/a.md',
  url: '/a/',
  title: '<b>&"题"',
  html: '<p>正文 {{ 1 }} {% if %}</p>',
  toc: [
    { depth: 2, id: '一 "', text: '一 <', children: [{ depth: 3, id: 'b', text: 'b', children: [] }] },
    { depth: 2, id: 'c', text: 'c', children: [] },
  ],
  tagLinks: [{ key: 'c++', name: 'C++', slug: 'c++', url: '/tags/c++/', href: '/blog/tags/c++/' } as never],
  projects: ['p'],
  series: 'S',
  updated: '2025-01-01',
  hasMath: true,
})
const other = postOf({
  id: 'posts/b.md',
  url: '/b/',
  lang: 'en',
  series: 'S',
  date: '2023-01-01',
  title: 'Other',
})
const undated = postOf({ id: 'posts/u.md', url: '/u/', date: null, status: 'draft', title: '无日期' })
const about = postOf({ id: 'about.md', url: '/about/', kind: 'page', date: null, title: '关于' })
const posts = [post, other, undated, project, about]
const ids = [post.id, other.id, undated.id]
const groups = [
  { year: 2024, url: '/archive/2024/', count: 1, months: [{ month: 12, count: 1, ids: [post.id] }] },
]
const counts = groups.map((group) => ({ ...group, months: [{ month: 12, count: 1, ids: [] }] }))
const pager = { number: 2, total: 3, first: false, newer: '/', older: '/page/3/' }
const term = { key: 'c++', name: 'C++', slug: 'c++', url: '/tags/c++/', count: 3 }

const pages = [
  pageOf('/', 'home', 'home', {
    ids,
    pinned: [other.id],
    pager: { number: 1, total: 1, first: true, newer: '', older: '' },
  }),
  pageOf('/page/2/', 'home', 'home', { ids, pinned: [], pager }),
  pageOf('/a/', 'post', 'post', { id: post.id, title: post.title }),
  pageOf('/b/', 'post', 'post', { id: other.id, title: other.title }),
  pageOf('/u/', 'post', 'post', { id: undated.id, title: undated.title, noindex: true }),
  pageOf('/about/', 'page', 'page', { id: about.id, title: about.title }),
  pageOf('/projects/p/', 'project', 'project', { id: project.id, title: 'P' }),
  pageOf('/projects/', 'projects', 'projects', { ids: [project.id], pager: null }),
  pageOf('/archive/', 'archive', 'archive', { groups, undated: [undated.id] }),
  pageOf('/archive/', 'archive', 'archive', { groups: counts, undated: [] }),
  pageOf('/archive/2024/', 'archive', 'year', { title: '2024', groups, undated: [] }),
  pageOf('/tags/', 'tags', 'tags'),
  pageOf('/categories/', 'tags', 'categories'),
  pageOf('/series/', 'tags', 'seriesIndex'),
  pageOf('/tags/c++/', 'tag', 'tag', { title: 'C++', ids, pager, term }),
  pageOf('/categories/x/', 'tag', 'category', { title: 'X', ids, pager, term }),
  pageOf('/series/s/', 'tag', 'series', { title: 'S', ids, pager, term }),
  pageOf('/404.html', '404', '404', { noindex: true }),
]

test('every kind of page renders, whole and from the base path', () => {
  const renderer = rendererOf(posts)
  for (const page of pages) {
    const html = renderer.render(page)
    assert.match(html, /^<!DOCTYPE html>[\s\S]*<\/html>\n$/, page.url)
    assert.equal([...html.matchAll(/<h1[ >]/g)].length, 1, `${page.url}: one h1`)
    for (const [, address] of html.matchAll(/(?:href|src)="(\/[^"]*)"/g))
      assert.match(address!, /^\/blog\//, page.url)
  }
})

test('texts of authors are escaped in titles, lists and heads; a body stays as it is', () => {
  const html = rendererOf(posts).render(pages[2]!)
  assert.ok(html.includes('<h1 class="p-name">&lt;b&gt;&amp;&quot;题&quot;</h1>'))
  assert.ok(html.includes('<p>正文 {{ 1 }} {% if %}</p>'))
  assert.ok(html.includes('<a href="#%E4%B8%80%20%22">一 &lt;</a>'))
  assert.equal(html.includes('<b>&"'), false)
})

test('a document in another language says so in lists, and its page speaks that language', () => {
  const renderer = rendererOf(posts)
  assert.match(renderer.render(pages[0]!), /<li class="entry h-entry" lang="en">/)
  const english = renderer.render(pages[3]!)
  assert.match(english, /<html lang="en">/)
  assert.match(english, /Skip to content/)
})

test('a draft is marked on its page and in lists', () => {
  const renderer = rendererOf(posts)
  assert.match(renderer.render(pages[4]!), /<p class="preview-note"><strong>草稿<\/strong>/)
  assert.match(renderer.render(pages[1]!), /<span class="status">草稿<\/span>/)
})

test('only pages with formulas load the formulas’ style sheet', () => {
  const renderer = rendererOf(posts)
  assert.ok(renderer.render(pages[2]!).includes('href="/blog/katex.css"'))
  assert.equal(renderer.render(pages[3]!).includes('katex.css'), false)
})

test('a project shows its demo’s place, with the walkthrough in it, once there is a demo', () => {
  const page = pages[6]!
  assert.equal(rendererOf(posts).render(page).includes('data-demo'), false)
  const live = {
    module: '/blog/demo.js',
    style: '/blog/demo.css',
    frame: '',
    walkthrough: '<ol><li>一</li></ol>',
    summary: '',
    usesWasm: false,
  }
  const html = rendererOf(posts, { demo: (slug) => (slug === 'p' ? live : null) }).render(page)
  assert.equal(
    /<section class="demo"[\s\S]*?<\/section>/.exec(html)?.[0],
    '<section class="demo" id="demo" data-demo="p" data-module="/blog/demo.js" aria-label="P 的演示">\n<div class="prose"><ol><li>一</li></ol></div></section>',
  )
})

test('no interface word is typed in a template or script, and every template says what it gets', () => {
  const files = readdirSync('layouts', { recursive: true, encoding: 'utf8' }).map((name) => `layouts/${name}`)
  for (const file of files.filter((name) => name.endsWith('.njk'))) {
    const text = readFileSync(file, 'utf8')
    assert.match(text, /^\{#[\s\S]+?#\}/, `${file} begins with a comment`)
    assert.doesNotMatch(text.replace(/\{#[\s\S]*?#\}/g, ''), /\p{Script=Han}/u, file)
  }
  for (const file of files.filter((name) => name.endsWith('.ts')))
    assert.doesNotMatch(readFileSync(file, 'utf8'), /\p{Script=Han}/u, file)
})

test('scripts stay under 3 kB and styles under 10 kB gzipped', async () => {
  const size = async (entry: string) => {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      minify: true,
      write: false,
      format: 'esm',
    })
    return gzipSync(outputFiles[0]!.contents).length
  }
  assert.ok((await size('layouts/scripts/main.ts')) < 3_000)
  assert.ok((await size('layouts/styles/main.css')) < 10_000)
})
