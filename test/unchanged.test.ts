// What is not asked again because it is known to be as it was: files by stretches of the list of all of them.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scan } from '../src/content/scan.js'
import { memoryDisk } from '../src/engine/memory-disk.js'
import { readSheet } from '../src/engine/sheet.js'
import { writeSheet } from '../src/engine/sheet-writer.js'
import { stretchesOf } from '../src/engine/stat-digest.js'
import type { Engine, Step } from '../src/engine/step.js'
import type { Trace } from '../src/engine/trace.js'
import { marksOf, stretchesIn, unchangedBodies, unchangedFiles } from '../src/unchanged.js'
import { makeRandom } from './incremental/random-site.js'

const nameOf = (n: number): string => `content/posts/${n % 7 === 0 ? '数据库' : 'sqlite'}-${n}/index.md`
const some = (count: number): string[] => Array.from({ length: count }, (_, n) => nameOf(n)).sort()

test('a list of names is cut into short stretches, and one name more or less changes one or two of them', () => {
  const random = makeRandom(20261201)
  assert.deepEqual(stretchesOf([]), [])
  const names = some(5000)
  const all = stretchesOf(names)
  assert.deepEqual(all.flat(), names)
  assert.ok(all.length > 40 && all.length < 160, String(all.length))
  const known = new Set(all.map((stretch) => stretch.join()))
  for (let round = 0; round < 100; round++) {
    const without = names.toSpliced(random.below(names.length), 1)
    const other = round % 2 === 0 ? without : [...names, nameOf(5000 + random.below(900))].sort()
    const changed = stretchesOf(other).filter((stretch) => !known.has(stretch.join()))
    assert.ok(changed.length <= 2, String(changed.length))
  }
})

/** A folder of so many files, and what is kept of somebody who asked about each. */
function folderOf(count: number) {
  const disk = memoryDisk()
  for (const name of some(count)) {
    disk.makeFolder(`/site/${name}`.replace(/\/[^/]+$/, ''))
    disk.write(`/site/${name}`, name)
  }
  const look = () => {
    const snapshot = scan({
      disk,
      root: '/site',
      folders: { content: '/site/content' },
      before: {},
      now: Date.UTC(2090, 0, 1),
      verify: false,
    })
    return { snapshot, stretches: stretchesIn(snapshot) }
  }
  const traces = new Map<string, Trace>(
    some(count).map((name) => [`body:${name}`, { version: '', reads: [[`file:${name}`, name]], parts: {} }]),
  )
  const old = readSheet(writeSheet(traces))
  return { disk, look, store: { old, mark: 'as saved' } }
}

test('whoever asked about a file of a stretch that looks as it did is not asked again', () => {
  const { disk, look, store } = folderOf(800)
  const before = { ...marksOf(look().stretches, store.mark), recent: [], isSameList: true }
  assert.deepEqual([...unchangedFiles(look(), before, store)!.except], [])

  disk.write(`/site/${nameOf(400)}`, 'other')
  const { prefixes, except } = unchangedFiles(look(), before, store)!
  assert.deepEqual(prefixes, ['file:'])
  assert.ok(except.has(`file:${nameOf(400)}`))
  assert.ok(except.size < 400, String(except.size))

  const young = unchangedFiles(look(), { ...before, recent: [nameOf(7)] }, store)!
  assert.ok(young.except.has(`file:${nameOf(7)}`))

  disk.remove(`/site/${nameOf(600)}`)
  const gone = unchangedFiles(look(), { ...before, isSameList: false }, store)!
  assert.ok(gone.except.has(`file:${nameOf(600)}`))
})

test('nothing is known of files when the state is another than the one that was saved with them', () => {
  const { look, store } = folderOf(10)
  const before = { ...marksOf(look().stretches, store.mark), recent: [], isSameList: true }
  assert.equal(unchangedFiles(look(), before, { ...store, mark: 'another' }), undefined)
})

test('bodies that ran or are gone are asked about, and links of all when one leads elsewhere', () => {
  const trace: Trace = { version: '', reads: [], parts: {} }
  const old = new Map(['body:kept.md', 'body:ran.md', 'body:gone.md'].map((key) => [key, trace]))
  // Only these members are looked at.
  const step = (key: string, ran: boolean, targets: string) =>
    ({ key, ran, hash: () => targets }) as unknown as Step
  const engine = { before: (key: string) => step(key, false, 'as before') } as unknown as Engine
  const bodies = (targets: string) =>
    new Map([
      ['kept.md', step('body:kept.md', false, 'as before')],
      ['ran.md', step('body:ran.md', true, targets)],
    ])
  const { prefixes, except } = unchangedBodies(engine, bodies('as before'), { old }, true)
  assert.ok(prefixes.includes('html:') && prefixes.includes('backlinks:'))
  for (const part of ['html', 'excerpt', 'facts'])
    for (const id of ['kept.md', 'ran.md', 'gone.md'])
      assert.equal(except.has(`${part}:${id}`), id !== 'kept.md', `${part} of ${id}`)
  const asksAgain = (targets: string, isSameSite: boolean) =>
    !unchangedBodies(engine, bodies(targets), { old }, isSameSite).prefixes.includes('backlinks:')
  assert.ok(asksAgain('elsewhere', true))
  assert.ok(asksAgain('as before', false))
})
