// Files that changed a moment ago: their times may stand still while they change once more, so they are read again.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Disk, FileStat } from '../../src/engine/disk.js'
import { quickBuild } from '../../src/quick.js'
import { type MemorySite, memorySite, root } from '../memory-site.js'
import { optionsFor } from './options.js'

const post = (text: string): string => `---\ntitle: A\ndate: 2024-01-01\n---\n\n${text}\n`
const name = 'content/posts/a.md'

/** The site's disk, on which the times of one file stand still, and the moment at which that file is young. */
function standingStill(site: MemorySite): { readonly disk: Disk; readonly now: number } {
  const still = site.disk.stat(`${root}/${name}`)!
  const stat = (path: string, found: FileStat | null): FileStat | null =>
    found && path === `${root}/${name}` ? { ...found, mtimeMs: still.mtimeMs, ctimeMs: still.ctimeMs } : found
  const disk: Disk = {
    ...site.disk,
    stat: (path) => stat(path, site.disk.stat(path)),
    lstat: (path) => stat(path, site.disk.lstat(path)),
  }
  return { disk, now: still.mtimeMs + 1000 }
}

test('"nothing changed" is known right after an edit, and a second edit within the same tick of the clock is seen', async () => {
  const site = memorySite({ [name]: post('One.') })
  site.write({ [name]: post('Two.') })
  const { disk, now } = standingStill(site)
  assert.ok((await site.build({ disk, now })).ok)
  const options = optionsFor(root, { disk, now: now + 60_000 })
  assert.ok(quickBuild(disk, options).built)

  site.write({ [name]: post('Six.') })
  assert.equal(quickBuild(disk, options).built, undefined)
  const built = await site.quickBuild({ disk, now })
  assert.ok(built.ok)
  const page = built.written.find((path) => path.endsWith('a/index.html')) ?? ''
  assert.match(site.tree().get(page) ?? '', /Six/)
})

test('file times are written again only when many files are not as they say', async () => {
  const files = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`public/f${n}.txt`, `${n}`]))
  const site = memorySite({ [name]: post('One.'), ...files })
  const stats = (): string => Buffer.from(site.disk.read(`${root}/.inkstone/stats`)).toString('latin1')
  await site.build()
  const first = stats()
  site.write({ 'public/f0.txt': 'other' })
  assert.deepEqual((await site.build()).written, ['f0.txt'])
  assert.equal(stats(), first)
  // What the index does not know is read, each time.
  assert.deepEqual((await site.build()).written, [])
  site.write({ 'public/f1.txt': 'other', 'public/f2.txt': 'other', 'public/f3.txt': 'other' })
  assert.deepEqual((await site.build()).written, ['f1.txt', 'f2.txt', 'f3.txt'])
  assert.notEqual(stats(), first)
})

test('what another build has learnt since is not mixed with file times of the one before', async () => {
  // So many that not all of them stand in one stretch of the list.
  const others = Object.fromEntries(Array.from({ length: 600 }, (_, n) => [`content/posts/b-${n}.txt`, '']))
  const site = memorySite({ [name]: post('One.'), ...others })
  const { disk } = standingStill(site)
  assert.ok((await site.quickBuild({ disk })).ok)
  // Seen though its times stand still, and kept, but never published.
  site.write({ [name]: post('Two.') })
  assert.ok((await site.build({ disk, verifyInputs: true, dry: true })).ok)
  site.write({ [name]: post('One.') })
  const { written } = await site.quickBuild({ disk })
  assert.deepEqual(written, [])
  // A build that is not answered from file times, though those of the post are as they were.
  site.write({ 'public/new.txt': '' })
  assert.deepEqual((await site.quickBuild({ disk })).written, ['new.txt'])
  const page = [...site.tree()].find(([path]) => path.endsWith('a/index.html'))
  assert.match(page?.[1] ?? '', /One/)
})
