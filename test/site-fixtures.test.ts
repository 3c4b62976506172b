import assert from 'node:assert/strict'
import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Problem } from '../src/errors.js'
import { treeOf } from './incremental/trees.js'
import { copySite, withSite } from './temp-site.js'

// Each folder of test/sites but `layouts` is a whole site with its complete output in `expected`. Their templates are
// in test/sites/layouts, so that the theme may change. UPDATE_SITES=1 writes what the program makes now: read the
// difference before you believe it.
const names = readdirSync('test/sites', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'layouts')
  .map(({ name }) => name)

/** What was said about the site, without frames. */
const told = (problems: readonly Problem[]): string =>
  problems
    .map(({ file, line, severity, code, what }) => `${file}:${line} ${severity} ${code}: ${what}\n`)
    .join('')

const textOf = (bytes = ''): string => Buffer.from(bytes, 'latin1').toString()

for (const name of names)
  test(`the site "${name}" comes out as it is expected, byte for byte`, async () => {
    await withSite({}, async (site) => {
      copySite(name, site.root)
      const { ok, problems } = await site.build()
      assert.ok(ok, told(problems))
      writeFileSync(join(site.root, 'dist', 'problems.txt'), told(problems))
      const expected = join('test/sites', name, 'expected')
      if (process.env['UPDATE_SITES'] === '1') {
        rmSync(expected, { recursive: true, force: true })
        cpSync(join(site.root, 'dist'), expected, { recursive: true })
      }
      const tree = site.tree()
      const wanted = existsSync(expected) ? treeOf(expected) : new Map<string, string>()
      assert.deepEqual([...tree.keys()], [...wanted.keys()])
      for (const [path, bytes] of wanted) {
        assert.equal(textOf(tree.get(path)), textOf(bytes), path)
        assert.ok(tree.get(path) === bytes, path)
      }
    })
  })
