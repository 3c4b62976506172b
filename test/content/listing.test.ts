import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Columns, columnsOf, rowsOf } from '../../src/content/columns.js'
import { openListing } from '../../src/content/listing.js'
import type { Meta } from '../../src/content/types.js'
import { makeAnswers } from '../../src/engine/answers.js'
import { entriesOf } from '../../src/engine/entries.js'
import { memoryDisk } from '../../src/engine/memory-disk.js'
import { makeEngine, type Step } from '../../src/engine/step.js'
import { openStore } from '../../src/engine/store.js'
import { makeRandom } from '../incremental/random-site.js'
import { doc } from '../site/sample.js'

const listedOf = ({
  bodyLine,
  bodyOffset,
  description,
  coverAlt,
  toc,
  comments,
  projects,
  ...listed
}: Meta) => listed

test('rows that were kept are as they were, whatever the documents are', () => {
  const random = makeRandom(20261201)
  const maybe = <T>(value: T, usual: T): T => (random.below(4) === 0 ? value : usual)
  for (let round = 0; round < 200; round++) {
    const documents = Array.from({ length: random.below(7) }, (_, i) =>
      doc(`${random.pick(['posts/', 'projects/', ''])}${i}.md`, {
        file: maybe('elsewhere/x.md', `content/posts/${i}.md`),
        title: maybe('"<题>" \u2028', ''),
        date: maybe('2024-01-01', null),
        updated: maybe('2024-01-02T03:04:05+08:00', null),
        expires: maybe('2030-01-01', null),
        tags: maybe(['Go', ''], []),
        categories: maybe([''], []),
        series: maybe('系列', ''),
        draft: maybe(true, false),
        unlisted: maybe(true, false),
        pinned: maybe(true, false),
        cover: maybe('/c.png', ''),
        lang: maybe('en', 'zh-CN'),
        layout: maybe('wide', 'post'),
        math: maybe<Meta['math']>(random.pick([true, false]), 'auto'),
        canonical: maybe('https://example.org/', ''),
        weight: maybe(-1, 0),
        aliases: maybe(['/a/'], []),
        bundle: maybe(true, false),
        data: maybe<Meta['data']>(
          random.pick<Meta['data']>([{ a: [] }, { usual: 1, but: [] }, { b: { c: null } }]),
          {},
        ),
      }),
    )
    const kept = JSON.parse(JSON.stringify(columnsOf(documents))) as Columns
    const row = rowsOf(kept)
    assert.deepEqual(
      documents.map((_, i) => row(i)),
      documents.map(listedOf),
    )
  }
})

/** Builds one after the other with this front matter; `read`: whose Meta was read for the listing. */
function builds() {
  const disk = memoryDisk()
  return (documents: readonly Meta[]) => {
    const store = openStore({ disk, folder: '/c', world: { hash: 'w', parts: {} }, fresh: false })
    const engine = makeEngine({ answers: makeAnswers(), store })
    const steps = new Map<string, Step>()
    for (const meta of documents) {
      const version = JSON.stringify(meta)
      const key = `meta:${meta.id}`
      steps.set(meta.id, engine.keep(key, version) ?? engine.take(key, version, entriesOf({ meta }), []))
    }
    const read: string[] = []
    const byId = new Map(documents.map((meta) => [meta.id, meta]))
    const metas = new Map(documents.map((meta) => [meta.id, meta]))
    metas.get = (id) => {
      read.push(id)
      return byId.get(id)
    }
    const listing = openListing({ engine, metas, steps })
    return {
      listing,
      read,
      kept: () => engine.kept,
      save() {
        listing.keep()
        store.save(engine.traces, { isOfOneMoment: true, reasons: {} }, engine)
        return engine.ran
      },
    }
  }
}

const titlesOf = (documents: Pick<Map<string, { readonly title: string }>, 'values'>): string[] =>
  Array.from(documents.values(), ({ title }) => title)

const many = Array.from({ length: 300 }, (_, i) => doc(`posts/${1000 + i}.md`))
const titled = (place: number, title: string) =>
  many.map((meta, i) => (i === place ? { ...meta, title } : meta))

test('the first build reads every Meta, later ones a few and those that are another now', () => {
  const build = builds()
  const first = build(many)
  assert.deepEqual([...first.listing.values()], many)
  assert.equal(first.read.length, 300)
  assert.ok(first.save().includes('listing'))

  const second = build(titled(200, 'another'))
  assert.deepEqual(
    [...second.listing.values()].map(({ title }) => title),
    titled(200, 'another').map(({ title }) => title),
  )
  assert.deepEqual(
    second.read,
    [...many.slice(0, 100), many[200]!].map(({ id }) => id),
  )
  assert.deepEqual(second.save(), ['meta:posts/1200.md'])

  // What was kept is of the first build; the document changes back to what it was.
  const third = build(many)
  assert.deepEqual(titlesOf(third.listing), titlesOf(new Map(many.map((meta) => [meta.id, meta]))))
  assert.equal(third.read.length, 100)
  third.save()
})

test('who asks for few reads those alone; documents that came or went are seen', () => {
  const build = builds()
  const first = build(many)
  ;[...first.listing.values()]
  first.save()
  const now = [...many.slice(1), doc('posts/new.md')]
  const second = build(now)
  assert.equal(second.listing.get('posts/1000.md'), undefined)
  assert.equal(second.listing.get('posts/new.md')?.id, 'posts/new.md')
  assert.deepEqual(second.read, ['posts/new.md'])
  assert.deepEqual(
    [...second.listing.values()].map(({ id }) => id),
    now.map(({ id }) => id),
  )
})

test('once many documents are others, all are written down again', () => {
  const build = builds()
  const first = build(many)
  ;[...first.listing.values()]
  first.save()
  const later = many.map((meta, i) => (i > 290 ? { ...meta, title: 'later' } : meta))
  const second = build(later)
  assert.deepEqual(
    [...second.listing.values()].map(({ title }) => title),
    later.map(({ title }) => title),
  )
  assert.ok(second.save().includes('listing'))
  assert.equal(second.kept(), 291, 'no step is counted twice')
  const third = build(later)
  ;[...third.listing.values()]
  assert.equal(third.read.length, 100)
})
