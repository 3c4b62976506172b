import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Files, withSite } from '../temp-site.js'
import { demoSite } from './demo-site.js'

const edits: readonly [name: string, edit: Files, ran: readonly string[]][] = [
  [
    'a module of the kit that both demos and the walkthrough use',
    {
      'content/projects/_kit/greet.ts': "export const greet = (name: string): string => 'good day ' + name\n",
    },
    [
      ...['demo:one', 'walkthrough:one', 'demo:two'],
      ...['page:/words/', 'page:/projects/one/', 'page:/projects/two/', 'links'],
    ],
  ],
  [
    'a module of the kit that one demo uses',
    { 'content/projects/_kit/count.ts': 'export const count = 42\n' },
    ['demo:one', 'page:/words/', 'page:/projects/one/', 'links'],
  ],
  [
    'a comment in a module: the demo is bundled again and is the same',
    { 'content/projects/_kit/count.ts': '// forty-one\nexport const count = 41\n' },
    ['demo:one'],
  ],
  ['a new module that nothing imports', { 'content/projects/one/demo/new.ts': 'export {}\n' }, []],
  ['a module of the kit that nothing imports', { 'content/projects/_kit/new.ts': 'export {}\n' }, []],
  [
    'the style of one demo',
    { 'content/projects/one/demo/style.css': '.demo-one { color: blue }\n' },
    ['demo:one', 'page:/words/', 'page:/projects/one/', 'links'],
  ],
  ['a file of a plain demo', { 'content/projects/plain/demo/run.js': 'other()\n' }, []],
  [
    'a post without a demo',
    { 'content/posts/other.md': '---\ntitle: Other\ndate: 2024-01-02\n---\n\nMore.\n' },
    [],
  ],
]
for (const [name, edit, expected] of edits)
  test(`${name}: exactly these steps`, async () => {
    await withSite(demoSite, async (site) => {
      assert.deepEqual((await site.build()).problems, [])
      site.write(edit)
      const { ran } = await site.build()
      const wanted = ran.filter(
        (key) => !/feed|atom|other|search|^site$|^page:\/(?:$|tags|archive|404)/.test(key),
      )
      assert.deepEqual(wanted, expected)
    })
  })
