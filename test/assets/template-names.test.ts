import assert from 'node:assert/strict'
import test from 'node:test'
import { templatesBehind } from '../../src/assets/template-names.js'

const theme = (templates: Readonly<Record<string, string>>) => ({
  source(name: string) {
    const source = templates[name]
    return source === undefined ? undefined : { source, path: `layouts/${name}` }
  },
})

test('a page is made of its layout and of all templates that are named from there, each once', () => {
  const texts = templatesBehind(
    ['post', 'home.njk'],
    theme({
      'post.njk': `{% extends "base.njk" %}{%- from 'macros.njk' import line -%}POST`,
      'home.njk': '{% extends "base.njk" %}HOME',
      'base.njk': '{% include "partials/head.njk" %}BASE',
      'macros.njk': '{% import "macros.njk" as again %}MACROS',
      'partials/head.njk': 'HEAD',
      'search.njk': 'SEARCH',
    }),
  )
  assert.deepEqual(texts.map((text) => /[A-Z]+$/.exec(text)?.[0]).sort(), [
    'BASE',
    'HEAD',
    'HOME',
    'MACROS',
    'POST',
  ])
})

test('a template that does not exist, or is named when it runs, is none', () => {
  assert.deepEqual(
    templatesBehind(['post', 'none'], theme({ 'post.njk': '{% include kind %}{% include "no.njk" %}' })),
    ['{% include kind %}{% include "no.njk" %}'],
  )
})
