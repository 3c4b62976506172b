import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import {
  fillPattern,
  findUnknownToken,
  type PermalinkParts,
  refusePattern,
} from '../../src/content/permalink.js'
import { hugoPath, segmentOf, splitDatedName } from '../../src/content/slug.js'
import { metaOf } from './cases.js'

const parts: PermalinkParts = {
  date: '2024-01-05T09:08:07+08:00',
  title: '从 Pingora 到 API 网关：总结！',
  slug: 'my-post',
  filename: '2024-01-05-my-post',
  folders: ['posts', '读书', 'Rust 101'],
}

const patterns: readonly (readonly [string, string])[] = [
  ['/:year/:month/:day/:slug/', '/2024/01/05/my-post/'],
  [':year/:month/:day/:title/', '/2024/01/05/从-pingora-到-api-网关总结/'],
  ['/:short_year/:i_month/:i_day/:slug', '/24/1/5/my-post/'],
  ['/:monthname/:weekday/:weekdayname/:yearday/', '/January/5/Friday/5/'],
  ['/:hour-:minute-:second/', '/09-08-07/'],
  ['/:section/:filename/', '/posts/2024-01-05-my-post/'],
  ['/:sections/:slug/', '/posts/读书/Rust-101/my-post/'],
  ['/:contentbasename/:slugorcontentbasename/', '/2024-01-05-my-post/my-post/'],
  ['/:YEAR/:Slug.html', '/2024/my-post.html'],
  ['/blog//:slug//', '/blog/my-post/'],
  ['/:year:month:day/:slug.xml', '/20240105/my-post.xml'],
  ['/a:b/', 'there is no token :b'],
  ['/../:slug/', '".." would leave the folder'],
  ['', 'it names no page'],
]
for (const [pattern, expected] of patterns)
  test(`the pattern "${pattern}" gives ${expected}`, () => {
    const address = fillPattern(pattern, parts)
    assert.equal('url' in address ? address.url : address.what, expected)
  })

test('a token that does not exist is named with the nearest that does', () => {
  assert.deepEqual(['/:yaer/:slug/', '/:year/:mnth/', '/:categories/', '/:year/'].map(findUnknownToken), [
    { token: ':yaer', offset: 1, meant: ':year' },
    { token: ':mnth', offset: 7, meant: ':month' },
    { token: ':categories', offset: 1, meant: undefined },
    null,
  ])
  assert.deepEqual(refusePattern('/:yaer/'), { what: 'there is no token :yaer', fix: 'did you mean :year?' })
  assert.equal(refusePattern('/:year/:slug/'), null)
})

// Titles as Hugo 0.40 turned them into addresses, many of them live.
const titles: readonly (readonly [string, string])[] = [
  ['About Blog', 'about-blog'],
  ['我的2024', '我的2024'],
  ['k8s云原生程序实现CRD的搜索查询分页', 'k8s云原生程序实现crd的搜索查询分页'],
  ['编写可维护的代码 -- 面向AI编程', '编写可维护的代码----面向ai编程'],
  ['a - b', 'a---b'],
  ['“引号”，《书》：（注）？！', '引号书注'],
  ['oauth2.0 update_fields', 'oauth2.0-update_fields'],
  ['C# / C++ ~ x', 'c#-/-c++-~-x'],
  ['  trimmed\t', 'trimmed'],
  ['tab\there', 'tabhere'],
  ['100%25 sure', '100%-sure'],
  ['100% sure', '100-sure'],
  ['CAFÉ', 'café'],
  ['ΟΔΟΣ İ', 'οδοσ-i'],
  ['①½ x²', '-x'],
  ['हिन्दी', 'हिन्दी'],
  ['👍', ''],
]
for (const [title, path] of titles)
  test(`Hugo's rule makes "${path}" of "${title}"`, () => {
    assert.equal(hugoPath(title), path)
  })

const names: readonly (readonly [string, string])[] = [
  ['HackerAndPainters', 'HackerAndPainters'],
  ['git使用 教程  (1)', 'git使用-教程-(1)'],
  ["Computer's-x", "Computer's-x"],
  ['python玩转数据笔记:数据处理', 'python玩转数据笔记数据处理'],
  ['预览图！', '预览图！'],
  ['a<b>"c|d?e*f\\g', 'abcdefg'],
  ['c#', 'c#'],
  ['.net', '.net'],
  ['end...', 'end'],
  ['zero\u200bwidth\ufeff', 'zerowidth'],
  ['e\u0301', '\u00e9'],
]
for (const [name, segment] of names)
  test(`the file name "${name}" stands in an address as "${segment}"`, () => {
    assert.equal(segmentOf(name), segment)
  })

test('a date is taken off a name, and counts only where that day exists', () => {
  const dated = [
    '2024-12-31-name',
    '2024-1-5_name',
    '2025-11-31-Agent工程实践',
    '2016-12-22',
    '12-31-name',
    'name',
  ]
  assert.deepEqual(dated.map(splitDatedName), [
    { date: '2024-12-31', rest: 'name' },
    { date: '2024-01-05', rest: 'name' },
    { date: null, rest: 'Agent工程实践' },
    { date: '2016-12-22', rest: '2016-12-22' },
    { date: null, rest: '12-31-name' },
    { date: null, rest: 'name' },
  ])
})

const typed: readonly (readonly [string, string | null])[] = [
  ['2020/04/22/godailylib/go-app', '/2020/04/22/godailylib/go-app/'],
  ['/archives/x/', '/archives/x/'],
  ['/blog/x.html', '/blog/x.html'],
  ['/feed.xml', '/feed.xml'],
  ['releases/1.70.0', '/releases/1.70.0/'],
  ['/blog/asp.net', '/blog/asp.net/'],
  ['/x.html/', '/x.html/'],
  ['/%E6%95%B0%E6%8D%AE/', '/数据/'],
  ['/e\u0301/', '/\u00e9/'],
  ['//a/b', null],
  ['/a//b', '/a/b/'],
  ['/100%/', '/100%/'],
  ["/9-why's/", "/9-why's/"],
  ['/c#/', '/c#/'],
  ['/a:b/', '/a:b/'],
  ['/a/./b', null],
  ['/a/..%2fb', null],
  ['/a/%252e%252e/b', null],
  ['/a%5cb', null],
  ['/LPT1.html', null],
  ['/.git/config', null],
  ['/.well-known/x/', '/.well-known/x/'],
  ['mailto:x', null],
  ['c:', null],
]
for (const [permalink, url] of typed)
  test(`permalink "${permalink}" ${url === null ? 'is refused' : `is ${url}`}`, () => {
    const text = `---\ntitle: x\ndate: 2024-12-31\npermalink: ${JSON.stringify(permalink)}\naliases: [${JSON.stringify(permalink)}]\n---\n`
    assert.equal(metaOf({ 'content/posts/a.md': text }).meta?.url ?? null, url)
    const alias = metaOf({ 'content/posts/a.md': text.replace(/permalink.*\n/, '') }).meta?.aliases
    assert.deepEqual(alias, url === null ? [] : [url])
  })

const places: readonly (readonly [string, string, string])[] = [
  ['posts/hello.md', 'post posts hello', '/2024/12/31/hello/'],
  ['post/hello.md', 'post posts hello', '/2024/12/31/hello/'],
  ['posts/2024-01-05-hello.md', 'post posts hello', '/2024/12/31/hello/'],
  ['posts/hello/index.md', 'post posts hello', '/2024/12/31/hello/'],
  ['posts/2024-01-05-hello/index.md', 'post posts hello', '/2024/12/31/hello/'],
  ['posts/a/b/hello.md', 'post posts hello', '/2024/12/31/hello/'],
  ['posts/不得不说 .md', 'post posts 不得不说', '/2024/12/31/不得不说/'],
  ['posts/index.md', 'page posts posts', '/posts/'],
  ['projects/pingsix.md', 'project projects pingsix', '/projects/pingsix/'],
  ['projects/pingsix/index.md', 'project projects pingsix', '/projects/pingsix/'],
  ['about.md', 'page  about', '/about/'],
  ['about/index.md', 'page about about', '/about/'],
  ['a/b.md', 'page a b', '/a/b/'],
  ['a/b/index.md', 'page a b', '/a/b/'],
  [
    'Codeforces Round #734 (Div. 3)/x.markdown',
    'page Codeforces Round #734 (Div. 3) x',
    '/Codeforces-Round-#734-(Div.-3)/x/',
  ],
]
for (const [id, what, url] of places)
  test(`content/${id} stands at ${url}`, () => {
    const { meta, problems } = metaOf({ [`content/${id}`]: '---\ntitle: x\ndate: 2024-12-31\n---\n' })
    assert.deepEqual([`${meta?.kind} ${meta?.section} ${meta?.slug}`, meta?.url, problems], [what, url, []])
  })

test('the pattern of a section covers its twin, its own name goes first', () => {
  const text = { 'content/post/a.md': '---\ntitle: x\ndate: 2024-12-31\n---\n' }
  assert.deepEqual(
    [
      { posts: '/p/:slug/' },
      { post: '/q/:slug/' },
      { post: '/q/:slug/', posts: '/p/:slug/' },
      { notes: '/n/:slug/' },
    ].map((permalinks) => metaOf(text, permalinks as unknown as Record<string, string>).meta?.url),
    ['/p/a/', '/q/a/', '/q/a/', '/2024/12/31/a/'],
  )
})

test('a post without date takes a pattern without date', () => {
  const text = { 'content/post/a.md': '---\ntitle: x\n---\n' }
  assert.deepEqual(
    [{}, { posts: '/:year/:title/' }, { posts: '/p/:slug/' }].map(
      (permalinks) => metaOf(text, permalinks as unknown as Record<string, string>).meta?.url,
    ),
    ['/post/a/', '/post/a/', '/p/a/'],
  )
})

test('every post of a real blog keeps the address that Hugo gave it', (t) => {
  const corpora = join(process.cwd(), '..', 'shared', 'corpora')
  if (!existsSync(join(corpora, 'zhu327.map.tsv'))) return t.skip('the corpora are not here')
  const rows = readFileSync(join(corpora, 'zhu327.map.tsv'), 'utf8').trimEnd().split('\n')
  const found: string[] = []
  const expected: string[] = []
  for (const row of rows) {
    const [name = '', , , path = ''] = row.split('\t')
    const file = join(corpora, 'zhu327', 'content', 'post', name)
    if (!existsSync(file)) continue
    const id = `content/post/${name}`
    const { meta } = metaOf({ [id]: readFileSync(file, 'utf8') }, { post: ':year/:month/:day/:title/' })
    found.push(`${name} ${meta?.url}`)
    expected.push(`${name} /${path.replace(/index\.html$/, '')}`)
  }
  assert.ok(found.length > 90)
  assert.deepEqual(found, expected)
})
