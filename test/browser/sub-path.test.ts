import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.js'
import { brokenReferences } from './references.js'
import { type Served, serve } from './server.js'
import { addressOf, type BuiltSite, buildSite, subPathSite } from './site.js'
import { htmlFaults } from './validate.js'
import { type Seen, walk } from './walk.js'

// A small site below https://x.github.io/blog/ with every kind of page and every element that a post can have, and
// without a single file that a site is not asked to bring.

let site: BuiltSite
let served: Served
let browser: Browser
let seen: readonly Seen[] = []

before(async () => {
  site = buildSite(subPathSite)
  served = await serve(site)
  browser = await openBrowser()
  seen = await walk(browser, served, site.pages)
})

after(async () => {
  await browser?.close()
  served?.close()
  site?.remove()
})

const faults = (of: (page: Seen) => readonly string[]): string[] =>
  seen.flatMap((page) => of(page).map((fault) => `${page.path}: ${fault}`))

test('every kind of page is there', () => {
  assert.deepEqual(site.pages, [
    '2023/11/11/no-tags/index.html',
    '2023/12/31/with-files/index.html',
    '2024/01/15/in-english/index.html',
    '2024/02/01/second/index.html',
    '2024/03/01/every-element/index.html',
    '404.html',
    'about/index.html',
    'archive/2023/index.html',
    'archive/2024/index.html',
    'archive/index.html',
    'categories/index.html',
    'categories/笔记/index.html',
    'index.html',
    'page/2/index.html',
    'projects/index.html',
    'projects/tool/index.html',
    'search/index.html',
    'series/index.html',
    'series/一组文章/index.html',
    'tags/.net/index.html',
    'tags/c#/index.html',
    'tags/c++/index.html',
    'tags/c/index.html',
    'tags/english/index.html',
    'tags/index.html',
    'tags/数据库/index.html',
    'tags/数据库/page/2/index.html',
  ])
})

test('every link, asset, feed and canonical address stays under the sub-path and leads to an output', () => {
  assert.deepEqual(brokenReferences(site), [])
})

test('html-validate finds nothing on any page', async () => {
  assert.deepEqual(await htmlFaults(site), [])
})

test('no page has a word for the console', () => {
  assert.deepEqual(
    faults(({ said }) => said),
    [],
  )
})

test('everything that a page asks for is there, and of this origin', () => {
  assert.deepEqual(
    faults(({ failed, foreign }) => [...failed, ...foreign]),
    [],
  )
})

test('axe-core finds nothing on any element, in light on a desk and in dark on a phone', () => {
  assert.deepEqual(
    faults(({ axe }) => axe),
    [],
  )
})

test('nothing scrolls the page sideways at 320 px', () => {
  assert.deepEqual(
    faults(({ wide }) => wide),
    [],
  )
})

test('an English post is English as a whole page, and marked as such in Chinese lists', async () => {
  const page = await browser.newPage()
  await page.goto(`${served.base}2024/01/15/in-english/`)
  assert.equal(await page.locator('html').getAttribute('lang'), 'en')
  await page.goto(`${served.base}archive/`)
  const languages = await page
    .getByRole('link', { name: 'A post in English' })
    .evaluateAll((links) => links.map((link) => link.closest('[lang]')?.getAttribute('lang')))
  assert.deepEqual(languages, ['en'])
  await page.close()
})

test('old addresses lead to the post that has them as aliases', async () => {
  assert.deepEqual(site.stubs, ['old/address/index.html', 'old/page.html', '老地址/index.html'])
  const page = await browser.newPage()
  for (const stub of site.stubs) {
    await page.goto(served.base + addressOf(stub))
    await page.waitForURL(`${served.base}2024/03/01/every-element/`)
  }
  await page.close()
})

test('what looks like a template in a post is shown as it is written', async () => {
  const page = await browser.newPage()
  await page.goto(`${served.base}2024/03/01/every-element/`)
  const found = page.getByText('{{ site.title }} 和 {% raw %} 原样留下。')
  assert.equal(await found.count(), 1)
  await page.close()
})

test('a file beside a post can be fetched at the address that its link names', async () => {
  const page = await browser.newPage()
  await page.goto(`${served.base}2023/12/31/with-files/`)
  const text = await page.getByRole('link', { name: '下载' }).evaluate(async (link) => {
    const answer = await fetch(link.getAttribute('href') ?? '')
    return `${answer.status} ${(await answer.text()).trim()}`
  })
  assert.equal(text, '200 数据')
  await page.close()
})

test('the copied code has no line numbers in it', async () => {
  const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] })
  const page = await context.newPage()
  await page.goto(`${served.base}2024/03/01/every-element/`)
  await page.locator('figure.code').first().getByRole('button').click()
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  assert.deepEqual(copied.split('\n'), [
    'const a: number = 1',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the code of the post
    'const b = `${a} 和很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长很长的一行`',
    '// 一句注释',
    'export function add(x: number, y: number): number { return x + y + 1_000n.valueOf() }',
  ])
  await context.close()
})

test('a draft is nowhere', () => {
  assert.deepEqual(
    site.paths.filter((path) => path.includes('草稿') || site.text(path).includes('草稿')),
    [],
  )
})
