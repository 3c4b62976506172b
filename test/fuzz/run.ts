// npm run fuzz -- --minutes 10 [--seed 7] [--only markdown]
// Tries random cases for so long; what breaks a promise or takes longer than two minutes is written into
// test/fuzz/found/, where the tests find it for ever. One fault of a kind is enough: later ones are only counted.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { makeRandom } from '../incremental/random-site.js'
import { fuzzers } from './fuzzers.js'
import type { FuzzNews, FuzzWork } from './worker.js'

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string' } },
})
const minutes = Number(values.minutes ?? 1)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const only = values.only ?? ''
const names = fuzzers.map(({ name }) => name)
if (!(minutes > 0) || !Number.isInteger(seed) || (only !== '' && !names.includes(only))) {
  console.error(`usage: npm run fuzz -- --minutes N [--seed S] [--only ${names.join('|')}]`)
  process.exit(2)
}

/** A case that takes longer hangs. Shrinking a find counts as part of its case. */
const patienceMs = 120_000
const tried = new Map<string, number>()
const kinds = new Map<string, number>()
let current = { name: '', seed: 0, number: -1 }

/** Where it failed: two failures of one line are one fault. */
const placeOf = (failure: string): string =>
  /\n\s+at .*?([\w-]+\.[jt]s:\d+)/.exec(failure)?.[1] ?? failure.slice(0, 40)

function keep(name: string, own: number, failure: string, input: readonly string[]): void {
  const place = `${name} ${placeOf(failure)}`
  const times = (kinds.get(place) ?? 0) + 1
  kinds.set(place, times)
  if (times > 1) return
  const file = `test/fuzz/found/${name}-${own}.json`
  writeFileSync(file, `${JSON.stringify({ why: failure.split('\n', 12), input }, null, 2)}\n`)
  console.log(`found ${place}: ${failure.slice(0, 200)}\n(kept as ${file})`)
}

function start(from: number): Worker {
  const work: FuzzWork = { seed, only, from }
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: work })
  let patience = setTimeout(() => {}, 0)
  const replace = (why: string): void => {
    clearTimeout(patience)
    worker.removeAllListeners()
    void worker.terminate()
    const fuzzer = fuzzers.find(({ name }) => name === current.name)
    if (fuzzer) keep(fuzzer.name, current.seed, why, fuzzer.make(makeRandom(current.seed)))
    running = start(current.number + 1)
  }
  worker.on('message', (news: FuzzNews) => {
    if ('found' in news) keep(news.found, news.seed, news.failure, news.input)
    else {
      current = { name: news.begun, seed: news.seed, number: news.number }
      tried.set(news.begun, (tried.get(news.begun) ?? 0) + 1)
      clearTimeout(patience)
      patience = setTimeout(() => replace('it hangs'), patienceMs)
    }
  })
  worker.on('error', (error) =>
    replace(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  )
  return worker
}

console.log(`seed ${seed}, ${minutes} minutes`)
let running = start(0)
setTimeout(() => {
  running.removeAllListeners()
  void running.terminate()
  const all = [...tried.values()].reduce((sum, count) => sum + count, 0)
  console.log(`${all} cases: ${[...tried].map(([name, count]) => `${name} ${count}`).join(', ')}`)
  for (const [kind, times] of kinds) console.log(`${times} × ${kind}`)
  process.exit(kinds.size > 0 ? 1 : 0)
}, minutes * 60_000)
