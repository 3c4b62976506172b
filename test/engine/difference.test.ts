import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differenceFrom } from '../../src/engine/difference.js'
import type { Trace } from '../../src/engine/trace.js'
import { makeRandom } from '../incremental/random-site.js'

test('what is new, other and gone is found, whether it is known what ran or not', () => {
  const random = makeRandom(20261130)
  const trace = (): Trace => ({ version: '', reads: [], parts: {} })
  const keys = Array.from({ length: 6 }, (_, i) => `step ${i}`)
  const some = () => keys.filter(() => random.below(3) > 0)
  let gone = 0
  for (let round = 0; round < 2000; round++) {
    const before = new Map(some().map((key) => [key, trace()]))
    const after = new Map<string, Trace>()
    const ran: string[] = []
    for (const key of some()) {
      const kept = random.below(2) === 0 ? before.get(key) : undefined
      after.set(key, kept ?? trace())
      if (!kept) ran.push(key)
    }
    const changed = [...after].filter(([key, trace]) => before.get(key) !== trace)
    const replaced = [...before].filter(([key, trace]) => after.get(key) !== trace)
    for (const made of [undefined, { ran, kept: after.size - ran.length }]) {
      const { steps, before: others } = differenceFrom(before, after, made)
      assert.deepEqual([...steps], changed)
      assert.deepEqual([...others].sort(), replaced.sort())
    }
    gone += [...before.keys()].filter((key) => !after.has(key)).length
  }
  assert.ok(gone > 1000)
})
