// Two hundred addresses broken one by one: each is found, at the place where its author can mend it, and nothing else
// is said. Several are broken in one build, far enough from each other to be told apart.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { positionAt } from '../../src/errors.js'
import { memorySite } from '../memory-site.js'
import { type Mark, markedSite, mutated, unmark } from './marked-site.js'

const { files, marks } = unmark(markedSite)

/** Small numbers from a seed (mulberry32), so that a failure can be repeated. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const textOf = (file: string): string => String(files[file])
const placeOf = ({ file, at }: Mark): string => {
  const { line, column } = positionAt(textOf(file), at)
  return `${file}:${line}:${column}`
}

test('the whole site has nothing wrong', async () => {
  const built = await memorySite(files).build({ check: true })
  assert.deepEqual(built.problems, [])
  assert.equal(built.ok, true)
  assert.ok((built.checked?.counts.references ?? 0) > 1000)
})

test(`each of ${marks.length} broken addresses is found at its place, and nothing else`, async (t) => {
  const seed = Number(process.env['INKSTONE_SEED'] ?? 9)
  t.diagnostic(`seed ${seed}`)
  const roll = dice(seed)
  const order = marks.map((mark) => ({ mark, key: roll() })).sort((a, b) => a.key - b.key)
  const site = memorySite(files)
  const wrong: string[] = []
  // One mark of a file in a build: two would move each other's places.
  const waiting = order.map(({ mark }) => mark)
  while (waiting.length > 0) {
    const batch = new Map<string, Mark>()
    for (const mark of [...waiting]) {
      // The style sheet and what it imports are one: without the first nobody reads the second.
      if (batch.has(mark.file) || batch.size >= 14) continue
      batch.set(mark.file, mark)
      waiting.splice(waiting.indexOf(mark), 1)
    }
    for (const { file, at, address } of batch.values()) {
      const text = textOf(file)
      site.write({ [file]: text.slice(0, at) + mutated(address) + text.slice(at + address.length) })
    }
    const built = await site.build({ check: true, dry: true })
    const told = built.problems.map(
      ({ severity, file, line, column }) => `${severity} ${file}:${line}:${column}`,
    )
    const expected = [...batch.values()].map((mark) => `error ${placeOf(mark)}`)
    for (const place of expected)
      if (!told.includes(place))
        wrong.push(
          `not found: ${place} ${textOf(place.split(/[ :]/)[1] ?? '').split('\n')[Number(place.split(':')[1]) - 1]}`,
        )
    for (const [i, place] of told.entries())
      if (!expected.includes(place))
        wrong.push(`spurious: ${place} ${built.problems[i]?.code} ${built.problems[i]?.what}`)
    for (const { file } of batch.values()) site.write({ [file]: textOf(file) })
  }
  assert.deepEqual(wrong, [])
  assert.ok(marks.length >= 200, `${marks.length} marks`)
})
