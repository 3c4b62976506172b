// Runs cases in a thread that can be killed: says which one it begins, and what it found.
import { parentPort, workerData } from 'node:worker_threads'
import { makeRandom } from '../incremental/random-site.js'
import { failureOf, type Input, shrink } from './fuzzer.js'
import { fuzzers } from './fuzzers.js'

export interface FuzzWork {
  readonly seed: number
  readonly only: string
  /** How many cases there have been before. */
  readonly from: number
}

export type FuzzNews =
  | { readonly begun: string; readonly seed: number; readonly number: number }
  | { readonly found: string; readonly seed: number; readonly failure: string; readonly input: Input }

/** Each case has its own chance, so that one alone can be repeated. */
export const seedOf = (seed: number, number: number): number => (seed + Math.imul(number, 0x9e3779b1)) >>> 0

async function run({ seed, only, from }: FuzzWork): Promise<never> {
  const tell = (news: FuzzNews): void => parentPort?.postMessage(news)
  const chosen = fuzzers.filter(({ name }) => only === '' || name === only)
  const spent = new Map(chosen.map((fuzzer) => [fuzzer, 0]))
  for (let number = from; ; number++) {
    // Each fuzzer gets as much time as the others.
    const [fuzzer] = [...spent].reduce((a, b) => (b[1] < a[1] ? b : a))
    const own = seedOf(seed, number)
    tell({ begun: fuzzer.name, seed: own, number })
    const start = performance.now()
    const input = fuzzer.make(makeRandom(own))
    const failure = await failureOf(fuzzer, input)
    spent.set(fuzzer, (spent.get(fuzzer) ?? 0) + performance.now() - start)
    if (failure !== '')
      tell({ found: fuzzer.name, seed: own, failure, input: await shrink(fuzzer, input, failure) })
    // Messages are sent between turns.
    await new Promise((next) => setImmediate(next))
  }
}

// What run.ts hands over is what `FuzzWork` says.
if (parentPort) void run(workerData as FuzzWork)
