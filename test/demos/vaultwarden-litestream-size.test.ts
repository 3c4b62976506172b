import assert from 'node:assert/strict'
import { basename } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

// What a reader downloads, gzipped, without SQLite itself: next to nothing with the page, the lab after a click.
const limits: Readonly<Record<string, number>> = { entry: 1500, lab: 24_500, style: 2200 }

test('the parts of the Litestream lab stay within their sizes', async () => {
  const folder = 'content/projects/vaultwarden-litestream/demo'
  const { outputFiles } = await build({
    entryPoints: [`${folder}/index.ts`, `${folder}/style.css`],
    outdir: 'out',
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    write: false,
    external: ['@sqlite.org/sqlite-wasm'],
  })
  const sizes: Record<string, number> = { entry: 0, lab: 0, style: 0 }
  for (const { path, contents } of outputFiles) {
    const name = basename(path)
    const part = name.endsWith('.css') ? 'style' : name.startsWith('lab') ? 'lab' : 'entry'
    sizes[part]! += gzipSync(contents, { level: 9 }).length
  }
  assert.deepEqual(
    Object.entries(sizes).filter(([part, size]) => size === 0 || size > limits[part]!),
    [],
  )
})
