// Plugins that never come back, give nonsense or throw: told by name, wherever they run.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { BuildOptions, Built } from '../src/built.js'
import { optionsFor } from './incremental/options.js'
import { type TempSite, withSite } from './temp-site.js'

const post = (body: string): string => `---\ntitle: A\ndate: 2024-01-01\n---\n\n${body}\n`
const filesWith = (slot: string, body = 'Text.') => ({
  'site.config.mjs': `export default {
  title: 'S', baseUrl: 'https://s.example/', search: false, cards: false,
  plugins: [{ name: 'mine', ${slot} }],
}\n`,
  'content/posts/a.md': post(body),
  'layouts/post.njk': '{{ post.html | safe }}{{ post.title | mine }}',
  'layouts/home.njk': 'home',
})
const filter = 'filters: { mine: (text) => text }'

async function errorsWith(slot: string, more: Partial<BuildOptions> = {}, body?: string): Promise<string[]> {
  return await withSite(filesWith(slot, body), async (site) =>
    errorsOf(await site.build({ patienceMs: 300, ...more })),
  )
}
const errorsOf = ({ problems }: Built): string[] =>
  problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, what, file = '' }) => `${file} ${code} ${what}`)

for (const [kind, slot, message] of [
  ['throws', '() => () => { throw new Error("no") }', 'plugin "mine" failed: no'],
  ['throws when it is set up', '() => { throw new Error("no") }', 'plugin "mine" failed: no'],
  ['rejects', '() => async () => { throw new Error("no") }', 'plugin "mine" failed: no'],
  [
    'calls back with an error',
    '() => (tree, file, next) => next(new Error("no"))',
    'plugin "mine" failed: no',
  ],
  ['gives a text', '() => () => "x"', 'plugin "mine" gave string instead of a tree'],
  ['gives a list, later', '() => async () => []', 'plugin "mine" gave a list instead of a tree'],
  [
    'never keeps its promise',
    '() => () => new Promise(() => {})',
    'plugin "mine" has not come back for 0.3 s',
  ],
  ['never calls back', '() => (tree, file, next) => {}', 'plugin "mine" has not come back for 0.3 s'],
] as const)
  test(`a plugin that ${kind} is named, at the document`, async () => {
    for (const list of ['remark', 'rehype'])
      assert.deepEqual(await errorsWith(`${filter}, ${list}: [${slot}]`), [
        `content/posts/a.md markdown/failed making this document failed: ${message}`,
      ])
  })

test('a plugin that loops for ever in a worker is given up with its document', async () => {
  const slot = `${filter}, remark: [() => () => { for (;;); }]`
  assert.deepEqual(await errorsWith(slot, { workers: 1, patienceMs: 1500 }), [
    'content/posts/a.md markdown/too-slow this document takes too long: gave up after 1.5 s in plugin "mine"',
  ])
})

/** A build in a process of its own, since it does not survive. */
async function killed(site: TempSite): Promise<{ signal: NodeJS.Signals | null; said: string }> {
  const module = fileURLToPath(new URL('../src/build.js', import.meta.url))
  const code = `import { build } from ${JSON.stringify(module)}
  await build(${JSON.stringify(optionsFor(site.root, { patienceMs: 600 }))})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (data) => (said += data))
  return await new Promise((done) => child.on('close', (_, signal) => done({ signal, said })))
}

for (const [name, slot] of [
  ['meta', 'meta: () => { for (;;); }'],
  ['remark', 'remark: [() => () => { for (;;); }]'],
  [
    'queries',
    'queries: { x: () => { for (;;); } }, pages: () => [{ url: "/x/", by: "x", props: {}, make: { name: "x", write: (site) => JSON.stringify(site.query("x")) } }]',
  ],
  ['pages', 'pages: () => { for (;;); }'],
  ['filters', 'filters: { mine: () => { for (;;); } }'],
  ['finish', 'finish: () => { for (;;); }'],
] as const)
  test(`a plugin whose ${name} never returns is named, the build ends, and the next one is right`, async () => {
    const own = name === 'filters' ? slot : `${filter}, ${slot}`
    await withSite(filesWith(own), async (site) => {
      const { signal, said } = await killed(site)
      assert.equal(signal, 'SIGKILL', said)
      assert.equal(
        said.trim(),
        'plugin "mine" has not come back for 0.6 s: the build was stopped, and nothing was published.\n' +
          'fix: correct the plugin "mine", or take it out of the configuration',
      )
      assert.equal(existsSync(join(site.root, 'dist')), false)
      site.write(filesWith(filter))
      assert.deepEqual(errorsOf(await site.build()), [])
      assert.match(site.read('dist/2024/01/01/a/index.html'), /Text\..*A$/s)
    })
  })
