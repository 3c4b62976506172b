// Public cases B-01 … B-07: label selectors, and the further rules of keys, values and fields.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFieldSelector } from '../../content/projects/crd-query/demo/core/fieldselector.js'
import { parseLabelSelector } from '../../content/projects/crd-query/demo/core/selector.js'
import { ApiError } from '../../content/projects/crd-query/demo/core/status.js'

for (const text of ['x=a,y=b,z=c', '', 'x!=a,y=b', 'x=', '!x', 'x>1', 'x>1,z<5'])
  test(`B-01 the selector "${text}" parses and prints as itself`, () => {
    assert.equal(parseLabelSelector(text).toString(), text)
  })

for (const text of ['x=a||y=b', 'x==a==b', '!x=a', 'x<a'])
  test(`B-02 the selector "${text}" does not parse`, () => {
    assert.throws(() => parseLabelSelector(text), ApiError)
  })

const matching: readonly [number: string, selector: string, labels: Record<string, string>, yes: boolean][] =
  [
    ['B-03', '', { x: 'y' }, true],
    ['B-03', 'x=y', { x: 'y' }, true],
    ['B-03', 'x!=y,z!=w', { x: 'z', z: 'a' }, true],
    ['B-03', '!x', { y: 'z' }, true],
    ['B-04', 'x=z', {}, false],
    ['B-04', 'x=y,z=w', { x: 'w', z: 'w' }, false],
    ['B-04', '!x', { x: 'z' }, false],
    ['B-05', 'x>1', { x: '2' }, true],
    ['B-05', 'x>1', { x: '0' }, false],
    ['B-05', 'x<1', { x: '0' }, true],
    ['B-05', 'x<1', { x: '2' }, false],
    ['B-06', 'notin=in', { notin: 'in' }, true],
    ['B-07', 'foo=bar,foobar=bar,baz=blah', { foo: 'bar', baz: 'blah' }, false],
  ]
for (const [number, selector, labels, yes] of matching)
  test(`${number} "${selector}" ${yes ? 'matches' : 'does not match'} ${JSON.stringify(labels)}`, () => {
    assert.equal(parseLabelSelector(selector).matches(labels), yes)
  })

for (const [text, printed] of [
  ['x in (c,a,b,a)', 'x in (a,b,c)'],
  ['x in (foo,,baz),y,z notin ()', 'x in (,baz,foo),y,z notin ()'],
  [' x = a , y in ( a ) ', 'x=a,y in (a)'],
  ['b=1,a=2', 'a=2,b=1'],
  ['in in (in)', 'in in (in)'],
  ['example.com/tier=core', 'example.com/tier=core'],
] as const)
  test(`the selector "${text}" is the same as "${printed}"`, () => {
    assert.equal(parseLabelSelector(text).toString(), printed)
  })

for (const text of [
  ',',
  'a,',
  'a,,b',
  'a=b,',
  'x in a',
  'x in (a',
  'x (a)',
  'a b',
  '=a',
  '!',
  '-x=a',
  'x=-a',
  'a/b/c',
  'x=名称',
])
  test(`the selector "${text}" is refused`, () => {
    assert.throws(() => parseLabelSelector(text), ApiError)
  })

test('keys and values have at most 63 characters, prefixes 253', () => {
  const long = 'a'.repeat(63)
  assert.equal(parseLabelSelector(`${long}=${long}`).toString(), `${long}=${long}`)
  for (const text of [`${long}a=b`, `a=${long}a`, `${'a'.repeat(254)}/a=b`])
    assert.throws(() => parseLabelSelector(text), ApiError)
})

test('integers beyond 64 bits and labels that are no integers never compare', () => {
  assert.throws(() => parseLabelSelector('x>9223372036854775808'), ApiError)
  assert.equal(parseLabelSelector('x>1').matches({ x: 'two' }), false)
  assert.equal(parseLabelSelector('x<9223372036854775807').matches({ x: '9223372036854775806' }), true)
})

test('labels named like members of an object are labels like any other', () => {
  assert.equal(parseLabelSelector('toString').matches({}), false)
  assert.equal(parseLabelSelector('constructor=x').matches({ constructor: 'x' }), true)
})

const object = { metadata: { namespace: 'n', name: 'a,b=c' } }
for (const [text, isMatch] of [
  ['', true],
  ['metadata.name=a\\,b\\=c', true],
  ['metadata.name!=a\\,b\\=c', false],
  ['metadata.namespace==n,metadata.name!=x', true],
] as const)
  test(`the field selector "${text}" ${isMatch ? 'matches' : 'does not match'}`, () => {
    assert.equal(parseFieldSelector(text).matches(object), isMatch)
  })

for (const text of [
  'spec.owner=x',
  'metadata.name',
  'metadata.name=a||y=b',
  'metadata.name==a==b',
  'metadata.name=\\a',
])
  test(`the field selector "${text}" is refused`, () => {
    assert.throws(() => parseFieldSelector(text), ApiError)
  })
