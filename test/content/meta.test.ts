import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMeta } from '../../src/content/meta.js'
import type { Meta } from '../../src/content/types.js'
import { configOf, metaOf } from './cases.js'

const post = 'content/posts/a.md'

/** One field of a post whose front matter is otherwise sound. */
function field(name: keyof Meta, yaml: string): unknown {
  const { meta, problems } = metaOf({ [post]: `---\ntitle: x\ndate: 2024-12-31\n${yaml}\n---\n` })
  return problems.length > 0
    ? problems.map(({ code, line, column }) => `${code} ${line}:${column}`)
    : meta?.[name]
}

test('a post says everything that it can say', () => {
  const text = `---
Title: 我的 2024
DATE: 2024-12-31T10:55:52+08:00
lastmod: 2025-1-2 08:00
slug: my-2024
aliases: [/old/, 2024/x.html]
Tags: 总结, Go
category: 随笔
series: [年度]
draft: "false"
expirydate: 2030-01-01
hidden: true
pinned: yes
description: " 一年。 "
cover: {image: ./img/a b.jpg, alt: 山}
lang: zh_TW
layout: essay.njk
toc: false
math: true
comments: off
project: pingsix
canonical: https://example.com/x
weight: "3"
author: Timmy
Version Specific Article: true
---
正文
`
  assert.deepEqual(metaOf({ [post]: text }), {
    problems: [],
    meta: {
      id: 'posts/a.md',
      kind: 'post',
      section: 'posts',
      file: post,
      title: '我的 2024',
      slug: 'my-2024',
      url: '/2024/12/31/my-2024/',
      date: '2024-12-31T10:55:52+08:00',
      updated: '2025-01-02T08:00:00+08:00',
      expires: '2030-01-01',
      tags: ['总结', 'Go'],
      categories: ['随笔'],
      series: '年度',
      draft: false,
      unlisted: true,
      pinned: true,
      description: '一年。',
      cover: '/2024/12/31/my-2024/img/a b.jpg',
      coverAlt: '山',
      lang: 'zh-TW',
      layout: 'essay',
      toc: false,
      math: true,
      comments: false,
      projects: ['pingsix'],
      canonical: 'https://example.com/x',
      weight: 3,
      aliases: ['/old/', '/2024/x.html'],
      bodyOffset: text.indexOf('正文'),
      bodyLine: text.split('\n').indexOf('正文') + 1,
      bundle: false,
      data: { author: 'Timmy', 'Version Specific Article': true },
    },
  })
})

test('a post that says nothing but its name and day has the defaults', () => {
  const text = '---\ntitle: x\ndate: 2024-12-31\n---\n'
  assert.deepEqual(metaOf({ 'content/posts/a/index.md': text }), {
    problems: [],
    meta: {
      id: 'posts/a/index.md',
      kind: 'post',
      section: 'posts',
      file: 'content/posts/a/index.md',
      title: 'x',
      slug: 'a',
      url: '/2024/12/31/a/',
      date: '2024-12-31',
      updated: null,
      expires: null,
      tags: [],
      categories: [],
      series: '',
      draft: false,
      unlisted: false,
      pinned: false,
      description: '',
      cover: '',
      coverAlt: '',
      lang: 'zh-CN',
      layout: 'post',
      toc: true,
      math: 'auto',
      comments: true,
      projects: [],
      canonical: '',
      weight: 0,
      aliases: [],
      bodyOffset: text.length,
      bodyLine: 5,
      bundle: true,
      data: {},
    },
  })
})

const fields: readonly (readonly [string, keyof Meta, string, unknown])[] = [
  ['a slug stays as typed: leading zero', 'slug', 'slug: 0123', '0123'],
  ['a slug stays as typed: exponent', 'slug', 'slug: 1e5', '1e5'],
  ['a slug stays as typed: long number', 'slug', 'slug: 12345678901234567890', '12345678901234567890'],
  ['a slug stays as typed: a switch', 'slug', 'slug: True # yes', 'True'],
  ['a slug loses slashes around it', 'slug', 'slug: /a b/', 'a-b'],
  ['a slug may be percent-encoded', 'slug', 'slug: "%E6%95%B0"', '数'],
  [
    'a tag may be a number',
    'tags',
    'tags: [2019, 1560942895181, 1.0, 007]',
    ['2019', '1560942895181', '1.0', '007'],
  ],
  ['tags in lines may be numbers', 'tags', 'tags:\n- 2019 # year\n- 1.50\n- null\n-\n- ""', ['2019', '1.50']],
  ['a number behind a reference is its value', 'tags', 'n: &n 010\ntags: [*n]', ['10']],
  ['one tag may hold blanks', 'tags', 'tags: Spring Boot', ['Spring Boot']],
  ['a text with commas is several tags', 'tags', 'tags: 读书,HTTP，Go、C++', ['读书', 'HTTP', 'Go', 'C++']],
  ['an item with a comma is one tag', 'tags', 'tags: ["a, b"]', ['a, b']],
  [
    'tags are folded, the first spelling stays',
    'tags',
    'tags: [MySQL, mysql, ＭySQL, C, C++, C#, .NET]',
    ['MySQL', 'C', 'C++', 'C#', '.NET'],
  ],
  ['no tags', 'tags', 'tags:', []],
  ['empty categories', 'categories', 'categories: ["", ""]', []],
  ['categories in categories', 'categories', 'categories: [[a, b], c]', ['a', 'b', 'c']],
  ['a title may be a number', 'title', 'x: 1', 'x'],
  ['published: false is a draft', 'draft', 'published: false', true],
  ['draft goes before published', 'draft', 'published: false\ndraft: false', false],
  ['published may be a date', 'draft', 'published: 2024-01-01', false],
  ['draft: yes', 'draft', 'draft: yes', true],
  ['draft: "true"', 'draft', 'draft: "true"', true],
  ['draft: 1', 'draft', 'draft: 1', true],
  ['draft without value', 'draft', 'draft:', false],
  ['modified', 'updated', 'modified: 2025-01-01', '2025-01-01'],
  ['last_modified_at', 'updated', 'last_modified_at: Jan 5 2025', '2025-01-05'],
  ['publishdate decides nothing', 'data', 'publishDate: 2030-01-01', { publishDate: '2030-01-01' }],
  ['an empty updated', 'updated', 'updated: ""', null],
  ['a cover beside the post', 'cover', 'cover: cat.jpg', '/2024/12/31/a/cat.jpg'],
  ['a cover above the post', 'cover', 'cover: ../images/cat.jpg', '/2024/12/31/a/cat.jpg'],
  ['a cover of the site', 'cover', 'cover: /img/%E7%8C%AB.jpg', '/img/猫.jpg'],
  ['a cover elsewhere', 'cover', 'cover: https://example.com/c.jpg?x=1', 'https://example.com/c.jpg?x=1'],
  ['a cover beside a post that is a file', 'cover', 'permalink: /b/x.html\ncover: cat.jpg', '/b/cat.jpg'],
  ['cover: false', 'cover', 'cover: false', ''],
  ['cover with src', 'cover', 'cover:\n  src: c.jpg', '/2024/12/31/a/c.jpg'],
  ['coverAlt beside a plain cover', 'coverAlt', 'cover: c.jpg\ncoverAlt: 猫', '猫'],
  ['math: auto', 'math', 'math: auto', 'auto'],
  ['a layout in a folder', 'layout', 'layout: blog/wide', 'blog/wide'],
  ['an alias equal to the address goes', 'aliases', 'aliases: [/2024/12/31/a, /b, b/]', ['/b/']],
  ['one alias as a text', 'aliases', 'alias: old.html', ['/old.html']],
  ['weight without value', 'weight', 'weight:', 0],
  [
    'words of other programs are no typos',
    'data',
    'path: a\ntop: 1\ntype: b\nimage: c\nlink: d',
    { path: 'a', top: 1, type: 'b', image: 'c', link: 'd' },
  ],
  ['a typo near a field', 'data', 'ctegories: [a]', ['meta/unknown-field 4:1']],
]
for (const [name, key, yaml, expected] of fields)
  test(name, () => {
    assert.deepEqual(field(key, yaml), expected)
  })

test('a title stays as typed in all three syntaxes', () => {
  const texts = [
    '---\ntitle: 1.0\n---\n',
    '---\ntitle: 12:30\n---\n',
    '---\ntitle: 2024-01-01\n---\n',
    '---\ntitle: yes\n---\n',
    '---\ntitle: true\n---\n',
    '---\ntitle: 0x1F # hex\n---\n',
    '+++\ntitle = 1.0\n+++\n',
    '+++\ntitle = 1979-05-27\n+++\n',
    '{"title": 1.0}',
    '---\ntitle: "《“引号”》<!--[if lt IE 9]>"\n---\n',
    '---\ntitle: >\n  两行\n  标题\n---\n',
  ]
  assert.deepEqual(
    texts.map((text) => metaOf({ 'content/x.md': text }).meta?.title),
    [
      '1.0',
      '12:30',
      '2024-01-01',
      'yes',
      'true',
      '0x1F',
      '1.0',
      '1979-05-27',
      '1.0',
      '《“引号”》<!--[if lt IE 9]>',
      '两行 标题',
    ],
  )
})

test('a missing title is the first heading, else the name of the file or the bundle', () => {
  const titles = [
    { 'content/posts/2024-12-31-hello world.md': 'Text.' },
    { 'content/posts/2024-12-31-x.md': '## 题意\n' },
    { 'content/posts/2024-12-31-bundle/index.md': '' },
    { 'content/posts/2024-12-31-x.md': '---\ntitle: ""\n---\n# h\n' },
  ].map((files) => {
    const { meta, problems } = metaOf(files)
    return [meta?.title, problems.map(({ code }) => code)]
  })
  assert.deepEqual(titles, [
    ['hello world', ['meta/no-title']],
    ['题意', ['meta/no-title']],
    ['bundle', ['meta/no-title']],
    ['h', ['meta/no-title']],
  ])
})

test('the date of the file name counts where front matter has none', () => {
  const text = '---\ntitle: x\n---\n'
  const dated = { 'content/posts/2024-12-31-a.md': text }
  const other = { 'content/posts/2024-12-31-a.md': '---\ntitle: x\ndate: 2025-01-02\n---\n' }
  const impossible = { 'content/posts/2025-11-31-a.md': '---\ntitle: x\ndate: 2025-11-30\n---\n' }
  assert.deepEqual(
    [dated, other, impossible].map((files) => [metaOf(files).meta?.date, metaOf(files).meta?.url]),
    [
      ['2024-12-31', '/2024/12/31/a/'],
      ['2025-01-02', '/2025/01/02/a/'],
      ['2025-11-30', '/2025/11/30/a/'],
    ],
  )
})

test('a draft and a page need no date', () => {
  const files = [
    { [post]: '---\ntitle: x\ndraft: true\n---\n' },
    { 'content/about.md': '---\ntitle: x\n---\n' },
    { 'content/projects/a.md': '---\ntitle: x\n---\n' },
  ]
  assert.deepEqual(
    files.map((file) => [metaOf(file).meta?.url, metaOf(file).problems]),
    [
      ['/posts/a/', []],
      ['/about/', []],
      ['/projects/a/', []],
    ],
  )
})

test('the calendar date of an address is the authored one in every zone', () => {
  const text = '---\ntitle: x\ndate: 2024-12-31T00:55:00+08:00\n---\n'
  const urls = ['UTC', 'America/New_York', 'Pacific/Kiritimati'].map(
    (zone) =>
      readMeta('posts/a.md', (path) => (path === post ? text : undefined), configOf({}, zone)).meta?.url,
  )
  assert.deepEqual(urls, ['/2024/12/31/a/', '/2024/12/31/a/', '/2024/12/31/a/'])
})

test('the nearest defaults win key by key, and a key without value leaves them', () => {
  const files = {
    'content/posts/a/b.md': '---\ntitle: x\ndate: 2024-12-31\ntags:\ncategories: []\n---\n',
    'content/posts/a/_defaults.yml': '\ufeffLayout: near\r\nauthor: 近\r\n',
    'content/posts/_defaults.yml': 'layout: far\ntags: [a]\ncategories: [b]\nextra: 1\n',
    'content/_defaults.yml': 'lang: en\nextra: 2\ndraft: true\n',
  }
  const { meta, problems } = metaOf(files)
  assert.deepEqual(
    [meta?.layout, meta?.tags, meta?.categories, meta?.lang, meta?.draft, meta?.data, problems],
    ['near', ['a'], [], 'en', true, { author: '近', extra: 1 }, []],
  )
})

test('published: true in a post goes before draft: true of its folder', () => {
  const files = {
    [post]: '---\ntitle: x\ndate: 2024-12-31\npublished: true\n---\n',
    'content/_defaults.yml': 'draft: true\n',
  }
  assert.equal(metaOf(files).meta?.draft, false)
})

test('exactly the files that could say something are asked for, in order', () => {
  const asked: string[] = []
  readMeta(
    'posts/a/index.md',
    (path) => {
      asked.push(path)
      return path === 'content/posts/a/index.md' ? '---\ntitle: x\n---\n' : undefined
    },
    configOf(),
  )
  assert.deepEqual(asked, [
    'content/posts/a/index.md',
    'content/posts/a/_defaults.yml',
    'content/posts/_defaults.yml',
    'content/_defaults.yml',
  ])
})

test('files that belong to lists are no documents, and no problem', () => {
  const ids = ['_index.md', 'index.md', 'posts/_index.md', 'posts/a/_index.zh.md']
  assert.deepEqual(
    ids.map((id) => readMeta(id, () => '---\nbroken: [\n---\n', configOf())),
    ids.map(() => ({ meta: null, problems: [] })),
  )
})

test('a document that cannot be read is a problem', () => {
  assert.deepEqual(
    readMeta('posts/a.md', () => undefined, configOf()).problems.map(({ code, file, line }) => [
      code,
      file,
      line,
    ]),
    [['meta/no-file', post, 1]],
  )
})

test('a Meta is plain JSON: written and read back it is equal', () => {
  const { meta } = metaOf({
    [post]: '+++\ntitle = "x"\ndate = 2024-12-31\n[a.b]\nc = [1, {d = 1979-05-27}]\n+++\n',
  })
  assert.deepEqual(JSON.parse(JSON.stringify(meta)), meta)
})
