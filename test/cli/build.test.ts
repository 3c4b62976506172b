import assert from 'node:assert/strict'
import { test } from 'node:test'
import { config, makeFolder, post } from './site.js'

// `inkstone build`, its flags and its exit codes, on folders such as people have.

const small = { 'site.config.json': config, 'content/posts/a.md': post('甲', '2024-01-01') }

/** What a site of one post consists of. */
const smallOutputs = [
  '2024/01/01/a/index.html',
  '404.html',
  'archive/2024/index.html',
  'archive/index.html',
  'atom.xml',
  'feed.css',
  'feed.json',
  'feed.xml',
  'index.html',
  'robots.txt',
  'sitemap.xml',
  'tags/index.html',
]

/** Without what bundles are called: their names hold hashes. */
const withoutAssets = (files: readonly string[]): string[] =>
  files.filter((file) => !file.startsWith('assets/'))

test('a folder with one file in content/ and nothing else is a site', (t) => {
  const folder = makeFolder(t, { 'content/你好.md': '# 你好\n\n一句话。\n' })
  const { code, out, err } = folder.run('build')
  assert.equal(code, 0, err)
  assert.match(
    out,
    /^\d+ pages · \d+ changed, 0 removed · \d+ steps run, 0 kept · \d+(\.\d+)? m?s\nThe site is in /,
  )
  assert.equal(folder.files('dist').includes('你好/index.html'), true)
  assert.deepEqual(
    [...err.matchAll(/^(\S*) {2}warning {2}(\S+)$|^warning {2}(\S+)$/gm)].map(([line]) => line),
    ['warning  config/no-base-url', 'content/你好.md:1:1  warning  meta/no-title'],
  )
})

test('a build ends with what it did; the second one does nothing', (t) => {
  const folder = makeFolder(t, small)
  const first = folder.build()
  assert.deepEqual(withoutAssets(folder.files('dist')), smallOutputs)
  assert.deepEqual(
    { ...first, ms: 0, ran: first.ran > 0 },
    {
      ok: true,
      out: `${folder.path}/dist`,
      outputs: folder.files('dist').length,
      written: folder.files('dist').length,
      removed: 0,
      ran: true,
      kept: 0,
      problems: [],
      ms: 0,
      code: 0,
    },
  )
  const second = folder.build()
  assert.deepEqual({ ...second, ms: 0 }, { ...first, written: 0, ran: 0, kept: first.ran, ms: 0 })
})

test('--quiet says nothing of a sound site', (t) => {
  assert.deepEqual(makeFolder(t, small).run('build', '--quiet'), { code: 0, out: '', err: '' })
})

test('an error in the site gives exit code 1 and leaves the published site as it was', (t) => {
  const folder = makeFolder(t, small)
  folder.build()
  const before = folder.files('dist').map((file) => [file, folder.read(`dist/${file}`)])
  folder.write('content/posts/b.md', post('乙', '2024-13-01'))
  const { code, out, err } = folder.run('build')
  assert.deepEqual({ code, out }, { code: 1, out: '' })
  assert.equal(err.split('\n')[0], 'content/posts/b.md:3:7  error  meta/bad-date')
  assert.equal(err.trimEnd().split('\n').at(-1), 'Nothing was published; the output folder is as it was.')
  assert.deepEqual(
    folder.files('dist').map((file) => [file, folder.read(`dist/${file}`)]),
    before,
  )
})

test('a first build that fails leaves no output folder', (t) => {
  const folder = makeFolder(t, { ...small, 'content/posts/b.md': post('乙', '2024-13-01') })
  assert.equal(folder.run('build').code, 1)
  assert.deepEqual(
    folder.files().filter((file) => file.startsWith('dist')),
    [],
  )
})

test('a warning is no failure, but with --strict it is an error', (t) => {
  const folder = makeFolder(t, {
    ...small,
    'content/posts/b.md': `${post('乙', '2024-01-02')}\n[断](./no.md)\n`,
  })
  const severities = (...args: string[]) => {
    const { code, ok, problems } = folder.build(...args)
    return { code, ok, severities: problems.map(({ severity }) => severity) }
  }
  assert.deepEqual(severities('--strict'), { code: 1, ok: false, severities: ['error'] })
  assert.deepEqual(severities(), { code: 0, ok: true, severities: ['warning'] })
  // Also where nothing is to be done.
  assert.deepEqual(severities('--strict'), { code: 1, ok: false, severities: ['error'] })
})

test('--at decides what is in the future, in both directions', (t) => {
  const folder = makeFolder(t, { ...small, 'content/posts/b.md': post('乙', '2030-06-01 08:00') })
  const has = () => folder.files('dist').includes('2030/06/01/b/index.html')
  folder.build('--at', '2030-06-01T07:59:59+08:00')
  assert.equal(has(), false)
  folder.build('--at', '2030-06-01T08:00:00+08:00')
  assert.equal(has(), true)
  folder.build('--at', '2030-05-31')
  assert.equal(has(), false)
})

test('a build says when the next post appears', (t) => {
  const folder = makeFolder(t, { ...small, 'content/posts/b.md': post('乙', '2030-06-01 08:00') })
  assert.match(
    folder.run('build', '--at', '2030-05-31').out,
    /^Build again at 2030-06-01T00:00:00.000Z: a post appears or expires then\.$/m,
  )
})

test('--drafts and --future show what is hidden, and mark it', (t) => {
  const folder = makeFolder(t, {
    ...small,
    'content/posts/d.md': post('稿', '2024-01-02', 'draft: true\n'),
    'content/posts/f.md': post('后', '2099-01-01'),
  })
  const dated = () => folder.files('dist').filter((file) => /^\d{4}\/.*html$/.test(file))
  folder.build()
  assert.deepEqual(dated(), ['2024/01/01/a/index.html'])
  folder.build('--drafts', '--future')
  assert.deepEqual(dated(), ['2024/01/01/a/index.html', '2024/01/02/d/index.html', '2099/01/01/f/index.html'])
  const isMarked = (path: string) => /class="preview-note"/.test(folder.read(`dist/${path}`))
  assert.deepEqual(dated().map(isMarked), [false, true, true])
  folder.build()
  assert.deepEqual(dated(), ['2024/01/01/a/index.html'])
})

test('several output folders from one cache are each complete', (t) => {
  const folder = makeFolder(t, small)
  const first = folder.build('--out', 'one')
  const second = folder.build('--out', 'two')
  assert.deepEqual([second.written, second.kept > 0], [first.written, true])
  assert.deepEqual(
    folder.files('two').map((file) => folder.read(`two/${file}`)),
    folder.files('one').map((file) => folder.read(`one/${file}`)),
  )
  folder.write('content/posts/a.md', post('甲甲', '2024-01-01'))
  folder.build('--out', 'two')
  folder.build('--out', 'one')
  assert.deepEqual(
    folder.files('two').map((file) => folder.read(`two/${file}`)),
    folder.files('one').map((file) => folder.read(`one/${file}`)),
  )
})

test('a site is built from anywhere into anywhere by --root, --out and --cache', (t) => {
  const site = makeFolder(t, small)
  const elsewhere = makeFolder(t, {})
  const { out, code } = elsewhere.build('--root', site.path, '--out', 'public', '--cache', 'kept')
  assert.deepEqual({ out, code }, { out: `${elsewhere.path}/public`, code: 0 })
  assert.deepEqual(withoutAssets(elsewhere.files('public')), smallOutputs)
  assert.deepEqual(site.files(), Object.keys(small).sort())
})

test('--base-url stands in for the one in the configuration', (t) => {
  const folder = makeFolder(t, small)
  folder.build('--base-url', 'https://other.example/blog')
  assert.match(folder.read('dist/robots.txt'), /^Sitemap: https:\/\/other\.example\/blog\/sitemap\.xml$/m)
  assert.match(folder.read('dist/index.html'), /href="\/blog\/2024\/01\/01\/a\/"/)
  folder.build()
  assert.match(folder.read('dist/robots.txt'), /^Sitemap: https:\/\/example\.org\/sitemap\.xml$/m)
})

test('a --base-url that is none is an error', (t) => {
  const { code, problems } = makeFolder(t, small).build('--base-url', 'example.org')
  assert.deepEqual(
    { code, codes: problems.map((problem) => problem['code']) },
    { code: 1, codes: ['config/bad-value'] },
  )
})

test('foreign files in the output folder survive every build', (t) => {
  const folder = makeFolder(t, { ...small, 'dist/CNAME': 'example.org', 'dist/.git/HEAD': 'ref: x' })
  folder.build()
  folder.write('dist/notes/mine.txt', 'mine')
  folder.write('content/posts/a.md', post('甲', '2024-02-02'))
  const { removed } = folder.build('--clean')
  assert.equal(removed > 0, true)
  assert.deepEqual(
    ['CNAME', '.git/HEAD', 'notes/mine.txt'].map((file) => folder.read(`dist/${file}`)),
    ['example.org', 'ref: x', 'mine'],
  )
})

test('a foreign file in the way is an error that names --adopt, and --adopt replaces it', (t) => {
  const folder = makeFolder(t, { ...small, 'dist/index.html': 'mine' })
  const { code, problems } = folder.build()
  assert.equal(code, 1)
  assert.match(JSON.stringify(problems), /index\.html.*--adopt/)
  assert.deepEqual(folder.files('dist'), ['index.html'])
  assert.equal(folder.read('dist/index.html'), 'mine')
  assert.equal(folder.build('--adopt').code, 0)
  assert.deepEqual(withoutAssets(folder.files('dist')), smallOutputs)
})

test('a post that is gone takes its outputs with it', (t) => {
  const folder = makeFolder(t, { ...small, 'content/posts/b.md': post('乙', '2023-01-02', 'tags: [x]\n') })
  folder.build()
  folder.write('content/posts/b.md', post('乙', '2023-01-02', 'draft: true\n'))
  assert.equal(folder.build().removed > 0, true)
  assert.deepEqual(withoutAssets(folder.files('dist')), smallOutputs)
})

test('--prove, --verify-inputs and any number of workers give the same site', (t) => {
  const folder = makeFolder(t, small)
  folder.build('--out', 'plain')
  const ways = [
    ['--prove'],
    ['--verify-inputs'],
    ['--workers', '0'],
    ['--workers', '2', '--clean'],
    ['--clean'],
  ]
  for (const [i, flags] of ways.entries()) {
    assert.equal(folder.build('--out', `way${i}`, ...flags).code, 0, flags.join(' '))
    assert.deepEqual(
      folder.files(`way${i}`).map((file) => [file, folder.read(`way${i}/${file}`)]),
      folder.files('plain').map((file) => [file, folder.read(`plain/${file}`)]),
      flags.join(' '),
    )
  }
})

test('a template of the site stands in for the one of the package', (t) => {
  const folder = makeFolder(t, {
    ...small,
    'layouts/page.njk':
      '{% extends "base.njk" %}{% block content %}<p>mine: {{ post.title }}</p>{% endblock %}',
    'content/about.md': '---\ntitle: 关于\n---\n',
  })
  assert.equal(folder.build().code, 0)
  assert.match(folder.read('dist/about/index.html'), /<p>mine: 关于<\/p>/)
  assert.match(folder.read('dist/2024/01/01/a/index.html'), /甲的正文。/)
})
