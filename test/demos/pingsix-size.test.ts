// The page's budget: what the playground loads at once, and what the console of the Admin API adds when it is opened.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const size = (bytes: Uint8Array | string): number => gzipSync(bytes, { level: 9 }).length

test('the playground stays within 35 kB, gzipped; its console within 3 kB more', async () => {
  const { outputFiles, metafile } = await build({
    entryPoints: ['content/projects/pingsix/demo/index.ts'],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: 'out',
    write: false,
    metafile: true,
  })
  const lazy = Object.entries(metafile.outputs)
    .filter(([, output]) => output.entryPoint?.endsWith('/admin-panel.ts'))
    .map(([path]) => path.split('/').at(-1))
  const isLazy = ({ path }: { path: string }): boolean => lazy.includes(path.split('/').at(-1))
  const total = (files: typeof outputFiles): number =>
    files.reduce((sum, file) => sum + size(file.contents), 0)
  const atOnce = total(outputFiles.filter((file) => !isLazy(file)))
  const later = total(outputFiles.filter(isLazy))
  assert.ok(atOnce <= 35_000, `at once: ${atOnce}`)
  assert.ok(later > 0 && later <= 3000, `later: ${later}`)
})

test('the style sheet stays within 3 kB', async () => {
  const { outputFiles } = await build({
    entryPoints: ['content/projects/pingsix/demo/style.css'],
    minify: true,
    write: false,
    outdir: 'out',
  })
  assert.ok(size(outputFiles[0]!.contents) <= 3000, String(size(outputFiles[0]!.contents)))
})
