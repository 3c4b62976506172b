// Nothing that a reader saw is lost: every line of every post of the real blogs, where they lie beside the checkout.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { realDisk } from '../../src/engine/disk.js'
import { openSource } from '../../src/import/source.js'
import type { ImportKind } from '../../src/import/types.js'
import { isRisky } from '../../src/markdown/body.js'
import { move } from './folder.js'
import { missingLines } from './words.js'

const corpora = join(process.cwd(), '..', 'shared', 'corpora')
const blogs: readonly (readonly [string, ImportKind])[] = [
  ['zhu327', 'hugo'],
  ['coderzh', 'hugo'],
  ['huxpro', 'jekyll'],
  ['fightinggg', 'hexo'],
  ['rustblog', 'zola'],
]

for (const [blog, kind] of blogs)
  test(`no post of ${blog} loses a word`, { skip: !existsSync(join(corpora, blog)) }, async (t) => {
    const files = openSource(realDisk, join(corpora, blog))
    const { imported, text, body } = await move(kind, files)
    assert.equal(imported.found, imported.documents.length + imported.left.length)
    const lost: string[] = []
    let lines = 0
    for (const { source, id } of imported.documents) {
      const old = files.text(source) ?? ''
      const made = text(`content/${id}`)
      // The largest tables of code take minutes; they are the same text as any other.
      if (isRisky(made) && made.length > 100_000) continue
      lines += old.split('\n').length
      const page = await body(id)
      const missing = missingLines(
        old,
        `${page.html} ${imported.documents.find((one) => one.id === id)?.fields['title'] ?? ''}`,
      )
      for (const { line, words } of missing) lost.push(`${source}:${line} ${words.join(' ')}`)
    }
    t.diagnostic(`${blog}: ${lines} lines, ${lost.length} lost a word`)
    assert.deepEqual(lost, [])
  })
