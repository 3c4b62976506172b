// Writing for hours must not cost memory: edit after edit, the heap stays where it was after the first ones.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { makeSite, post } from './site.js'
import { openVisited, watchPage } from './visitor.js'

// INKSTONE_SOAK=1000 for the long run: as many edits, on a site of as many posts.
const edits = Number(process.env['INKSTONE_SOAK'] ?? 120)
const warm = Math.min(100, Math.floor(edits / 2))

setFlagsFromString('--expose_gc')
// What the flag puts into a new context.
const collect = runInNewContext('gc') as () => void

/** Megabytes of the heap that are in use. */
function heap(): number {
  for (let i = 0; i < 3; i++) collect()
  return process.memoryUsage().heapUsed / 2 ** 20
}

test(`${edits} edits leave the heap where it was after the first ${warm}`, async (t) => {
  const text = (i: number, more = ''): string =>
    post(
      `第 ${i} 篇`,
      '2024-01-01',
      `${'正文里有许多字，'.repeat(60)}\n\n## 小节\n\n\`\`\`js\nlet a = ${i}\n\`\`\`\n\n${more}`,
    )
  const name = (i: number): string => `content/posts/p${i}.md`
  const site = makeSite(Object.fromEntries(Array.from({ length: edits }, (_, i) => [name(i), text(i)])))
  const dev = await openVisited(site.root)
  t.after(() => dev.close().then(site.remove))
  assert.equal((await dev.built(300_000)).ok, true)
  const stream = await watchPage(dev.port, '/posts/p0/')
  let before = 0
  for (let i = 0; i < edits; i++) {
    // Every post in turn, now and then a title, now and then the page that a browser shows.
    const at = i % 5 === 0 ? 0 : i
    site.write(name(at), text(i % 7 === 0 ? i + 1000 : at, `第 ${i} 次`))
    const built = await dev.built(60_000)
    assert.equal(built.ok, true, JSON.stringify(built.problems))
    if (i + 1 === warm) before = heap()
  }
  stream.close()
  const after = heap()
  t.diagnostic(`heap after ${warm} edits ${before.toFixed(1)} MB, after ${edits} ${after.toFixed(1)} MB`)
  assert.ok(after < before * 1.1, `${before.toFixed(1)} MB became ${after.toFixed(1)} MB`)
})
