// The environment is watched while a configuration is read. Several may be read at once, by builds in one process.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { loadConfig } from '../../src/config/load.js'
import { realDisk } from '../../src/engine/disk.js'

test('configurations that are read at once see what they read and leave the environment as it was', async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'inkstone-environment-'))
  t.after(() => rmSync(root, { recursive: true }))
  // Each reading ends only when all have begun.
  const name = (i: number) => `INKSTONE_TEST_${i}`
  const text = (i: number) => `await new Promise((go) => setImmediate(go))
export default { title: process.env.${name(i)} ?? 'none', keys: Object.keys(process.env).length }
`
  const before = process.env
  for (let round = 0; round < 12; round++) {
    const read = await Promise.all(
      [0, 1, 2].map(async (i) => {
        writeFileSync(join(root, 'site.config.mjs'), `// ${round} ${i}\n${text(i)}`)
        return loadConfig(realDisk, root, join(root, `cache${i}`))
      }),
    )
    for (const { env } of read) assert.ok(Object.keys(env).some((key) => key.startsWith('INKSTONE_TEST_')))
    assert.equal(process.env, before)
  }
})
