import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf } from '../../src/engine/pack.js'
import type { Engine, Step } from '../../src/engine/step.js'
import { allTargets, type Target, targetsOf, targetsOfBefore } from '../../src/markdown/link-targets.js'
import type { Link } from '../../src/markdown/types.js'

const link = (url: string, anchor = ''): Link => ({ url, anchor, text: url, line: 1, column: 1 })

test('a target is told once, wherever its links stand', () => {
  assert.deepEqual(targetsOf([link('/b/', 'x'), link('/a/'), link('/b/', 'x'), link('', 'top')]), [
    { url: '', anchor: 'top' },
    { url: '/a/', anchor: '' },
    { url: '/b/', anchor: 'x' },
  ])
})

test('targets that are kept together are found again by the hash of the part that they are', () => {
  const parts: Readonly<Record<string, readonly Target[]>> = {
    'a.md': targetsOf([link('/b/'), link('/数据/', '一')]),
    'b.md': [],
    'c.md': targetsOf([link('/b/'), link('/数据/', '一')]),
    'd.md': targetsOf([link('', 'x')]),
  }
  // Only these members are asked for.
  const step = (part: readonly Target[]) => ({ hash: () => hashOf(part) }) as unknown as Step
  const made = new Map(Object.entries(parts).map(([id, part]) => [id, step(part)]))
  const text = allTargets({ made, targets: (id) => parts[id] ?? [] })
  const engineWith = (kept: string | undefined) =>
    ({ before: () => (kept === undefined ? undefined : { part: () => kept }) }) as unknown as Engine
  const known = targetsOfBefore(engineWith(text))
  assert.equal(known.size, 2)
  for (const part of [parts['a.md']!, parts['d.md']!]) assert.deepEqual(known.get(hashOf(part)), part)
  assert.equal(targetsOfBefore(engineWith(undefined)).size, 0)
})
