import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differenceFrom } from '../../src/engine/difference.js'
import type { Trace } from '../../src/engine/trace.js'
import { makeRandom } from '../incremental/random-site.js'

test('who knows what it made finds the difference that a look at all finds', () => {
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
    const all = differenceFrom(before, after)
    const known = differenceFrom(before, after, { ran, kept: after.size - ran.length })
    assert.deepEqual([...known.steps], [...all.steps])
    assert.deepEqual([...known.before].sort(), [...all.before].sort())
    gone += all.before.size
  }
  assert.ok(gone > 1000)
})
