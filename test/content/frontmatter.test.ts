import assert from 'node:assert/strict'
import { test } from 'node:test'
import matter from 'gray-matter'
import { splitFrontmatter } from '../../src/content/frontmatter.js'
import { testCases } from './cases.js'

testCases('test/content/frontmatter.cases', (input) => {
  const { fields, bodyOffset, bodyLine, problems } = splitFrontmatter(input, 'content/a.md')
  return [
    `fields: ${JSON.stringify(fields)}`,
    `body:   line ${bodyLine} ${JSON.stringify(input.slice(bodyOffset, bodyOffset + 30))}`,
    ...problems.map(({ severity, code, line, column }) => `${severity} ${code} ${line}:${column}`),
  ].join('\n')
})

test('reading a broken text twice says the same twice (the cache trap)', () => {
  const broken = '---\ntitle: [a\n---\n'
  const once = splitFrontmatter(broken, 'content/a.md')
  assert.deepEqual(splitFrontmatter(broken, 'content/a.md'), once)
  assert.deepEqual([once.fields, once.problems.length], [null, 1])
})

test('gray-matter keeps nothing between two texts', () => {
  splitFrontmatter('---\ntitle: kept\n---\n', 'content/a.md')
  // Its types do not know the cache.
  assert.deepEqual(Reflect.get(matter, 'cache'), {})
})

test('no prototype is touched by any of the three syntaxes', () => {
  splitFrontmatter('---\n__proto__: {polluted: 1}\nconstructor: {prototype: {polluted: 1}}\n---\n', 'a')
  splitFrontmatter('{"__proto__": {"polluted": 1}}', 'a')
  splitFrontmatter('+++\n[__proto__]\npolluted = 1\n[constructor.prototype]\npolluted = 1\n+++\n', 'a')
  assert.equal(Reflect.get({}, 'polluted'), undefined)
})

test('a block as long as a novel is refused, not read', () => {
  const codes = [
    `title: ${'x'.repeat(200_000)}`,
    '\n'.repeat(3000),
    '['.repeat(100_000),
    'a: {'.repeat(30_000),
  ].map((block) => splitFrontmatter(`---\n${block}\n---\n`, 'content/a.md').problems.map(({ code }) => code))
  assert.deepEqual(codes, [
    ['frontmatter/too-large'],
    ['frontmatter/too-large'],
    ['frontmatter/yaml'],
    ['frontmatter/yaml'],
  ])
})

test('deep nesting is refused in all three syntaxes', () => {
  const deep = (open: string, close: string) => open.repeat(60) + close.repeat(60)
  const texts = [
    `---\na: ${deep('[', ']')}\n---\n`,
    `+++\na = ${deep('[', ']')}\n+++\n`,
    `{"a": ${deep('[', ']')}}\n`,
  ]
  assert.deepEqual(
    texts.map((text) => splitFrontmatter(text, 'content/a.md').problems.map(({ code }) => code)),
    [['frontmatter/too-large'], ['frontmatter/too-large'], ['frontmatter/too-large']],
  )
})
