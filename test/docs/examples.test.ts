// The examples of configurations, type-checked as an editor would and built as sites.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { withSite } from '../temp-site.js'
import { blocks } from './blocks.js'

const titled = (title: string) => blocks().filter(({ marks }) => marks.startsWith(`title="${title}"`))
const configurations = titled('site.config.ts')

const site = {
  'content/posts/2024-01-01-a.md': '---\ntitle: 甲\ntags: [年终总结]\n---\n\n一\n\n***\n\n二\n',
  'content/projects/counter/index.md': '---\ntitle: 计数\n---\n\n正文。\n',
}

test('every example of a configuration and of a demo has sound types', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkstone-examples-'))
  try {
    const examples = [...configurations, ...titled('content/projects/counter/demo.ts')]
    assert.ok(examples.length >= 6)
    for (const [number, { text }] of examples.entries()) writeFileSync(join(folder, `${number}.ts`), text)
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: resolve('tsconfig.json'),
        compilerOptions: {
          typeRoots: [resolve('node_modules/@types')],
          paths: { inkstone: [resolve('src/index.ts')] },
        },
        include: ['*.ts'],
      }),
    )
    const tsc = resolve('node_modules/typescript/bin/tsc')
    const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' })
    assert.equal(
      status,
      0,
      `${examples.map(({ place }, number) => `${number}: ${place}`).join('\n')}\n${stdout}`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

for (const { place, text } of configurations)
  test(`the configuration of ${place} builds a site without a problem`, () =>
    withSite({ ...site, 'site.config.ts': text }, async (made) => {
      const { problems, ok } = await made.build()
      assert.deepEqual({ problems, ok }, { problems: [], ok: true })
    }))

test('the plugin of the documentation does what is said of it', async () => {
  const example = configurations.find(({ page }) => page === 'plugins.md')
  await withSite(
    {
      ...site,
      'site.config.ts': example?.text ?? '',
      'layouts/page.njk': '{{ post.title | shout }}',
      'content/about.md': '---\ntitle: about\n---\n',
    },
    async (made) => {
      assert.deepEqual((await made.build()).problems, [])
      assert.equal(made.read('dist/about/index.html'), 'ABOUT')
      assert.equal(made.read('dist/count.json'), '{"count":1}\n')
      const [post = ''] = [...made.tree().keys()].filter((path) => path.includes('2024/01/01'))
      assert.doesNotMatch(made.read(`dist/${post}`), /<hr/)
    },
  )
})

test('the demo, the data and the layout of the documentation make pages', async () => {
  const files = Object.fromEntries(
    blocks().flatMap(({ marks, text }) => {
      const path = /^title="((?:content|data|layouts)\/[^"]+)"/.exec(marks)?.[1]
      return path === undefined ? [] : [[path, text]]
    }),
  )
  const loop = blocks().find(({ page, language }) => page === 'data-files.md' && language === 'njk')
  await withSite(
    {
      ...site,
      ...files,
      'site.config.ts': configurations[0]?.text ?? '',
      'layouts/page.njk': loop?.text ?? '',
      'content/about.md': '---\ntitle: about\n---\n',
    },
    async (made) => {
      assert.deepEqual((await made.build()).problems, [])
      assert.equal(
        made.read('dist/about/index.html'),
        '<li>代码大全, 2006</li>\n<li>The Mythical Man-Month, 1975</li>\n',
      )
      assert.match(made.read('dist/projects/counter/index.html'), /data-module="\/assets\/demo-counter-/)
      const essay = [...made.tree().keys()].find((path) => path.includes('2025/01/01')) ?? ''
      assert.match(made.read(`dist/${essay}`), /<header class="post-head"><h1>An essay<\/h1><\/header>/)
      const sheet = [...made.tree().keys()].find((path) => /^assets\/main-.*\.css$/.test(path)) ?? ''
      assert.match(made.read(`dist/${sheet}`), /--accent: ?light-dark\(#1f4a73/)
    },
  )
})
