import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { cardOf, makeCard } from '../src/cards/card.js'
import { drawCard } from '../src/cards/drawing.js'
import { breakLines, cutLines, unitsOf } from '../src/cards/lines.js'
import { openTypeface } from '../src/cards/typeface.js'
import type { CardFields, Typeface } from '../src/cards/types.js'
import { fingerprint } from '../src/engine/fingerprint.js'
import { memoryDisk } from '../src/engine/memory-disk.js'
import { openShelf } from '../src/images/shelf.js'
import { memorySite } from './memory-site.js'

/** Han and full-width characters are one em wide, all others half. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u2014\u2018-\u201d\u2026\u3000-\uffef]/u.test(char) ? 1 : 0.5), 0)
const broken = (title: string, width: number, most = 9): string[] | undefined =>
  breakLines(unitsOf(title), { width, most, widthOf })

const lines: readonly [title: string, width: number, expected: readonly string[]][] = [
  ['天地玄黄', 9, ['天地玄黄']],
  // Alike rather than full: not nine and one.
  ['一二三四五六七八九十', 9, ['一二三四五', '六七八九十']],
  // No line begins with what closes or ends with what opens.
  ['甲乙丙丁，戊己庚辛', 4, ['甲乙丙', '丁，戊', '己庚辛']],
  ['甲乙丙（丁戊己）', 4, ['甲乙丙', '（丁戊', '己）']],
  ['问：“何也？”答', 4, ['问：“何', '也？”答']],
  // A word and a number stay whole, with what is counted beside them.
  ['用Kubernetes写CRD', 7, ['用Kubernetes', '写CRD']],
  ['共计1234567元整', 4, ['共计', '1234567', '元整']],
  ['one two three four', 4.5, ['one two', 'three', 'four']],
]
for (const [title, width, expected] of lines)
  test(`${title} in lines of ${width} ems`, () => {
    assert.deepEqual(broken(title, width), expected)
  })

test('a tag is a word, though no dictionary has it', () => {
  const fit = { width: 5, most: 2, widthOf }
  assert.deepEqual(breakLines(unitsOf('甲乙丙网关丁戊', ['网关']), fit), ['甲乙丙', '网关丁戊'])
})

test('what does not fit ends in dots, not after a comma; a word without end is cut within', () => {
  assert.deepEqual(cutLines(unitsOf('甲乙丙，丁戊己庚'), { width: 4, most: 1, widthOf }), ['甲乙丙…'])
  assert.deepEqual(cutLines(unitsOf('abcdefghijklmnop'), { width: 4, most: 2, widthOf }), ['abcdef…'])
})

let opened: Promise<Typeface> | undefined
const typeface = (): Promise<Typeface> => {
  opened ??= openTypeface(openShelf(memoryDisk(), '/shelf'))
  return opened
}
const fields: CardFields = {
  title: '写在草稿里',
  site: '跬步',
  seal: '跬步',
  date: '2025年1月10日',
  tags: ['写作'],
}

test('a card is 1200 × 630 and has the same bytes each time', async () => {
  const face = await typeface()
  const { default: sharp } = await import('sharp')
  const png = await makeCard(cardOf(fields, face), face)
  const { format, width, height } = await sharp(png).metadata()
  assert.deepEqual([format, width, height], ['png', 1200, 630])
  assert.deepEqual(await makeCard(cardOf(fields, face), face), png)
})

test('what is drawn changes with the number of the design only', async () => {
  const face = await typeface()
  await face.load(['写在草稿里跬步2025年1月10日写作 · …'])
  // Another hash: raise `design` in drawing.ts, so that cards of before are drawn again.
  assert.equal(fingerprint(drawCard(fields, face)), 'cd124f582b2bce1c9f5d363e3e010c58')
})

// The outlines become pixels in librsvg, whose arithmetic may differ in a last bit between processors and builds.
const drawnWhere = 'linux x64'
const here = `${process.platform} ${process.arch}`
test('the bytes of a card are exactly these', {
  skip: here !== drawnWhere && `the hash is that of ${drawnWhere}, this is ${here}`,
}, async () => {
  const face = await typeface()
  const png = await makeCard(cardOf(fields, face), face)
  // Another hash: raise `design` in drawing.ts, unless it comes with another version of sharp.
  assert.equal(
    createHash('sha256').update(png).digest('hex'),
    '9049dbd2d56ee6f10f557ad06a9bed85154c28c02ae304d3a5dbb43fb8f09421',
  )
})

test('a title with an emoji loses it; one with a character that the face lacks cannot have one', async () => {
  const face = await typeface()
  const read = (title: string) => {
    const card = cardOf({ ...fields, title }, face)
    return [card.fields.title, card.leftOut, card.missing]
  }
  assert.deepEqual(read('🎉 新年 2025 👨‍👩‍👧'), ['新年 2025', ['🎉', '👨', '\u200d', '👩', '👧'], []])
  assert.deepEqual(read('一碗𰻝𰻝面'), ['一碗面', [], ['𰻝']])
  assert.deepEqual(read('🎉'), ['', ['🎉'], ['🎉']])
})

const post = (title: string, more = '') =>
  `---\ntitle: ${title}\ndate: 2024-01-01\ntags: [x]\n${more}---\n\nText.\n`
const cards = { title: '跬步', baseUrl: 'https://a.example/sub/', search: false, language: 'zh-CN' }
const site = () =>
  memorySite({
    'site.config.json': JSON.stringify(cards),
    'layouts/post.njk':
      '{% for meta in page.head.metas %}{% if "image" in meta.key or "card" in meta.key %}{{ meta.key }} {{ meta.content }}\n{% endif %}{% endfor %}{{ post.html | safe }}',
    'content/posts/a.md': post('甲'),
    'content/posts/b.md': post('乙', 'cover: https://b.example/c.png\n'),
  })
const madeCards = (tree: Map<string, string>): string[] =>
  [...tree.keys()].filter((path) => path.startsWith('assets/cards/'))

test('a post without a cover gets a card, and its head says so; a title that cannot be drawn is told', async () => {
  const one = site()
  one.write({ 'content/posts/c.md': post('一碗𰻝面') })
  const { ok, problems } = await one.build()
  assert.equal(ok, false)
  assert.deepEqual(
    problems.map(({ severity, code, file, line, column, found }) => [
      severity,
      code,
      file,
      line,
      column,
      found,
    ]),
    [['error', 'cards/missing-glyph', 'content/posts/c.md', 2, 8, '𰻝 (U+30EDD)']],
  )
  one.remove('content/posts/c.md')
  await one.build()
  const tree = one.tree()
  const [card = '', ...others] = madeCards(tree)
  assert.deepEqual(others, [])
  const page = Buffer.from(tree.get('2024/01/01/a/index.html') ?? '', 'latin1').toString('utf8')
  assert.deepEqual(page.split('\n').slice(0, 6), [
    `og:image https://a.example/sub/${card}`,
    'og:image:width 1200',
    'og:image:height 630',
    'og:image:type image/png',
    'og:image:alt 甲',
    'twitter:card summary_large_image',
  ])
})

test('a tag and the name of the site are told as well, each once and at its place', async () => {
  const one = site()
  one.write({
    'site.config.json': JSON.stringify({ ...cards, title: '𰻝斋' }, null, 1),
    'content/posts/c.md': post('面').replace('tags: [x]', 'tags: [x, 𰻝面, 🎉节]'),
  })
  const { ok, problems } = await one.build()
  assert.equal(ok, false)
  assert.deepEqual(
    problems.map(({ severity, file, line, column, what }) => [severity, file, line, column, what.slice(25)]),
    [
      [
        'error',
        'content/posts/c.md',
        4,
        11,
        'glyph for a character of the tag "𰻝面", so the card cannot be made',
      ],
      [
        'error',
        'site.config.json',
        2,
        3,
        "glyph for a character of the site's name, so the card cannot be made",
      ],
    ],
  )
})

test('another body, layout, configuration: no card is drawn again; another title: one', async () => {
  const one = site()
  await one.build()
  const before = madeCards(one.tree())
  const stamps = () => [...one.disk.files('/site/.inkstone/pictures').keys()].sort()
  const shelf = stamps()
  one.write({ 'content/posts/a.md': post('甲').replace('Text', 'Other'), 'layouts/home.njk': 'Home' })
  await one.build()
  one.write({ 'site.config.json': JSON.stringify({ ...cards, pagination: { size: 3 } }) })
  await one.build()
  assert.deepEqual([madeCards(one.tree()), stamps()], [before, shelf])
  one.write({ 'content/posts/a.md': post('丙') })
  await one.build()
  const after = madeCards(one.tree())
  assert.deepEqual([after.length, after[0] === before[0], stamps().length], [1, false, shelf.length + 1])
})
