import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from './browser.js'
import { type Served, serve } from './server.js'
import { type BuiltSite, buildSite, ownSite } from './site.js'

// Search in the browser, by the keyboard alone.

let site: BuiltSite
let served: Served
let browser: Browser

before(async () => {
  site = buildSite(ownSite)
  served = await serve(site)
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  served?.close()
  site?.remove()
})

async function inPage<T>(options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
  context.setDefaultTimeout(10_000)
  try {
    return await use(await context.newPage())
  } finally {
    await context.close()
  }
}

/** The status once it says something that fits. */
const told = (page: Page, pattern: RegExp): Promise<void> =>
  page.locator('.search-status', { hasText: pattern }).waitFor()

const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: element } = document
    return `${element?.tagName.toLowerCase()}${element?.className ? `.${element.className}` : ''}`
  })

test('/ opens the search, arrows walk through what is found, Enter goes to the heading', async () => {
  await inPage({}, async (page) => {
    await page.goto(served.base)
    await page.keyboard.press('/')
    assert.equal(await focused(page), 'input.search-field')
    await page.keyboard.type('连接池')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('查询')
    await told(page, /\d/)
    const first = page.locator('.search-results li').first()
    assert.match(await first.locator('a').innerText(), /查询/)
    assert.ok((await first.locator('mark').allInnerTexts()).every((text) => text === '查询'))
    await page.keyboard.press('ArrowDown')
    assert.equal(await focused(page), 'a')
    await page.keyboard.press('ArrowUp')
    assert.equal(await focused(page), 'input.search-field')
    await page.keyboard.press('ArrowDown')
    const href = (await first.locator('a').getAttribute('href')) ?? ''
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => url.pathname !== '/')
    assert.equal(page.url(), new URL(href, served.base).href)
    assert.ok(
      await page.evaluate(() => document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null),
    )
  })
})

test('Escape closes the search and gives the focus back; / in a field is a letter', async () => {
  await inPage({}, async (page) => {
    await page.goto(served.base)
    await page.locator('a.search-open').focus()
    await page.keyboard.press('Enter')
    await page.keyboard.type('a/b')
    assert.equal(await page.locator('.search-field').inputValue(), 'a/b')
    await page.keyboard.press('Escape')
    assert.equal(await page.locator('dialog').isVisible(), false)
    assert.equal(await focused(page), 'a.search-open')
  })
})

test('how many are found is read aloud, and that nothing is', async () => {
  await inPage({}, async (page) => {
    await page.goto(`${served.base}search/`)
    const status = page.locator('[role="status"]')
    await page.keyboard.type('Vaultwarden')
    await told(page, /\d/)
    assert.match(await status.innerText(), /^(?:找到|先列出) \d+ 篇/)
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('绝无此语')
    await told(page, /没有/)
    assert.equal(await page.locator('.search-results li').count(), 0)
  })
})

test('the search page takes its query from the address and keeps it there', async () => {
  await inPage({}, async (page) => {
    await page.goto(`${served.base}search/?q=${encodeURIComponent('数据库')}`)
    await told(page, /\d/)
    assert.equal(await page.locator('.search-field').inputValue(), '数据库')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('rust')
    await page.waitForURL(/\?q=rust$/)
  })
})

test('letters that are about to become Han characters are not looked for', async () => {
  await inPage({}, async (page) => {
    await page.clock.install()
    await page.goto(served.base)
    await page.keyboard.press('/')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const client = await page.context().newCDPSession(page)
    await client.send('Input.imeSetComposition', { text: 'shuju', selectionStart: 5, selectionEnd: 5 })
    // Long enough for anything that was going to be looked up.
    await page.clock.runFor(2_000)
    assert.deepEqual(
      asked.filter((url) => url.includes('/terms/')),
      [],
    )
    await page.clock.resume()
    await client.send('Input.insertText', { text: '数据' })
    await told(page, /\d/)
    assert.ok(asked.some((url) => url.includes('/terms/')))
  })
})

test('nothing of the search is fetched before somebody wants it, and its script weighs less than 8 kB', async () => {
  await inPage({}, async (page) => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await page.goto(served.base, { waitUntil: 'networkidle' })
    assert.deepEqual(
      asked.filter((path) => /search/.test(path)),
      [],
    )
    await page.keyboard.press('/')
    await page.keyboard.type('一个')
    await told(page, /./)
    const script = asked.find((path) => /\/search-[0-9a-f]+\.js$/.test(path)) ?? ''
    const bytes = gzipSync(site.bytes(script.slice(1))).length
    assert.ok(bytes < 8_000, `${bytes} bytes`)
  })
})

test('where files are missing one is told, and can try again', async () => {
  await inPage({}, async (page) => {
    await page.route('**/search/index.json', (route) => route.abort())
    await page.goto(`${served.base}search/`)
    await page.keyboard.type('数据')
    await told(page, /没有取到/)
    await page.unroute('**/search/index.json')
    await page.keyboard.type('库')
    await told(page, /\d/)
  })
})

test('without scripts the search page says so and offers the archive; the way there is a link', async () => {
  await inPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(served.base)
    await page.locator('header a.search-open').click()
    await page.waitForURL(/\/search\/$/)
    const main = page.locator('main')
    assert.match(await main.innerText(), /脚本/)
    assert.equal(await main.locator('input').isVisible(), false)
    await main.locator('a', { hasText: '归档' }).click()
    await page.waitForURL(/\/archive\/$/)
  })
})
