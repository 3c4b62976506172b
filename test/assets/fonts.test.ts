import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { test } from 'node:test'
import { slicesOf, unicodeRange } from '../../src/assets/font-slices.js'
import { coverageOf } from '../../src/text/font-file.js'
import { glyphsOf } from '../../src/text/glyphs.js'
import { withSite } from '../temp-site.js'

// A font that is there on every machine: KaTeX's, Latin and Greek.
const font = readFileSync(createRequire(import.meta.url).resolve('katex/dist/fonts/KaTeX_Main-Regular.ttf'))

const site = (more: object = {}, body = 'Plain text.') => ({
  'site.config.json': JSON.stringify({
    title: 'Faces',
    baseUrl: 'https://x.github.io/blog/',
    language: 'en',
    fonts: [{ family: 'Own Face', file: 'fonts/own.ttf', weight: 400 }],
    ...more,
  }),
  'fonts/own.ttf': font,
  'content/posts/a.md': `---\ntitle: One\ndate: 2024-01-01\n---\n\n${body}\n`,
})

test('a slice holds exactly the characters that pages show, and the style sheet names it', async () => {
  await withSite(site(), async (temp) => {
    const built = await temp.build()
    assert.deepEqual([built.ok, built.problems], [true, []])
    const sheet = temp.read('dist/fonts.css')
    const [, path = '', range = ''] =
      /^@font-face\{font-family:"Own Face";font-weight:400;font-display:swap;src:url\("\/blog\/(assets\/own-face-400-latin-[0-9a-f]{8}\.woff2)"\) format\("woff2"\);unicode-range:([^}]+)\}\n$/.exec(
        sheet,
      ) ?? []
    assert.match(range, /^U\+20-5F,U\+61-7E/)
    const bytes = readFileSync(join(temp.root, 'dist', path))
    assert.equal(bytes.subarray(0, 4).toString(), 'wOF2')
    assert.ok(bytes.length < font.length / 2)
    const shown = new Set(
      [...temp.tree()]
        .filter(([name]) => name.endsWith('.html'))
        .flatMap(([, html]) => [...Buffer.from(html, 'latin1').toString()]),
    )
    const whole = await coverageOf(font)
    for (const code of await coverageOf(bytes))
      assert.ok(code < 0x7f || shown.has(String.fromCodePoint(code)), String.fromCodePoint(code))
    for (const char of shown)
      if (whole.has(char.codePointAt(0)!) && char > ' ')
        assert.ok((await coverageOf(bytes)).has(char.codePointAt(0)!), char)
    assert.match(temp.read('dist/index.html'), /<link rel="stylesheet" href="\/blog\/fonts\.css">/)
  })
})

test('a body without new characters changes no font; one with a new one changes its slice and no other page', async () => {
  await withSite(site(), async (temp) => {
    await temp.build()
    temp.write(site({}, 'Text, plain.'))
    const same = await temp.build()
    assert.deepEqual(
      same.written.filter((path) => /font|woff2/.test(path)),
      [],
    )
    temp.write(site({}, 'Text, plain, with Ω.'))
    const changed = await temp.build()
    assert.deepEqual(
      changed.written
        .filter((path) => /font|woff2/.test(path))
        .map((path) => path.replace(/[0-9a-f]{8}/, 'HASH')),
      ['assets/own-face-400-latin-HASH.woff2', 'fonts.css'],
    )
    assert.equal(changed.removed.length, 1)
    assert.ok(!changed.written.includes('404.html'))
  })
})

test('a letter that the font lacks is a warning that names the post; Han in a Latin font is none', async () => {
  await withSite(site({}, 'Plain Ж, 汉字 and 🎉.'), async (temp) => {
    const { ok, problems } = await temp.build()
    assert.deepEqual(
      [ok, problems.map(({ severity, code, file, found }) => [severity, code, file, found])],
      [true, [['warning', 'fonts/missing-glyph', 'content/posts/a.md', 'Ж']]],
    )
  })
})

test('a font that is not there, or is none, is an error', async () => {
  const fonts = [{ family: 'Own', file: 'fonts/own.tff' }]
  await withSite(site({ fonts }), async (temp) => {
    const { ok, problems } = await temp.build()
    assert.deepEqual(
      [ok, problems.map(({ code, fix }) => [code, fix])],
      [false, [['fonts/missing-file', 'did you mean "fonts/own.ttf"?']]],
    )
  })
  await withSite({ ...site(), 'fonts/own.ttf': 'no font' }, async (temp) => {
    const { ok, problems } = await temp.build()
    assert.deepEqual([ok, problems.map(({ code }) => code)], [false, ['fonts/not-a-font']])
  })
})

test('a collection of fonts is told as such', async () => {
  await withSite({ ...site(), 'fonts/own.ttf': Buffer.from('ttcf\0\x02') }, async (temp) => {
    const { problems } = await temp.build()
    assert.deepEqual(
      problems.map(({ what, expected }) => [what, expected]),
      [
        [
          'this font cannot be read: it is a collection of several fonts (.ttc), of which one must be taken out',
          ['.ttf', '.otf', '.woff', '.woff2'],
        ],
      ],
    )
  })
})

test('without fonts there is nothing of them', async () => {
  await withSite(site({ fonts: [] }), async (temp) => {
    const built = await temp.build()
    assert.deepEqual(
      [...temp.tree().keys()].filter((path) => /font|woff/.test(path)),
      [],
    )
    assert.doesNotMatch(temp.read('dist/index.html'), /fonts\.css/)
    assert.equal(built.ok, true)
  })
})

test('what many pages show lies together; a slice is no larger than a few hundred characters', () => {
  const han = Array.from({ length: 2000 }, (_, i) => String.fromCodePoint(0x4e00 + i))
  const pages = ['的一是', '的一是', '的一', '的', han.join(''), 'abc，。']
  const coverage = new Set([...han.join(''), ...'的一是abc，。'].map((char) => char.codePointAt(0)!))
  const slices = slicesOf(pages, coverage)
  assert.equal(slices.get('in-4'), '一的')
  assert.equal(slices.get('in-2'), '是')
  assert.equal(slices.get('latin'), 'abc。，')
  assert.ok([...slices.values()].every((chars) => [...chars].length <= 256))
  assert.equal([...slices.values()].join('').length, coverage.size)
})

test('ranges are short, characters each once', () => {
  assert.equal(unicodeRange('abcz一二𠮷'), 'U+61-63,U+7A,U+4E00,U+4E8C,U+20BB7')
  assert.equal(glyphsOf('乙 甲乙\na🎉\u{1f469}\u200d\ufe0f𠮷'), 'a乙甲𠮷')
})
