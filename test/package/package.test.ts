import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { installPacked, packBoth, run, tsc, unpack } from './packed.js'

// What would be published, and what somebody does with it who has nothing else: no checkout, no network.

const workshop = packBoth()
after(() => workshop[Symbol.dispose]())
const { folder, inkstone, creator } = workshop

const below = (name: string): string[] =>
  readdirSync(name, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
const kB = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`

test('the package holds the command, its bundle, types, the theme, and nothing else', (t) => {
  const isChunk = /^lib\/[\w-]+\.js$|^lib\/[\w-]+\.js\.LEGAL\.txt$/
  const isTypes = /^lib\/types\/[\w/-]+\.d\.ts$/
  assert.deepEqual(
    inkstone.files.filter((path) => !isChunk.test(path) && !isTypes.test(path)),
    [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'bin/inkstone.mjs',
      'lib/code',
      'lib/stamp',
      'package.json',
      'scripts/bundle.mjs',
      ...below('layouts'),
    ].sort(),
  )
  for (const path of [
    'lib/cli.js',
    'lib/index.js',
    'lib/worker.js',
    'lib/types/index.d.ts',
    'lib/types/config/types.d.ts',
  ])
    assert.ok(inkstone.files.includes(path), path)
  t.diagnostic(
    `inkstone: ${kB(inkstone.size)} packed, ${kB(inkstone.unpacked)} unpacked, ${inkstone.files.length} files`,
  )
})

test('the package that begins sites holds its script and its templates', (t) => {
  assert.deepEqual(
    creator.files,
    [
      'LICENSE',
      'README.md',
      'index.mjs',
      'package.json',
      ...below('create-inkstone/template').map((path) => path.slice('create-inkstone/'.length)),
    ].sort(),
  )
  const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
  assert.equal(read('create-inkstone/package.json').version, read('package.json').version)
  assert.equal(readFileSync('create-inkstone/LICENSE', 'utf8'), readFileSync('LICENSE', 'utf8'))
  t.diagnostic(`create-inkstone: ${kB(creator.size)} packed, ${creator.files.length} files`)
})

const creating = join(folder, 'creator')
unpack(creator.tarball, creating)
const create = (cwd: string, ...args: readonly string[]) =>
  spawnSync(process.execPath, [join(creating, 'index.mjs'), ...args], { cwd, encoding: 'utf8' })

const desk = join(folder, 'desk')
mkdirSync(desk)

test('a site is begun, built and served by what was packed alone', async () => {
  const { status, stdout } = create(desk, 'my-blog', '--author', "O'Neil")
  assert.deepEqual(
    [status, stdout.split('\n').slice(-6)],
    [0, ['', '  cd my-blog', '  npm install', '  npm run dev', '', '']],
  )
  const site = join(desk, 'my-blog')
  assert.equal(JSON.parse(readFileSync(join(site, 'package.json'), 'utf8')).dependencies.inkstone, '^0.1.0')
  installPacked(site, inkstone.tarball)
  const bin = join(site, 'node_modules/inkstone/bin/inkstone.mjs')
  const built = JSON.parse(run(process.execPath, [bin, 'build', '--json', '--strict'], site))
  assert.deepEqual([built.ok, built.problems], [true, []])
  const preview = spawn(process.execPath, [bin, 'preview', '--json', '--port', '0'], {
    cwd: site,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const { url } = await new Promise<{ url: string }>((done, failed) => {
      createInterface(preview.stdout).once('line', (line) => done(JSON.parse(line)))
      preview.once('exit', (code) => failed(new Error(`preview ended with ${code}`)))
    })
    const got = async (path: string) => {
      const answer = await fetch(new URL(path, url))
      return [answer.status, /<title>([^<]*)/.exec(await answer.text())?.[1]]
    }
    assert.deepEqual(await got('/'), [200, '我的博客 · 写字的地方'])
    assert.deepEqual(await got('/about/'), [200, '关于 · 我的博客'])
    assert.deepEqual((await got('/nowhere/'))[0], 404)
    const day = /date: (\d+)-(\d+)-(\d+)/
      .exec(readFileSync(join(site, 'content/posts/hello.md'), 'utf8'))
      ?.slice(1)
    assert.deepEqual(await got(`/${day?.join('/')}/hello/`), [200, '你好，世界 · 我的博客'])
  } finally {
    preview.kill()
  }
})

test('the configuration of that site is typed: a right one passes, a slip is named', () => {
  const site = join(desk, 'my-blog')
  assert.deepEqual(tsc(['-p', site], site).stdout, '')
  writeFileSync(
    join(site, 'site.config.ts'),
    "import { defineConfig, type Plugin } from 'inkstone'\nconst plugin: Plugin = { name: 'a', filters: { up: (text: string) => text } }\nexport default defineConfig({ titel: 'A', search: true, plugins: [plugin] })\n",
  )
  const { stdout } = tsc(['-p', site], site)
  assert.match(stdout, /site\.config\.ts\(3,31\): error TS\d+: .*'titel'/)
  assert.equal(
    stdout
      .trim()
      .split('\n')
      .filter((line) => /^\S/.test(line)).length,
    1,
    stdout,
  )
})

test('the package exports its one function and its package.json, and nothing by a path', () => {
  const site = join(desk, 'my-blog')
  const tried = `
    const names = Object.keys(await import('inkstone'))
    const { default: { name } } = await import('inkstone/package.json', { with: { type: 'json' } })
    const codes = await Promise.all(['lib/cli.js', 'lib/index.js', 'layouts/base.njk'].map((path) => import('inkstone/' + path).then(() => 'open', (error) => error.code)))
    console.log(JSON.stringify([names, name, codes]))`
  writeFileSync(join(site, 'tried.mjs'), tried)
  const closed = 'ERR_PACKAGE_PATH_NOT_EXPORTED'
  assert.deepEqual(JSON.parse(run(process.execPath, ['--no-warnings', 'tried.mjs'], site)), [
    ['defineConfig'],
    'inkstone',
    [closed, closed, closed],
  ])
})

test('an English site has English posts and builds without a warning', () => {
  const { status } = create(
    desk,
    'english',
    '--lang',
    'en',
    '--title',
    'Notes & "more"',
    '--base-url',
    'https://a.example/b',
    '--inkstone',
    `file:${inkstone.tarball}`,
  )
  assert.equal(status, 0)
  const site = join(desk, 'english')
  assert.equal(
    JSON.parse(readFileSync(join(site, 'package.json'), 'utf8')).dependencies.inkstone,
    `file:${inkstone.tarball}`,
  )
  installPacked(site, inkstone.tarball)
  const built = JSON.parse(
    run(
      process.execPath,
      [join(site, 'node_modules/inkstone/bin/inkstone.mjs'), 'build', '--json', '--strict'],
      site,
    ),
  )
  assert.deepEqual([built.ok, built.problems], [true, []])
  const home = readFileSync(join(site, 'dist/index.html'), 'utf8')
  assert.match(home, /<html lang="en">/)
  assert.match(home, /<title>Notes &amp; "more"|<title>Notes &amp; &quot;more/)
  assert.deepEqual(home.match(/\p{Script=Han}/gu), null)
})

const refused: readonly [args: readonly string[], what: string][] = [
  [[], 'the name of a folder is missing'],
  [['a', 'b'], 'one folder, not 2'],
  [['a', '--lang', 'fr'], '--lang fr: there are zh-CN, en'],
  [['a', '--lnag', 'en'], "Unknown option '--lnag'"],
  [['a', '--base-url', 'somewhere'], '--base-url somewhere is no address'],
  [['full'], `${join(desk, 'full')} is not empty: note.txt is in it`],
  [['full/note.txt'], `${join(desk, 'full/note.txt')} is a file`],
]
test('what cannot be done is refused in one sentence with exit code 2, and nothing is written', () => {
  mkdirSync(join(desk, 'full'))
  writeFileSync(join(desk, 'full/note.txt'), 'mine')
  for (const [args, what] of refused) {
    const { status, stdout, stderr } = create(desk, ...args)
    assert.deepEqual([status, stdout, stderr.split('\n')[0]], [2, '', `create-inkstone: ${what}`])
  }
  assert.deepEqual(readdirSync(join(desk, 'full')), ['note.txt'])
  assert.equal(readdirSync(desk).includes('a'), false)
})

test('from a checkout the new site uses that checkout', () => {
  const { status } = spawnSync(process.execPath, [resolve('create-inkstone/index.mjs'), 'near'], {
    cwd: desk,
  })
  assert.equal(status, 0)
  const spec = String(JSON.parse(readFileSync(join(desk, 'near/package.json'), 'utf8')).dependencies.inkstone)
  assert.equal(resolve(join(desk, 'near'), spec.replace(/^file:/, '')), resolve('.'))
})
