import assert from 'node:assert/strict'
import { test } from 'node:test'
import { config, makeFolder, post } from './site.js'

// `new`, `list` and `why`.

const site = {
  'site.config.json': config,
  'content/posts/a.md': post('甲', '2024-01-01', 'tags: [Rust, 数据库]\n'),
  'content/posts/b.md': post('乙', '2024-01-02', 'tags: [Rust]\n'),
  'content/posts/d.md': post('稿', '2024-01-03', 'draft: true\ntags: [secret]\n'),
  'content/posts/f.md': post('后', '2099-01-01', 'tags: [secret]\n'),
  'content/about.md': '---\ntitle: 关于\n---\n',
}

/** The day in the site's zone: what the command calls today. */
const today = (): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' }).format(new Date())

test('new post makes a draft dated in the zone of the site, and says where', (t) => {
  const folder = makeFolder(t, { 'site.config.json': config })
  const before = today()
  const { code, out, err } = folder.run('new', 'post', '第一篇：Hello, World!', '--tags', 'Rust，数据库, ')
  if (before !== today()) return t.skip('the day changed meanwhile')
  const file = `content/posts/${before}-第一篇-Hello-World.md`
  assert.deepEqual({ code, out, err }, { code: 0, out: `${file}\n`, err: '' })
  const [, date = ''] = /^date: (.*)$/m.exec(folder.read(file)) ?? []
  assert.match(date, new RegExp(`^${before}T\\d\\d:\\d\\d:\\d\\d\\+08:00$`))
  assert.equal(
    folder.read(file),
    `---\ntitle: "第一篇：Hello, World!"\ndate: ${date}\ntags: ["Rust", "数据库"]\ndraft: true\n---\n\n`,
  )
})

test('a new post is a draft of the site until it says otherwise', (t) => {
  const folder = makeFolder(t, { 'site.config.json': config })
  const { out } = folder.run('new', 'post', '新篇')
  assert.equal(folder.run('list', 'posts').out, '')
  assert.equal(folder.run('list', 'drafts').out.split('\t').at(-1), out)
  assert.equal(folder.build().code, 0)
})

test('new post never replaces a file', (t) => {
  const folder = makeFolder(t, { 'site.config.json': config })
  const { out } = folder.run('new', 'post', '一篇')
  folder.write(out.trim(), '我写的')
  const again = folder.run('new', 'post', '一篇')
  assert.deepEqual(
    { code: again.code, out: again.out, what: again.err.split('\n').slice(0, 2) },
    { code: 1, out: '', what: [`${out.trim()}  error  new/exists`, '  this file exists already'] },
  )
  assert.equal(folder.read(out.trim()), '我写的')
})

test('new project makes a project page', (t) => {
  const folder = makeFolder(t, { 'site.config.json': config })
  assert.deepEqual(folder.run('new', 'project', 'my-tool'), {
    code: 0,
    out: 'content/projects/my-tool/index.md\n',
    err: '',
  })
  assert.match(
    folder.read('content/projects/my-tool/index.md'),
    /^---\ntitle: "my-tool"\ndate: \S+\n---\n\n$/,
  )
  assert.equal(folder.build().code, 0)
  assert.equal(folder.files('dist').includes('projects/my-tool/index.html'), true)
})

test('a title that cannot leave the folder does not', (t) => {
  const folder = makeFolder(t, { 'site.config.json': config })
  folder.run('new', 'project', '../../evil')
  assert.deepEqual(
    folder.files().filter((file) => file.startsWith('content')),
    ['content/projects/evil/index.md'],
  )
})

test('new something else, or a title without letters, is wrong usage', (t) => {
  const folder = makeFolder(t, { 'site.config.json': config })
  assert.deepEqual(folder.run('new', 'thing', 'x'), {
    code: 2,
    out: '',
    err: 'new thing: there are post and project\n',
  })
  assert.equal(folder.run('new', 'post', '！？').code, 2)
  assert.deepEqual(
    folder.files().filter((file) => file.startsWith('content')),
    [],
  )
})

const lists: readonly [subject: string, out: string][] = [
  [
    'posts',
    '2024-01-02\t乙\t/2024/01/02/b/\tcontent/posts/b.md\n2024-01-01\t甲\t/2024/01/01/a/\tcontent/posts/a.md\n',
  ],
  ['drafts', '2024-01-03\t稿\t/2024/01/03/d/\tcontent/posts/d.md\n'],
  ['future', '2099-01-01\t后\t/2099/01/01/f/\tcontent/posts/f.md\n'],
  ['tags', 'Rust\t2\t/tags/rust/\n数据库\t1\t/tags/数据库/\n'],
  [
    'urls',
    [
      ...[
        '',
        '2024/01/01/a/',
        '2024/01/02/b/',
        '404.html',
        'about/',
        'archive/',
        'archive/2024/',
        'atom.xml',
      ],
      ...[
        'feed.css',
        'feed.json',
        'feed.xml',
        'robots.txt',
        'sitemap.xml',
        'tags/',
        'tags/%E6%95%B0%E6%8D%AE%E5%BA%93/',
      ],
      ...['tags/%E6%95%B0%E6%8D%AE%E5%BA%93/feed.xml', 'tags/rust/', 'tags/rust/feed.xml'],
    ]
      .map((path) => `https://example.org/${path}\n`)
      .join(''),
  ],
]
for (const [subject, out] of lists)
  test(`list ${subject} tells one a line`, (t) => {
    assert.deepEqual(makeFolder(t, site).run('list', subject), { code: 0, out, err: '' })
  })

test('list can be read by a program', (t) => {
  const { code, out } = makeFolder(t, site).run('list', 'tags', '--json')
  assert.deepEqual(
    { code, tags: JSON.parse(out) },
    {
      code: 0,
      tags: [
        { name: 'Rust', count: 2, url: '/tags/rust/' },
        { name: '数据库', count: 1, url: '/tags/数据库/' },
      ],
    },
  )
})

test('list of something else is wrong usage, with what was probably meant', (t) => {
  assert.deepEqual(makeFolder(t, site).run('list', 'ulrs'), {
    code: 2,
    out: '',
    err: 'list ulrs: there are posts, drafts, future, tags, urls; did you mean urls?\n',
  })
})

test('list writes nothing into the site', (t) => {
  const folder = makeFolder(t, site)
  folder.run('list', 'posts')
  assert.deepEqual(folder.files(), Object.keys(site).sort())
})

interface Why {
  readonly step: string
  readonly reason: string
  readonly files: readonly string[]
  readonly templates: readonly string[]
  readonly questions: readonly string[]
}

test('why tells the sources, templates and questions behind a page, however it is named', (t) => {
  const folder = makeFolder(t, site)
  folder.build()
  const names = [
    '/2024/01/01/a/',
    '2024/01/01/a/index.html',
    'https://example.org/2024/01/01/a/',
    '/2024/01/01/a/index.html',
  ]
  for (const name of names) {
    const { code, out } = folder.run('why', name, '--json')
    assert.equal(code, 0, name)
    // The shape is what is looked at here.
    const why = JSON.parse(out) as Why
    assert.equal(why.step, 'page:/2024/01/01/a/', name)
    assert.equal(why.files.includes('content/posts/a.md'), true, name)
    assert.equal(why.templates.includes('inkstone/layouts/post.njk'), true, name)
    assert.equal(why.questions.includes('html:posts/a.md'), true, name)
  }
  const tag = folder.run('why', 'https://example.org/tags/%E6%95%B0%E6%8D%AE%E5%BA%93/')
  assert.deepEqual([tag.code, tag.out.split('  ')[0]], [0, 'page:/tags/数据库/'])
})

test('why tells the reason of the last build', (t) => {
  const folder = makeFolder(t, site)
  const reason = (): string => folder.run('why', '/2024/01/01/a/').out.split('\n')[0] ?? ''
  folder.build()
  assert.match(reason(), /^page:\/2024\/01\/01\/a\/ {2}made again: \S/)
  folder.write('content/posts/b.md', `${site['content/posts/b.md']}\n又一句。\n`)
  folder.build()
  assert.equal(reason(), 'page:/2024/01/01/a/  kept: every question has the answer it had')
  folder.write('content/posts/a.md', `${site['content/posts/a.md']}\n又一句。\n`)
  folder.build()
  assert.match(reason(), /^page:\/2024\/01\/01\/a\/ {2}made again: .*posts\/a\.md/)
})

test('why knows a copied file', (t) => {
  const folder = makeFolder(t, { ...site, 'public/files/x.txt': 'x' })
  folder.build()
  assert.deepEqual(folder.run('why', '/files/x.txt'), {
    code: 0,
    out: '/files/x.txt is a copy of public/files/x.txt\n',
    err: '',
  })
})

test('why of what is not there suggests what is', (t) => {
  const folder = makeFolder(t, site)
  folder.build()
  assert.deepEqual(folder.run('why', '/abuot/'), {
    code: 1,
    out: '',
    err: 'No page at /abuot/; did you mean /about/?\n',
  })
})

test('why before any build says so', (t) => {
  const folder = makeFolder(t, site)
  assert.deepEqual(folder.run('why', '/about/'), {
    code: 1,
    out: '',
    err: `There is no finished build in ${folder.path}/.inkstone. Run inkstone build first.\n`,
  })
})
