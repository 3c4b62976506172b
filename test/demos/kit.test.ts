import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClock } from '../../content/projects/_kit/clock.js'
import { decodeScenario, encodeScenario, fragmentPart } from '../../content/projects/_kit/fragment.js'
import { html } from '../../content/projects/_kit/html.js'
import { createLog, formatMs } from '../../content/projects/_kit/log.js'
import { createRng, seedFrom } from '../../content/projects/_kit/rng.js'

test('timers run at their own instants, in order of time and then of creation', () => {
  const clock = createClock()
  const seen: string[] = []
  const say = (name: string) => () => seen.push(`${name}@${clock.now()}`)
  clock.after(30, say('late'))
  clock.after(10, say('first'))
  clock.after(10, say('second'))
  const stop = clock.every(10, say('tick'))
  clock.after(15, () => clock.after(0, say('nested')))
  clock.advance(25)
  assert.deepEqual(seen, ['first@10', 'second@10', 'tick@10', 'nested@15', 'tick@20'])
  stop()
  clock.advance(5)
  assert.deepEqual([seen.at(-1), clock.now(), clock.next()], ['late@30', 30, null])
})

test('a timer that sets itself again without delay is stopped, not endless', () => {
  const clock = createClock()
  const again = (): void => {
    clock.after(0, again)
  }
  again()
  assert.throws(() => clock.advance(1), /more than 100000 timers/)
})

test('an asynchronous timer is waited for before the next one starts', async () => {
  const clock = createClock()
  const seen: string[] = []
  clock.after(1, async () => {
    await Promise.resolve()
    seen.push('slow')
  })
  clock.after(2, () => seen.push('next'))
  await clock.advanceAsync(5)
  assert.deepEqual([seen, clock.now()], [['slow', 'next'], 5])
})

test('one seed gives one sequence, another seed another', () => {
  const take = (seed: number) => Array.from({ length: 4 }, createRng(seed).uint32)
  assert.deepEqual(take(1), take(1))
  assert.notDeepEqual(take(1), take(2))
  assert.equal(seedFrom('pingsix'), seedFrom('pingsix'))
  const rng = createRng(seedFrom('dice'))
  const counts = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < 6000; i++) counts[rng.int(6)]!++
  assert.ok(
    counts.every((count) => count > 850 && count < 1150),
    String(counts),
  )
  assert.deepEqual([...rng.shuffle([1, 2, 3, 4])].sort(), [1, 2, 3, 4])
})

test('a log keeps the newest events and says how many it dropped', () => {
  const clock = createClock()
  const log = createLog<string>(clock, 2)
  const heard: number[] = []
  const stop = log.listen((event) => heard.push(event.id))
  log.add('a')
  clock.advance(5)
  log.add('b')
  stop()
  log.add('c')
  assert.deepEqual(log.events, [
    { id: 2, atMs: 5, data: 'b' },
    { id: 3, atMs: 5, data: 'c' },
  ])
  assert.deepEqual([log.dropped, heard], [1, [1, 2]])
})

test('virtual time reads like a stopwatch', () => {
  assert.deepEqual([0, 250, 12_000, 125_000, 3_600_007].map(formatMs), [
    '0.000 s',
    '0.250 s',
    '12.000 s',
    '2:05.000',
    '1:00:00.007',
  ])
})

test('a scenario comes back from its link exactly as it went in', async () => {
  const value = { config: 'pingsix:\n  # 中文 🪨\n'.repeat(40), n: [1, null, true] }
  const encoded = await encodeScenario(value)
  assert.match(encoded, /^z\.[\w-]+$/)
  assert.deepEqual(await decodeScenario(encoded), value)
  assert.equal(fragmentPart(`#top&pingsix=${encoded}`, 'pingsix'), encoded)
})

test('a damaged, foreign or oversized link is no scenario, never an exception', async () => {
  const encoded = await encodeScenario({ a: 'b'.repeat(100) })
  const bomb = `z.${'A'.repeat(70_000)}`
  for (const bad of ['', 'x', 'z.', 'z.!!', 'j.bm90IGpzb24', encoded.slice(0, -4), `q${encoded}`, bomb])
    assert.equal(await decodeScenario(bad), undefined, bad.slice(0, 20))
  await assert.rejects(encodeScenario('x'.repeat(300_000)), /too (long|large)/)
})

test('html escapes every value and keeps nested html', () => {
  const rows = ['<a>', '\'&"'].map((text) => html`<li title="${text}">${text}</li>`)
  assert.equal(
    html`<ul>${rows}${null}${false}${0}</ul>`.markup,
    '<ul><li title="&lt;a&gt;">&lt;a&gt;</li><li title="&#39;&amp;&quot;">&#39;&amp;&quot;</li>0</ul>',
  )
})
