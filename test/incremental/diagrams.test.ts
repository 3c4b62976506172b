import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { withSite } from '../temp-site.js'
import { differences } from './trees.js'

const text = (body: string): string => `---\ntitle: A\ndate: 2024-01-01\n---\n\n${body}\n`
const post = 'content/posts/a.md'
const diagram = '```mermaid\nflowchart LR\n  A --> B\n```'

test('what draws diagrams is bundled once, for the page that has one, and goes with it', async () => {
  const files = {
    'site.config.json': '{ "title": "S", "baseUrl": "https://a.example/", "search": false, "cards": false }',
    [post]: text('Words.'),
  }
  await withSite(files, async (site) => {
    const drawers = () =>
      [...site.tree().keys()].filter((path) => /^assets\/(?:mermaid|diagrams)-/.test(path))
    const first = await site.build()
    assert.deepEqual([first.problems, drawers()], [[], []])
    const plain = site.tree()

    site.write({ [post]: text(`Words.\n\n${diagram}`) })
    const drawn = await site.build()
    assert.deepEqual([drawn.problems, drawn.ran.includes('bundle:scripts/mermaid.ts')], [[], true])
    assert.ok(drawers().length > 10)
    const clean = join(site.folder, 'clean')
    await site.build({ out: clean, cache: join(site.folder, 'clean-cache'), clean: true })
    assert.equal(differences(site.tree(), site.tree(clean)), '')

    site.write({ [post]: text(`Other words.\n\n${diagram}`) })
    const edited = await site.build()
    assert.equal(edited.ran.includes('bundle:scripts/mermaid.ts'), false)
    assert.ok(drawers().length > 10)
    assert.deepEqual((await site.build()).ran, [])

    site.write({ [post]: text('Words.') })
    await site.build()
    assert.equal(differences(site.tree(), plain), '')
  })
})
