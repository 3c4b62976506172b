import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeAnswers } from '../../src/engine/answers.js'
import { absent } from '../../src/engine/fingerprint.js'
import { memoryDisk } from '../../src/engine/memory-disk.js'
import { openPack } from '../../src/engine/pack.js'
import { note } from '../../src/engine/reads.js'
import { readSheet } from '../../src/engine/sheet.js'
import { writeSheet } from '../../src/engine/sheet-writer.js'
import { type BrokenPromise, DamagedEntry, makeEngine } from '../../src/engine/step.js'
import type { Trace } from '../../src/engine/trace.js'

/** A small world of cells; each `session` is one build over the same pack and the traces of the last one. */
function world(cells: Record<string, string>) {
  const disk = memoryDisk()
  let old: ReadonlyMap<string, Trace> = new Map()
  let length = 0
  return {
    cells,
    disk,
    session(prove?: (broken: BrokenPromise) => void, isOfOneMoment = true) {
      const pack = openPack(disk, '/pack', length)
      const answers = makeAnswers()
      answers.answer('cell', (name) => cells[name] ?? absent)
      const engine = makeEngine({ answers, store: { pack, old, isOfOneMoment }, ...(prove && { prove }) })
      const read = (name: string): string => {
        note(`cell:${name}`)
        return cells[name] ?? ''
      }
      return {
        engine,
        read,
        end: () => {
          pack.flush()
          length = pack.length
          // As they lie in a file.
          old = readSheet(writeSheet(engine.traces))
          return engine.ran
        },
      }
    },
  }
}

/** One build of two steps: `first` reads a, and b only when a says so; `second` reads c. */
async function buildOnce(site: ReturnType<typeof world>) {
  const { engine, read, end } = site.session()
  const first = await engine.step('first', '1', () => ({ value: read('a') === 'look' ? read('b') : 'no' }))
  const second = await engine.step('second', '1', () => ({ value: read('c') }))
  return { values: [first.part('value'), second.part('value')], ran: [...end()], reasons: engine.reasons }
}

test('a first build runs every step and a second one none', async () => {
  const site = world({ a: 'look', b: 'B', c: 'C' })
  assert.deepEqual((await buildOnce(site)).ran, ['first', 'second'])
  const again = await buildOnce(site)
  assert.deepEqual(again.ran, [])
  assert.deepEqual(again.values, ['B', 'C'])
})

test('exactly the steps run that asked something whose answer changed', async () => {
  const site = world({ a: 'look', b: 'B', c: 'C' })
  await buildOnce(site)
  site.cells['b'] = 'B2'
  const built = await buildOnce(site)
  assert.deepEqual(built.ran, ['first'])
  assert.deepEqual(built.reasons, { first: 'changed: cell:b' })
})

test('a question that was not reached does not matter', async () => {
  const site = world({ a: 'no', b: 'B', c: 'C' })
  await buildOnce(site)
  site.cells['b'] = 'B2'
  assert.deepEqual((await buildOnce(site)).ran, [])
})

test('absence is an answer: what appears is noticed', async () => {
  const site = world({ a: 'look', c: 'C' })
  assert.deepEqual((await buildOnce(site)).values, ['', 'C'])
  site.cells['b'] = 'B'
  assert.deepEqual((await buildOnce(site)).ran, ['first'])
})

test('another version runs the step although all answers are equal', async () => {
  const site = world({ c: 'C' })
  for (const [version, ran] of [
    ['1', ['step']],
    ['1', []],
    ['2', ['step']],
  ] as const) {
    const { engine, read, end } = site.session()
    await engine.step('step', version, () => ({ value: read('c') }))
    assert.deepEqual(end(), ran)
  }
})

test('a kept value and a fresh one are the same parsed, frozen JSON', async () => {
  const site = world({})
  for (let i = 0; i < 2; i++) {
    const { engine, end } = site.session()
    const step = await engine.step('step', '', () => ({ value: { b: 1, a: [undefined, { c: undefined }] } }))
    const value = step.part<{ a: object[] }>('value')
    assert.equal(JSON.stringify(value), '{"a":[null,{}],"b":1}')
    assert.ok(Object.isFrozen(value) && Object.isFrozen(value.a[1]))
    end()
  }
})

test('a value that is not JSON is refused', async () => {
  const { engine } = world({}).session()
  await assert.rejects(
    engine.step('step', '', () => ({ value: () => 1 })),
    TypeError,
  )
})

test('a step inside another step is refused', async () => {
  const { engine } = world({}).session()
  await assert.rejects(
    engine.step('outer', '', async () => ({
      value: (await engine.step('inner', '', () => ({ value: 1 }))).part('value'),
    })),
    /inside another step/,
  )
})

test('reads are noted across awaits and do not leak between steps that run at once', async () => {
  const site = world({ a: '1', b: '2' })
  const { engine, read } = site.session()
  const slow = (name: string) => async () => {
    await new Promise((resolve) => setImmediate(resolve))
    return { value: read(name) }
  }
  await Promise.all([engine.step('x', '', slow('a')), engine.step('y', '', slow('b'))])
  assert.deepEqual(engine.traces.get('x')?.reads, [['cell:a', '1']])
  assert.deepEqual(engine.traces.get('y')?.reads, [['cell:b', '2']])
})

test('a damaged entry of the pack is found when its value is wanted', async () => {
  const site = world({ a: 'no', c: 'C' })
  await buildOnce(site)
  site.disk.write(
    '/pack',
    site.disk.read('/pack').map((byte) => byte ^ 1),
  )
  await assert.rejects(buildOnce(site), (error) => error instanceof DamagedEntry && error.key === 'first')
})

test('proving finds a step that reads what it does not ask for, and one that is not deterministic', async () => {
  const site = world({})
  let hidden = 1
  const run = async (prove?: (broken: BrokenPromise) => void) => {
    const { engine, end } = site.session(prove)
    await engine.step('sly', '', () => ({ value: hidden }))
    await engine.step('honest', '', () => ({ value: 1 }))
    if (prove) await engine.step('moody', '', () => ({ value: hidden++ }))
    end()
  }
  await run()
  hidden = 2
  const found: BrokenPromise[] = []
  await run((broken) => void found.push(broken))
  assert.deepEqual(found, [
    { key: 'sly', kind: 'reads something it does not ask for' },
    { key: 'moody', kind: 'not deterministic' },
  ])
})

test('random worlds: what is kept always equals what would be made', async () => {
  let seed = 7
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    return seed % below
  }
  const site = world({})
  const names = ['a', 'b', 'c', 'd', 'e']
  for (let round = 0; round < 400; round++) {
    const name = names[random(names.length)] ?? 'a'
    if (random(4) === 0) delete site.cells[name]
    else site.cells[name] = String(random(4))
    const { engine, read, end } = site.session()
    // A chain: each cell's value says which cell is read next.
    const chain = (start: number) => (): { value: string } => {
      let text = ''
      for (let i = start, left = 3; left > 0; left--) {
        const value = read(names[i] ?? 'a')
        text += `${value},`
        i = Number(value === '' ? 4 : value)
      }
      return { value: text }
    }
    for (let start = 0; start < 5; start++) {
      const step = await engine.step(`chain${start}`, '', chain(start))
      assert.equal(step.part('value'), chain(start)().value, `round ${round}, chain ${start}`)
    }
    end()
  }
})

test('what is known to be the same is not asked, but for the exceptions', async () => {
  const site = world({ a: 'x', b: 'y', c: 'z' })
  await buildOnce(site)
  site.cells['a'] = 'other'
  site.cells['c'] = 'other'
  const { engine } = site.session()
  engine.same(() => ({ prefixes: ['cell:'], except: new Set(['cell:c']) }))
  // A lie about a: nobody looks.
  assert.ok(engine.keep('first', '1'))
  assert.equal(engine.keep('second', '1'), undefined)
  assert.deepEqual({ ...engine.reasons }, { second: 'changed: cell:c' })
  assert.equal(engine.before('second')?.part('value'), 'z')
  assert.equal(engine.before('third'), undefined)

  // Of no one moment, or by proving: everything is asked.
  for (const { engine: unsure } of [site.session(undefined, false), site.session(() => {})]) {
    unsure.same(() => assert.fail('worked out for nobody'))
    assert.equal(unsure.keep('first', '1'), undefined)
  }
})
