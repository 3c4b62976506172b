import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../../src/json.js'
import { packIds, unpackIds } from '../../src/pages/kept-props.js'
import { makeRandom } from '../incremental/random-site.js'

const ids = ['posts/a.md', 'posts/b.md', '#', '0']

test('props come back as they were, with lists of documents in them or without', () => {
  const random = makeRandom(5)
  const leaf = (): Json => random.pick<Json>([...ids, ...ids, 'other', '', 0, 1, null, true])
  const value = (depth: number): Json => {
    const kind = depth === 0 ? 0 : random.below(4)
    const some = () => Array.from({ length: random.below(4) }, () => value(depth - 1))
    if (kind === 1) return some()
    if (kind === 2)
      return Object.fromEntries(some().map((inner, i) => [random.pick(['ids', 'a', `k${i}`]), inner]))
    return kind === 3 ? Array.from({ length: random.below(3) }, () => random.pick(ids)) : leaf()
  }
  const pack = packIds(ids)
  for (let round = 0; round < 5000; round++) {
    const props = { ids: value(3), more: value(2) }
    const kept = JSON.parse(JSON.stringify(pack(props))) as Json
    assert.deepEqual(unpackIds(kept, ids), JSON.parse(JSON.stringify(props)))
  }
})

test('a list of documents is kept as their numbers', () => {
  assert.equal(JSON.stringify(packIds(ids)({ ids: ['posts/b.md', 'posts/a.md'] })), '{"ids":{"#":[1,0]}}')
  assert.throws(() => packIds(ids)({ '#': 1 }), /cannot be kept/)
})
