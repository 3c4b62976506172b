// Workers that die, hang, run out of memory or say too much: the job fails with its reason, the others are done.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makePool, type Outcome, type PoolOptions } from '../../src/engine/pool.js'

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'inkstone-pool-'))
  writeFileSync(
    join(folder, 'worker.mjs'),
    `import { parentPort } from 'node:worker_threads'
    let before = Promise.resolve()
    parentPort.on('message', (message) => { before = before.then(() => work(message)) })
    const work = async ({ id, job, hello }) => {
      if (hello) return
      const reply = (more) => parentPort.postMessage({ id, ...more })
      if (job === 'exits') process.exit(3)
      if (job === 'throws') setTimeout(() => { throw new Error('boom') })
      else if (job === 'rejects') reply({ error: 'no' })
      else if (job === 'hangs') for (;;);
      else if (job === 'waits') await new Promise(() => {})
      else if (job === 'says where') { parentPort.postMessage({ at: 'plugin "mine"' }); for (;;); }
      else if (job === 'eats') { const all = []; for (;;) all.push(new Array(1e6).fill({ all })) }
      else if (job === 'says twice') { reply({ result: 'first' }); reply({ result: 'second' }) }
      else if (job === 'speaks for another') { parentPort.postMessage({ id: 10_000, result: 'x' }); reply({ result: job }) }
      else reply({ result: job })
    }`,
  )
  writeFileSync(join(folder, 'broken.mjs'), 'throw new Error("cannot even start")')
})
after(() => rmSync(folder, { recursive: true, force: true }))

/** `deafMs`: so long this thread does nothing but count, once workers have begun. */
async function run(
  jobs: readonly string[],
  options: Partial<PoolOptions> = {},
  deafMs = 0,
): Promise<Outcome<string>[]> {
  const pool = makePool<string, string>({
    file: join(folder, 'worker.mjs'),
    data: () => ({}),
    hello: () => ({}),
    size: 2,
    timeoutMs: 60_000,
    ...options,
  })
  try {
    const outcomes = jobs.map((job) => pool.run(job))
    for (const end = performance.now() + deafMs; performance.now() < end; );
    return await Promise.all(outcomes)
  } finally {
    await pool.close()
  }
}

const crash = (message: string): Outcome<string> => ({ error: 'crash', message })

test('a worker that dies costs its job, and the jobs before and after it are done', async () => {
  const jobs = ['a', 'exits', 'b', 'throws', 'c', 'rejects', 'd']
  const outcomes = [
    { result: 'a' },
    crash('the worker stopped with code 3'),
    { result: 'b' },
    crash('boom'),
    { result: 'c' },
    crash('no'),
    { result: 'd' },
  ]
  // What it said last and how it ended come by different ways: whoever had no time to listen may hear the end first.
  for (let round = 0; round < 10; round++) assert.deepEqual(await run(jobs, {}, round * 15), outcomes)
})

test('a worker that hangs, in a loop or for a promise, is given up and says what it was at', async () => {
  const late = (where = ''): Outcome<string> => ({ error: 'timeout', message: `gave up after 1 s${where}` })
  assert.deepEqual(await run(['hangs', 'a', 'waits', 'b', 'says where', 'c'], { size: 1, timeoutMs: 1000 }), [
    late(),
    { result: 'a' },
    late(),
    { result: 'b' },
    late(' in plugin "mine"'),
    { result: 'c' },
  ])
})

test('a worker that runs out of memory costs its job alone', async () => {
  const [eaten, fine] = await run(['eats', 'a'], { size: 1, timeoutMs: 60_000 })
  assert.match(eaten && 'error' in eaten ? `${eaten.error}: ${eaten.message}` : '', /^crash: .*memory/)
  assert.deepEqual(fine, { result: 'a' })
})

test('a worker that says too much changes nobody else’s result', async () => {
  assert.deepEqual(await run(['says twice', 'a', 'speaks for another', 'b'], { size: 1 }), [
    { result: 'first' },
    { result: 'a' },
    { result: 'speaks for another' },
    { result: 'b' },
  ])
})

test('workers that cannot even start fail each job once, and no more of them are started', async () => {
  let started = 0
  const outcomes = await run(['a', 'b', 'c'], {
    file: join(folder, 'broken.mjs'),
    data: () => ({ number: ++started }),
  })
  assert.deepEqual(outcomes, Array(3).fill(crash('cannot even start')))
  assert.ok(started <= 3, `${started} were started`)
})
