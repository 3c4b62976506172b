// The promise, by random test: after each edit of a site the incremental tree is the clean one. Two files call this with seeds of
// their own, so that two cores share the work.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from '../../src/build.js'
import type { BuildOptions } from '../../src/built.js'
import { realDisk } from '../../src/engine/disk.js'
import { quickBuild } from '../../src/quick.js'
import { optionsFor } from './options.js'
import { makeRandom, makeSite } from './random-site.js'
import { differences, treeOf } from './trees.js'

/** INKSTONE_EDITS=5000 and INKSTONE_SEED=7 in the environment for a longer run, or another. */
export function testRandomEdits(ownSeed: number, ownEdits: number): void {
  const seed = Number(process.env['INKSTONE_SEED'] ?? ownSeed)
  const edits = Number(process.env['INKSTONE_EDITS'] ?? ownEdits)

  test(`after each of ${edits} random edits the incremental tree equals a clean one, and a second build runs nothing (seed ${seed})`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'inkstone-edits-'))
    try {
      const root = join(folder, 'site')
      const random = makeRandom(seed)
      const site = makeSite(root, random)
      let published = new Map<string, string>()
      let failures = 0
      const history: string[] = []
      for (let i = 0; i <= edits; i++) {
        if (i > 0) history.push(site.edit())
        const told = `edit ${i} of seed ${seed}: ${history.slice(-3).join(' | ')}`
        const { built: quick, seen } = quickBuild(realDisk, optionsFor(root))
        const built = await build(optionsFor(root), quick ? undefined : seen)
        // "Nothing changed" is only ever said when a full look finds the same.
        if (quick)
          assert.deepEqual(
            [built.ran, built.written, built.removed, built.problems],
            [[], [], [], quick.problems],
            told,
          )
        const clean = await build(
          optionsFor(root, { out: join(folder, 'clean'), cache: join(folder, 'clean-cache'), clean: true }),
        )
        assert.equal(built.ok, clean.ok, `${told}\n${JSON.stringify(built.problems)}`)
        assert.deepEqual(built.problems, clean.problems, told)
        if (built.ok) {
          published = treeOf(join(folder, 'clean'))
          assert.equal(differences(treeOf(join(root, 'dist')), published), '', told)
          const again = await build(optionsFor(root))
          assert.deepEqual([again.ran, again.written, again.removed], [[], [], []], told)
          assert.deepEqual(again.problems, built.problems, told)
          assert.deepEqual(quickBuild(realDisk, optionsFor(root)).built?.outputs, again.outputs, told)
        } else {
          failures++
          if (published.size > 0)
            assert.equal(
              differences(treeOf(join(root, 'dist')), published),
              '',
              `${told}: a failed build changed the tree`,
            )
        }
        // What a check says does not depend on what earlier ones learnt.
        if (i % 7 === 0) {
          const look = (more: Partial<BuildOptions> = {}) =>
            build(optionsFor(root, { check: true, dry: true, outside: true, ...more }))
          const anew = { out: join(folder, 'clean'), cache: join(folder, 'check-cache'), clean: true }
          const [kept, fresh] = [await look(), await look(anew)]
          assert.deepEqual(kept.problems, fresh.problems, told)
          assert.deepEqual(kept.checked, fresh.checked, told)
        }
        // The clean tree is made from nothing each time.
        for (const name of ['clean', 'clean.inkstone', 'clean-cache', 'check-cache'])
          rmSync(join(folder, name), { recursive: true, force: true })
      }
      assert.ok(failures < edits / 4, `${failures} of ${edits} builds failed: the edits say too little`)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
}
