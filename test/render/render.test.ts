import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProblemError } from '../../src/errors.js'
import type { Page } from '../../src/pages/page.js'
import { config, pageOf, postOf, rendererOf } from './world.js'

const post = postOf({ id: 'posts/a.md', url: '/2024/12/31/我/' })
const only = (source: string) => ({
  find: (name: string) => (name === 'x.njk' ? { source, path: 'layouts/x.njk' } : undefined),
})
const show = (source: string, page: Partial<Page> = {}, over: object = {}) =>
  rendererOf([post], { templates: only(source), ...over }).render({
    ...pageOf('/a b/', 'x', 'page'),
    ...page,
  })

test('a template gets the page with its addresses, and the site', () => {
  assert.equal(
    show(
      '{{ page.kind }} {{ page.url }} {{ page.href }} {{ page.canonical }} {{ page.lang }} {{ site.title }} {{ config.title }}',
    ),
    'page /a b/ /blog/a%20b/ https://example.org/blog/a%20b/ zh-CN 跬步 跬步',
  )
})

test('a template of a document gets the document; elsewhere post is not defined', () => {
  const props = { kind: 'post', id: 'posts/a.md' }
  assert.equal(show('{{ post.title }} {{ post.href }}', { props }), 'T /blog/2024/12/31/%E6%88%91/')
  assert.throws(() => show('{{ post.title }}'), /post is not defined/)
})

test('posts() makes views of the ids in a page’s props', () => {
  const props = { kind: 'home', ids: ['posts/a.md'] }
  assert.equal(show('{% for p in posts(page.ids) %}{{ p.title }}{% endfor %}', { props }), 'T')
})

test('addresses get the base path or become absolute, and are encoded once', () => {
  assert.equal(
    show(
      '{{ "/tags/c#/" | url }} {{ "/标/" | abs }} {{ "https://a.cn/" | url }} {{ "https://a.cn/" | abs }}',
    ),
    '/blog/tags/c%23/ https://example.org/blog/%E6%A0%87/ https://a.cn/ https://a.cn/',
  )
})

test('asset() gives the address of a bundle, and nothing for an unknown one', () => {
  assert.equal(show('{{ asset("styles/main.css") }}[{{ asset("x") or "" }}]'), '/blog/assets/main.css[]')
})

test('words and dates are those of the page’s language, in macros too', () => {
  const source =
    '{% macro m(p) %}{{ t("archive") }} {{ p.date | date }}{% endmacro %}{{ m(post) }} {{ page.lang }}'
  const english = postOf({ id: 'posts/e.md', url: '/e/', lang: 'en' })
  const french = postOf({ id: 'posts/f.md', url: '/f/', lang: 'fr' })
  const renderer = rendererOf([post, english, french], { templates: only(source) })
  const of = (id: string) => renderer.render({ ...pageOf('/', 'x', 'post', { id }), make: { template: 'x' } })
  assert.equal(of('posts/e.md'), 'Archive December 31, 2024 en')
  assert.equal(of('posts/a.md'), '归档 2024年12月31日 zh-CN')
  assert.equal(of('posts/f.md'), '归档 2024年12月31日 zh-CN')
})

test('a plugin’s filter is there and wins over ours of that name', () => {
  const filters = { shout: (text: string) => `${text}!`, number: () => 'n' }
  assert.equal(show('{{ "a" | shout }} {{ 1000 | number }}', {}, { filters }), 'a! n')
})

test('a page with a writer of its own is written by it', () => {
  const page: Page = {
    url: '/x.txt',
    by: 'x',
    props: { a: 1 },
    make: { name: 'x', write: (site, props) => `${site.title} ${props['a']}` },
  }
  assert.equal(rendererOf([]).render(page), '跬步 1')
})

test('a writer that throws is a problem naming feature and page', () => {
  const write = () => {
    throw new Error('broken')
  }
  assert.throws(
    () => rendererOf([]).render({ url: '/x.txt', by: 'my-plugin', props: {}, make: { name: 'x', write } }),
    (error) => {
      assert.ok(error instanceof ProblemError)
      assert.deepEqual(error.problems, [
        {
          severity: 'error',
          code: 'render/write',
          what: '"my-plugin" could not write page /x.txt: broken',
          fix: 'correct the plugin that plans pages by "my-plugin"',
        },
      ])
      return true
    },
  )
})

test('the plugins’ last touch is applied in their order', () => {
  const finish = [
    { name: 'one', finish: (html: string) => `${html}1` },
    { name: 'two', finish: (html: string, page: Page) => `${html}2${page.url}` },
  ]
  assert.equal(show('x', {}, { finish }), 'x12/a b/')
})

test('a last touch that throws or gives no text is a problem naming the plugin', () => {
  const problems = (touch: () => never) => {
    const finish = [
      { name: 'one', finish: (html: string) => html },
      { name: 'two', finish: touch },
    ]
    try {
      show('x', {}, { finish })
    } catch (error) {
      if (error instanceof ProblemError) return error.problems
    }
    return []
  }
  const told = {
    severity: 'error',
    code: 'render/finish',
    found: 'on page /a b/',
    fix: 'correct the plugin "two", or take it out of the configuration',
  }
  assert.deepEqual(
    problems(() => {
      throw new Error('no')
    }),
    [{ ...told, what: 'the finish slot of plugin "two" failed: no' }],
  )
  assert.deepEqual(problems((() => undefined) as unknown as () => never), [
    { ...told, what: `the finish slot of plugin "two" gave undefined instead of the page's text` },
  ])
})

test('the site’s own layout wins, and may fill a block of the theme’s base', () => {
  const renderer = rendererOf([post], {
    templates: {
      find: (name) =>
        ({
          'post.njk': {
            source: '{% extends "base.njk" %}{% block content %}mine{% endblock %}',
            path: 'layouts/post.njk',
          },
          'base.njk': { source: '<{% block content %}{% endblock %}>', path: 'inkstone/layouts/base.njk' },
        })[name],
    },
  })
  assert.equal(renderer.render(pageOf('/', 'post', 'post', { id: 'posts/a.md' })), '<mine>')
  assert.equal(config.basePath, '/blog/')
})
