import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Built } from '../../src/built.js'
import { type Files, withSite } from '../temp-site.js'
import { demoSite } from './demo-site.js'

const one = 'content/projects/one'
const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** What a build of the site with some other files says. */
const saidOf = async (files: Files): Promise<readonly string[]> =>
  withSite({ ...demoSite, ...files }, async (site) => saidBy(await site.build()))

const saidBy = ({ problems }: Built): readonly string[] =>
  problems.map(({ severity, code, what, file, line, column }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(':')
    return `${place} ${severity} ${code}: ${what}`
  })

test('a syntax error in a demo is told with its place, counted in characters', async () => {
  assert.deepEqual(await saidOf({ [`${one}/demo/count.ts`]: "// line\nexport const 数 = '数' +;\n" }), [
    `${one}/demo/count.ts:2:23 error bundle/fails: Unexpected ";"`,
  ])
})

test('a module that is not there is told where it is imported', async () => {
  assert.deepEqual(await saidOf({ [`${one}/demo/count.ts`]: "export { count } from './gone.js'\n" }), [
    `${one}/demo/count.ts:1:23 error bundle/fails: there is no file ${one}/demo/gone.js`,
  ])
})

test('a package that is not there is told where it is imported', async () => {
  const [told = ''] = await saidOf({ [`${one}/demo/count.ts`]: "import 'nothing'\nexport const count = 1\n" })
  assert.match(told, /^content\/projects\/one\/demo\/count\.ts:1:8 error bundle\/fails: .*"nothing"/)
})

test('a name that a module does not export is an error at the import', async () => {
  assert.deepEqual(
    await saidOf({
      [`${one}/demo/count.ts`]: "import { counts } from '../../_kit/count.js'\nexport const count = counts\n",
    }),
    [
      `${one}/demo/count.ts:1:10 error bundle/fails: No matching export in "content/projects/_kit/count.ts" for import "counts"`,
    ],
  )
})

test('a demo reads nothing from outside the folders that are watched', async () => {
  const files = { [`${one}/demo/count.ts`]: "export { count } from '../../../../lib/count.js'\n" }
  assert.deepEqual(await saidOf({ ...files, 'lib/count.ts': 'export const count = 1' }), [
    `${one}/demo/count.ts:1:23 error bundle/fails: lib/count.js lies outside of content/, data/, layouts/ and public/, where changes would not be seen`,
  ])
})

test('a demo without mount is an error that says what to export', async () => {
  assert.deepEqual(await saidOf({ [`${one}/demo/index.ts`]: 'export function start() {}\n' }), [
    `${one}/demo/index.ts error demo/no-mount: a demo must export a function mount, which gets its place on the page`,
  ])
})

test('what a bundler warns of in a demo is a warning with its place', async () => {
  assert.deepEqual(
    await saidOf({ 'content/projects/_kit/count.ts': 'export const count = { a: 1, a: 2 }.a\n' }),
    ['content/projects/_kit/count.ts:1:30 warning bundle/warns: Duplicate key "a" in object literal'],
  )
})

test('an error in a walkthrough is told with its place', async () => {
  assert.deepEqual(await saidOf({ [`${one}/walkthrough.ts`]: "import { greets from './x.js'\n" }), [
    `${one}/walkthrough.ts:1:17 error bundle/fails: Expected "}" but found "from"`,
  ])
})

test('a walkthrough that throws is an error of its file', async () => {
  const walkthrough = "export default () => { throw new Error('out of ink') }\n"
  assert.deepEqual(await saidOf({ [`${one}/walkthrough.ts`]: walkthrough }), [
    `${one}/walkthrough.ts error walkthrough/fails: the walkthrough threw: out of ink`,
  ])
})

test('module and plain files in one demo are an error', async () => {
  assert.deepEqual(await saidOf({ [`${one}/demo/index.html`]: '<p>x</p>' }), [
    `${one}/demo/index.ts error demo/two-kinds: a demo is a module or a folder of plain files, and here are both`,
  ])
})

test('a mended module heals the site, also one that was missing', async () => {
  const broken = { ...demoSite, [`${one}/demo/count.ts`]: "export { count } from './later.js'\n" }
  await withSite(broken, async (site) => {
    assert.equal((await site.build()).ok, false)
    site.write({ [`${one}/demo/later.ts`]: 'export const count = ;\n' })
    assert.deepEqual(saidBy(await site.build()), [
      `${one}/demo/later.ts:1:22 error bundle/fails: Unexpected ";"`,
    ])
    site.write({ [`${one}/demo/later.ts`]: 'export const count = 7\n' })
    assert.deepEqual(saidBy(await site.build()), [])
  })
})

test('two demos load one package from one file, and only they know of it', async () => {
  await withSite(demoSite, async (site) => {
    assert.deepEqual(saidBy(await site.build()), [])
    const tree = site.tree()
    const assets = [...tree.keys()].filter((path) => /^assets\/(?:demo-[a-z]+-|lite)/.test(path))
    const kinds = assets.map((path) => path.replace(/-[0-9a-f]{8}(?=\.)/, '')).sort()
    assert.deepEqual(kinds, [
      'assets/demo-one.css',
      'assets/demo-one.js',
      'assets/demo-two.js',
      'assets/lite.js',
      'assets/lite.wasm',
    ])
    const shared = assets.find((path) => path.startsWith('assets/lite') && path.endsWith('.js'))
    const users = [...tree].filter(([, text]) => text.includes(`./${shared?.slice('assets/'.length)}`))
    assert.deepEqual(
      users.map(([path]) => path.replace(/-[0-9a-f]{8}(?=\.)/, '')),
      ['assets/demo-one.js', 'assets/demo-two.js'],
    )
  })
})

test('a folder of plain files is published byte for byte and shown in a sandboxed frame', async () => {
  await withSite(demoSite, async (site) => {
    assert.deepEqual(saidBy(await site.build()), [])
    const tree = site.tree()
    const folder = 'content/projects/plain/'
    const sources = Object.entries(demoSite).filter(([path]) => path.startsWith(`${folder}demo/`))
    assert.equal(sources.length, 5)
    assert.deepEqual(
      Object.fromEntries(
        [...tree]
          .filter(([path]) => path.startsWith('projects/plain/demo/'))
          .map(([path, text]) => [path, sha256(Buffer.from(text, 'latin1'))]),
      ),
      Object.fromEntries(sources.map(([path, bytes]) => [path.replace('content/', ''), sha256(bytes)])),
    )
    const frame = /<iframe [^>]*>/.exec(tree.get('projects/plain/index.html') ?? '')?.[0]
    assert.equal(
      frame,
      '<iframe src="/projects/plain/demo/index.html" title="Demo of Plain" sandbox="allow-scripts allow-forms allow-modals allow-downloads" loading="lazy">',
    )
  })
})

test('of a bundled demo no source is published, and no source map', async () => {
  await withSite({ ...demoSite, 'content/projects/one/data.ts': 'export const x = 1' }, async (site) => {
    assert.equal((await site.build({ sourceMaps: true })).ok, true)
    const paths = [...site.tree().keys()]
    assert.deepEqual(
      paths.filter((path) => path.startsWith('projects/one') || path.startsWith('projects/two')),
      ['projects/one/cover.svg', 'projects/one/index.html', 'projects/two/index.html'],
    )
    assert.deepEqual(
      paths.filter(
        (path) => /\.map$|_kit|walkthrough/.test(path) || (path.endsWith('.ts') && !path.includes('plain')),
      ),
      [],
    )
  })
})

test('source maps change nothing of what is published', async () => {
  await withSite(demoSite, async (site) => {
    await site.build()
    const without = site.tree()
    await site.build({ sourceMaps: true })
    assert.deepEqual(site.tree(), without)
  })
})

test('the build says what readers load of each demo', async () => {
  await withSite(demoSite, async (site) => {
    const { demos } = await site.build()
    assert.deepEqual(
      demos.map(({ slug, atLoad, inAll }) => [slug, atLoad > 100 && atLoad < inAll]),
      [
        ['one', true],
        ['two', true],
      ],
    )
  })
})

test('a page may compile WebAssembly only where its demo does', async () => {
  await withSite(demoSite, async (site) => {
    await site.build()
    const allowed = [...site.tree()]
      .filter(([, text]) => text.includes('wasm-unsafe-eval'))
      .map(([path]) => path)
    assert.deepEqual(allowed, ['projects/one/index.html', 'projects/two/index.html', 'words/index.html'])
  })
})

test('a demo in a post is a link with the picture of its project, live where its module is', async () => {
  await withSite(demoSite, async (site) => {
    await site.build()
    const tree = site.tree()
    const link =
      '<a href="/projects/one/"><img src="/projects/one/cover.svg" alt="" width="12" height="8" loading="lazy" decoding="async"><span>Open the demo: One</span></a></div>'
    const page = tree.get('words/index.html') ?? ''
    const module = /data-module="(\/assets\/demo-one-\w+\.js)"/.exec(page)?.[1] ?? ''
    assert.equal(
      /<div class="demo-embed[\s\S]*?<\/div>/.exec(page)?.[0],
      `<div class="demo-embed demo-one" data-demo="one" data-module="${module}" data-wasm>${link}`,
    )
    assert.ok(tree.has(module.slice(1)))
    assert.match(page, /<script type="module" src="\/assets\/demo-\w+\.js">/)
  })
})

test('in a feed a demo is a link with its picture and the summary of its walkthrough', async () => {
  await withSite(demoSite, async (site) => {
    await site.build()
    const feed: { items: { url: string; content_html: string }[] } = JSON.parse(
      site.tree().get('feed.json') ?? '',
    )
    assert.equal(
      feed.items.find(({ url }) => url.endsWith('/words/'))?.content_html,
      '<p>Words.</p>\n<p><a href="https://demos.example/projects/one/"><img src="https://demos.example/projects/one/cover.svg" alt="" width="12" height="8">Open the demo: One</a></p><p>One greets its reader.</p>',
    )
  })
})

test('two projects of one slug with demos are told, not built twice', async () => {
  const files = {
    'content/projects/three/index.md':
      '---\ntitle: Three\nslug: two\npermalink: /three/\n---\n\nThe third.\n',
    'content/projects/three/walkthrough.ts': "export default (): string => '<p>three</p>'\n",
  }
  const told = await saidOf(files)
  assert.equal(told.length, 1, told.join('\n'))
  assert.match(told[0] ?? '', /error demo\/same-slug: two projects have one slug/)
})
