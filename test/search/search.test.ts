import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { withSite } from '../temp-site.js'
import { bracketed, openReader } from './reader.js'

// A small site through the whole build, looked through as a reader does.

const config = (more: object = {}): string =>
  JSON.stringify({
    title: '搜',
    baseUrl: 'https://x.github.io/blog/',
    permalinks: { posts: '/:slug/' },
    ...more,
  })
const post = (title: string, body: string, more = ''): string =>
  `---\ntitle: ${title}\ndate: 2024-01-01\n${more}---\n\n${body}\n`

const files = {
  'site.config.json': config(),
  'content/posts/shujuku.md': post(
    '数据库笔记',
    '开头的话。\n\n## 连接池\n\n用 **SQLite** 查询时，`C++` 与 C# 都可以，见 ASP.NET。\n\n- 中国\n- 人民\n\n| 左 | 右边 |\n|---|---|\n| 格子 | 单元 |\n',
    'tags: [数据库, k8s]\n',
  ),
  'content/posts/rust.md': post(
    'Trust and Rust',
    'We write rustc and go. 一段**简**体字在*行内*元素里。\n\n```rust\nfn 主函数() {}\nlet a = 1;\n```\n',
  ),
  'content/posts/old.md': post('旧文', '数据在别处，仓库也在别处。K8S 与 kubernetes。', ''),
  'content/about.md': '---\ntitle: 关于\n---\n\n关于我的数据库。\n',
  'content/hidden.md': '---\ntitle: 藏\nsearch: false\n---\n\n数据库在这里不算。\n',
  'content/posts/unlisted.md': post('不列', '数据库不列出来。', 'unlisted: true\n'),
}

test('what a Chinese reader types is found where it stands, the title first, and nowhere else', async () => {
  await withSite(files, async (site) => {
    const built = await site.build()
    assert.deepEqual([built.ok, built.problems], [true, []])
    const reader = openReader(join(site.root, 'dist'))
    const find = async (query: string): Promise<string> =>
      (await reader.find(query)).all.map(({ title }) => bracketed(title)).join(', ')
    const expected: Record<string, string> = {
      数据库: '[数据库]笔记, 关于',
      据库: '数[据库]笔记, 关于',
      数据: '[数据]库笔记, 旧文, 关于',
      段简体: 'Trust and Rust',
      体字在行内元: 'Trust and Rust',
      中国人民: '',
      格子单元: '',
      SQLite查询: '数据库笔记',
      'sqlite 查询': '数据库笔记',
      ＳＱＬｉｔｅ: '数据库笔记',
      'C++': '数据库笔记',
      'c#': '数据库笔记',
      c: '数据库笔记',
      '.net': '数据库笔记',
      'asp.net': '数据库笔记',
      k8s: '数据库笔记, 旧文',
      rust: 'Trust and [Rust]',
      rus: 'Trust and [Rus]t',
      tru: '[Tru]st and Rust',
      '"rustc"': 'Trust and Rust',
      '"rus"': '',
      ust: '',
      'go rust': 'Trust and [Rust]',
      'go 数据库': '',
      '“数据在别处，仓库”': '旧文',
      '"let a = 1;"': 'Trust and Rust',
      主函数: 'Trust and Rust',
      '->': '',
      '': '',
      kubernetes: '旧文',
    }
    const found: Record<string, string> = {}
    for (const query of Object.keys(expected)) found[query] = await find(query)
    assert.deepEqual(found, expected)
  })
})

test('a result leads to the nearest heading and shows what was typed', async () => {
  await withSite(files, async (site) => {
    await site.build()
    const { all } = await openReader(join(site.root, 'dist')).find('查询')
    assert.deepEqual(
      all.map(({ url, heading, snippet, date, tags }) => [
        url,
        bracketed(heading),
        bracketed(snippet),
        date,
        tags,
      ]),
      [
        [
          '/blog/shujuku/#%E8%BF%9E%E6%8E%A5%E6%B1%A0',
          '连接池',
          '用 SQLite [查询]时，C++ 与 C# 都可以，见 ASP.NET。',
          '2024-01-01',
          [],
        ],
      ],
    )
  })
})

test('simplified and traditional characters find each other where that is on', async () => {
  const texts = {
    'content/posts/a.md': post('繁體', '資料庫與後臺。'),
    'content/posts/b.md': post('简体', '资料库与后台。'),
  }
  const titles = async (search: boolean | object, query: string): Promise<string[]> =>
    withSite({ 'site.config.json': config({ search }), ...texts }, async (site) => {
      await site.build()
      const { all } = await openReader(join(site.root, 'dist')).find(query)
      return all.map(({ title, snippet }) => bracketed(title) + bracketed(snippet)).sort()
    })
  assert.deepEqual(await titles({ variants: true }, '资料库与'), [
    '简体[资料库与]后台。',
    '繁體[資料庫與]後臺。',
  ])
  assert.deepEqual(await titles({ variants: true }, '資料庫'), [
    '简体[资料库]与后台。',
    '繁體[資料庫]與後臺。',
  ])
  assert.deepEqual(await titles(true, '资料库'), ['简体[资料库]与后台。'])
})

test('first letters of pinyin find titles, tags and headings where that is on', async () => {
  const texts = {
    'content/posts/a.md': post('重庆的数据库', '正文里的总结。\n\n## 音乐\n\n完。', 'tags: [云原生]\n'),
  }
  const found = async (search: boolean | object, query: string): Promise<string[]> =>
    withSite({ 'site.config.json': config({ search }), ...texts }, async (site) => {
      await site.build()
      const { all } = await openReader(join(site.root, 'dist')).find(query)
      return all.map(({ title, tags, heading }) =>
        [bracketed(title), ...tags.map(bracketed), bracketed(heading)].join(' / '),
      )
    })
  const on = { initials: true }
  assert.deepEqual(await found(on, 'sjk'), ['重庆的[数据库] / '])
  assert.deepEqual(await found(on, 'cq'), ['[重庆]的数据库 / '])
  assert.deepEqual(await found(on, 'yys'), ['重庆的数据库 / [云原生] / '])
  assert.deepEqual(await found(on, 'yy'), ['重庆的数据库 / [云原]生 / [音乐]'])
  assert.deepEqual(await found(on, 'zj'), [])
  assert.deepEqual(await found(true, 'sjk'), [])
})

test('`search: false` leaves nothing of it', async () => {
  await withSite({ ...files, 'site.config.json': config({ search: false }) }, async (site) => {
    const built = await site.build()
    assert.equal(built.ok, true)
    assert.equal(existsSync(join(site.root, 'dist/search')), false)
    assert.equal(
      built.ran.some((step) => /^(?:search:|page:\/search)/.test(step)),
      false,
    )
    for (const [path, text] of site.tree()) {
      if (path.endsWith('.html')) assert.doesNotMatch(text, /search-open|data-search|search-dialog/, path)
      else if (path.endsWith('.js')) assert.doesNotMatch(text, /index\.json/, path)
    }
  })
})

test("a document of the author's own at /search/ stands in for the search page", async () => {
  const own = { 'content/search.md': '---\ntitle: 我的搜索\n---\n\n自己写的。\n' }
  await withSite({ ...files, ...own }, async (site) => {
    const built = await site.build()
    assert.deepEqual([built.ok, built.problems], [true, []])
    assert.match(Buffer.from(site.tree().get('search/index.html') ?? '', 'latin1').toString(), /我的搜索/)
  })
})

test('an edit of a body changes its text and exactly the shards whose postings changed', async () => {
  await withSite(files, async (site) => {
    await site.build()
    site.write({
      'content/posts/old.md': post('旧文', '数据在别处，仓库也在别处。K8S 与 kubernetes。新添鲸鱼。'),
    })
    const before = site.tree()
    const built = await site.build()
    const changed = built.written.filter((path) => path.startsWith('search/'))
    const terms = changed.filter((path) => path.startsWith('search/terms/'))
    assert.equal(changed.length - terms.length, 1, 'one text file')
    // What each changed shard has more or less than before.
    const lines = (text = ''): string[] => Buffer.from(text, 'latin1').toString().split('\n')
    const after = site.tree()
    const differing = terms.flatMap((path) => {
      const [old, now] = [lines(before.get(path)), lines(after.get(path))]
      return [...now.filter((line) => !old.includes(line)), ...old.filter((line) => !now.includes(line))]
    })
    const news = new Set(differing.map((line) => line.split('\t')[0]))
    assert.deepEqual([...news].sort(), [...'新添鲸鱼', '新添', '添鲸', '鲸鱼'].sort())
    const again = await site.build()
    assert.deepEqual([again.ran, again.written], [[], []])
  })
})

test('moving a paragraph changes no shard', async () => {
  const two = (a: string, b: string) => ({ 'content/posts/two.md': post('两段', `${a}\n\n${b}`) })
  await withSite({ ...files, ...two('第一段写猫。', '第二段写狗。') }, async (site) => {
    await site.build()
    site.write(two('第二段写狗。', '第一段写猫。'))
    const { written } = await site.build()
    assert.deepEqual(
      written.filter((path) => path.startsWith('search/terms/')),
      [],
    )
  })
})

test('a title shown by search changes with the front matter', async () => {
  await withSite(files, async (site) => {
    await site.build()
    site.write({ 'content/posts/old.md': post('新名', '数据在别处，仓库也在别处。K8S 与 kubernetes。') })
    await site.build()
    const { all } = await openReader(join(site.root, 'dist')).find('新名')
    assert.deepEqual(
      all.map(({ title }) => bracketed(title)),
      ['[新名]'],
    )
  })
})
