// Public cases B-28 and B-30, and what the stories of the page claim. The other cases: crd-query-*.test.ts.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Lab } from '../../content/projects/crd-query/demo/core/lab.js'
import { playStep, stories } from '../../content/projects/crd-query/demo/core/stories.js'
import { createEngine } from '../../content/projects/crd-query/demo/db/engine.js'
import { loadSqlite } from '../../content/projects/crd-query/demo/db/load.js'

for (const isIgnored of [true, false])
  test(`B-28 a deletion missed while disconnected: tombstones ${isIgnored ? 'ignored leave a ghost row' : 'unwrapped leave none'}`, () => {
    const lab = new Lab({ size: 12 })
    lab.bugs = { ...lab.bugs, ignoreTombstones: isIgnored }
    lab.start()
    lab.advance(2_000)
    lab.disconnect(1_000)
    const { namespace = '', name } = lab.server.objects('projects')[0]!.metadata
    lab.platform.delete(namespace, name)
    lab.compact()
    lab.advance(40_000)
    const { objects, indexed, rows } = lab.view()
    assert.deepEqual({ objects, indexed, rows }, { objects: 11, indexed: 11, rows: isIgnored ? 12 : 11 })
  })

for (const [sql, message] of [
  ['delete from projects', '这里只读：写入请走 CR，由informer同步到表里'],
  ['select 1; select 2', '一次只执行一条语句'],
] as const)
  test(`B-30 free SQL refuses "${sql}"`, async () => {
    const engine = createEngine(await loadSqlite(), () => 0)
    engine.open()
    assert.throws(() => engine.ask(sql), { message })
  })

test('B-30 journal_mode=WAL on a database in memory answers "memory"', async () => {
  const engine = createEngine(await loadSqlite(), () => 0)
  assert.deepEqual(engine.open().pragmas[0], { sql: 'PRAGMA journal_mode=WAL', answer: 'memory' })
})

const told: Record<string, (lab: Lab) => unknown> = {
  base: (lab) => [lab.view().rows, lab.view().objects, lab.view().failures],
  ghost: (lab) => [lab.view().rows - lab.view().objects, lab.view().failures],
  upsert: (lab) => {
    const { namespace = '', name, uid } = lab.server.objects('projects')[0]!.metadata
    return [lab.syncer('projects').table.row(namespace, name)?.['uid'] === uid, lab.view().failures]
  },
  synced: (lab) => lab.ready,
  bookmark: (lab) => [lab.view().lastSync, lab.view().revision],
}
const outcomes: Record<string, readonly unknown[]> = {
  base: [
    [12, 12, 0],
    [13, 13, 0],
    [13, 13, 0],
    [13, 13, 0],
    [12, 12, 0],
  ],
  ghost: [
    [0, 0],
    [1, 1],
    [0, 0],
  ],
  upsert: [
    [true, 0],
    [false, 1],
    [true, 0],
  ],
  synced: [
    { atMs: 100, rows: 7, of: 200 },
    { atMs: 2_500, rows: 200, of: 200 },
  ],
  bookmark: [
    ['218', 218],
    ['218', 228],
    ['228', 228],
  ],
}
for (const story of stories)
  test(`the story "${story.title}" goes as it says`, () => {
    const lab = new Lab(story.options)
    const states = story.steps.map((step) => {
      playStep(lab, step)
      return told[story.id]?.(lab)
    })
    assert.deepEqual(states, outcomes[story.id])
  })

test('the same options and calls give the same log', () => {
  const run = () => {
    const lab = new Lab({ size: 30, seed: 3 })
    lab.start()
    lab.platform.setTraffic(true)
    lab.advance(20_000)
    lab.throttle()
    lab.advance(20_000)
    return JSON.stringify(lab.log.events)
  }
  assert.equal(run(), run())
})

test('a step runs to the next line of the log, however many timers that takes', () => {
  const lab = new Lab({ size: 3 })
  lab.start()
  const last = lab.log.events.length
  assert.equal(lab.step(), true)
  assert.ok(lab.log.events.length > last)
})
