// What readers load of each demo, gzipped, as the generator itself bundles it: at once with the page, and in all without
// SQLite, which comes on a click. `npm run build` prints the same sums.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { bundleDemo, type Demo } from '../../src/assets/demo.js'
import { realDisk } from '../../src/engine/disk.js'

const root = process.cwd()
const files = {
  has: (path: string) => existsSync(path),
  bytes: (path: string) => new Uint8Array(readFileSync(path)),
}

/** Bytes: style and module with what they cannot begin without; everything of ours; only where there is SQLite, that. */
const limits: Readonly<Record<string, { atLoad: number; own: number; sqlite: number }>> = {
  pingsix: { atLoad: 35_000, own: 41_000, sqlite: 0 },
  'crd-query': { atLoad: 4_000, own: 42_000, sqlite: 470_000 },
  'vaultwarden-litestream': { atLoad: 3_500, own: 28_500, sqlite: 470_000 },
}

for (const [slug, limit] of Object.entries(limits))
  test(`${slug} loads at once no more than ${limit.atLoad} bytes, in all ${limit.own} of its own`, async () => {
    const folder = `content/projects/${slug}/demo`
    const parts = await bundleDemo({
      disk: realDisk,
      files,
      root,
      module: `${folder}/index.ts`,
      style: `${folder}/style.css`,
      slug,
      sourceMaps: false,
    })
    // What this part holds is said by the type of the same name.
    const demo = parts['demo'] as unknown as Demo
    assert.deepEqual(demo.problems, [])
    const sqlite = demo.files
      .filter(({ out }) => out.includes('/sqlite'))
      .map(({ part }) => gzipSync(parts[part] as Uint8Array, { level: 9 }).length)
      .reduce((sum, size) => sum + size, 0)
    const own = demo.inAll - sqlite
    assert.ok(demo.atLoad <= limit.atLoad, `at once: ${demo.atLoad}`)
    assert.ok(own <= limit.own, `in all: ${own}`)
    assert.ok(sqlite <= limit.sqlite, `SQLite: ${sqlite}`)
    assert.equal(demo.usesWasm, limit.sqlite > 0)
  })
