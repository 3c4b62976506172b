// Oddities of real blogs, by their number in the collection that was made of them. What is not here is either tested on
// the floor it concerns, or has its sentence at the end of this file.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meta } from '../../src/content/types.js'
import { normalAddress } from '../../src/import/old-addresses.js'
import { settleAddresses } from '../../src/import/settle.js'
import type { ImportKind } from '../../src/import/types.js'
import { filesOf, type Moved, move } from './folder.js'

const configs: Readonly<Record<string, readonly [string, string, string]>> = {
  hugo: ['config.yaml', 'baseURL: https://x.org/\n', 'content/post/'],
  hexo: ['_config.yml', 'url: https://x.org\ntimezone: Asia/Shanghai\n', 'source/_posts/'],
  jekyll: ['_config.yml', 'url: https://x.org\ntimezone: Asia/Shanghai\n', '_posts/'],
  zola: ['zola.toml', 'base_url = "https://x.org"\n', 'content/'],
}

interface One {
  readonly moved: Moved
  readonly meta: Meta
  readonly text: string
  readonly body: string
  readonly notes: readonly string[]
}

/** One post brought over; `config` is added to the kind's own, `name` is the file's. */
async function one(
  kind: 'hugo' | 'hexo' | 'jekyll' | 'zola',
  name: string,
  text: string,
  more: { config?: string; files?: Record<string, string>; old?: readonly string[] } = {},
): Promise<One> {
  const [file, base, folder] = configs[kind]!
  const files = { [file]: base + (more.config ?? ''), [folder + name]: text, ...more.files }
  const moved = await move(kind satisfies ImportKind, filesOf(files), more.old)
  const document = moved.imported.documents.find(({ source }) => source === folder + name)
  assert.ok(document, `${name} was left: ${JSON.stringify(moved.imported.left)}`)
  const meta = moved.meta(document.id)
  assert.ok(meta)
  const written = moved.text(`content/${document.id}`)
  return {
    moved,
    meta,
    text: written,
    body: written.slice(meta.bodyOffset).trim(),
    notes: moved.assembled.notes.map(({ what }) => what),
  }
}

const dated = (title: string, rest = ''): string =>
  `---\ntitle: ${title}\ndate: 2020-01-02T10:00:00+08:00\n${rest}---\n\ntext\n`
const slugPattern = 'permalinks:\n  post: /:slug/\n'

test('1: blanks and hyphens follow the version that the known addresses show', async () => {
  const text = dated('编写可维护的代码 -- 面向AI编程')
  const url = async (old: string): Promise<string> =>
    (await one('hugo', 'a.md', text, { config: slugPattern, old: [old] })).meta.url
  assert.equal(await url('/编写可维护的代码----面向ai编程/'), '/编写可维护的代码----面向ai编程/')
  assert.equal(await url('/编写可维护的代码--面向ai编程/'), '/编写可维护的代码--面向ai编程/')
  assert.equal(await url('/编写可维护的代码-面向ai编程/'), '/编写可维护的代码-面向ai编程/')
})

test('2, 3: a file name with a day that does not exist; front matter wins', async () => {
  const { meta } = await one('hugo', '2025-11-31-Agent.md', dated('x').replace('2020-01-02', '2025-11-30'), {
    config: 'permalinks:\n  post: /:year/:month/:day/:filename/\n',
  })
  assert.equal(meta.url, '/2025/11/30/2025-11-31-agent/')
})

test('4: punctuation is dropped, dots and underscores stay', async () => {
  const url = async (title: string): Promise<string> =>
    (await one('hugo', 'a.md', dated(JSON.stringify(title)), { config: slugPattern })).meta.url
  assert.equal(await url('python玩转数据笔记:数据处理'), '/python玩转数据笔记数据处理/')
  assert.equal(await url('实现简单oauth2.0'), '/实现简单oauth2.0/')
  assert.equal(await url('save的update_fields参数'), '/save的update_fields参数/')
  assert.equal(await url('“引号”，《书》'), '/引号书/')
})

test('9, 10: a pattern for a section that does not exist is told', async () => {
  const { meta, notes } = await one('hugo', 'Name.md', dated('T'), {
    config: 'permalinks:\n  posts: /:year/:slug/\n',
  })
  assert.equal(meta.url, '/post/name/')
  assert.ok(notes.includes('permalinks.posts is never used: there is no section of that name'))
})

test('11: keys in capitals, an address without slashes', async () => {
  const { meta } = await one('hugo', 'a.md', dated('T', 'URL: "2020/04/22/go-app"\n'))
  assert.equal(meta.url, '/2020/04/22/go-app/')
})

test('12: keys of another generator are data', async () => {
  const { meta } = await one('hexo', 'a.md', dated('T', 'url: /blog/x\nid: 7\n'))
  assert.equal(meta.url, '/2020/01/02/a/')
  assert.deepEqual([meta.data['hexo_url'], meta.data['hexo_id']], ['/blog/x', 7])
})

test('13: a day that another machine gave is taken from the known addresses', async () => {
  const { meta } = await one('hexo', 'a.md', '---\ntitle: T\ndate: 2016-12-22\n---\nx\n', {
    old: ['/2016/12/21/a/'],
  })
  assert.deepEqual([meta.url, meta.date], ['/2016/12/21/a/', '2016-12-22'])
})

test('14, 15, 16, 19: dates with one digit, without seconds, quoted', async () => {
  const date = async (typed: string): Promise<string | null> =>
    (await one('hexo', 'a.md', `---\ntitle: T\ndate: ${typed}\n---\nx\n`)).meta.date
  assert.equal(await date('2017-10-1T11:59:30+09:00'), '2017-10-01T11:59:30+09:00')
  assert.equal(await date('2018-10-30T8:59:56+08:00'), '2018-10-30T08:59:56+08:00')
  assert.equal(await date('2016-1-21 21:13:37'), '2016-01-21T21:13:37+08:00')
  assert.equal(await date('2012-12-25 20:49'), '2012-12-25T20:49:00+08:00')
  assert.equal(await date('"2013/7/13 20:46:25"'), '2013-07-13T20:46:25+08:00')
})

test('17, 18: a clock without zone is the site’s, for Hugo UTC; the address has the date as written', async () => {
  const text = '---\ntitle: T\ndate: 2020-01-31 23:30:00\n---\nx\n'
  const pattern = 'permalinks:\n  post: /:year/:month/:day/:slug/\n'
  assert.equal((await one('hexo', 'a.md', text)).meta.url, '/2020/01/31/a/')
  const hugo = await one('hugo', 'a.md', text, { config: pattern })
  assert.deepEqual([hugo.meta.url, hugo.meta.date], ['/2020/01/31/t/', '2020-01-31T23:30:00+00:00'])
  assert.equal((await one('jekyll', '2020-01-31-a.md', text)).meta.url, '/2020/01/31/a.html')
})

test('20: Jekyll’s front matter goes before the file name', async () => {
  assert.equal(
    (
      await one('jekyll', '2014-01-29-hello-2015.markdown', dated('T').replace('2020-01-02', '2015-01-29'), {
        config: 'permalink: pretty\n',
      })
    ).meta.url,
    '/2015/01/29/hello-2015/',
  )
})

test('22: a date that stands only in the path', async () => {
  const { meta } = await one('zola', 'a.md', '+++\ntitle = "T"\npath = "2023/06/01/Rust-1.70.0"\n+++\nx\n')
  assert.deepEqual([meta.date, meta.url], ['2023-06-01', '/2023/06/01/Rust-1.70.0/'])
})

test('23, 24: aliases without slash, as files, with apostrophes', async () => {
  const { meta } = await one(
    'zola',
    'a.md',
    '+++\ntitle = "T"\ndate = 2020-01-01\naliases = ["2023/06/01/x.html", "releases/1.70.0", "/9-why\'s/"]\n+++\nx\n',
  )
  assert.deepEqual(meta.aliases, ['/2023/06/01/x.html', '/releases/1.70.0/', "/9-why's/"])
})

test('26: uglyURLs', async () => {
  assert.equal(
    (await one('hugo', 'a.md', dated('T'), { config: 'uglyURLs: true\n' })).meta.url,
    '/post/a.html',
  )
})

test('27: disablePathToLower keeps case', async () => {
  assert.equal(
    (await one('hugo', 'You-dont-need-jQuery.md', dated('T'), { config: 'disablePathToLower: true\n' })).meta
      .url,
    '/post/You-dont-need-jQuery/',
  )
})

test('28: what old versions of Jekyll kept in names is found in the known addresses', async () => {
  const { meta } = await one(
    'jekyll',
    '2011-04-09-预览图！.md',
    dated('T').replace('2020-01-02', '2011-04-09'),
    { old: ['/2011/04/09/预览图！.html'] },
  )
  assert.equal(meta.url, '/2011/04/09/预览图！.html')
})

test('30: Jekyll keeps apostrophes and brackets', async () => {
  assert.equal(
    (await one('jekyll', "2020-01-02-Computer's-(1).markdown", dated('T'))).meta.url,
    "/2020/01/02/Computer's-(1).html",
  )
})

test('31: empty categories leave no slash', async () => {
  assert.equal(
    (await one('jekyll', '2020-01-02-title.md', dated('T'), { config: 'permalink: /:categories/:title/\n' }))
      .meta.url,
    '/title/',
  )
})

test('32: Hexo’s :title is the path; case and full-width punctuation stay', async () => {
  assert.equal(
    (await one('hexo', 'architecture/Protocol-Buffers学习笔记？.md', dated('T'))).meta.url,
    '/2020/01/02/architecture/Protocol-Buffers学习笔记？/',
  )
})

test('33: a permalink in the front matter', async () => {
  assert.equal((await one('hexo', 'a.md', dated('T', 'permalink: /archives/x/\n'))).meta.url, '/archives/x/')
})

test('34: pictures relative to the source file come over', async () => {
  const { body, moved } = await one('hexo', 'a.md', dated('T').replace('text', '![x](../images/x.png)'), {
    files: { 'source/images/x.png': 'png' },
  })
  assert.equal(body, '![x](/images/x.png)')
  assert.ok(moved.assembled.files.has('public/images/x.png'))
})

test('35: slugs that look like numbers stay as typed', async () => {
  for (const slug of ['4891372', '0123', '1e5'])
    assert.equal(
      (await one('hugo', 'a.md', dated('T', `slug: ${slug}\n`), { config: slugPattern })).meta.url,
      `/${slug}/`,
    )
})

test('36, 38: blanks before the extension, # and [ in names', async () => {
  assert.equal((await one('hugo', '集成测试 .md', dated('T'))).meta.url, '/post/集成测试/')
  const { meta } = await one('hexo', 'Round #734 (Div. 3)/P4121[wc].md', dated('T'))
  assert.equal(meta.url, '/2020/01/02/Round #734 (Div. 3)/P4121[wc]/')
})

test('37: c#, c++ and .net are three tags', async () => {
  const { moved } = await one('hugo', 'a.md', dated('T', 'tags: ["C#", "C++", ".NET"]\n'))
  assert.deepEqual(moved.config.tagSlugs, {})
  assert.deepEqual(moved.meta('posts/a.md')?.tags, ['C#', 'C++', '.NET'])
})

test('41: drafts have no address', async () => {
  const { moved } = await one('hugo', 'a.md', dated('T', 'draft: true\n'))
  assert.deepEqual([moved.assembled.documents[0]?.url, moved.assembled.published], [null, []])
})

test('42: folders that begin with _ are sections to Hugo; a bundle is named by its folder', async () => {
  const { meta } = await one('hugo', '_acm/name/index.md', dated('T'), {
    config: 'permalinks:\n  post: /:filename/\n',
  })
  assert.equal(meta.url, '/name/')
})

test('43, 45: front matter without opening fence, byte order marks and blank lines before it', async () => {
  for (const text of [
    'title: T\ndate: 2020-01-02\ntags: [a]\n---\nbody\n',
    '\ufeff\n---\ntitle: T\ndate: 2020-01-02\ntags: [a]\n---\nbody\n',
    '\ufeff\ufeff---\ntitle: T\ndate: 2020-01-02\ntags: a\n---\nbody\n',
  ]) {
    const { meta, body } = await one('hexo', 'a.md', text)
    assert.deepEqual([meta.title, meta.tags, body], ['T', ['a'], 'body'])
  }
})

test('46: tabs after a colon', async () => {
  assert.deepEqual((await one('hugo', 'a.md', dated('T', 'tags:\t\t[a, b]\n'))).meta.tags, ['a', 'b'])
})

test('47: a title that YAML takes for a comment is told, and Jekyll’s file name is the title', async () => {
  const { meta, notes } = await one('jekyll', '2020-01-02-short-story.md', dated('#短篇#require.js'))
  assert.equal(meta.title, 'Short Story')
  assert.ok(notes.some((what) => what.includes('#短篇#require.js')))
})

test('49: posts without titles: the first heading, unless many begin with it, else the folder', async () => {
  const text = (heading: string): string => `---\ndate: 2020-01-02\n---\n\n# ${heading}\n\nx\n`
  const { moved } = await one('hexo', 'p1/index.md', text('题意'), {
    files: { 'source/_posts/p2/index.md': text('题意'), 'source/_posts/p3/index.md': text('自己的') },
  })
  assert.deepEqual(
    moved.imported.documents.map(({ fields }) => fields['title']),
    ['p1', 'p2', '自己的'],
  )
})

test('50, 51: empty titles and lists, capitals in keys', async () => {
  const { meta } = await one(
    'hugo',
    'a.md',
    '+++\ntitle = ""\ndate = 2020-01-02\ncategories = ["", ""]\nTags = ["a"]\nDescription = "d"\n+++\n# Heading\n',
  )
  assert.deepEqual([meta.categories, meta.tags, meta.description], [[], ['a'], 'd'])
})

test('52: texts as lists: Jekyll divides at blanks, Hexo and Hugo do not', async () => {
  assert.deepEqual(
    (await one('jekyll', '2020-01-02-a.md', dated('T', 'categories: Spring Boot\n'))).meta.categories,
    ['Spring', 'Boot'],
  )
  assert.deepEqual((await one('hexo', 'a.md', dated('T', 'categories: Spring Boot\n'))).meta.categories, [
    'Spring Boot',
  ])
  assert.deepEqual((await one('hexo', 'a.md', dated('T', 'tags: 读书,HTTP\n'))).meta.tags, ['读书', 'HTTP'])
})

test('53: tags that are numbers or null', async () => {
  assert.deepEqual((await one('hugo', 'a.md', dated('T', 'tags: [2019, null, 1560942895181]\n'))).meta.tags, [
    '2019',
    '1560942895181',
  ])
})

test('55: keys with blanks', async () => {
  assert.equal(
    (await one('hugo', 'a.md', dated('T', 'Version Specific Article: true\n'))).meta.data[
      'version specific article'
    ],
    true,
  )
})

test('56: published: false is a draft, hidden: true is unlisted', async () => {
  assert.equal((await one('jekyll', '2020-01-02-a.md', dated('T', 'published: false\n'))).meta.draft, true)
  assert.equal((await one('jekyll', '2020-01-02-a.md', dated('T', 'hidden: true\n'))).meta.unlisted, true)
})

test('59: CRLF and lone CR', async () => {
  assert.equal(
    (await one('hexo', 'a.md', '---\r\ntitle: T\r\ndate: 2020-01-02\r\n---\r\na\rb\r\nc\r\n')).body,
    'a\nb\nc',
  )
})

test('60: files that share an address get one each', async () => {
  const { moved } = await one('hexo', 'x.md', dated('T', 'abbrlink: 1\n'), {
    config: 'permalink: posts/:abbrlink/\n',
    files: { 'source/_posts/x-en.md': dated('T', 'abbrlink: 1\nlang: en\n') },
  })
  assert.deepEqual(
    moved.assembled.documents.map(({ url }) => url),
    ['/posts/1/', '/posts/1-2/'],
  )
})

test('63: Hexo’s line breaks', async () => {
  assert.equal((await one('hexo', 'a.md', dated('T'))).moved.config.markdown.hardBreaks, true)
  assert.equal(
    (await one('hexo', 'a.md', dated('T'), { config: 'marked:\n  breaks: false\n' })).moved.config.markdown
      .hardBreaks,
    false,
  )
  assert.equal((await one('hugo', 'a.md', dated('T'))).moved.config.markdown.hardBreaks, false)
})

test('67, 68, 69: braces that only look like a template stay', async () => {
  const text = '{{ input type="text" }} and {%d} {%s} and {{  }}'
  for (const kind of ['jekyll', 'hexo', 'hugo'] as const)
    assert.equal(
      (await one(kind, kind === 'jekyll' ? '2020-01-02-a.md' : 'a.md', dated('T').replace('text', text)))
        .body,
      text,
    )
})

test('70, 71: shown shortcodes, blanks before the slash', async () => {
  const { body } = await one(
    'hugo',
    'a.md',
    dated('T').replace(
      'text',
      '`{{</* x */>}}` {{\\< y >}}\n\n{{< highlight go >}}\n<a># b\n{{< / highlight >}}',
    ),
  )
  assert.equal(body, '`{{< x >}}` {{\\< y >}}\n\n```go\n<a># b\n```')
})

test('72: Markdown inside of a shortcode stays Markdown', async () => {
  assert.equal(
    (
      await one(
        'hugo',
        'a.md',
        dated('T').replace('text', '{{< table >}}\n| a | b |\n|---|---|\n{{< / table >}}'),
      )
    ).body,
    '| a | b |\n|---|---|',
  )
})

test('73: tags of Hexo in a Hugo blog were printed, and are', async () => {
  assert.equal(
    (await one('hugo', 'a.md', dated('T').replace('text', '{% note %}x{% endnote %}'))).body,
    '{% note %}x{% endnote %}',
  )
})

test('75: a code file that is missing does not stop anything', async () => {
  const { body, notes } = await one(
    'hexo',
    'a.md',
    dated('T').replace('text', '{% include_code tree lang:cpp cpp/x.h %}'),
  )
  assert.equal(body, '`include_code tree lang:cpp cpp/x.h`')
  assert.ok(notes.includes('include_code of a file that is not there: cpp/x.h'))
})

test('76: codeblock, img, video', async () => {
  const text =
    '{% codeblock bash lang:bash %}\nls <x>\n{% endcodeblock %}\n\n{% img /imgs/x.png %}\n\n{% video /v.mp4 %}'
  assert.equal(
    (await one('hexo', 'a.md', dated('T').replace('text', text))).body,
    '```bash title="bash"\nls <x>\n```\n\n![](/imgs/x.png)\n\n::video{src="/v.mp4"}',
  )
})

test('77: generics in prose are seen; code is not touched', async () => {
  assert.equal(
    (
      await one(
        'hugo',
        'a.md',
        dated('T').replace('text', 'List<String> `List<T>` <b>x</b>\n\n    Map<K, V>\n'),
      )
    ).body,
    'List&lt;String> `List<T>` <b>x</b>\n\n    Map<K, V>',
  )
})

test('79: very long lines take no time', async () => {
  const long = `![a](data:image/png;base64,${'A'.repeat(300_000)}) {{< x ${'"'.repeat(5000)} ${'<a '.repeat(5000)}`
  const before = process.cpuUsage()
  await one('hugo', 'a.md', dated('T').replace('text', long))
  await one('hexo', 'a.md', dated('T').replace('text', long.replaceAll('{{<', '{%')))
  const { user, system } = process.cpuUsage(before)
  assert.ok(user + system < 10_000_000)
})

test('80, 83: control characters go', async () => {
  assert.equal((await one('hugo', 'a.md', dated('T').replace('text', 'a\u0008b\u000bc\u001bd'))).body, 'abcd')
})

test('84: headings without a blank, where the old renderer took them', async () => {
  assert.equal(
    (await one('hexo', 'a.md', dated('T').replace('text', '##Comments\n\n#hashtag stays'))).body,
    '## Comments\n\n#hashtag stays',
  )
})

test('93: formulas of Zola, and backslashes that were doubled for Hexo', async () => {
  assert.equal(
    (
      await one(
        'zola',
        'a.md',
        '+++\ntitle = "T"\ndate = 2020-01-01\n+++\n{{ katex(body="a") }} {% katex(block=true) %}x^2{% end %}\n',
      )
    ).body.replace(/\s+/g, ' '),
    '$a$ $$ x^2 $$',
  )
  assert.equal(
    (
      await one(
        'hexo',
        'a.md',
        dated('T').replace('text', () => '$$a \\\\\\\\ b$$ and $c \\\\ d$'),
      )
    ).body,
    '$$a \\\\ b$$ and $c \\\\ d$',
  )
})

test('95: files in a folder beside a post are published where they were', async () => {
  const { moved, body } = await one('hugo', 'X.md', dated('T').replace('text', '![c](/post/X/cover.jpg)'), {
    files: { 'content/post/X/cover.jpg': 'jpg' },
  })
  assert.equal(body, '![c](/post/X/cover.jpg)')
  assert.ok(moved.assembled.files.has('public/post/X/cover.jpg'))
})

test('96: files that are no posts are told', async () => {
  const { moved } = await one('hugo', 'a.md', dated('T'), {
    files: { 'content/post/b.md.tmp': 'x', 'content/post/c.Rmd': 'x' },
  })
  assert.deepEqual(
    moved.assembled.notes.filter(({ kind }) => kind === 'skipped').map(({ file }) => file),
    ['content/post/b.md.tmp', 'content/post/c.Rmd'],
  )
})

test('two guesses for one address are none', () => {
  const document = (source: string, url: string) => ({
    source,
    url,
    bodyLine: 1,
    id: `posts/${source}`,
    fields: {},
    body: '',
    aliases: [],
  })
  const settled = settleAddresses(
    [document('a', '/2020/x/'), document('b', '/2021/x/')],
    new Set(['/2019/x/']),
    () => {},
  )
  assert.deepEqual(
    [...settled],
    [
      ['a', '/2020/x/'],
      ['b', '/2021/x/'],
    ],
  )
})

// Elsewhere: 5 (site/terms), 6–8 (addresses.test.ts: every address, feed and id of that blog), 54, 57 (content/frontmatter,
// render: escaping), 58, 81, 82 (wordpress.site, xml.test.ts), 61, 62, 64–66, 74, 78, 85–92 (markdown: emphasis, images,
// fences, links, raw HTML, excerpt marks, autolinks, indented code, languages, scripts, footnotes), 94 (braces stay as
// they are: 67), 97 (texts are UTF-8; other encodings cannot be told apart from damage).
// Not done: 21 needs nothing, its pattern has no date. 25 is the third rule of 1. 29: pages that a plugin named in
// pinyin are redirected only where a list of old addresses names them. 39: `e5-bc-80-…` is no percent-encoding any more;
// title and address come from the front matter. 40: attachment pages redirect to their post (wordpress.site). 44 is 43.
// 48: a slip in a key is told by the build ("did you mean title?").

test('an old address that no file can stand at is told, and never written into the configuration', async () => {
  const refused = [
    '/tags/Rust\\',
    '/tags/rust/con/',
    '/tags/rust%3Fa=b/',
    '/tags/rust\\/feed.xml',
    '/2020/\\/page/2/',
  ]
  const { moved, meta, notes } = await one(
    'hugo',
    'a.md',
    dated('x', 'tags: [Rust]\naliases: ["/old/", "/a\\\\b/"]\n'),
    {
      config: slugPattern,
      old: ['/tags/rust/page/2/', ...refused],
    },
  )
  // Reading the configuration again has thrown where anything in it is refused.
  assert.deepEqual(Object.keys(moved.config.redirects), ['/tags/rust/page/2/'])
  assert.ok(moved.config.feeds.more.every(({ url }) => !url.includes('\\')))
  assert.deepEqual([...moved.assembled.open].sort(), refused.map((url) => normalAddress(url)).sort())
  assert.deepEqual(meta.aliases, ['/old/'])
  assert.ok(
    notes.some((what) => what.includes('/a\\b/')),
    notes.join('; '),
  )
})
