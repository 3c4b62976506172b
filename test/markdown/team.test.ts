import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entriesOf, joinEntries } from '../../src/engine/entries.js'
import { noPace } from '../../src/engine/pace.js'
import type { Outcome, Pool } from '../../src/engine/pool.js'
import type { BodyReply } from '../../src/markdown/crew.js'
import { type MadeBody, makeTeam } from '../../src/markdown/team.js'

const risky = '*a_ '.repeat(600)

/** A pool whose threads are given `sent` documents and make none before `finish`. */
function slowPool(sent: number) {
  const settlers = new Map<string, (outcome: Outcome<BodyReply>) => void>()
  const queue: string[] = []
  const given: string[] = []
  const pool: Pool<string, BodyReply> = {
    run(id) {
      if (given.length < sent) given.push(id)
      else queue.push(id)
      return new Promise((settle) => settlers.set(id, settle))
    },
    take(may) {
      const at = queue.findIndex(may)
      return at < 0 ? undefined : queue.splice(at, 1)[0]
    },
    warm() {},
    close: async () => {},
  }
  const finish = (): void => {
    for (const id of given.splice(0)) {
      const parts = joinEntries(entriesOf({ html: `thread ${id}` }))
      settlers.get(id)?.({ result: { parts, reads: [], seen: [] } })
    }
    given.push(...queue.splice(0, sent))
    if (given.length > 0) setImmediate(finish)
  }
  return { pool, given, finish }
}

/** Who made each document, in the order in which they were asked for. */
async function madeBy(
  texts: Readonly<Record<string, string>>,
  sent: number,
  all: boolean,
  finishAfter: number,
): Promise<string[]> {
  const { pool, finish } = slowPool(sent)
  let here = 0
  const team = makeTeam({
    ids: Object.keys(texts),
    pool,
    all,
    textOf: (id) => texts[id] ?? '',
    async makeHere(id): Promise<MadeBody> {
      if (++here === finishAfter) setImmediate(finish)
      return { entries: entriesOf({ html: `here ${id}` }), reads: [], seen: [] }
    },
    pace: noPace,
  })
  if (finishAfter === 0) finish()
  const found: string[] = []
  for (const id of Object.keys(texts)) {
    const outcome = await team.outcome(id)
    assert.ok('result' in outcome)
    found.push(Buffer.from(outcome.result.entries['html']?.bytes ?? []).toString('utf8', 1))
  }
  return found
}

test('while threads are at the first documents, the next ones are made here, and all come in order', async () => {
  const texts = { a: 'A', b: 'B', c: 'C', d: 'D', e: 'E', f: 'F' }
  assert.deepEqual(await madeBy(texts, 2, true, 3), [
    'thread a',
    'thread b',
    'here c',
    'here d',
    'here e',
    'thread f',
  ])
})

test('a document that could take for ever is made by a thread, however long one waits for it', async () => {
  const texts = { a: 'A', b: risky, c: 'C', d: risky }
  assert.deepEqual(await madeBy(texts, 1, true, 1), ['thread a', 'thread b', 'here c', 'thread d'])
})

test('where threads are not worth it, they get nothing else', async () => {
  const texts = { a: 'A', b: risky, c: 'C' }
  assert.deepEqual(await madeBy(texts, 1, false, 1), ['here a', 'thread b', 'here c'])
})

test('what threads have made is not made again', async () => {
  const texts = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`d${i}`, 'text']))
  const found = await madeBy(texts, 20, true, 0)
  assert.deepEqual(
    found,
    Object.keys(texts).map((id) => `thread ${id}`),
  )
})
