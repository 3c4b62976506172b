// Texts that a parser may take minutes for: each is built within seconds or refused by name, without any clock, and
// the problems of all other posts are still told.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TempSite, withSite } from './temp-site.js'

/** Name → what is repeated to `size` characters. Those that are refused say why. */
const patterns: Readonly<Record<string, readonly [pattern: string, refused?: string]>> = {
  stars: ['*a_ ', 'runs of *, _ or ~'],
  'strong-stars': ['***a***', ''],
  'stars-in-words': ['a**b', 'runs of *, _ or ~'],
  'han-strong': ['中**强调**文', 'runs of *, _ or ~'],
  'han-unbalanced': ['中**强', 'runs of *, _ or ~'],
  tildes: ['~a~ ', 'runs of *, _ or ~'],
  setext: ['a\n=\n', 'lines without a blank one'],
  'lazy-quotes': ['> a\nb\n', 'lines without a blank one'],
  quotes: ['>', 'nested more than 100 deep'],
  'numbered-lists': ['1. ', 'nested more than 100 deep'],
  brackets: ['[', 'opening brackets'],
  'image-brackets': ['![', 'opening brackets'],
  'open-links': ['[a](', ''],
  references: ['[a][b] ', ''],
  footnotes: ['[^1]', ''],
  comments: ['a <!-- ', 'openings of a comment'],
  'open-code': ['` a', ''],
  'rows-without-head': ['| a | b\n', ''],
  dollars: ['$a$ ', ''],
  directives: [':a[b]{c} ', ''],
  'open-divs': ['<div>', 'nested too deeply'],
  entities: ['&amp;', ''],
  definitions: ['[a]: b\n', ''],
  headings: ['# a\n', ''],
  autolinks: ['www.a.b ', ''],
  tabs: ['\t', ''],
}
const size = 45_000

const config = JSON.stringify({ title: 'P', baseUrl: 'https://p.example/', search: false, cards: false })
// Nothing to bundle, and the text alone on the page.
const layouts = {
  'layouts/partials/head.njk': '',
  'layouts/base.njk': '{% block content %}{% endblock %}',
  'layouts/post.njk': '{{ post.html | safe }}',
  'layouts/project.njk': '',
}
const post = (body: string) => `---\ntitle: Post\ndate: 2024-01-01\n---\n\n${body}\n`

const build = async (site: TempSite) => {
  const built = await site.build({ workers: 'auto' })
  return {
    ...built,
    errors: built.problems.filter(({ severity }) => severity === 'error'),
    warnings: built.problems.filter(({ severity }) => severity === 'warning'),
  }
}

test(`${Object.keys(patterns).length} texts made to be slow are built or refused by name, within seconds`, async () => {
  const started = performance.now()
  await withSite({ 'site.config.json': config, ...layouts }, async (site) => {
    for (const [name, [pattern]] of Object.entries(patterns))
      site.write({ [`content/posts/${name}.md`]: post(pattern.repeat(Math.ceil(size / pattern.length))) })
    site.write({ 'content/posts/zz-innocent.md': post('[nowhere](./gone.md)') })
    const { ok, errors, warnings } = await build(site)
    assert.equal(ok, false)
    const refused = Object.entries(patterns).flatMap(([name, [, why = '']]) =>
      why === '' ? [] : [[name, why]],
    )
    assert.deepEqual(
      errors.map(({ code, file, line }) => [code, file, line !== undefined && line >= 5]),
      refused
        .map(([name]) => `content/posts/${name}.md`)
        .sort()
        .map((file) => ['markdown/too-complex', file, true]),
    )
    for (const [name = '', why = ''] of refused) {
      const told = errors.find(({ file }) => file === `content/posts/${name}.md`)
      assert.ok(told?.what.includes(why), `${name}: ${told?.what}`)
      site.remove(`content/posts/${name}.md`)
    }
    assert.deepEqual(
      warnings.filter(({ file }) => file?.includes('innocent')).map(({ code, line }) => [code, line]),
      [['markdown/broken-link', 6]],
    )
    // Without them the rest stands, and what was made is kept; only the hint for the broken link looked at all names.
    const rest = await build(site)
    assert.deepEqual(rest.errors, [])
    assert.deepEqual(
      rest.ran.filter((key) => key.startsWith('body:')),
      ['body:posts/zz-innocent.md'],
    )
  })
  // On a machine that does nothing else it is a tenth of that.
  assert.ok(performance.now() - started < 240_000)
})

test('a post of ten megabytes is refused by name, and the others are looked at', async () => {
  const files = {
    'site.config.json': config,
    ...layouts,
    'content/posts/big.md': post('文字和文字。\n\n'.repeat(500_000)),
    'content/posts/small.md': post('![none](./none.png)'),
  }
  await withSite(files, async (site) => {
    const { problems } = await build(site)
    assert.deepEqual(
      problems.map(({ severity, code, file, line, what }) => [severity, code, file, line, what]),
      [
        ['error', 'markdown/too-complex', 'content/posts/big.md', 5, 'this document is larger than 4 MB'],
        [
          'warning',
          'markdown/missing-image',
          'content/posts/small.md',
          6,
          'there is no image content/posts/none.png',
        ],
      ],
    )
  })
})
