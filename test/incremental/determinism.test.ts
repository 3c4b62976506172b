// The same site gives the same bytes: in any time zone and language, in a folder of any name, with any number of
// workers, whatever order the disk lists its files in.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { type Disk, realDisk } from '../../src/engine/disk.js'
import { copySite, type TempSite, tempSite, withSite } from '../temp-site.js'
import { exactSite } from './exact-site.js'
import { makeRandom, makeSite } from './random-site.js'
import { differences } from './trees.js'

// What is shipped: the bundle, which is made afresh before the tests.
const cli = join('bin', 'inkstone.mjs')

interface Way {
  readonly zone: string
  readonly language: string
  readonly workers: number
}
// Every zone with every language, every number of workers twice.
const ways: readonly Way[] = [
  { zone: 'Asia/Shanghai', language: 'zh_CN.UTF-8', workers: 0 },
  { zone: 'UTC', language: 'C', workers: 1 },
  { zone: 'America/Los_Angeles', language: 'zh_CN.UTF-8', workers: 2 },
  { zone: 'Asia/Shanghai', language: 'C', workers: 2 },
  { zone: 'UTC', language: 'zh_CN.UTF-8', workers: 0 },
  { zone: 'America/Los_Angeles', language: 'C', workers: 1 },
]

/** Builds in a process of its own, from that folder, and returns the tree. */
function buildAs({ root, tree, folder }: TempSite, way: Way): Map<string, string> {
  const out = join(folder, 'out')
  const cache = join(folder, 'cache')
  const done = spawnSync(
    process.execPath,
    [
      resolve(cli),
      'build',
      '--root',
      '.',
      '--out',
      out,
      '--cache',
      cache,
      '--clean',
      '--at',
      '2025-06-01',
    ].concat('--workers', String(way.workers)),
    {
      cwd: root,
      env: { ...process.env, TZ: way.zone, LANG: way.language, LC_ALL: way.language },
      encoding: 'utf8',
    },
  )
  assert.equal(done.status, 0, done.stderr)
  return tree(out)
}

/** Two sites of one content in folders of different names. */
async function compare(lay: (root: string) => void, count: number): Promise<void> {
  const one = tempSite({}, 'a')
  const other = tempSite({}, 'Другая папка 文')
  try {
    lay(one.root)
    cpSync(one.root, other.root, { recursive: true, verbatimSymlinks: true })
    const [first, ...rest] = ways.slice(0, count)
    assert.ok(first)
    const expected = buildAs(one, first)
    for (const [i, way] of rest.entries())
      assert.equal(differences(buildAs(i % 2 === 0 ? other : one, way), expected), '', JSON.stringify(way))
  } finally {
    one[Symbol.dispose]()
    other[Symbol.dispose]()
  }
}

test('messy files and plugins give the same in six environments and two folders', () =>
  compare((root) => {
    copySite('messy', root)
    rmSync(join(root, 'site.config.mjs'))
    copySite('plugins', root)
  }, 6))

test('the site of this repository is the same in three environments and two folders', () =>
  compare((root) => {
    for (const name of ['content', 'layouts', 'public', 'site.config.ts'])
      cpSync(name, join(root, name), { recursive: true })
    symlinkSync(join(process.cwd(), 'node_modules'), join(root, 'node_modules'))
  }, 3))

/** The disk, listing folders in an order that changes from call to call. */
function shuffled(seed: number): Disk {
  const random = makeRandom(seed)
  return {
    ...realDisk,
    list: (path) =>
      realDisk
        .list(path)
        .map((entry) => ({ entry, place: random.next() }))
        .sort((a, b) => a.place - b.place)
        .map(({ entry }) => entry),
  }
}

test('the order in which the disk lists files is not seen in the output, nor in what is said', async () => {
  await withSite({}, async (site) => {
    const edits = makeSite(site.root, makeRandom(5))
    for (let i = 0; i < 12; i++) edits.edit()
    edits.mend()
    site.write({
      'layouts/post.njk': '{{ post.html | safe }}',
      'content/posts/n1.md': '---\ntitle: N\ndate: 2024-01-01\n---\n\nN.\n',
    })
    const first = await site.build()
    const expected = first.ok ? site.tree() : new Map<string, string>()
    for (let seed = 0; seed < 4; seed++) {
      const out = join(site.folder, `out-${seed}`)
      const built = await site.build({
        disk: shuffled(seed),
        out,
        cache: join(site.folder, `cache-${seed}`),
        clean: true,
      })
      assert.deepEqual(built.problems, first.problems)
      if (built.ok) assert.equal(differences(site.tree(out), expected), '')
    }
    assert.ok(first.ok, JSON.stringify(first.problems))
  })
})

test('with --workers N bodies are really made in N threads, and give the same bytes and the same cache', async () => {
  await withSite(exactSite, async (site) => {
    let started = 0
    const count = () => void started++
    process.on('worker', count)
    try {
      const seen: number[] = []
      let expected: Map<string, string> | undefined
      let ran: readonly string[] | undefined
      for (const workers of [0, 1, 2, 3]) {
        started = 0
        const built = await site.build({ workers, clean: true })
        assert.ok(built.ok, JSON.stringify(built.problems))
        seen.push(started)
        expected ??= site.tree()
        // Bundles are made by a process of its own, which is done when it is done.
        ran ??= [...built.ran].sort()
        assert.equal(differences(site.tree(), expected), '')
        assert.deepEqual([...built.ran].sort(), ran)
        // What the threads noted is what this thread would have noted: nothing runs again without them.
        assert.deepEqual((await site.build({ workers: 0 })).ran, [])
      }
      assert.deepEqual(seen, [0, 1, 2, 3])
    } finally {
      process.off('worker', count)
    }
  })
})
