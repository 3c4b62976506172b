// The cache may be lost at any moment, and is never believed when damaged.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fewPosts, laterPosts, memorySite, root } from '../memory-site.js'
import { makeRandom } from './random-site.js'
import { differences } from './trees.js'

const flips = Number(process.env['INKSTONE_FLIPS'] ?? 1000)
const cache = `${root}/.inkstone`
const beside = `${root}/dist.inkstone`

/** What must come out, built from nothing. */
async function cleanTree(...files: Parameters<typeof memorySite>[0][]): Promise<Map<string, string>> {
  const site = memorySite(Object.assign({}, ...files))
  const built = await site.build()
  assert.ok(built.ok, JSON.stringify(built.problems))
  return site.tree()
}

test(`${flips} random bits flipped in the cache and the manifest: no wrong byte ever comes out`, async () => {
  const random = makeRandom(20250602)
  const trees = [await cleanTree(fewPosts), await cleanTree(fewPosts, laterPosts)] as const
  const site = memorySite(fewPosts)
  await site.build()
  const tally = new Map<string, number>()
  for (let i = 0; i < flips; i++) {
    const files = [...site.disk.files(cache).keys()]
      .map((name) => `${cache}/${name}`)
      .concat(`${beside}/manifest`)
    const path = random.pick(files)
    // Now and then the site itself changes in the same moment, so that some is kept and some must run. (Without its
    // manifest a folder's stale files are nobody's; that is another test.)
    const later = path !== `${beside}/manifest` && random.below(4) === 0
    if (later) site.write(laterPosts)
    const bytes = Uint8Array.from(site.disk.read(path))
    const at = random.below(Math.max(1, bytes.length))
    bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8))
    site.disk.write(path, bytes)
    const told = `flip ${i}: bit of byte ${at} of ${path}`
    const built = await (random.below(2) === 0 ? site.quickBuild() : site.build())
    const kind = path.replace(/.*\//, '')
    tally.set(kind, (tally.get(kind) ?? 0) + 1)
    assert.ok(built.ok, `${told}\n${JSON.stringify(built.problems)}`)
    assert.equal(differences(site.tree(), trees[later ? 1 : 0]), '', told)
    if (i % 20 === 0) {
      // The quick answer looks at no trace: a build that does may find them damaged, once.
      assert.ok((await site.build()).ok, told)
      const again = await site.build()
      assert.deepEqual([again.ok, again.ran, again.written], [true, [], []], told)
      assert.equal(differences(site.tree(), trees[later ? 1 : 0]), '', told)
    }
    if (later) {
      site.write(fewPosts)
      assert.ok((await site.build()).ok, told)
    }
  }
  assert.ok(tally.size >= 4, `only these were hit: ${[...tally.keys()]}`)
})

test('the cache cut short at any length, or filled with other bytes, is built anew', async () => {
  const expected = await cleanTree(fewPosts)
  const site = memorySite(fewPosts)
  await site.build()
  for (const name of [...site.disk.files(cache).keys()]) {
    const whole = site.disk.read(`${cache}/${name}`)
    for (const part of [0, 1, whole.length >> 1, whole.length - 1])
      for (const bytes of [whole.subarray(0, part), new Uint8Array(part + 7).fill(255)]) {
        site.disk.write(`${cache}/${name}`, bytes)
        const built = await site.build()
        assert.ok(built.ok, `${name} ${part}: ${JSON.stringify(built.problems)}`)
        assert.equal(differences(site.tree(), expected), '', `${name} ${part}`)
        assert.deepEqual((await site.build()).ran, [], `${name} ${part}`)
      }
  }
})

test('without its cache a site is built anew, and nothing is written that stands', async () => {
  const site = memorySite(fewPosts)
  const first = await site.build()
  const tree = site.tree()
  site.disk.removeTree(cache)
  const built = await site.build()
  assert.deepEqual([built.ran, built.written, built.removed], [first.ran, [], []])
  assert.equal(differences(site.tree(), tree), '')
})

test('without its cache a site still knows what it once published: stale files are removed', async () => {
  const site = memorySite(fewPosts)
  await site.build()
  site.disk.removeTree(cache)
  site.remove('content/posts/b.md')
  const built = await site.build()
  assert.deepEqual(
    built.removed.filter((path) => path.startsWith('2024/')),
    ['2024/01/02/b/dot.png', '2024/01/02/b/index.html'],
  )
})

test('a page that somebody altered or deleted is made again, alone', async () => {
  const site = memorySite(fewPosts)
  await site.build()
  const tree = site.tree()
  site.disk.write(`${root}/dist/2024/01/01/a/index.html`, 'altered')
  site.disk.remove(`${root}/dist/about/index.html`)
  site.disk.write(`${root}/dist/plain.txt`, 'altered too')
  const built = await site.quickBuild()
  assert.deepEqual(built.ran, ['page:/about/', 'page:/2024/01/01/a/'])
  assert.deepEqual(built.written, ['2024/01/01/a/index.html', 'about/index.html', 'plain.txt'])
  assert.equal(differences(site.tree(), tree), '')
})

test('where the manifest is lost, files of ours are known by their bytes; altered ones are foreign', async () => {
  const site = memorySite(fewPosts)
  await site.build()
  const tree = site.tree()
  site.disk.remove(`${beside}/manifest`)
  const built = await site.build()
  assert.deepEqual([built.ok, built.written, built.removed], [true, [], []])
  site.disk.remove(`${beside}/manifest`)
  site.disk.write(`${root}/dist/about/index.html`, 'whose is this?')
  const refused = await site.build()
  assert.deepEqual(
    refused.problems.map(({ code, found }) => [code, found]),
    [['output/foreign-file', 'about/index.html']],
  )
  assert.equal(site.tree().get('about/index.html'), 'whose is this?')
  assert.ok((await site.build({ adopt: true })).ok)
  assert.equal(differences(site.tree(), tree), '')
})
