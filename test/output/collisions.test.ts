import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findCollisions, type Output } from '../../src/output/collisions.js'

const output = (path: string, by: string, place?: Output['place']): Output => ({
  path,
  hash: '',
  by,
  ...(place && { place }),
})

test('two outputs that one disk cannot hold are an error naming both', () => {
  const found = findCollisions([
    output('a/index.html', 'one'),
    output('a/index.html', 'two'),
    output('Tags/index.html', 'three'),
    output('tags/index.html', 'four'),
    output('caf\u00e9', 'five'),
    output('cafe\u0301', 'six'),
    output('x', 'seven'),
    output('x/y', 'eight'),
  ])
  assert.deepEqual(found.map(({ what }) => what).sort(), [
    'two outputs differ only by case or Unicode form: Tags/index.html (three) and tags/index.html (four)',
    'two outputs differ only by case or Unicode form: cafe\u0301 (six) and caf\u00e9 (five)',
    'two outputs have one path: a/index.html (one) and a/index.html (two)',
    'two outputs need one name as file and as folder: x (seven) and x/y (eight)',
  ])
})

test('an error stands where the path was chosen: a line goes before a file', () => {
  const [found] = findCollisions([
    output('about/index.html', 'public/about/index.html', () => ({ file: 'public/about/index.html' })),
    output('about/index.html', 'content/about.md', () => ({ file: 'content/about.md', line: 2, column: 1 })),
  ])
  assert.deepEqual(found, {
    severity: 'error',
    code: 'output/collision',
    what: 'two outputs have one path: about/index.html (content/about.md) and about/index.html (public/about/index.html)',
    file: 'content/about.md',
    line: 2,
    column: 1,
    found: 'about/index.html',
    fix: 'give one of them another slug, permalink, alias or name',
  })
})

test('names that a disk takes for one are one: \u00df and ss, composed and decomposed', () => {
  const found = findCollisions([output('straße', 'one'), output('STRASSE', 'two')])
  assert.deepEqual(
    found.map(({ what }) => what),
    ['two outputs differ only by case or Unicode form: STRASSE (two) and straße (one)'],
  )
})

test('a tree that was published has no collisions, and one more file may bring the first', () => {
  const stood = new Set(['a/index.html', 'x/y', 'tags/index.html'])
  const all = [...stood].map((path) => output(path, `of ${path}`))
  assert.deepEqual(findCollisions(all, stood), [])
  for (const path of ['x', 'Tags/index.html', 'a/index.html'])
    assert.equal(findCollisions([...all, output(path, 'new')], stood).length, 1, path)
})
