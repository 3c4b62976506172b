// Every input that ever broke a promise, again; and a few new ones of each fuzzer. `npm run fuzz` tries many more.
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { makeRandom } from '../incremental/random-site.js'
import { failureOf } from './fuzzer.js'
import { fuzzers } from './fuzzers.js'
import { seedOf } from './worker.js'

const seed = Number(process.env['SEED'] ?? 20251128)
const rounds: Readonly<Record<string, number>> = { site: 15, importers: 15, markdown: 60 }

for (const fuzzer of fuzzers) {
  const found = readdirSync('test/fuzz/found').filter((file) => file.startsWith(`${fuzzer.name}-`))
  test(`${fuzzer.name}: what once broke a promise keeps it (${found.length})`, async () => {
    for (const file of found.sort()) {
      const { input } = JSON.parse(readFileSync(`test/fuzz/found/${file}`, 'utf8'))
      assert.equal(await failureOf(fuzzer, input), '', file)
    }
  })

  const count = rounds[fuzzer.name] ?? 200
  test(`${fuzzer.name}: ${count} random inputs keep every promise (seed ${seed})`, async () => {
    for (let number = 0; number < count; number++) {
      const own = seedOf(seed, number)
      const failure = await failureOf(fuzzer, fuzzer.make(makeRandom(own)))
      assert.equal(failure, '', `${fuzzer.name}, seed ${own}`)
    }
  })
}
