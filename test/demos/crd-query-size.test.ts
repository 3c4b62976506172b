// How much of our own code the lab loads: the module on the page, and everything that may follow it. SQLite is counted
// apart: it comes on a click.
import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

test('the module of the page stays under 18 kB gzipped, all of the lab under 38 kB', async () => {
  const { outputFiles } = await build({
    entryPoints: ['content/projects/crd-query/demo/index.ts'],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    external: ['@sqlite.org/sqlite-wasm'],
    outdir: 'out',
    write: false,
  })
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [basename(path), gzipSync(contents, { level: 9 }).length]),
  )
  const entry = sizes.get('index.js') ?? Number.POSITIVE_INFINITY
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  assert.ok(entry <= 18_000, `the module: ${entry} bytes`)
  assert.ok(all <= 38_000, `everything: ${all} bytes`)
})
