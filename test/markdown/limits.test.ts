import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isRisky, refuse } from '../../src/markdown/limits.js'
import { bodyOf } from './world.js'

const file = 'content/posts/a.md'

test('a document over four megabytes is refused with its name', () => {
  assert.deepEqual(refuse('字'.repeat(1_400_000), 0, file), {
    severity: 'error',
    code: 'markdown/too-complex',
    what: 'this document is larger than 4 MB',
    file,
    line: 1,
    column: 1,
    frame: `1 | ${'字'.repeat(120)}\n  | ^^`,
    fix: 'split the document, and put data into files beside it',
  })
})

test('a document of a megabyte is not refused', () => {
  assert.equal(refuse('文字。\n\n'.repeat(120_000), 0, file), undefined)
})

test('quotations nested too deeply are refused at their line', () => {
  const problem = refuse(`---\n---\n文字\n\n${'>'.repeat(5000)} x`, 8, file)
  assert.deepEqual([problem?.code, problem?.line, problem?.column], ['markdown/too-complex', 5, 1])
})

test('lists nested too deeply on one line are refused', () => {
  assert.equal(
    refuse(`${'- '.repeat(200)}x`, 0, file)?.what,
    'quotations or lists are nested more than 100 deep',
  )
})

test('a long rule of dashes or stars is a rule', () => {
  for (const rule of ['- '.repeat(200), '* '.repeat(200), '-'.repeat(500), '*'.repeat(500), '='.repeat(500)])
    assert.equal(refuse(`文字\n\n${rule}\n`, 0, file), undefined)
})

test('a run of stars that would open elements within each other without end is refused', () => {
  const run = '*_'.repeat(5_001)
  assert.equal(refuse(`${run}x${run}`, 0, file)?.what, 'this block holds more than 10000 of * and _ in a row')
  assert.equal(refuse(`${run.slice(0, 9_999)}x`, 0, file), undefined)
})

test('too many runs of stars in one block are refused, in code they are not', () => {
  const dense = 'a**b '.repeat(11_000)
  assert.equal(refuse(dense, 0, file)?.what, 'this block holds more than 10000 runs of *, _ or ~')
  assert.equal(refuse(`\`\`\`\n${dense}\n\`\`\`\n`, 0, file), undefined)
  assert.equal(refuse(dense.replace(/.{5000}/g, '$&\n\n'), 0, file), undefined)
})

test('a large table is not refused', () => {
  assert.equal(refuse(`| a_b | c_d |\n|---|---|\n${'| x_y | z_w |\n'.repeat(8000)}`, 0, file), undefined)
})

test('too many lines without a blank one are refused, and too many openings of comments', () => {
  const lines = 'a\n=\n'.repeat(6000)
  assert.equal(refuse(lines, 0, file)?.what, 'this block holds more than 10000 lines without a blank one')
  assert.equal(refuse(lines.replace(/(?:.\n){100}/g, '$&\n'), 0, file), undefined)
  assert.equal(refuse(`\`\`\`\n${lines}\`\`\`\n`, 0, file), undefined)
  assert.equal(
    refuse('a <!-- '.repeat(6000), 0, file)?.what,
    'this block holds more than 5000 openings of a comment',
  )
})

test('ordinary posts are not risky, long or dense ones are', () => {
  assert.equal(isRisky('文字。**重点。**\n\n'.repeat(200)), false)
  assert.equal(isRisky('字'.repeat(33_000)), true)
  assert.equal(isRisky('*a_ '.repeat(600)), true)
  assert.equal(isRisky('[a][b] '.repeat(600)), true)
})

test('what gets past the limits and still exhausts the stack is a Problem', async () => {
  for (const text of [
    `${'['.repeat(3000)}a${']'.repeat(3000)}`,
    `${'**a '.repeat(1500)}${'**'.repeat(1500)}`,
  ]) {
    const { problems } = await bodyOf(text)
    for (const { code } of problems) assert.equal(code, 'markdown/too-complex')
  }
})

test('a refused document has an empty body and one Problem', async () => {
  const body = await bodyOf('>'.repeat(300))
  assert.equal(body.html, '')
  assert.deepEqual(
    body.problems.map(({ code, severity }) => `${severity} ${code}`),
    ['error markdown/too-complex'],
  )
})
