import assert from 'node:assert/strict'
import { cpSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Built } from '../src/built.js'
import { realDisk } from '../src/engine/disk.js'
import { proveBuild } from '../src/prove.js'
import { optionsFor } from './incremental/options.js'
import { copySite, type Files, withSite } from './temp-site.js'

const errorsOf = ({ problems }: Built): readonly string[] =>
  problems.filter(({ severity }) => severity === 'error').map(({ code, what }) => `${code}: ${what}`)

test('the proof finds nothing on a site whose plugins use every slot, neither at first nor later', async () => {
  await withSite({}, async (site) => {
    copySite('plugins', site.root)
    for (const edit of [
      {},
      { 'content/posts/long.md': '---\ntitle: Long now\ndate: 2024-01-02\n---\n\nOther.\n' },
      {},
    ]) {
      site.write(edit)
      const built = await proveBuild(optionsFor(site.root), realDisk)
      assert.deepEqual([built.ok, errorsOf(built)], [true, []])
    }
  })
})

test('the proof finds nothing on the site of this repository', async () => {
  await withSite({}, async (site) => {
    for (const name of ['content', 'layouts', 'public', 'site.config.ts'])
      cpSync(name, join(site.root, name), { recursive: true })
    symlinkSync(join(process.cwd(), 'node_modules'), join(site.root, 'node_modules'))
    const built = await proveBuild(optionsFor(site.root), realDisk)
    assert.deepEqual([built.ok, errorsOf(built)], [true, []])
  })
})

/** A small site with one plugin; `code` stands before the configuration. */
const withPlugin = (code: string, slot: string): Files => ({
  'site.config.mjs': `${code}\nexport default {\n  title: 'Site',\n  baseUrl: 'https://a.example/',\n  plugins: [{ name: 'mine', ${slot} }],\n}\n`,
  'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-01\n---\n\nText.\n',
  'layouts/post.njk': '{{ post.title }}{{ post.html | safe }}',
})

test('a plugin that looks at the clock is found, by the step that it spoils', async () => {
  const slot = 'finish: (html, page) => page.by === "posts" ? html + process.hrtime.bigint() : html'
  await withSite(withPlugin('', slot), async (site) => {
    const built = await proveBuild(optionsFor(site.root), realDisk)
    assert.equal(built.ok, false)
    assert.deepEqual(errorsOf(built), [
      'prove/broken-promise: page:/2024/01/01/a/: not deterministic',
      'prove/differs: 2024/01/01/a/index.html differs between an incremental and a clean build',
    ])
  })
})

test('a plugin that counts its calls is found', async () => {
  await withSite(
    withPlugin(
      'let calls = 0',
      'remark: [() => (tree) => { tree.children.push({ type: "text", value: String(calls++) }) }]',
    ),
    async (site) => {
      const built = await proveBuild(optionsFor(site.root), realDisk)
      assert.equal(errorsOf(built)[0], 'prove/broken-promise: body:posts/a.md: not deterministic')
    },
  )
})

test('a plugin that reads the disk by itself is found once what it reads has changed', async () => {
  const code = 'import { readFileSync } from "node:fs"'
  const slot =
    'finish: (html, page) => page.by === "posts" ? html + readFileSync(process.env.SIDE_FILE, "utf8") : html'
  await withSite({ ...withPlugin(code, slot), 'side.txt': 'one' }, async (site) => {
    process.env['SIDE_FILE'] = join(site.root, 'side.txt')
    try {
      assert.deepEqual(errorsOf(await proveBuild(optionsFor(site.root), realDisk)), [])
      site.write({ 'side.txt': 'two' })
      assert.deepEqual(errorsOf(await proveBuild(optionsFor(site.root), realDisk)), [
        'prove/broken-promise: page:/2024/01/01/a/: reads something it does not ask for',
        'prove/differs: 2024/01/01/a/index.html differs between an incremental and a clean build',
      ])
    } finally {
      delete process.env['SIDE_FILE']
    }
  })
})
