import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meta } from '../../src/content/types.js'
import { grounded, groundsOf, otherSince } from '../../src/site/grounds.js'
import { queries } from '../../src/site/queries.js'
import { makeRandom } from '../incremental/random-site.js'
import { doc, indexOf } from './sample.js'

const dated = (name: string, day: number, more: Partial<Meta> = {}): Meta =>
  doc(`posts/${name}.md`, { date: `2024-01-${10 + day}`, ...more })
const others = (before: readonly Meta[], now: readonly Meta[]) => {
  const [a, b] = [indexOf(before), indexOf(now)]
  return otherSince(groundsOf(a.index), groundsOf(b.index), b.metas)
}

test('a post that comes has other neighbours, and so have those beside it', () => {
  const was = [dated('a', 1), dated('b', 2), dated('d', 4), dated('e', 5)]
  const { near, terms } = others(was, [...was, dated('c', 3)])
  assert.deepEqual([[...near].sort(), terms], [['posts/b.md', 'posts/c.md', 'posts/d.md'], []])
})

test('a post that is listed no more has no neighbours, though it is there and as it was', () => {
  const now = { near: ['a.md', 'c.md'], terms: [] }
  const { near } = otherSince({ ...now, near: ['a.md', 'b.md', 'c.md'] }, now, new Map())
  assert.deepEqual([...near].sort(), ['a.md', 'b.md', 'c.md'])
})

test('a term that comes, goes or is shown otherwise is told of all that bear it, in whichever spelling', () => {
  const hidden = dated('hidden', 1, { unlisted: true, tags: ['ＧＯ'] })
  const page = doc('about.md', { categories: ['go'] })
  const post = dated('a', 2, { tags: ['Go'] })
  const untouched = dated('b', 3, { tags: ['sql'], categories: ['Go'] })
  const bearers = ['posts/a.md', 'posts/hidden.md']
  const without = [hidden, page, { ...post, tags: [] }, untouched]
  assert.deepEqual([...others(without, [hidden, page, post, untouched]).terms].sort(), bearers)
  // The post itself is another, which is known without this.
  assert.deepEqual(others([hidden, page, post, untouched], without).terms, ['posts/hidden.md'])
  const respelt = [hidden, page, { ...post, tags: ['GO'] }, untouched]
  assert.deepEqual([...others([hidden, page, post, untouched], respelt).terms].sort(), bearers)
})

test('of random sites a query says the same of a document that is the same, unless it is named', () => {
  const random = makeRandom(20261130)
  const pick = <T>(list: readonly T[]): T => list[random.below(list.length)]!
  const some = (): Meta =>
    doc(`posts/${pick(['a', 'b', 'c', 'd'])}.md`, {
      date: pick(['2024-01-01', '2024-02-01', '2024-03-01']),
      tags: pick([[], ['Go'], ['go', 'SQL'], ['sql']]),
      categories: pick([[], ['C'], ['c', 'D']]),
      draft: random.below(6) === 0,
      unlisted: random.below(5) === 0,
    })
  let spared = 0
  let named = 0
  for (let round = 0; round < 3000; round++) {
    const was = [some(), some(), some(), some()]
    const before = indexOf(was)
    const now = indexOf([...was.slice(random.below(3)), some()])
    const found = otherSince(groundsOf(before.index), groundsOf(now.index), now.metas)
    for (const name of grounded)
      for (const [id, meta] of now.metas) {
        if (JSON.stringify(before.metas.get(id)) !== JSON.stringify(meta)) continue
        if (found[name].includes(id)) {
          named++
          continue
        }
        spared++
        const [a, b] = [before, now].map(({ index, metas }) => queries[name]?.(index, metas, id))
        assert.deepEqual(a, b, `${name} of ${id} in ${JSON.stringify([was, [...now.metas.values()]])}`)
      }
  }
  assert.ok(spared > 5000 && named > 1000, `${spared} spared, ${named} named`)
})
