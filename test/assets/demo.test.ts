import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { bundleDemo, type Demo } from '../../src/assets/demo.js'
import { realDisk } from '../../src/engine/disk.js'
import { type Files, type TempSite, withSite } from '../temp-site.js'
import { demoSite } from './demo-site.js'

/** Bundles the first demo of the site as it lies on the disk. */
async function bundled(site: TempSite, sourceMaps = false) {
  const parts = await bundleDemo({
    disk: realDisk,
    files: {
      has: (path) => realDisk.stat(join(site.root, path)) !== null,
      bytes: (path) => realDisk.read(join(site.root, path)),
    },
    root: site.root,
    module: 'content/projects/one/demo/index.ts',
    style: 'content/projects/one/demo/style.css',
    slug: 'one',
    sourceMaps,
  })
  // What this part holds is said by the type of the same name.
  const demo = parts['demo'] as unknown as Demo
  const text = (part: string): string => Buffer.from(parts[part] as Uint8Array).toString('utf8')
  return { demo, text }
}

const withoutHash = (path: string): string => path.replace(/-[0-9a-zA-Z]{8}(?=\.\w+$)/, '')

const rich: Files = {
  ...demoSite,
  'content/projects/one/demo/index.ts': [
    "import './more.css'",
    "import { count } from './count.js'",
    'export function mount(root: HTMLElement): void {',
    "  root.textContent = new URL('./table.csv', import.meta.url).href + count",
    "  new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })",
    "  void import('./late.js')",
    '}',
  ].join('\n'),
  'content/projects/one/demo/more.css': '.demo-one b { color: blue }\n',
  'content/projects/one/demo/style.css': '.demo-one { background: url(dot.png); color: red }\n',
  'content/projects/one/demo/dot.png': new Uint8Array([137, 80, 78, 71]),
  'content/projects/one/demo/table.csv': 'a,b\n',
  'content/projects/one/demo/worker.ts': "import { count } from './count.js'\npostMessage(count)\n",
  'content/projects/one/demo/late.ts': 'export const late = "late"\n',
}

test('styles of modules, pictures of styles, workers, data and late modules get names with hashes', async () => {
  await withSite(rich, async (site) => {
    const { demo, text } = await bundled(site)
    assert.deepEqual(demo.problems, [])
    assert.deepEqual(demo.files.map(({ out }) => withoutHash(out)).sort(), [
      'assets/demo-one-dot.png',
      'assets/demo-one-late.js',
      'assets/demo-one-table.csv',
      'assets/demo-one-worker.js',
      'assets/demo-one.css',
      'assets/demo-one.js',
    ])
    const css = text(demo.files.find(({ out }) => out === demo.style)?.part ?? '')
    assert.match(css, /\.demo-one b\{color:#?\w+\}/)
    assert.match(css, /background:url\("?\.\/demo-one-dot-\w+\.png"?\)/)
    assert.ok(demo.atLoad < demo.inAll)
  })
})

test('names follow the bytes: the same from another place, another one for another text', async () => {
  const names = (site: TempSite) => bundled(site).then(({ demo }) => demo.files.map(({ out }) => out))
  const first = await withSite(rich, names)
  assert.deepEqual(await withSite(rich, names), first)
  const other = { ...rich, 'content/projects/one/demo/late.ts': 'export const late = "later"\n' }
  const changed = (await withSite(other, names)).filter((name) => !first.includes(name))
  assert.deepEqual(changed.map(withoutHash).sort(), ['assets/demo-one-late.js', 'assets/demo-one.js'])
})

test('each script has its source map, where they are wanted, and no word of it in itself', async () => {
  await withSite(rich, async (site) => {
    const { demo, text } = await bundled(site, true)
    const scripts = demo.files.filter(({ out }) => out.endsWith('.js'))
    const sources = scripts.flatMap(({ map }) => {
      const parsed: { sources: string[] } = JSON.parse(text(map))
      return parsed.sources.map((source) => source.replace(/^.*content\/projects\//, ''))
    })
    for (const source of ['one/demo/index.ts', 'one/demo/late.ts', 'one/demo/worker.ts'])
      assert.ok(sources.includes(source), `${source} is not among ${sources.join(', ')}`)
    assert.ok(scripts.every(({ part }) => !text(part).includes('sourceMappingURL')))
    assert.deepEqual(
      demo.files.map(({ out }) => out),
      (await bundled(site)).demo.files.map(({ out }) => out),
    )
  })
})

test('a site’s tsconfig says nothing to its readers', async () => {
  const names = (files: Files) =>
    withSite({ ...rich, ...files }, (site) =>
      bundled(site).then(({ demo }) => demo.files.map(({ out }) => out)),
    )
  const strict = await names({})
  assert.deepEqual(
    await names({ 'tsconfig.json': '{"compilerOptions":{"target":"es5","useDefineForClassFields":false}}' }),
    strict,
  )
})
