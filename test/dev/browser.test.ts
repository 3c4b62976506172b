// What a writer sees: a real browser in front of the dev server.
import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../browser/browser.js'
import { makeSite, post, type TestSite } from './site.js'
import { deadlineMs, openVisited, type Visited } from './visitor.js'

let site: TestSite
let dev: Visited
let browser: Browser
let context: BrowserContext
const long = Array.from({ length: 80 }, (_, i) => `段落 ${i}。\n`).join('\n')
const details = '<details><summary>一</summary>甲</details><details><summary>二</summary>乙</details>'
const form = '<input id="word" value="">'

before(async () => {
  // First of all: where it does not start, nothing is open yet that would keep this process alive.
  browser = await openBrowser()
  site = makeSite({
    'content/posts/long.md': post('长文', '2024-08-01', `\n\n${details}\n\n${form}\n\n${long}`),
    'content/posts/pictures.md': post('图', '2024-08-02', '\n\n![点](/img/dot.svg)'),
  })
  dev = await openVisited(site.root)
  assert.deepEqual((await dev.built()).problems, [])
})
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 800, height: 500 } })
  context.setDefaultTimeout(deadlineMs)
})
afterEach(() => context.close())
after(async () => {
  await browser.close()
  await dev.close()
  site.remove()
})

/** A tab that listens, with a mark that a reload wipes away. */
async function open(path: string): Promise<Page> {
  const page = await context.newPage()
  const connected = page.waitForResponse((response) => response.url().includes('/__inkstone/events'))
  await page.goto(`${dev.url}${path.slice(1)}`)
  await connected
  await page.evaluate(() => Object.assign(window, { mark: true }))
  return page
}
const isMarked = (page: Page): Promise<boolean> => page.evaluate(() => 'mark' in window)
const shows = (page: Page, text: string): Promise<unknown> =>
  page.waitForFunction((wanted) => document.body.innerText.includes(wanted), text)
const change = (name: string, title: string, date: string, more: string): void =>
  site.write(`content/posts/${name}.md`, post(title, date, more))

test('an edited post is loaded anew, and the tab on another page is not', async () => {
  const edited = await open('/posts/first/')
  const other = await open('/about/')
  change('first', '第一篇', '2024-01-01', '改过了。')
  await shows(edited, '改过了')
  await dev.built()
  assert.equal(await isMarked(edited), false)
  assert.equal(await isMarked(other), true)
})

test('scroll, open details, focus and the word being typed are kept', async () => {
  const page = await open('/posts/long/')
  await page.evaluate(() => {
    document.querySelectorAll('details')[1]?.setAttribute('open', '')
    scrollTo(0, 700)
  })
  await page.evaluate(() => document.querySelector<HTMLInputElement>('#word')?.focus({ preventScroll: true }))
  await page.keyboard.insertText('半个')
  await page.evaluate(() => scrollTo(0, 700))
  change('long', '长文', '2024-08-01', `\n\n${details}\n\n${form}\n\n${long}末尾新段。\n`)
  await shows(page, '末尾新段')
  await page.waitForFunction(() => scrollY === 700)
  const place = await page.evaluate(() => ({
    open: [...document.querySelectorAll('details')].map((one) => one.open),
    focus: document.activeElement?.id,
    word: document.querySelector<HTMLInputElement>('#word')?.value,
  }))
  assert.deepEqual(place, { open: [false, true], focus: 'word', word: '半个' })
})

test('a style is swapped in place, and swapped again', async () => {
  const page = await open('/posts/second/')
  for (const colour of ['rgb(4, 5, 6)', 'rgb(7, 8, 9)']) {
    site.write('layouts/styles/main.css', `body { color: ${colour} }\n`)
    await page.waitForFunction((wanted) => getComputedStyle(document.body).color === wanted, colour)
    await page.waitForFunction(() => document.querySelectorAll('link[rel=stylesheet]').length === 1)
  }
  assert.equal(await isMarked(page), true)
})

test('a picture is swapped in place', async () => {
  const page = await open('/posts/pictures/')
  await page.waitForFunction(() => document.querySelectorAll('img')[1]?.naturalWidth === 2)
  site.write('public/img/dot.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
  await page.waitForFunction(() => [...document.images].every((image) => image.naturalWidth === 9))
})

test('the home page shows a new post and forgets a deleted one', async () => {
  const page = await open('/')
  change('fresh', '刚写的', '2024-09-01', '')
  await shows(page, '刚写的')
  rmSync(site.path('content/posts/fresh.md'))
  await page.waitForFunction(() => !document.body.innerText.includes('刚写的'))
})

test('a page that does not exist yet appears', async () => {
  const page = await open('/posts/later/')
  change('later', '后来', '2024-09-02', '后来写的。')
  await shows(page, '后来写的')
})

test('an error lies over the last good page and goes when the file is mended', async () => {
  const page = await open('/posts/first/')
  const before = await page.locator('h1').innerText()
  site.write('content/posts/first.md', '---\ntitle: 第一篇\ndate: 2024-13-01\n---\n\n正文\n')
  const overlay = page.locator('inkstone-problems [role=dialog]')
  await overlay.waitFor()
  const told = await overlay.innerText()
  assert.match(told, /content\/posts\/first\.md:3:7/)
  assert.match(told, /date: 2024-13-01/)
  // The page's own policy allows no style but its own: the overlay must look right all the same.
  assert.equal(await overlay.evaluate((section) => getComputedStyle(section).position), 'fixed')
  assert.equal(await page.locator('h1').innerText(), before)
  // Loaded by hand, the last good page is still there, and the overlay too.
  await page.reload()
  await overlay.waitFor()
  assert.equal(await page.locator('h1').innerText(), before)
  await page.keyboard.press('Tab')
  change('first', '第一篇', '2024-01-01', '修好了。')
  await shows(page, '修好了')
  await overlay.waitFor({ state: 'detached' })
})

test('a broken configuration is told, and mending it brings the site back to the same tab', async () => {
  const page = await open('/about/')
  site.write('title.ts', 'export const title = \n')
  const overlay = page.locator('inkstone-problems [role=dialog]')
  await overlay.waitFor()
  assert.match(await overlay.innerText(), /title\.ts:/)
  site.write('title.ts', `export const title = '新砚'\n`)
  await shows(page, '新砚')
  await overlay.waitFor({ state: 'detached' })
})

test('a click on the place of a problem asks for the editor with the token', async () => {
  const page = await open('/about/')
  site.write('content/about.md', `---\ntitle: 关于\ndate: 今天\n---\n\n关于这里。\n`)
  const asked = page.waitForRequest((request) => request.url().includes('/__inkstone/open'))
  // The editor itself is not opened here.
  await page.route('**/__inkstone/open', (route) => route.fulfill({ status: 200 }))
  await page.locator('inkstone-problems button.place').first().click()
  const request = await asked
  assert.deepEqual(JSON.parse(request.postData() ?? ''), { file: 'content/about.md', line: 3, column: 7 })
  assert.match(request.headers()['x-inkstone-token'] ?? '', /^[0-9a-f]{32}$/)
  site.write('content/about.md', `---\ntitle: 关于\n---\n\n关于这里。\n`)
  await page.locator('inkstone-problems').waitFor({ state: 'detached' })
})

test('a restarted server makes the tab load once', async () => {
  const page = await open('/posts/second/')
  let loads = 0
  page.on('load', () => loads++)
  const { port } = dev
  await dev.close()
  dev = await openVisited(site.root, { port })
  await page.waitForFunction(() => !('mark' in window))
  await dev.built()
  change('second', '第二篇', '2024-02-01', '重启之后。')
  await shows(page, '重启之后')
  assert.equal(loads, 2)
})
