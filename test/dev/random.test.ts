// Random edits under a running server: whatever an author does, what is served is what a clean build would write.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { test } from 'node:test'
import { makeRandom, makeSite as makeRandomSite } from '../incremental/random-site.js'
import { differences } from './same.js'
import { makeSite } from './site.js'
import { deadlineMs, openVisited } from './visitor.js'

// INKSTONE_DEV_EDITS=500 INKSTONE_SEED=7 for a longer run.
const seed = Number(process.env['INKSTONE_SEED'] ?? 20251124)
const edits = Number(process.env['INKSTONE_DEV_EDITS'] ?? 15)

test(`after each of ${edits} random edits the served site equals a clean build (seed ${seed})`, async (t) => {
  const site = makeSite()
  // The edits write a configuration in JSON.
  rmSync(site.path('site.config.ts'))
  const random = makeRandomSite(site.root, makeRandom(seed))
  const dev = await openVisited(site.root)
  t.after(() => dev.close().then(site.remove))
  await dev.built()
  const history: string[] = []
  let good = new Map<string, string>()
  let failures = 0
  for (let i = 1; i <= edits; i++) {
    history.push(random.edit())
    const told = `edit ${i} of seed ${seed}: ${history.slice(-3).join(' | ')}`
    const clean = await site.clean().catch(() => undefined)
    if (clean) {
      const old = good.keys()
      const end = performance.now() + deadlineMs
      for (let found = '?'; found !== ''; ) {
        found = await differences(dev.port, clean, old)
        if (found === '') break
        assert.ok(performance.now() < end, `${told}\n${found}`)
        await dev.built()
      }
      good = new Map(clean)
    } else {
      failures++
      // The last good state stays, whatever is asked for.
      let built = await dev.built()
      while (built.ok) built = await dev.built()
      assert.equal(await differences(dev.port, good), '', `${told}: a broken site changed what is served`)
    }
  }
  assert.ok(failures < edits / 2, `${failures} of ${edits} edits broke the site: they say too little`)
})
