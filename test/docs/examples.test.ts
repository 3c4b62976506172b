// The examples of configurations, type-checked as an editor would and built as sites.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
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

const plugin = { 'plugin.ts': readFileSync('test/plugins/example.ts', 'utf8') }

test('every example of a configuration and of a demo has sound types', () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkstone-examples-'))
  try {
    const examples = [...configurations, ...titled('content/projects/counter/demo.ts')]
    assert.ok(examples.length >= 6)
    symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction')
    writeFileSync(join(folder, 'plugin.ts'), plugin['plugin.ts'])
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
    withSite({ ...site, ...plugin, 'site.config.ts': text }, async (made) => {
      symlinkSync(resolve('node_modules'), join(made.root, 'node_modules'), 'junction')
      const { problems, ok } = await made.build()
      assert.deepEqual({ problems, ok }, { problems: [], ok: true })
    }))

test('the plugin of the documentation is the one that test/plugins runs', () => {
  const [example] = titled('plugin.ts')
  assert.equal(example?.text, readFileSync('test/plugins/example.ts', 'utf8'))
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
