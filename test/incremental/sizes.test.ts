// Sites of unusual size and shape. INKSTONE_SIZES=full for 20,000 files in one folder and 100,000 tags.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outPathOf } from '../../src/urls.js'
import { memorySite } from '../memory-site.js'
import { type TempSite, withSite } from '../temp-site.js'
import { differences } from './trees.js'

const isFull = process.env['INKSTONE_SIZES'] === 'full'
const config = JSON.stringify({
  title: 'S',
  baseUrl: 'https://s.example/',
  language: 'en',
  timezone: 'UTC',
  search: false,
  cards: false,
})
const post = (fields: string, body = 'x'): string =>
  `---\ntitle: T\ndate: 2024-01-02\n${fields}\n---\n\n${body}\n`
/** Nothing to bundle. */
const layouts = {
  'layouts/base.njk': '{% block content %}{% endblock %}',
  'layouts/partials/head.njk': '',
  'layouts/post.njk': '{{ post.html | safe }}',
  'layouts/project.njk': '',
  'layouts/home.njk': '{{ site.posts | length }}',
  'layouts/tag.njk': '{{ page.title }}',
  'layouts/tags.njk': 'tags',
  'layouts/archive.njk': 'archive',
}

async function assertIncremental(site: TempSite): Promise<void> {
  const other = { out: `${site.folder}/clean`, cache: `${site.folder}/clean-cache` }
  assert.ok((await site.build(other)).ok)
  assert.equal(differences(site.tree(), site.tree(other.out)), '')
  assert.deepEqual((await site.build()).ran, [])
}

const files = isFull ? 20_000 : 1500
test(`${files} files in one folder: an edit of one of them makes that one`, async () => {
  await withSite({ 'site.config.json': config, ...layouts }, async (site) => {
    for (let at = 0; at < files; at++) site.write({ [`content/posts/p${at}.md`]: post('', `Post ${at}.`) })
    const built = await site.build()
    assert.deepEqual([built.ok, built.problems], [true, []])
    assert.equal([...site.tree().keys()].filter((path) => path.startsWith('2024/')).length, files)
    site.write({ 'content/posts/p7.md': post('', 'Another.') })
    const again = await site.build()
    assert.deepEqual(
      again.written.filter((path) => path.startsWith('2024/')),
      ['2024/01/02/p7/index.html'],
    )
    await assertIncremental(site)
  })
})

const tags = isFull ? 100_000 : 4000
test(`${tags} tags: each has its page, and none is lost`, async () => {
  await withSite({ 'site.config.json': config, ...layouts }, async (site) => {
    const each = 100
    for (let at = 0; at < tags / each; at++) {
      const own = Array.from({ length: each }, (_, tag) => `t${at * each + tag}`)
      site.write({ [`content/posts/p${at}.md`]: post(`tags: [${own.join(', ')}]`) })
    }
    const built = await site.build()
    assert.deepEqual([built.ok, built.problems], [true, []])
    assert.equal(
      [...site.tree().keys()].filter((path) => /^tags\/t\d+\/index\.html$/.test(path)).length,
      tags,
    )
    assert.deepEqual((await site.build()).ran, [])
  })
})

test('folders sixty deep are read and written, and a hundred and twenty are told', async () => {
  await withSite({ 'site.config.json': config, ...layouts }, async (site) => {
    const folder = (depth: number): string => Array.from({ length: depth }, (_, at) => `d${at}`).join('/')
    site.write({ [`content/${folder(60)}/a.md`]: post(''), [`public/${folder(60)}/a.txt`]: 'deep' })
    const built = await site.build()
    assert.deepEqual([built.ok, built.problems], [true, []])
    assert.equal(site.tree().get(`${folder(60)}/a.txt`), 'deep')
    assert.ok(site.tree().has(`${folder(60)}/a/index.html`), [...site.tree().keys()].join('\n'))
    await assertIncremental(site)
    site.write({ [`content/${folder(120)}/b.md`]: post('') })
    assert.deepEqual(
      (await site.build()).problems.map(({ code }) => code),
      ['scan/too-deep'],
    )
  })
})

const printable = Array.from({ length: 0x7f - 0x20 }, (_, at) => String.fromCharCode(0x20 + at)).filter(
  (char) => char !== '/',
)
const wide = [
  'é',
  'e\u0301',
  'ß',
  '中',
  '文，。',
  '“”',
  '🙂',
  '👨‍👩‍👧',
  'ﷺ',
  '한',
  '\u00a0',
  '\u200b',
  '\u202e',
  '\u{e0001}',
  'İ',
]

test(`names with each of ${printable.length + wide.length} printable characters: a page of its own, or a Problem that names the file`, async () => {
  await withSite({ 'site.config.json': config, ...layouts }, async (site) => {
    const names = [...printable, ...wide].flatMap((char, at) => [
      `n${at}${char}x`,
      `${char}${at}`,
      `n${at}${char}`,
    ])
    for (const name of names)
      site.write({ [`content/posts/${name}.md`]: post('', `File ${JSON.stringify(name)}.`) })
    for (const [at, char] of [...printable, ...wide].entries())
      site.write({ [`public/files/${at}${char}b.txt`]: char })
    const built = await site.build()
    const refused = new Set(
      built.problems.filter(({ severity }) => severity === 'error').map(({ file }) => file),
    )
    for (const name of names)
      if (refused.has(`content/posts/${name.normalize('NFC')}.md`)) site.remove(`content/posts/${name}.md`)
    const again = await site.build()
    assert.deepEqual(
      again.problems.filter(({ severity }) => severity === 'error'),
      [],
    )
    // What was not refused is published, whole, each at its own address.
    const left = names.filter((name) => !refused.has(`content/posts/${name.normalize('NFC')}.md`))
    assert.equal([...site.tree().keys()].filter((path) => path.startsWith('2024/')).length, left.length)
    assert.ok(left.length > names.length * 0.9, `refused: ${[...refused].join(' ')}`)
    const sitemap = Buffer.from(site.tree().get('sitemap.xml') ?? '', 'latin1').toString()
    const addresses = [...sitemap.matchAll(/<loc>https:\/\/s\.example([^<]*)<\/loc>/g)].map(([, path = '']) =>
      path.replaceAll('&amp;', '&'),
    )
    assert.equal(addresses.filter((path) => path.startsWith('/2024/')).length, left.length)
    const paths = new Set(site.tree().keys())
    for (const address of addresses) assert.ok(paths.has(outPathOf(decodeURIComponent(address))), address)
    await assertIncremental(site)
  })
})

test('a tag, a category and a series of each printable character have a page of their own or a Problem', async () => {
  const all = [...printable, ...wide].filter((char) => char.trim() !== '')
  const site = memorySite(
    Object.fromEntries(
      all.map((char, at) => [
        `content/posts/p${at}.md`,
        post(`tags: ${JSON.stringify([char, `x${char}y`])}\ncategories: ${JSON.stringify(`c${char}`)}`),
      ]),
    ),
  )
  const built = await site.build()
  const told = built.problems.map(({ code, what }) => `${code} ${what}`)
  assert.deepEqual(
    built.problems.filter(({ severity, file }) => severity === 'error' && file === undefined),
    [],
    told.join('\n'),
  )
  if (built.ok) assert.deepEqual((await site.build()).ran, [])
})
