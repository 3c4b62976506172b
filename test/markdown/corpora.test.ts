// Every post of the real blogs goes through makeBody: no throw, every Problem with its place. Skipped where the blogs are
// not there. Front matter is cut off roughly here: this is about bodies.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createMarkdown, isRisky } from '../../src/markdown/body.js'
import { readHtml } from '../../src/markdown/read-html.js'
import { bare, readByDefinition } from './read-html.js'
import { contextOf, metaOf } from './world.js'

const root = join(process.cwd(), '..', 'shared', 'corpora')

function bodyOffsetOf(text: string): number {
  const fence =
    /^\ufeff*\s*(?:---\r?\n[\s\S]*?\r?\n---|\+\+\+\r?\n[\s\S]*?\r?\n\+\+\+)[ \t]*(?:\r?\n|$)/.exec(text)
  return fence?.[0].length ?? 0
}

for (const blog of ['zhu327', 'coderzh', 'fightinggg', 'huxpro', 'rustblog'])
  test(`every post of ${blog} becomes a body`, { skip: !existsSync(join(root, blog)) }, async () => {
    const markdown = createMarkdown(contextOf())
    const posts = readdirSync(join(root, blog), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:md|markdown)$/.test(name))
      .sort()
    assert.ok(posts.length > 0)
    let read = 0
    for (const name of posts) {
      const text = readFileSync(join(root, blog, name), 'utf8')
      // Such a document belongs into a worker that can be stopped; most are fine, the largest take minutes.
      if (isRisky(text) && text.length > 100_000) continue
      const offset = bodyOffsetOf(text)
      const meta = metaOf({ bodyOffset: offset, bodyLine: text.slice(0, offset).split(/\r\n|\n|\r/).length })
      const body = await markdown.makeBody({ meta, text })
      for (const problem of body.problems) {
        assert.ok(problem.line !== undefined && problem.frame, `${name}: ${JSON.stringify(problem)}`)
        assert.notEqual(problem.severity, 'error', `${name}: ${JSON.stringify(problem)}`)
      }
      if (text.slice(offset).trim() !== '') assert.notEqual(body.html, '', name)
      const tree = readHtml(body.html)
      if (tree) assert.deepEqual(bare(tree), bare(readByDefinition(body.html)), name)
      read += tree ? 1 : 0
    }
    // The rest holds formulas, or HTML of the author's own that a browser would mend.
    assert.ok(read > posts.length * 0.6, `${read} of ${posts.length} bodies were read without rehype-parse`)
  })
