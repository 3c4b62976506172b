// Sources that change while the site is built: what is published belongs to one moment, or nothing is published.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Disk } from '../../src/engine/disk.js'
import { fewPosts, type MemorySite, memorySite, root } from '../memory-site.js'
import type { Files } from '../temp-site.js'
import { differences } from './trees.js'

/** The site's disk, on which a file becomes another right after it was read for the first time. */
function changing(site: MemorySite, name: string, text: string): Disk {
  let reads = 0
  return {
    ...site.disk,
    read(path) {
      const bytes = site.disk.read(path)
      if (path === `${root}/${name}` && ++reads === 1) site.write({ [name]: text })
      return bytes
    },
  }
}

async function treeOf(files: Files): Promise<Map<string, string>> {
  const site = memorySite(files)
  assert.ok((await site.build()).ok)
  return site.tree()
}

// Large files are not held in memory: they are read once for their hash and once more by whoever wants them.
const filler = 'words and words, '.repeat(20_000)
const post = (body: string) => `---\ntitle: B\ndate: 2024-01-02\n---\n\n![A dot](./dot.png)\n\n${body}\n`

for (const [name, before, after] of [
  ['public/plain.txt', filler, `${filler}!`],
  ['content/posts/b.md', post(`\`\`\`\n${filler}\n\`\`\``), post('Other.')],
  ['content/posts/dot.png', filler, `${filler}!`],
  ['layouts/post.njk', `{# ${filler} #}{{ post.title }}`, '{{ post.html | safe }}'],
  ['layouts/post.njk', `{# ${filler} #}{{ post.title }}`, ''],
] as const)
  test(`${name} changes during the build: nothing is published, the build says so, the next one is right`, async () => {
    const site = memorySite(fewPosts)
    assert.ok((await site.build()).ok)
    const old = site.tree()
    site.write({ [name]: before })
    const built = await site.build({ disk: changing(site, name, after) })
    assert.deepEqual(
      built.problems.filter(({ severity }) => severity === 'error'),
      [
        {
          severity: 'error',
          code: 'scan/changed',
          what: 'this file changed during the build, so nothing was published',
          file: name,
          fix: 'run the build again',
        },
      ],
    )
    assert.equal(differences(site.tree(), old), '')
    assert.ok((await site.build()).ok)
    assert.equal(differences(site.tree(), await treeOf({ ...fewPosts, [name]: after })), '')
  })

test('a small file that changes meanwhile: the site of one moment or nothing, and then the next', async () => {
  const codes: string[] = []
  for (const [name, text] of [
    ['public/plain.txt', 'other'],
    ['content/posts/b.md', post('Other.')],
    ['layouts/post.njk', '{{ post.title }}'],
  ] as const) {
    const site = memorySite(fewPosts)
    const first = await site.build({ disk: changing(site, name, text) })
    codes.push(first.problems.map(({ code }) => code).join())
    assert.equal(differences(site.tree(), first.ok ? await treeOf(fewPosts) : new Map()), '', name)
    assert.ok((await site.quickBuild()).ok)
    assert.equal(differences(site.tree(), await treeOf({ ...fewPosts, [name]: text })), '', name)
  }
  // Each was read once.
  assert.deepEqual(codes, ['', '', ''])
})
