// The cache on another file system than the output, and an output on a disk that has become read-only: real mounts in
// memory, where we may make them (root on Linux); elsewhere the tests are left out and say so.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { build } from '../../src/build.js'
import { type TempSite, tempSite } from '../temp-site.js'
import { optionsFor } from './options.js'
import { differences, treeOf } from './trees.js'

const folder = mkdtempSync(join(tmpdir(), 'inkstone-mounts-'))
const mounted: string[] = []
const mount = (...args: readonly string[]): boolean =>
  spawnSync('mount', args, { stdio: 'ignore' }).status === 0
/** A file system of its own in memory; undefined where that is not allowed. */
function mountMemory(name: string): string | undefined {
  const place = join(folder, name)
  mkdirSync(place)
  if (process.platform !== 'linux' || !mount('-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', place))
    return undefined
  mounted.push(place)
  return place
}
after(() => {
  for (const place of mounted) spawnSync('umount', [place])
  rmSync(folder, { recursive: true, force: true })
})

const post = (title: string, day: number, text: string) => ({
  [`content/posts/p${day}.md`]: `---\ntitle: ${title}\ndate: 2024-01-0${day}\ntags: [墨]\n---\n\n${text}\n`,
})
const site = (): TempSite =>
  tempSite({
    'site.config.json': JSON.stringify({
      title: 'Mounts',
      baseUrl: 'https://m.example/',
      search: false,
      cards: false,
    }),
    ...post('一', 1, '甲'),
    ...post('二', 2, '[一](p1.md)'),
  })
const edits = [post('三', 3, '新'), post('一个', 1, '改'), post('二', 2, '没有链接了')]

test('with the cache on another file system, incremental equals clean', async (t) => {
  const memory = mountMemory('cache')
  if (memory === undefined) return t.skip('no file system can be mounted here')
  using one = site()
  const cache = join(memory, 'inkstone')
  assert.deepEqual((await one.build({ cache })).problems, [])
  assert.notEqual(statSync(cache).dev, statSync(one.root).dev)
  for (const edit of edits) {
    one.write(edit)
    assert.deepEqual((await one.build({ cache })).problems, [])
    assert.deepEqual((await one.build({ cache })).ran, [])
    const clean = join(one.folder, 'clean')
    rmSync(clean, { recursive: true, force: true })
    await build(optionsFor(one.root, { out: clean, cache: join(one.folder, 'other'), clean: true }))
    assert.equal(differences(one.tree(), treeOf(clean)), '')
  }
})

test('an output that has become read-only is a Problem; it stays as it was, and the next build heals', async (t) => {
  const memory = mountMemory('output')
  if (memory === undefined) return t.skip('no file system can be mounted here')
  using one = site()
  const out = join(memory, 'dist')
  await one.build({ out })
  const before = treeOf(out)
  one.write(edits[0] ?? {})
  assert.ok(mount('-o', 'remount,ro', memory))
  const { ok, problems } = await one.build({ out })
  assert.equal(ok, false)
  assert.deepEqual(
    problems.map(({ severity, code }) => [severity, code]),
    [['error', 'disk/erofs']],
  )
  assert.equal(differences(treeOf(out), before), '')
  assert.ok(mount('-o', 'remount,rw', memory))
  assert.equal((await one.build({ out })).ok, true)
  assert.ok(treeOf(out).has('2024/01/03/p3/index.html'))
})
