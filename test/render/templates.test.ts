import assert from 'node:assert/strict'
import { test } from 'node:test'
import { record } from '../../src/engine/reads.js'
import { type Problem, ProblemError } from '../../src/errors.js'
import { resolveName } from '../../src/render/template-name.js'
import { createTemplates } from '../../src/render/templates.js'

const templatesOf = (files: Record<string, string>, more: { filters?: object; globals?: object } = {}) =>
  createTemplates({
    find: (name) => {
      const source = files[name]
      return source === undefined ? undefined : { source, path: `layouts/${name}` }
    },
    filters: { ...more.filters },
    globals: { ...more.globals },
  })

const readsOf = async (files: Record<string, string>, context: object = {}, name = 'page.njk') => {
  const templates = templatesOf(files)
  const { value, reads } = await record(() => templates.render(name, { ...context }, '/'))
  return { value, reads }
}

const problemsOf = (run: () => unknown): readonly Problem[] => {
  try {
    run()
  } catch (error) {
    if (error instanceof ProblemError) return error.problems
    throw error
  }
  return []
}

test('an extends by a variable asks for the template that the variable names', async () => {
  const files = { 'page.njk': '{% extends parent %}', 'a.njk': 'A', 'b.njk': 'B' }
  assert.deepEqual(await readsOf(files, { parent: 'b.njk' }), {
    value: 'B',
    reads: ['template:page.njk', 'template:b.njk'],
  })
})

test('an include asks for its template, in a loop for each', async () => {
  const files = { 'page.njk': '{% for n in names %}{% include n %}{% endfor %}', 'a.njk': 'A', 'b.njk': 'B' }
  assert.deepEqual(await readsOf(files, { names: ['b.njk', 'a.njk', 'b.njk'] }), {
    value: 'BAB',
    reads: ['template:page.njk', 'template:b.njk', 'template:a.njk'],
  })
})

test('a conditional include asks only where its condition holds', async () => {
  const files = { 'page.njk': '{% if yes %}{% include "a.njk" %}{% endif %}', 'a.njk': 'A' }
  assert.deepEqual((await readsOf(files, { yes: true })).reads, ['template:page.njk', 'template:a.njk'])
  assert.deepEqual((await readsOf(files, { yes: false })).reads, ['template:page.njk'])
})

test('an include that may be missing asks for the absent template', async () => {
  const files = { 'page.njk': '[{% include "extra.njk" ignore missing %}]' }
  assert.deepEqual(await readsOf(files), { value: '[]', reads: ['template:page.njk', 'template:extra.njk'] })
})

test('an include that may be missing shows the template once it exists', () => {
  const files: Record<string, string> = { 'page.njk': '[{% include "extra.njk" ignore missing %}]' }
  const templates = templatesOf(files)
  assert.equal(templates.render('page.njk', {}, '/'), '[]')
  files['extra.njk'] = 'new'
  assert.equal(templates.render('page.njk', {}, '/'), '[new]')
})

test('import and from-import ask for the template that holds the macros', async () => {
  const macros = '{% macro hi(name) %}hi {{ name }}{% endmacro %}'
  const files = {
    'page.njk': '{% import "m.njk" as m %}{% from "n.njk" import hi %}{{ m.hi("a") }}, {{ hi("b") }}',
    'm.njk': macros,
    'n.njk': macros,
  }
  assert.deepEqual(await readsOf(files), {
    value: 'hi a, hi b',
    reads: ['template:page.njk', 'template:m.njk', 'template:n.njk'],
  })
})

test('a second render of templates already compiled asks the same questions', async () => {
  const templates = templatesOf({
    'page.njk': '{% extends "base.njk" %}{% block a %}{% include "p.njk" %}{% endblock %}',
    'base.njk': '<{% block a %}{% endblock %}>',
    'p.njk': 'P',
  })
  const once = await record(() => templates.render('page.njk', {}, '/'))
  const again = await record(() => templates.render('page.njk', {}, '/'))
  assert.deepEqual(once, {
    value: '<P>',
    reads: ['template:page.njk', 'template:base.njk', 'template:p.njk'],
  })
  assert.deepEqual(again, once)
})

test('an edited template is compiled anew, also when it is found elsewhere', () => {
  const files: Record<string, string> = { 'page.njk': '{% include "p.njk" %}', 'p.njk': 'theme' }
  const templates = templatesOf(files)
  assert.equal(templates.render('page.njk', {}, '/'), 'theme')
  files['p.njk'] = 'site'
  assert.equal(templates.render('page.njk', {}, '/'), 'site')
})

test('names with a dot in front are relative to the folder of the template that says them', async () => {
  const files = {
    'page.njk': '{% include "parts/a.njk" %}',
    'parts/a.njk': '{% include "./b.njk" %}{% include "../c.njk" %}',
    'parts/b.njk': 'B',
    'c.njk': 'C',
  }
  assert.deepEqual(await readsOf(files), {
    value: 'BC',
    reads: ['template:page.njk', 'template:parts/a.njk', 'template:parts/b.njk', 'template:c.njk'],
  })
})

test('a name that leaves the layouts folder is refused', () => {
  for (const name of ['../x.njk', '/etc/passwd', 'a/../../x', 'C:/x.njk', 'a\\b.njk', 'a//b.njk', '', 'a\0b'])
    assert.throws(() => resolveName(name, null), /is not the name of a template/, name)
  assert.equal(resolveName('a/../b.njk', 'x/y.njk'), 'b.njk')
})

test('a filter that throws is told with template, place, frame, page and chain of includes', () => {
  const templates = templatesOf(
    {
      'page.njk': '{% extends "base.njk" %}\n{% block a %}\n{% include "parts/x.njk" %}\n{% endblock %}',
      'base.njk': '{% block a %}{% endblock %}',
      'parts/x.njk': 'one\ntwo {{ 1 | broken }}',
    },
    {
      filters: {
        broken: () => {
          throw new Error('no such luck')
        },
      },
    },
  )
  assert.deepEqual(
    problemsOf(() => templates.render('page.njk', {}, '/a/')),
    [
      {
        severity: 'error',
        code: 'render/failed',
        what: 'no such luck',
        file: 'layouts/parts/x.njk',
        line: 2,
        column: 12,
        frame: '1 | one\n2 | two {{ 1 | broken }}\n  |            ^',
        found: 'on page /a/, by page.njk → parts/x.njk',
      },
    ],
  )
})

test('an error inside a block of the parent is told of the parent, not of the child', () => {
  const templates = templatesOf({
    'page.njk': '{% extends "base.njk" %}',
    'base.njk': '\n{% block a %}\n{{ nothing() }}{% endblock %}',
  })
  const [problem] = problemsOf(() => templates.render('page.njk', {}, '/'))
  assert.deepEqual(
    [problem?.file, problem?.line, problem?.column, problem?.what],
    ['layouts/base.njk', 3, 4, 'Unable to call `nothing`, which is undefined or falsey'],
  )
})

test('an error inside a macro is told of the template that holds the macro', () => {
  const templates = templatesOf({
    'page.njk': '\n\n{% from "m.njk" import hi %}{{ hi() }}',
    'm.njk': '{% macro hi() %}\n{{ "x" | nope }}{% endmacro %}',
  })
  assert.deepEqual(
    problemsOf(() => templates.render('page.njk', {}, '/')),
    [
      {
        severity: 'error',
        code: 'render/unknown-filter',
        what: 'there is no filter "nope"',
        file: 'layouts/m.njk',
        line: 2,
        column: 10,
        frame: '1 | {% macro hi() %}\n2 | {{ "x" | nope }}{% endmacro %}\n  |          ^',
        found: 'on page /, by page.njk → m.njk',
        fix: 'correct the name, or add the filter through a plugin',
      },
    ],
  )
})

test('what is not defined may not be shown, and the nearest name is offered', () => {
  const templates = templatesOf({ 'page.njk': 'a\n{{ post.titel | upper }}' })
  assert.deepEqual(
    problemsOf(() => templates.render('page.njk', { post: { title: 'T' } }, '/')),
    [
      {
        severity: 'error',
        code: 'render/undefined',
        what: 'post.titel is not defined; did you mean "title"?',
        file: 'layouts/page.njk',
        line: 2,
        column: 9,
        frame: '1 | a\n2 | {{ post.titel | upper }}\n  |         ^',
        found: 'on page /, by page.njk',
        fix: 'correct the name, or allow it to be absent with | default("")',
      },
    ],
  )
})

test('the message names the first part of a chain that is not defined', () => {
  const what = (source: string, context: object = {}) =>
    problemsOf(() => templatesOf({ 'page.njk': source }).render('page.njk', { ...context }, '/'))[0]?.what
  assert.equal(what('{{ pots.title }}', { post: {} }), 'pots is not defined; did you mean "post"?')
  assert.equal(
    what('{{ post.cover.url }}', { post: { cover: null } }),
    'post.cover is null here and has no "url"',
  )
  assert.equal(
    what('{{ item["colour"] }}', { item: { color: 1 } }),
    'item.colour is not defined; did you mean "color"?',
  )
  assert.equal(
    what('{% for a in list %}{{ a.b }}{% endfor %}', { list: [{ c: 1 }] }),
    'a.b is not defined; did you mean "c"?',
  )
})

test('null shows nothing; undefined is fine in conditions, arguments and with default', () => {
  const render = (source: string, context: object = {}) =>
    templatesOf({ 'page.njk': source }).render('page.njk', { ...context }, '/')
  assert.equal(render('[{{ a }}]', { a: null }), '[]')
  assert.equal(render('[{% if a %}1{% endif %}]'), '[]')
  assert.equal(render('[{{ a | default("x") }}]'), '[x]')
  assert.equal(render('[{{ a or "x" }}]'), '[x]')
  assert.equal(render('[{{ "y" if a }}]'), '[]')
})

test('a template that does not exist is told at the place that wants it', () => {
  const templates = templatesOf({ 'page.njk': 'x\n  {% include "gone.njk" %}' })
  assert.deepEqual(
    problemsOf(() => templates.render('page.njk', {}, '/a/')),
    [
      {
        severity: 'error',
        code: 'render/missing-template',
        what: 'there is no template "gone.njk"',
        file: 'layouts/page.njk',
        line: 2,
        column: 6,
        frame: '1 | x\n2 |   {% include "gone.njk" %}\n  |      ^',
        found: 'on page /a/, by page.njk',
        fix: 'add it under layouts/, or write {% include … ignore missing %}',
      },
    ],
  )
})

test('a mistake in the syntax is told at its place', () => {
  const [problem] = problemsOf(() =>
    templatesOf({ 'page.njk': '{% include "p.njk" %}', 'p.njk': 'x\n{% iff %}' }).render('page.njk', {}, '/'),
  )
  assert.deepEqual(
    [problem?.code, problem?.what, problem?.file, problem?.line, problem?.column],
    ['render/syntax', 'unknown block tag: iff', 'layouts/p.njk', 2, 4],
  )
})

test('a template that extends itself is told so', () => {
  const [problem] = problemsOf(() =>
    templatesOf({ 'post.njk': '{% extends "post.njk" %}' }).render('post.njk', {}, '/'),
  )
  assert.equal(problem?.what, "post.njk names itself; one that replaces the theme's may extend base.njk")
})

test('templates that include each other without an end are an error, not a crash', () => {
  const [problem] = problemsOf(() =>
    templatesOf({ 'a.njk': '{% include "b.njk" %}', 'b.njk': '{% include "a.njk" %}' }).render(
      'a.njk',
      {},
      '/',
    ),
  )
  assert.equal(problem?.code, 'render/endless')
})

test('a problem of a lower floor without a place gets the one of the template that asked', () => {
  const cause: Problem = { severity: 'error', code: 'site/no-document', what: 'no published document "x"' }
  const globals = {
    fail: () => {
      throw new ProblemError(cause)
    },
  }
  const templates = templatesOf(
    { 'page.njk': '{% include "p.njk" %}', 'p.njk': '{% macro m() %}{{ fail() }}{% endmacro %}{{ m() }}' },
    { globals },
  )
  assert.deepEqual(
    problemsOf(() => templates.render('page.njk', {}, '/')),
    [
      {
        ...cause,
        file: 'layouts/p.njk',
        line: 1,
        column: 19,
        frame: '1 | {% macro m() %}{{ fail() }}{% endmacro %}{{ m() }}\n  |                   ^',
      },
    ],
  )
})

test('the filter random is an error: the same site gives the same pages', () => {
  const [problem] = problemsOf(() =>
    templatesOf({ 'page.njk': '{{ [1, 2] | random }}' }).render('page.njk', {}, '/'),
  )
  assert.equal(problem?.what, 'the filter "random" is switched off: the same site must give the same pages')
})

test('text is escaped, what is marked safe is not', () => {
  const templates = templatesOf({ 'page.njk': '{{ a }}|{{ a | safe }}' })
  assert.equal(
    templates.render('page.njk', { a: '<b title="x">&\'' }, '/'),
    '&lt;b title=&quot;x&quot;&gt;&amp;&#39;|<b title="x">&\'',
  )
})

test('super() shows the parent’s block', () => {
  const templates = templatesOf({
    'page.njk': '{% extends "base.njk" %}{% block a %}[{{ super() }}]{% endblock %}',
    'base.njk': '{% block a %}base{% endblock %}',
  })
  assert.equal(templates.render('page.njk', {}, '/'), '[base]')
})

test('sort and groupby see getters that are own properties', () => {
  const view = (title: string, year: number) => ({
    get title() {
      return title
    },
    get year() {
      return year
    },
  })
  const templates = templatesOf({
    'page.njk':
      '{% for p in posts | sort(false, false, "title") %}{{ p.title }}{% endfor %} {% for y, list in posts | groupby("year") %}{{ y }}:{{ list.length }} {% endfor %}',
  })
  assert.equal(
    templates.render('page.njk', { posts: [view('b', 2), view('a', 1), view('c', 2)] }, '/'),
    'abc 1:1 2:2 ',
  )
})

test('a loop tells where it is, also within another and to what it includes', () => {
  const all =
    '{{ [loop.index, loop.index0, loop.revindex, loop.revindex0, loop.first, loop.last, loop.length] | join }}'
  const files = {
    'page.njk':
      '{% for a in "xy" %}({% for k, v in of %}{% include "at.njk" %};{% endfor %}|{{ loop.index }}){% endfor %}',
    'at.njk': all,
  }
  const templates = templatesOf(files, { filters: { join: (list: readonly unknown[]) => list.join(' ') } })
  const inner = '1 0 2 1 true false 2;2 1 1 0 false true 2;'
  assert.equal(templates.render('page.njk', { of: { b: 1, c: 2 } }, '/'), `(${inner}|1)(${inner}|2)`)
})
