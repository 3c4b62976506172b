// Plain CommonMark and GFM without any feature of ours comes out exactly as plain remark writes it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { bodyOf } from './world.js'

const plain = unified().use(remarkParse).use(remarkGfm).use(remarkRehype).use(rehypeStringify).freeze()

const snippets = [
  'hello',
  'one\ntwo',
  'one  \ntwo',
  'one\\\ntwo',
  '*a* _b_ **c** __d__ ***e***',
  'snake_case_word and 2*3*4',
  '**foo:**bar',
  'a**"foo"**b',
  '*foo`*`',
  '`code` ``a`b`` ` `` `',
  '~~gone~~ and ~one~',
  '- a\n- b\n- c',
  '- a\n\n- b',
  '- a\n  - b\n    - c',
  '1. a\n2. b',
  '7) a\n8) b',
  '* a\n+ b\n- c',
  '- a\n\n  b\n\n- c',
  '> quote',
  '> quote\nlazy',
  '> a\n>\n> b',
  '> > nested',
  '> - list\n> - in quote',
  '***',
  '- - -',
  '_ _ _ _',
  'a\n\n---\n\nb',
  '[a](https://example.org/)',
  '[a](https://example.org/ "title")',
  '[a](<https://example.org/a b>)',
  '[a][b]\n\n[b]: https://example.org/ "t"',
  '[b]\n\n[b]: https://example.org/',
  '[b][]\n\n[B]: https://example.org/',
  '[not a link]',
  '[a](https://example.org/(x))',
  '<https://example.org/>',
  '<me@example.org>',
  'https://example.org/a_b',
  'www.example.org/x.',
  'See (https://example.org/x).',
  'me@example.org',
  'https://example.org/a_(b)',
  '&amp; &lt; &copy; &#35; &#x22;',
  '\\*not em\\* \\# \\[a\\]',
  'a &nbsp; b',
  '12:30 and :smile: and ::name and a::b',
  '$5 and $6, US$7',
  '100% & <3',
  '2 < 3 > 1',
  '"quotes" and \'more\' -- dashes... (c)',
  'caf\u00e9 na\u00efve \u201cquoted\u201d \u2014 dash\u2026',
  '\u0440\u0443\u0441\u0441\u043a\u0438\u0439 \u0442\u0435\u043a\u0441\u0442 **\u0436\u0438\u0440\u043d\u044b\u0439**',
  'tab\there',
  '   three blanks before',
  'trailing blanks   ',
  '+ [] is no task\n\n[x] neither',
  '| not | a table |',
  'a | b',
  'line\n\n\n\nmany blank lines',
  '- a\n\n\n- b',
  '1. a\n\n   b\n2. c',
  '{{ x }} {% y %} <% z',
  '[^nothing] here',
  '*a\nb*',
  '**a *b* c**',
  '[*a* `b`](https://example.org/)',
  'a\\\\b',
  '\u00a0nbsp first',
]

test('there are at least 60 snippets', () => assert.ok(snippets.length >= 60, String(snippets.length)))

for (const snippet of snippets)
  test(`as plain remark: ${JSON.stringify(snippet)}`, async () => {
    const { html, problems } = await bodyOf(snippet, { meta: { lang: 'en' } })
    assert.equal(html, String(plain.processSync(snippet)).replace(/^\n+|\n+$/g, ''))
    assert.deepEqual(problems, [])
  })
