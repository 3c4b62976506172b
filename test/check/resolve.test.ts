// Addresses are resolved as the URL parser resolves them, whichever way is taken: random ones against it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Facts } from '../../src/check/facts.js'
import { makeResolver } from '../../src/check/resolve.js'
import { decodePath } from '../../src/urls.js'
import { makeRandom } from '../incremental/random-site.js'

const facts = (...ids: readonly string[]): Facts => ({
  size: 1,
  refs: [],
  issues: [],
  ids,
  head: { title: '', description: '', canonical: '', refresh: '', noindex: false, base: '' },
})
const files = new Map([
  ['index.html', facts('top', 'a')],
  ['a/index.html', facts('x-1', '章节', 'a b')],
  ['a/b.html', facts('x-1')],
  ['标签/index.html', facts('a')],
  ["it's/index.html", facts()],
])

test('random addresses lead where the URL parser says that they lead', () => {
  const seed = Number(process.env['INKSTONE_SEED'] ?? 3)
  const random = makeRandom(seed)
  const resolver = makeResolver({ baseUrl: 'https://x.example/blog/', basePath: '/blog/' }, (path) =>
    files.get(path),
  )
  const parts =
    "/ /blog/ a/ a b.html .. . %2e %2E%2e it's %27 标签/ %E6%A0%87%E7%AD%BE/ # ?q \\ // @ ; x-1 章节 %E7%AB%A0%E8%8A%82 a%20b index.html %zz".split(
      ' ',
    )
  const counts = new Map<string, number>()
  for (let n = 0; n < 20_000; n++) {
    const to = Array.from(
      { length: 1 + random.below(5) },
      () => parts[random.below(parts.length)] ?? '',
    ).join('')
    const path = [...files.keys()][random.below(files.size)] ?? ''
    const found = resolver.resolve(to, path, '')
    counts.set(found.kind, (counts.get(found.kind) ?? 0) + 1)
    const from = new URL(`https://x.example/blog/${encodeURI(path).replace(/index\.html$/, '')}`)
    if (!URL.canParse(to, from.href)) {
      assert.equal(found.kind, 'no-address', to)
      continue
    }
    const url = new URL(to, from)
    const isHere = url.host === 'x.example' && `${url.pathname}/`.startsWith('/blog/')
    const own = isHere ? decodePath(url.pathname.slice('/blog'.length)) || '/' : ''
    const told = `seed ${seed}: ${JSON.stringify(to)} on ${path}: ${JSON.stringify(found)}`
    if (!isHere) assert.ok(found.kind === 'elsewhere' || found.kind === 'outside', told)
    else assert.equal('url' in found && found.url, own, told)
    if (found.kind === 'no-anchor') assert.ok(!files.get(found.path)?.ids.includes(found.anchor), told)
  }
  for (const kind of ['here', 'no-page', 'no-anchor', 'outside', 'elsewhere'])
    assert.ok((counts.get(kind) ?? 0) > 50, kind)
})
