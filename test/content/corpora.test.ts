// Every Markdown file of real blogs through floor 2, where those blogs lie beside the checkout.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isListData } from '../../src/content/doc-path.js'
import { readMeta } from '../../src/content/meta.js'
import { configOf } from './cases.js'

const corpora = join(process.cwd(), '..', 'shared', 'corpora')
const blogs = existsSync(corpora)
  ? readdirSync(corpora, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
  : []

test('real blogs are here to be read', (t) => {
  if (blogs.length === 0) t.skip('the corpora are not here')
})

for (const blog of blogs)
  test(`every file of ${blog} gives a Meta, and every Problem its place`, () => {
    const root = join(corpora, blog)
    const names = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:md|markdown)$/.test(name))
      .sort()
    const config = configOf()
    for (const name of names) {
      const id = `posts/${name}`
      const text = readFileSync(join(root, name), 'utf8')
      const { meta, problems } = readMeta(id, (path) => (path === `content/${id}` ? text : undefined), config)
      assert.equal(meta !== null || isListData(id), true, name)
      for (const { file, line, column, severity } of problems)
        assert.deepEqual(
          [file, line !== undefined, column !== undefined, severity],
          [`content/${id}`, true, true, 'warning'],
        )
    }
    assert.ok(names.length > 50)
  })
