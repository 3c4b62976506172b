// Any document, under every policy for raw HTML and by both parsers: a balanced body that holds nothing it must not.
import assert from 'node:assert/strict'
import { createMarkdown } from '../../src/markdown/body.js'
import { makeFeedHtml } from '../../src/markdown/feed.js'
import { contextOf, metaOf } from '../markdown/world.js'
import type { Fuzzer } from './fuzzer.js'
import { document, mutated } from './grammar.js'
import { dangerIn, doubleIds, isStable } from './html.js'

const policies = ['allow', 'sanitize', 'escape'] as const
const makers = policies.map((html) => ({
  html,
  auto: createMarkdown(contextOf({ markdown: { html, excerptWidth: 40 } })),
  remark: createMarkdown(contextOf({ markdown: { html, excerptWidth: 40, parser: 'remark' } })),
}))

/** Without what we make ourselves: formulas, whose markup is KaTeX's. */
const withoutFormulas = (html: string): string => html.replace(/<(math)\b[\s\S]*?<\/\1>/g, '')

export const markdown: Fuzzer = {
  name: 'markdown',
  make: (random) => [mutated(random, document(random, 3))],
  async check([text = '']) {
    const meta = metaOf({})
    for (const { html: policy, auto, remark } of makers) {
      const body = await auto.makeBody({ meta, text })
      assert.deepEqual(await remark.makeBody({ meta, text }), body, `${policy}: both parsers`)
      for (const { severity, code, line } of body.problems) {
        assert.ok((line ?? 0) > 0, `${policy}: ${code} has no place`)
        if (severity === 'error') assert.equal(code, 'markdown/too-complex', policy)
      }
      for (const made of [body.html, body.excerpt]) {
        assert.ok(isStable(made), `${policy}: unbalanced\n${made}`)
        assert.ok(!made.includes('[object Object]') || text.includes('[object Object]'), policy)
      }
      // What an author writes twice by hand stands twice; `check` tells it.
      if (policy !== 'allow' || !/\sid=/i.test(text))
        assert.deepEqual(doubleIds(body.html), [], `${policy}: ids\n${body.html}`)
      const feed = await makeFeedHtml(body.html, { url: '/a/', baseUrl: 'https://e.org/' })
      assert.ok(isStable(feed), `${policy}: unbalanced feed\n${feed}`)
      if (policy !== 'allow')
        for (const made of [body.html, body.excerpt, feed])
          assert.equal(dangerIn(withoutFormulas(made)), '', `${policy}\n${made}`)
    }
  },
}
