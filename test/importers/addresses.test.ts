// The real blogs with the addresses that their own generators made: each is answered by a file of the new site.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { realDisk } from '../../src/engine/disk.js'
import { openSource } from '../../src/import/source.js'
import type { ImportKind } from '../../src/import/types.js'
import { type Moved, move } from './folder.js'

const corpora = join(process.cwd(), '..', 'shared', 'corpora')
const lines = (file: string): string[] =>
  readFileSync(join(corpora, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

async function moved(kind: ImportKind, blog: string, list: string): Promise<Moved> {
  return await move(kind, openSource(realDisk, join(corpora, blog)), lines(list))
}

const skip = !existsSync(corpora)

test('zhu327: every address is answered', { skip }, async () => {
  const { assembled } = await moved('hugo', 'zhu327', 'zhu327.urls.txt')
  assert.deepEqual(assembled.open, [])
})

test('zhu327: every post stands where it stood, and no permalink had to be written out', {
  skip,
}, async () => {
  const { imported, meta, text } = await moved('hugo', 'zhu327', 'zhu327.urls.txt')
  for (const line of lines('zhu327.map.tsv')) {
    const [name = '', , title, path = ''] = line.split('\t')
    const document = imported.documents.find(({ source }) => source.endsWith(`/${name}`))
    assert.ok(document, name)
    assert.equal(meta(document.id)?.title, title)
    assert.equal(`${meta(document.id)?.url.slice(1)}index.html`, path)
    assert.ok(!text(`content/${document.id}`).includes('permalink:'), name)
  }
})

test('zhu327: every heading has the id that it had', { skip }, async () => {
  const { imported, meta, body } = await moved('hugo', 'zhu327', 'zhu327.urls.txt')
  const byPath = new Map(imported.documents.map(({ id }) => [`${meta(id)?.url.slice(1)}index.html`, id]))
  const wanted = new Map<string, string[]>()
  for (const line of lines('zhu327.anchors.tsv')) {
    const [path = '', anchor = ''] = line.split('\t')
    wanted.set(path, [...(wanted.get(path) ?? []), anchor])
  }
  for (const [path, anchors] of wanted) {
    const { anchors: made } = await body(byPath.get(path) ?? '')
    assert.deepEqual(
      anchors.filter((anchor) => !made.includes(anchor)),
      [],
      path,
    )
  }
})

test('zhu327: feed ids are those of the live feed', { skip }, async () => {
  const { assembled } = await moved('hugo', 'zhu327', 'zhu327.urls.txt')
  const ids = new Set(assembled.published.map(({ feedId }) => feedId))
  assert.deepEqual(
    lines('zhu327.feed-ids.txt').filter((id) => !ids.has(id)),
    [],
  )
})

test('coderzh: every address is answered', { skip }, async () => {
  const { assembled } = await moved('hugo', 'coderzh', 'coderzh.urls.txt')
  assert.deepEqual(assembled.open, [])
})

test('huxpro: all but two pages whose sources are not in the folder', { skip }, async () => {
  const { assembled } = await moved('jekyll', 'huxpro', 'huxpro.urls-jekyll4.txt')
  // about.html and offline.html of the blog are templates beside _posts, which the folder does not hold.
  assert.deepEqual(assembled.open, ['/about/', '/offline.html'])
})

test('without a list the rules alone give the same addresses', { skip }, async () => {
  for (const [kind, blog, map] of [
    ['hugo', 'coderzh', 'coderzh.urls.txt'],
    ['jekyll', 'huxpro', 'huxpro.urls-jekyll4.txt'],
  ] as const) {
    const { assembled } = await move(kind, openSource(realDisk, join(corpora, blog)))
    const known = new Set(lines(map).map((path) => `/${path.replace(/index\.html$/, '')}`))
    assert.deepEqual(
      assembled.documents.flatMap(({ url }) => (url !== null && !known.has(url) ? [url] : [])),
      [],
      blog,
    )
  }
})
