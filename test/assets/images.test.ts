import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import sharp from 'sharp'
import { memoryDisk } from '../../src/engine/memory-disk.js'
import { openShelf } from '../../src/images/shelf.js'
import { type MemorySite, memorySite, root } from '../memory-site.js'
import { film, flatPng, photo } from '../pictures.js'

const post = (body: string, title = 'A') => `---\ntitle: ${title}\ndate: 2024-01-01\n---\n\n${body}\n`
const layout = { 'layouts/post.njk': '{{ post.html | safe }}' }

/** A photo of 1000 × 700, which is shown as 700 × 1000. */
let jpeg: Buffer
before(async () => {
  jpeg = await photo(1000, 700)
})

const siteWith = (body: string, files: Record<string, string | Buffer>): MemorySite =>
  memorySite({ ...layout, 'content/posts/a/index.md': post(body), ...files })

const pageOf = (site: MemorySite): string =>
  [...site.tree()].find(([path]) => path.endsWith('/a/index.html'))?.[1] ?? ''

/** Names made of hashes, as letters in the order of their first showing. */
function plain(html: string): string {
  const names = new Map<string, string>()
  return html.replace(/[0-9a-f]{16}(?=-\d+\.)/g, (name) => {
    if (!names.has(name)) names.set(name, String.fromCharCode(97 + names.size))
    return names.get(name) ?? ''
  })
}

const encodes = (site: MemorySite): string[] =>
  [...site.disk.files(`${root}/.inkstone/pictures`).keys()].sort()

const bytesAt = (site: MemorySite, path: string): Buffer => Buffer.from(site.tree().get(path) ?? '', 'latin1')

test('a photo in a bundle: sizes to choose from, upright, in a link to the whole, as a figure', async () => {
  const site = siteWith('![Hill](p.jpg "A far hill")', { 'content/posts/a/p.jpg': jpeg })
  const { problems } = await site.build()
  assert.deepEqual(problems, [])
  const folder = [...site.tree().keys()].find((path) => path.endsWith('/p.jpg'))
  assert.equal(folder, '2024/01/01/a/p.jpg')
  assert.equal(
    plain(pageOf(site)),
    '<figure><picture>' +
      '<source type="image/avif" srcset="/assets/images/a-480.avif 480w, /assets/images/b-700.avif 700w" sizes="(min-width: 700px) 700px, 100vw">' +
      '<source type="image/webp" srcset="/assets/images/c-480.webp 480w, /assets/images/d-700.webp 700w" sizes="(min-width: 700px) 700px, 100vw">' +
      '<img src="/2024/01/01/a/p.jpg" alt="Hill" decoding="async" fetchpriority="high" width="700" height="1000" style="background:#888">' +
      '</picture><figcaption>A far hill</figcaption></figure>',
  )
})

test('everything made of a photo is upright and says nothing of place, owner and camera', async () => {
  const site = siteWith('![Hill](p.jpg)', { 'content/posts/a/p.jpg': jpeg })
  await site.build()
  const made: unknown[] = []
  for (const path of site.tree().keys())
    if (/\.(?:jpg|avif|webp)$/.test(path)) {
      const { format, width, height, orientation, exif, xmp, iptc } = await sharp(
        bytesAt(site, path),
      ).metadata()
      made.push([format, width, height, orientation, exif, xmp, iptc])
    }
  const none = [undefined, undefined, undefined, undefined]
  assert.deepEqual(
    made.map(String).sort(),
    [
      ['heif', 480, 686, ...none],
      ['heif', 700, 1000, ...none],
      ['jpeg', 700, 1000, ...none],
      ['webp', 480, 686, ...none],
      ['webp', 700, 1000, ...none],
    ].map(String),
  )
  assert.equal(
    [...site.tree().values()].some((bytes) => bytes.includes('Somebody')),
    false,
  )
})

test('a clean picture stands at its address byte for byte; a small one is not made wider', async () => {
  const png = flatPng(60, 40, [200, 30, 30])
  const site = siteWith('![Red](r.png)', { 'content/posts/a/r.png': png })
  await site.build()
  assert.deepEqual(bytesAt(site, '2024/01/01/a/r.png'), png)
  assert.equal(
    plain(pageOf(site)),
    '<p><picture><source type="image/avif" srcset="/assets/images/a-60.avif 60w" sizes="(min-width: 60px) 60px, 100vw">' +
      '<source type="image/webp" srcset="/assets/images/b-60.webp 60w" sizes="(min-width: 60px) 60px, 100vw">' +
      '<img src="/2024/01/01/a/r.png" alt="Red" decoding="async" fetchpriority="high" width="60" height="40" style="background:#c22"></picture></p>',
  )
})

test('a picture wider than the column opens whole; within a link, or with its own sizes, it does not', async () => {
  const png = flatPng(900, 20, [0, 0, 0])
  const site = siteWith(
    '![A](r.png)\n\n[![B](r.png)](https://b.example/)\n\n<img src="r.png" srcset="r.png 2x" alt="C">',
    {
      'content/posts/a/r.png': png,
    },
  )
  await site.build()
  assert.deepEqual(
    [...pageOf(site).matchAll(/<a [^>]*>|<picture>|alt="."/g)].map(([text]) => text),
    [
      '<a class="zoom" href="/2024/01/01/a/r.png">',
      '<picture>',
      'alt="A"',
      '<a href="https://b.example/">',
      '<picture>',
      'alt="B"',
      'alt="C"',
    ],
  )
})

test('films and drawings are left as they are', async () => {
  const files = {
    'content/posts/a/f.gif': await film('gif'),
    'content/posts/a/f.webp': await film('webp'),
    'content/posts/a/d.svg': Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="30" height="40"/>'),
  }
  const site = siteWith('![a](f.gif) ![b](f.webp) ![c](d.svg)', files)
  assert.deepEqual((await site.build()).problems, [])
  assert.equal(
    pageOf(site),
    '<p><img src="/2024/01/01/a/f.gif" alt="a" decoding="async" width="20" height="10"> ' +
      '<img src="/2024/01/01/a/f.webp" alt="b" loading="lazy" decoding="async" width="20" height="10"> ' +
      '<img src="/2024/01/01/a/d.svg" alt="c" loading="lazy" decoding="async" width="30" height="40"></p>',
  )
  for (const [path, bytes] of Object.entries(files))
    assert.deepEqual(bytesAt(site, path.replace('content/posts/', '2024/01/01/')), bytes)
  assert.deepEqual(encodes(site), [])
})

test('a photo that breaks off is told where it is shown, and published as it is', async () => {
  const half = jpeg.subarray(0, jpeg.length >> 1)
  const site = siteWith('See\n![Hill](p.jpg)', { 'content/posts/a/p.jpg': half })
  const { ok, problems } = await site.build()
  assert.deepEqual(
    [
      ok,
      problems.map(({ severity, code, file, line, column, found }) => [
        severity,
        code,
        file,
        line,
        column,
        found,
      ]),
    ],
    [true, [['warning', 'markdown/unreadable-image', 'content/posts/a/index.md', 7, 9, 'p.jpg']]],
  )
  assert.deepEqual(bytesAt(site, '2024/01/01/a/p.jpg'), half)
})

test('a small file that says it has a thousand million pixels is refused without being decoded', async () => {
  const bomb = flatPng(10, 10, [0, 0, 0], [40_000, 25_000])
  const { ok, problems } = await siteWith('![Bomb](b.png)', { 'content/posts/a/b.png': bomb }).build()
  assert.deepEqual(
    [ok, problems.map(({ severity, code, line, column, what }) => [severity, code, line, column, what])],
    [
      false,
      [
        [
          'error',
          'markdown/huge-image',
          6,
          9,
          "content/posts/a/b.png says that it has 40000 × 25000 pixels, too many for readers' browsers and for us",
        ],
      ],
    ],
  )
})

test('a header of 60,000 × 60,000 pixels is enough to be refused, beside a post and in public/, and nothing is decoded', async () => {
  // Signature and IHDR alone (PNG, third edition, 11.2.1): whoever decoded it would fail, whoever made room would need 14 GB.
  const bomb = flatPng(1, 1, [0, 0, 0], [60_000, 60_000]).subarray(0, 33)
  const before = process.memoryUsage().rss
  const shown = await siteWith('![Bomb](b.png)', { 'content/posts/a/b.png': bomb }).build()
  assert.deepEqual(
    shown.problems.map(({ severity, code }) => `${severity} ${code}`),
    ['error markdown/huge-image'],
  )
  const open = await siteWith('![Bomb](/b.png)', { 'public/b.png': bomb }).build()
  assert.deepEqual(
    open.problems.map(({ severity, code }) => `${severity} ${code}`),
    ['error markdown/huge-image'],
  )
  assert.ok(process.memoryUsage().rss - before < 500e6)
})

test('a picture without a text is told once a document; one in HTML with an empty text is an ornament', async () => {
  const site = siteWith('<img src="r.png" alt="">\n\n![](r.png)\n\n![ ](r.png)', {
    'content/posts/a/r.png': flatPng(9, 9, [1, 2, 3]),
  })
  const { problems } = await site.build()
  assert.deepEqual(
    problems.map(({ severity, code, line, column }) => [severity, code, line, column]),
    [['warning', 'markdown/missing-alt', 8, 1]],
  )
})

test('another title, layout, configuration: nothing is made again', async () => {
  const site = siteWith('![Hill](p.jpg)', { 'content/posts/a/p.jpg': jpeg })
  await site.build()
  const first = encodes(site)
  // Five variants and one look.
  assert.equal(first.length, 6)
  const stamps = () => first.map((name) => site.disk.stat(`${root}/.inkstone/pictures/${name}`)?.mtimeMs)
  const before = stamps()
  site.write({ 'content/posts/a/index.md': post('![A hill](p.jpg) and words', 'Other') })
  await site.build()
  site.write({ 'layouts/post.njk': '<main>{{ post.html | safe }}</main>' })
  await site.build()
  site.write({
    'site.config.json': JSON.stringify({
      title: 'New',
      baseUrl: 'https://b.example/',
      search: false,
      cards: false,
    }),
  })
  const { notices } = await site.build()
  assert.match(String(notices), /the configuration/)
  site.remove('.inkstone/state')
  await site.build()
  assert.deepEqual([encodes(site), stamps()], [first, before])
})

test('what is damaged in the cache is made again, whether it stands in the output or not', async () => {
  const site = siteWith('![Hill](p.jpg)', { 'content/posts/a/p.jpg': jpeg })
  await site.build()
  const tree = site.tree()
  for (const name of encodes(site)) site.write({ [`.inkstone/pictures/${name}`]: 'rot' })
  for (const title of ['Other', 'A']) {
    site.write({ 'content/posts/a/index.md': post('![Hill](p.jpg)', title) })
    await site.build()
  }
  assert.deepEqual(site.tree(), tree)
  for (const path of tree.keys()) if (/\.(?:avif|webp|jpg)$/.test(path)) site.remove(`dist/${path}`)
  assert.ok((await site.build()).ok)
  assert.deepEqual(site.tree(), tree)
})

test('what no page shows any more is removed from the site', async () => {
  const site = siteWith('![Hill](p.jpg)', { 'content/posts/a/p.jpg': jpeg })
  await site.build()
  site.write({ 'content/posts/a/index.md': post('No picture.') })
  await site.build()
  // What lies in a bundle is published with it.
  assert.deepEqual(
    [...site.tree().keys()].filter((path) => /\.(?:avif|webp|jpg)$/.test(path)),
    ['2024/01/01/a/p.jpg'],
  )
})

test('the shelf forgets what was not used, once that is much', () => {
  const disk = memoryDisk()
  const key = (digit: string) => digit.repeat(32)
  const first = openShelf(disk, '/shelf')
  first.put(key('a'), Buffer.alloc(80 << 20))
  first.put(key('b'), Buffer.from('b'))
  first.tidy()
  const second = openShelf(disk, '/shelf')
  second.read(key('b'))
  second.tidy()
  assert.ok(openShelf(disk, '/shelf').hashOf(key('a')), 'nothing was made, so nothing is looked at')
  second.put(key('c'), Buffer.from('c'))
  second.tidy()
  const third = openShelf(disk, '/shelf')
  assert.deepEqual(
    ['a', 'b', 'c'].map((digit) => third.hashOf(key(digit)) !== undefined),
    [false, true, true],
  )
})

test('without variants everything is as cheap as it was', async () => {
  const site = siteWith('![Hill](p.jpg)', {
    'content/posts/a/p.jpg': jpeg,
    'site.config.json': JSON.stringify({
      title: 'T',
      baseUrl: 'https://b.example/',
      search: false,
      cards: false,
      images: { variants: false },
    }),
  })
  await site.build()
  assert.equal(
    pageOf(site),
    '<p><img src="/2024/01/01/a/p.jpg" alt="Hill" decoding="async" width="700" height="1000"></p>',
  )
  assert.deepEqual(encodes(site), [])
})
