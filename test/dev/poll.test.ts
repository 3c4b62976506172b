// Where the system tells nothing of changes: with --poll, the server looks by itself.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { makeSite, post } from './site.js'
import { openVisited, type Visited } from './visitor.js'

/** Asks for the page after each finished moment until it says what is expected; `built()` has a deadline. */
async function until(
  dev: Visited,
  path: string,
  isDone: (status: number, body: string) => boolean,
): Promise<void> {
  for (;;) {
    const { status, body } = await dev.get(path)
    if (isDone(status, Buffer.from(body, 'latin1').toString('utf8'))) return
    await dev.built()
  }
}

test('a polling server sees edits, new files, deletions and another configuration', async () => {
  const site = makeSite()
  const dev = await openVisited(site.root, { poll: true })
  try {
    assert.equal((await dev.built()).ok, true)
    site.write('content/posts/first.md', post('第一篇', '2024-01-01', '轮询看见了这一句。'))
    await until(dev, '/posts/first/', (_, body) => body.includes('轮询看见了这一句。'))
    site.write('content/posts/fresh.md', post('新来的', '2024-05-01'))
    await until(dev, '/posts/fresh/', (status) => status === 200)
    rmSync(site.path('content/posts/fresh.md'))
    await until(dev, '/posts/fresh/', (status) => status === 404)
    site.write('title.ts', `export const title = '换了名字'\n`)
    await until(dev, '/', (_, body) => body.includes('换了名字'))
  } finally {
    await dev.close()
    site.remove()
  }
})
