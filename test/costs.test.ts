// What a build costs, in counts and never in time: steps that ran, files that were written, files and pieces of the cache that
// were read, looks at files, and bytes of the cache. A change here is a change of what an author waits for: if it is meant,
// put the new figures here.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Disk } from '../src/engine/disk.js'
import { memorySite, root } from './memory-site.js'

const count = 40

const post = (n: number, title = `第 ${n} 篇`, tags = [`标签${n % 5}`]): string =>
  `---\ntitle: "${title}"\ndate: 2024-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}\ntags: ${JSON.stringify(tags)}\n---\n\n第 ${n} 段，写的是 **网关** 与 SQLite。\n\n<!--more-->\n\n## 小节\n\n见[前一篇](./p${Math.max(0, n - 1)}.md#小节)。\n\n\`\`\`js\nconst n = ${n}\n\`\`\`\n`

const name = (n: number): string => `content/posts/p${n}.md`

/** Counts what is asked of the disk. */
function counting(disk: Disk): {
  readonly disk: Disk
  readonly read: () => number
  readonly looked: () => number
} {
  let reads = 0
  let looks = 0
  return {
    read: () => reads,
    looked: () => looks,
    disk: {
      ...disk,
      read(path) {
        reads++
        return disk.read(path)
      },
      open(path) {
        const file = disk.open(path)
        return {
          ...file,
          readAt(offset, length) {
            reads++
            return file.readAt(offset, length)
          },
        }
      },
      stat(path) {
        looks++
        return disk.stat(path)
      },
      lstat(path) {
        looks++
        return disk.lstat(path)
      },
    },
  }
}

test('a build and the edits after it cost exactly this much', async () => {
  const posts = Array.from({ length: count }, (_, n): [string, string] => [name(n), post(n)])
  const site = memorySite(Object.fromEntries(posts))
  const costs: Record<string, Record<string, number>> = {}
  const build = async (what: string, edit: Readonly<Record<string, string>> = {}): Promise<void> => {
    site.write(edit)
    const { disk, read, looked } = counting(site.disk)
    const { ok, ran, written, problems } = await site.quickBuild({ disk })
    assert.ok(ok, JSON.stringify(problems))
    const cache = [`${root}/.inkstone`, `${root}/dist.inkstone`].flatMap((folder) => [
      ...site.disk.files(folder).values(),
    ])
    costs[what] = {
      ran: ran.length,
      written: written.length,
      read: read(),
      looked: looked(),
      cacheBytes: cache.reduce((sum, text) => sum + text.length, 0),
    }
  }
  await build('cold')
  await build('nothing')
  await build('a body', { [name(20)]: `${post(20)}\nMore.\n` })
  await build('a title', { [name(20)]: post(20, '别的题目') })
  await build('a tag', { [name(20)]: post(20, '别的题目', ['标签0', '新']) })
  await build('a post', { 'content/posts/new.md': post(99) })
  await build('a layout', {
    'layouts/base.njk': `${String(site.disk.read(`${root}/layouts/base.njk`))}<!-- new -->`,
  })
  assert.deepEqual(costs, {
    cold: { ran: 187, written: 64, read: 54, looked: 460, cacheBytes: 177_859 },
    nothing: { ran: 0, written: 0, read: 1, looked: 142, cacheBytes: 177_859 },
    'a body': { ran: 8, written: 5, read: 104, looked: 208, cacheBytes: 191_209 },
    'a title': { ran: 16, written: 13, read: 98, looked: 261, cacheBytes: 209_391 },
    'a tag': { ran: 13, written: 9, read: 65, looked: 229, cacheBytes: 239_912 },
    'a post': { ran: 19, written: 14, read: 54, looked: 266, cacheBytes: 214_185 },
    'a layout': { ran: 56, written: 56, read: 34, looked: 570, cacheBytes: 216_309 },
  })
})
