import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeFinder } from '../../src/engine/asked.js'
import { fingerprint } from '../../src/engine/fingerprint.js'
import type { PackRef } from '../../src/engine/pack.js'
import { partOf, readSheet } from '../../src/engine/sheet.js'
import { writeSheet } from '../../src/engine/sheet-writer.js'
import type { Read, Trace } from '../../src/engine/trace.js'
import { makeRandom } from '../incremental/random-site.js'

const plain = ({ version, reads, parts }: Trace): Trace => ({
  version,
  reads: [...reads],
  parts: { ...parts },
})

test('traces are read back as they were written, in their order', () => {
  const random = makeRandom(20261129)
  const texts = ['file:content/数据.md', 'html:a', 'url:a', 'absent', 'yes', '', 'a\nb', '"', '\u2028', '😀']
  const any = (): string => texts[random.below(texts.length)]!
  const ref = (): PackRef => [
    random.below(2) === 0 ? random.below(100) : 2 ** 32 * random.below(1000) + random.below(2 ** 31),
    random.below(2 ** 31),
    fingerprint(String(random.below(1000))),
  ]
  for (let round = 0; round < 50; round++) {
    const traces = new Map<string, Trace>()
    for (let i = random.below(20); i > 0; i--) {
      const reads = Array.from({ length: random.below(6) }, (): Read => [any(), any()])
      const names = ['page', 'html', 'view'].slice(random.below(4))
      traces.set(`${any()} ${i}`, {
        version: any(),
        reads,
        parts: Object.fromEntries(names.map((name) => [name, ref()])),
      })
    }
    const found = readSheet(writeSheet(traces))
    assert.deepEqual([...found.keys()], [...traces.keys()])
    for (const [key, trace] of traces) {
      const kept = found.get(key)!
      assert.deepEqual(plain(kept), trace)
      for (const name of ['page', 'other']) assert.deepEqual(partOf(kept, name), trace.parts[name])
    }
    // Of two sheets and of none.
    const other = readSheet(writeSheet(new Map([...traces].reverse())))
    const mixed = new Map(
      [...traces].map(([key, trace]) => [key, random.pick([trace, found.get(key)!, other.get(key)!])]),
    )
    assert.deepEqual(
      [...readSheet(writeSheet(mixed))].map(([key, trace]) => [key, plain(trace)]),
      [...traces],
    )
    // What was kept is written again like any other.
    assert.deepEqual(
      [...readSheet(writeSheet(found))].map(([key, trace]) => [key, plain(trace)]),
      [...traces],
    )
  }
})

test('questions of a scheme are found in traces of a file and in new ones', () => {
  const trace: Trace = {
    version: '',
    reads: [
      ['asset:styles/main.css', 'x'],
      ['assets:no', 'x'],
      ['demo:queue', 'absent'],
      ['url:asset:no', 'x'],
    ],
    parts: {},
  }
  const find = makeFinder(['asset', 'demo'])
  for (const one of [trace, readSheet(writeSheet(new Map([['page:/', trace]]))).get('page:/')!])
    assert.deepEqual(find(one), ['asset:styles/main.css', 'demo:queue'])
})
