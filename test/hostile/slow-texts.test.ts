// Texts made to be slow: each is made or refused by name, and the build of the others goes on to tell all problems.
// INKSTONE_SLOW_TEXTS=200 for all of them; with a number of milliseconds in INKSTONE_PATIENCE the limit is another.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withSite } from '../temp-site.js'
import { slowTexts } from './slow-texts.js'

const texts = [...slowTexts()]
const wanted = Number(process.env['INKSTONE_SLOW_TEXTS'] ?? 10)
/** Spread over all ways and sizes. */
const chosen = Array.from({ length: wanted }, (_, at) => texts[(at * 21) % texts.length])
const config = JSON.stringify({ title: 'P', baseUrl: 'https://p.example/', search: false, cards: false })
const layouts = {
  'layouts/partials/head.njk': '',
  'layouts/base.njk': '{% block content %}{% endblock %}',
  'layouts/post.njk': '{{ post.html | safe }}',
  'layouts/project.njk': '',
}
const post = (body: string): string => `---\ntitle: Post\ndate: 2024-01-01\n---\n\n${body}\n`

test('there are two hundred, of a hundred kilobytes to a megabyte', () => {
  assert.equal(texts.length, 200)
  for (const [name, text] of texts)
    assert.ok(text.length >= 90_000 && text.length <= 1_000_000, `${name} ${text.length}`)
})

test(`${wanted} texts made to be slow are made or refused by name, and the others go on`, async () => {
  const refused: string[] = []
  for (let from = 0; from < chosen.length; from += 10) {
    const batch = chosen.slice(from, from + 10).flatMap((one) => (one ? [one] : []))
    await withSite({ 'site.config.json': config, ...layouts }, async (site) => {
      for (const [at, [, text]] of batch.entries()) site.write({ [`content/posts/p${at}.md`]: post(text) })
      site.write({ 'content/posts/zz-innocent.md': post('[nowhere](./gone.md)') })
      const started = performance.now()
      const { problems } = await site.build({ workers: 'auto' })
      for (const { severity, code, file = '', what, line } of problems) {
        if (severity !== 'error') continue
        const at = Number(/p(\d+)\.md$/.exec(file)?.[1])
        assert.ok(batch[at] && line !== undefined, `${file}: ${what}`)
        assert.ok(
          ['markdown/too-complex', 'markdown/too-slow'].includes(code),
          `${batch[at][0]}: ${code} ${what}`,
        )
        refused.push(`${batch[at][0]}: ${what}`)
      }
      assert.ok(
        problems.some(
          ({ file, code }) => file === 'content/posts/zz-innocent.md' && code === 'markdown/broken-link',
        ),
      )
      if (wanted > 10)
        console.log(
          `${from + batch.length}: ${Math.round(performance.now() - started)} ms\n${refused.splice(0).join('\n')}`,
        )
    })
  }
})
