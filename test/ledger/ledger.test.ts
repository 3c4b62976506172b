// The ledger as text, and what a build makes of it.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ledgerFile } from '../../src/content/input-names.js'
import { readLedger, writeLedger } from '../../src/site/ledger.js'
import { type TempSite, withSite } from '../temp-site.js'

const site = {
  'site.config.json': JSON.stringify({ title: '站', baseUrl: 'https://example.org/' }),
  'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-01\n---\n\nThe text of a.\n',
  'content/posts/b.md': '---\ntitle: B\ndate: 2024-01-02\n---\n\nThe text of b.\n',
}
const ledger = `{
"posts/a.md": {"urls":["/2024/01/01/a/"],"feed":"https://example.org/2024/01/01/a/","text":"000000000000"},
"posts/b.md": {"urls":["/2024/01/02/b/","/b.html"],"feed":"old-id-of-b","text":"000000000000"},
"version": 1
}
`

const codes = (built: { readonly problems: readonly { readonly code: string }[] }): string[] =>
  built.problems.map(({ code }) => code)
const stub = (site: TempSite, path: string): string =>
  /url=([^"]+)/.exec(site.read(`dist/${path}`))?.[1] ?? ''

test('what is written is read again, byte for byte', () => {
  const { ledger: read, problems } = readLedger(ledger)
  assert.deepEqual(problems, [])
  assert.equal(writeLedger(read), ledger)
})

test('every entry is a line, and the last line is always the same', () => {
  const lines = ledger.trim().split('\n')
  assert.equal(lines.length, 5)
  assert.deepEqual(lines.slice(-2), ['"version": 1', '}'])
})

test('a conflict that was left in it is an error with its line', () => {
  const { problems } = readLedger(ledger.replace('"posts/b.md"', '<<<<<<< HEAD\n"posts/b.md"'))
  assert.deepEqual(
    problems.map(({ code, line }) => [code, line]),
    [['ledger/damaged', 3]],
  )
})

test('a site without a ledger has none, and nothing is said of it', async () => {
  await withSite(site, async (temp) => {
    const built = await temp.build()
    assert.equal(built.ok, true)
    assert.deepEqual([built.problems, built.notices], [[], []])
  })
})

test('former addresses lead to the document, and feed ids stay', async () => {
  await withSite({ ...site, [ledgerFile]: ledger }, async (temp) => {
    temp.write({ 'content/posts/b.md': '---\ntitle: B\ndate: 2024-01-02\nslug: other\n---\n\nx\n' })
    const built = await temp.build()
    assert.deepEqual(codes(built), [])
    assert.equal(stub(temp, 'b.html'), '/2024/01/02/other/')
    assert.equal(stub(temp, '2024/01/02/b/index.html'), '/2024/01/02/other/')
    assert.match(temp.read('dist/_redirects'), /^\/2024\/01\/02\/b\/ \/2024\/01\/02\/other\/ 301$/m)
    assert.match(temp.read('dist/feed.xml'), /<guid isPermaLink="false">old-id-of-b<\/guid>/)
    assert.equal(built.notices.length, 1)
    assert.equal(temp.read(ledgerFile), ledger)
  })
})

test('a renamed file is known again by its old address or by its text', async () => {
  await withSite(site, async (temp) => {
    const { textMark } = await import('../../src/site/ledger.js')
    const marked = ledger.replace('"text":"000000000000"', `"text":"${textMark('\nThe text of a.\n')}"`)
    temp.write({
      [ledgerFile]: marked,
      'content/posts/renamed.md': site['content/posts/a.md'].replace('title: A', 'title: New'),
    })
    temp.remove('content/posts/a.md')
    const byText = await temp.build()
    assert.deepEqual(codes(byText), [])
    assert.equal(stub(temp, '2024/01/01/a/index.html'), '/2024/01/01/renamed/')
    temp.write({
      'content/posts/renamed.md':
        '---\ntitle: A\ndate: 2024-01-01\naliases: /2024/01/01/a/\n---\n\nAll new.\n',
    })
    assert.deepEqual(codes(await temp.build()), [])
  })
})

test('an address that would vanish is an error until it is acknowledged', async () => {
  await withSite({ ...site, [ledgerFile]: ledger }, async (temp) => {
    await temp.build()
    const before = temp.tree()
    temp.remove('content/posts/a.md')
    assert.deepEqual(codes(await temp.build()), ['ledger/vanished'])
    assert.deepEqual(temp.tree(), before)
    temp.write({ [ledgerFile]: ledger.replace('{\n', '{\n"/2024/01/01/a/": null,\n') })
    const built = await temp.build()
    assert.deepEqual(codes(built), [])
    assert.equal(temp.tree().has('2024/01/01/a/index.html'), false)
  })
})

test('a public post that becomes a draft is an error; one that expires is not', async () => {
  await withSite({ ...site, [ledgerFile]: ledger }, async (temp) => {
    temp.write({ 'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-01\ndraft: true\n---\n\nx\n' })
    assert.deepEqual(codes(await temp.build()), ['ledger/vanished'])
    temp.write({ 'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-01\nexpires: 2024-02-01\n---\n\nx\n' })
    assert.deepEqual(codes(await temp.build()), [])
  })
})

test('two documents never claim one address', async () => {
  await withSite({ ...site, [ledgerFile]: ledger }, async (temp) => {
    temp.write({
      'content/posts/new.md': '---\ntitle: New\ndate: 2024-03-01\npermalink: /b.html\n---\n\nx\n',
    })
    const built = await temp.build()
    assert.deepEqual(
      built.problems.filter(({ code }) => code.startsWith('ledger/')).map(({ code, file }) => [code, file]),
      [['ledger/claimed', 'content/posts/new.md']],
    )
  })
})

test('an id in the front matter is the key, also when it comes later', async () => {
  await withSite({ ...site, [ledgerFile]: ledger }, async (temp) => {
    temp.write({ 'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-01\nid: keep-me\n---\n\nx\n' })
    assert.deepEqual(codes(await temp.build()), [])
    temp.write({
      [ledgerFile]: ledger.replace('posts/a.md', 'id:keep-me'),
      'content/posts/deep/z.md': '---\ntitle: Z\ndate: 2025-01-01\nid: keep-me\n---\n\nother\n',
    })
    temp.remove('content/posts/a.md')
    assert.deepEqual(codes(await temp.build()), [])
    assert.equal(stub(temp, '2024/01/01/a/index.html'), '/2025/01/01/z/')
  })
})
