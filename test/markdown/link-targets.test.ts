import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashOf } from '../../src/engine/pack.js'
import type { Engine, Step } from '../../src/engine/step.js'
import { openTargets, type Target, targetsOf } from '../../src/markdown/link-targets.js'
import type { Link } from '../../src/markdown/types.js'

const link = (url: string, anchor = ''): Link => ({ url, anchor, text: url, line: 1, column: 1 })

test('a target is told once, wherever its links stand', () => {
  assert.deepEqual(targetsOf([link('/b/', 'x'), link('/a/'), link('/b/', 'x'), link('', 'top')]), [
    { url: '', anchor: 'top' },
    { url: '/a/', anchor: '' },
    { url: '/b/', anchor: 'x' },
  ])
})

test('targets that were kept together are found by their hash, others in their own body', () => {
  const one = targetsOf([link('/b/'), link('/数据/', '一')])
  const two = targetsOf([link('', 'x')])
  let readAlone = 0
  // Only these members are asked for.
  const step = (part: readonly Target[]) =>
    ({
      hash: () => hashOf(part),
      is: (_: string, hash: string) => hash === hashOf(part),
      part: () => {
        readAlone++
        return part
      },
    }) as unknown as Step
  const before = (kept: string | undefined, isProving = false) =>
    ({
      isProving,
      before: () => (kept === undefined ? undefined : { part: () => kept }),
    }) as unknown as Engine
  const made = new Map([
    ['a.md', step(one)],
    ['b.md', step([])],
    ['c.md', step(one)],
  ])
  const text = openTargets(before(undefined), made).together()
  assert.equal(readAlone, 2)

  const now = new Map([...made, ['d.md', step(two)] as const])
  const targets = openTargets(before(text), now)
  assert.equal(targets.together(), text, 'nobody missed anything')
  assert.deepEqual([...now.keys()].map(targets.of), [one, [], one, two])
  assert.equal(readAlone, 3)
  const renewed = targets.together()
  assert.notEqual(renewed, text, 'one of four was missing')
  const again = openTargets(before(renewed), now)
  readAlone = 0
  assert.deepEqual([...now.keys()].map(again.of), [one, [], one, two])
  assert.equal(readAlone, 0)
  const proving = openTargets(before(text, true), now)
  assert.deepEqual(proving.of('d.md'), two)
  assert.equal(proving.together(), text)
})
