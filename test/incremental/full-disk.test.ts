// Whatever call of the disk fails, and wherever the program is stopped: the build says so or is gone, every published
// file is whole, the old tree stands until a new one is complete, and the next build makes everything right.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Change } from '../../src/engine/memory-disk.js'
import { fewPosts, laterPosts, type MemorySite, memorySite, root } from '../memory-site.js'
import { differences } from './trees.js'

const later = {
  ...laterPosts,
  ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`public/files/${i}.txt`, `${i}\n`])),
}
const version = { ...fewPosts, ...later }

async function treeOfVersion(): Promise<Map<string, string>> {
  const site = memorySite(version)
  assert.ok((await site.build()).ok)
  return site.tree()
}

/** A published site with an edit that is not published yet. */
async function edited(): Promise<{ site: MemorySite; old: Map<string, string> }> {
  const site = memorySite(fewPosts)
  assert.ok((await site.build()).ok)
  const old = site.tree()
  site.write(later)
  return { site, old }
}

/** Every published file is one of the old tree or of the new one, whole. */
function assertWhole(
  site: MemorySite,
  old: Map<string, string>,
  next: Map<string, string>,
  told: string,
): void {
  for (const [path, bytes] of site.tree())
    assert.ok(old.get(path) === bytes || next.get(path) === bytes, `${told}: ${path} is not whole`)
}

/** A lock that was not given back is held by this very process; the next one would see that its holder is gone. */
function forgetHolder({ disk }: MemorySite): void {
  for (const lock of ['.inkstone/lock', 'dist.inkstone/lock'])
    if (disk.stat(`${root}/${lock}`)) disk.write(`${root}/${lock}`, 'of a process that is gone')
}

const failing = (code: string, path: string) =>
  Object.assign(new Error(`${code}: ${path}`), { code, syscall: 'write', path })

/** How many changes a build of the edited site makes. */
async function countChanges(counts: (change: Change) => boolean): Promise<number> {
  const { site } = await edited()
  let count = 0
  site.disk.beforeChange = (change) => void (counts(change) && count++)
  await site.build()
  return count
}

const needsRoom = ({ verb }: Change): boolean => verb === 'write' || verb === 'append' || verb === 'copy'

for (const [name, codes, counts] of [
  ['the disk is full', ['ENOSPC'], needsRoom],
  ['a change is not allowed, or the disk breaks,', ['EACCES', 'EIO'], () => true],
] as const)
  test(`${name} at every possible moment: a Problem, whole files, and the next build is right`, async () => {
    const next = await treeOfVersion()
    const changes = await countChanges(counts)
    assert.ok(changes > 30, `${changes} changes`)
    let intact = 0
    for (let at = 0; at < changes; at++) {
      const code = codes[at % codes.length] ?? codes[0]
      const { site, old } = await edited()
      let count = 0
      site.disk.beforeChange = (change) => {
        // From then on nothing succeeds any more.
        if (counts(change) && count++ >= at) throw failing(code, change.path)
      }
      const built = await site.build()
      site.disk.beforeChange = () => {}
      const told = `${code} at change ${at} of ${changes}`
      const told_ = `${told}: ${JSON.stringify(built.problems)}`
      // The last two give the locks back: by then all is done.
      if (at < changes - 2 || !built.ok) {
        assert.equal(built.ok, false, told_)
        assert.deepEqual(
          built.problems.filter(({ severity }) => severity === 'error').map((problem) => problem.code),
          [`disk/${code.toLowerCase()}`],
          told_,
        )
      }
      assertWhole(site, old, next, told)
      if (differences(site.tree(), old) === '') intact++
      forgetHolder(site)
      const healed = await site.build()
      assert.ok(healed.ok, `${told}, then ${JSON.stringify(healed.problems)}`)
      assert.equal(differences(site.tree(), next), '', told)
    }
    // Only after the journal is written does the tree begin to change.
    assert.ok(intact > changes / 3, `the old tree stood in ${intact} of ${changes} cases`)
  })

test('stopped dead at every change of a build: whole files, and the next build is right', async () => {
  class Stopped extends Error {}
  const next = await treeOfVersion()
  const changes = await countChanges(() => true)
  for (let at = 0; at < changes; at++) {
    const { site, old } = await edited()
    let count = 0
    const stop = (change: Change): void => {
      if (count++ >= at) throw new Stopped(change.path)
    }
    site.disk.beforeChange = stop
    // A dead program also gives no lock back, and cleans nothing up: nothing after the stop is done.
    await assert.rejects(site.build(), Stopped)
    site.disk.beforeChange = () => {}
    const told = `stopped at change ${at} of ${changes}`
    assertWhole(site, old, next, told)
    forgetHolder(site)
    const healed = await site.build()
    assert.ok(healed.ok, `${told}, then ${JSON.stringify(healed.problems)}`)
    assert.equal(differences(site.tree(), next), '', told)
    assert.deepEqual([...site.disk.files(`${root}/dist.inkstone`).keys()], ['manifest'], told)
  }
})

test('an output folder on a disk that may only be read is a Problem that names the way out', async () => {
  const { site, old } = await edited()
  site.disk.beforeChange = ({ path }) => {
    if (path.startsWith(`${root}/dist`)) throw failing('EROFS', path)
  }
  const built = await site.build()
  site.disk.beforeChange = () => {}
  assert.deepEqual(built.problems, [
    {
      severity: 'error',
      code: 'disk/erofs',
      what: `EROFS: ${root}/dist.inkstone/lock.${process.pid}`,
      fix: 'check the permissions of this path',
    },
  ])
  assert.equal(differences(site.tree(), old), '')
})
