// The static page: the same every time, whole, and well-formed.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseFragment, serialize } from 'parse5'
import walkthrough, { summary } from '../../content/projects/pingsix/walkthrough.js'

test('the walkthrough is the same every time', () => {
  assert.equal(walkthrough(), walkthrough())
})

test('the walkthrough is HTML that a parser reads as it was meant', () => {
  const source = walkthrough()
  assert.equal(serialize(parseFragment(source)), source.replaceAll('&#39;', "'").replaceAll(/&quot;/g, '"'))
})

test('it tells four requests, nine plugins and all oddities, and no grave accent is left over', () => {
  const source = walkthrough()
  const count = (pattern: RegExp) => source.match(pattern)?.length
  assert.deepEqual(
    [count(/<ol class="trace">/g), count(/<th scope="row">/g), count(/<details>/g), source.includes('`')],
    [4, 9, 4, false],
  )
  assert.deepEqual(
    [...source.matchAll(/<p class="summary">(.*?)<\/p>/g)].map((match) => match[1]),
    [
      '200 OK：路由1 → 10.0.1.1:8080，13 ms',
      '429 Too Many Requests：路由1，由路由的limit-count直接应答',
      '200 OK：路由1 → 10.0.0.3:80，13 ms',
      '200 OK：路由users → 10.0.0.2:80，13 ms',
    ],
  )
})

test('the summary for feeds is plain text', () => {
  assert.match(summary, /^[^<>&\n]{40,200}$/)
})
