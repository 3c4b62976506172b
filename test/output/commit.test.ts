import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fingerprint } from '../../src/engine/fingerprint.js'
import { type MemoryDisk, memoryDisk } from '../../src/engine/memory-disk.js'
import { seal } from '../../src/engine/seal.js'
import { loadManifest } from '../../src/output/manifest.js'
import { type Making, openOutput } from '../../src/output/output.js'

const making = (files: Record<string, string>): Making[] =>
  Object.entries(files).map(([path, text]) => ({
    path,
    hash: fingerprint(text),
    by: `test ${path}`,
    bytes: () => text,
  }))

/** One build's end: the folder shall hold exactly these files of ours. */
async function publish(disk: MemoryDisk, files: Record<string, string>, adopt = false) {
  const output = openOutput(disk, '/site/dist')
  try {
    return await output.commit(making(files), adopt)
  } finally {
    await output.close()
  }
}

const tree = (disk: MemoryDisk) => Object.fromEntries(disk.files('/site/dist'))

async function fresh(files?: Record<string, string>): Promise<MemoryDisk> {
  const disk = memoryDisk()
  disk.makeFolder('/site')
  if (files) await publish(disk, files)
  return disk
}

/** One text for one tree, whatever the order. */
const sorted = (files: object) =>
  JSON.stringify(Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))))

const before = { 'index.html': 'one', 'a/index.html': 'a', 'b/index.html': 'b', 'c.txt': 'c', 'x/y': 'file' }
const after = {
  'index.html': 'two',
  'a/index.html': 'a',
  'new/deep/index.html': 'new',
  'c.txt/index.html': 'folder now',
  x: 'was a folder',
}

test('a first commit makes the whole tree and nothing else', async () => {
  const disk = await fresh(before)
  assert.deepEqual(tree(disk), before)
  assert.deepEqual(Object.keys(Object.fromEntries(disk.files('/site/dist.inkstone'))), ['manifest'])
})

test('a folder whose manifest is of the first kind, or damaged, is ours or not', async () => {
  for (const [name, isOurs] of [
    ['first kind', true],
    ['damaged', false],
  ] as const) {
    const disk = await fresh(before)
    const manifest = loadManifest(disk, '/site/dist')
    assert.ok(manifest !== 'lost')
    assert.deepEqual([...manifest.keys()], Object.keys(before).sort())
    const older = seal(JSON.stringify(Object.fromEntries(manifest)))
    disk.write('/site/dist.inkstone/manifest', isOurs ? older : older.replace('index', 'indEx'))
    const { problems } = await publish(disk, after)
    assert.equal(problems.length === 0, isOurs, name)
    assert.deepEqual(tree(disk), isOurs ? after : before, name)
  }
})

test('a later commit writes, deletes and leaves no empty folder', async () => {
  const disk = await fresh(before)
  const { written, removed } = await publish(disk, after)
  assert.deepEqual(tree(disk), after)
  assert.deepEqual(written, ['c.txt/index.html', 'index.html', 'new/deep/index.html', 'x'])
  assert.deepEqual(removed, ['b/index.html', 'c.txt', 'x/y'])
  assert.equal(disk.stat('/site/dist/b'), null)
})

/** And knows how all of it stands. */
async function publishesNothing(disk: MemoryDisk, files: Record<string, string>): Promise<void> {
  const { standing, ...done } = await publish(disk, files)
  assert.deepEqual(done, { written: [], removed: [], problems: [] })
  assert.deepEqual([...standing.keys()].sort(), Object.keys(files).sort())
}

test('the same outputs again write nothing', async () => {
  const disk = await fresh(before)
  disk.beforeChange = ({ path }) => assert.ok(!path.startsWith('/site/dist/'), path)
  await publishesNothing(disk, before)
})

test('foreign files survive, whatever happens around them', async () => {
  const disk = await fresh(before)
  disk.write('/site/dist/CNAME', 'example.org')
  disk.write('/site/dist/b/own.txt', 'mine')
  await publish(disk, after)
  assert.deepEqual(tree(disk), { ...after, CNAME: 'example.org', 'b/own.txt': 'mine' })
})

test('a foreign file in the way is an error that names both, and nothing is changed', async () => {
  const disk = await fresh(before)
  disk.makeFolder('/site/dist/new')
  disk.write('/site/dist/new/deep', 'mine')
  const { problems } = await publish(disk, after)
  assert.deepEqual(problems, [
    {
      severity: 'error',
      code: 'output/foreign-file',
      what: 'new/deep in the output folder was not made by this site and is in the way of new/deep/index.html (test new/deep/index.html)',
      found: 'new/deep',
      fix: 'move it away, or call with --adopt to replace it',
    },
  ])
  assert.deepEqual(tree(disk), { ...before, 'new/deep': 'mine' })
})

test('--adopt replaces a foreign file', async () => {
  const disk = await fresh()
  disk.makeFolder('/site/dist')
  disk.write('/site/dist/index.html', 'mine')
  assert.equal((await publish(disk, before)).problems.length, 1)
  assert.deepEqual((await publish(disk, before, true)).problems, [])
  assert.deepEqual(tree(disk), before)
})

test('where the manifest is lost, files equal to what would be written are ours again', async () => {
  const disk = await fresh(before)
  disk.remove('/site/dist.inkstone/manifest')
  await publishesNothing(disk, before)
  await publish(disk, after)
  assert.deepEqual(tree(disk), after)
})

test('a file of ours that somebody altered or deleted is made again', async () => {
  const disk = await fresh(before)
  disk.write('/site/dist/index.html', 'xxx')
  disk.remove('/site/dist/a/index.html')
  assert.deepEqual((await publish(disk, before)).written, ['a/index.html', 'index.html'])
  assert.deepEqual(tree(disk), before)
})

test('a tree whose file times were lost is kept by its bytes', async () => {
  const disk = await fresh(before)
  for (const [path, text] of Object.entries(before)) disk.write(`/site/dist/${path}`, text)
  assert.deepEqual((await publish(disk, before)).written, [])
})

for (const [name, start] of [
  ['an existing tree', before],
  ['no tree', undefined],
] as const)
  test(`stopped at every change of a commit over ${name}: every file is whole, and the next start shows the old or the new tree`, async () => {
    class Killed extends Error {}
    let stops = 0
    for (let stopAt = 0; ; stopAt++) {
      const disk = await fresh(start)
      let count = 0
      disk.beforeChange = () => {
        if (count++ === stopAt) throw new Killed()
      }
      let killed = false
      try {
        const output = openOutput(disk, '/site/dist')
        await output.commit(making(after), false)
        // A killed process closes nothing.
      } catch (error) {
        if (!(error instanceof Killed)) throw error
        killed = true
      }
      disk.beforeChange = () => {}
      const known = new Set([...Object.values(before), ...Object.values(after)])
      for (const [path, text] of Object.entries(tree(disk)))
        assert.ok(known.has(text), `stop ${stopAt}: ${path} is not whole`)
      disk.remove('/site/dist.inkstone/lock')
      await openOutput(disk, '/site/dist').close()
      const healed = sorted(tree(disk))
      assert.ok([sorted(start ?? {}), sorted(after)].includes(healed), `stop ${stopAt}: ${healed}`)
      await publish(disk, after)
      assert.equal(sorted(tree(disk)), sorted(after))
      if (!killed) break
      stops++
    }
    assert.ok(stops > 10, `${stops} points`)
  })

test('what fails while files are put in their places is told when all of them are', async () => {
  const disk = await fresh(before)
  const output = openOutput(disk, '/site/dist')
  const fail = () => {
    throw new Error('no room for the cache')
  }
  await assert.rejects(output.commit(making(after), false, fail), /no room/)
  await output.close()
  assert.equal(sorted(tree(disk)), sorted(after))
  assert.equal(openOutput(disk, '/site/dist').healed, false)
})

test('a full disk at any write leaves the old tree or the new one', async () => {
  for (let fullAt = 0; fullAt < 40; fullAt++) {
    const disk = await fresh(before)
    let count = 0
    disk.beforeChange = ({ verb }) => {
      if (verb !== 'remove' && count++ >= fullAt)
        throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' })
    }
    try {
      await publish(disk, after)
    } catch {
      // Told by the build as a Problem.
    }
    disk.beforeChange = () => {}
    disk.remove('/site/dist.inkstone/lock')
    await openOutput(disk, '/site/dist').close()
    assert.ok([sorted(before), sorted(after)].includes(sorted(tree(disk))), `full at ${fullAt}`)
  }
})
