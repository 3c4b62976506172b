// What a reader who comes for the first time loads with a post, gzipped: the page and everything that it asks for
// before anybody touches it. Pictures are the author's and count apart.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.js'
import { type Served, serve } from './server.js'
import { addressOf, type BuiltSite, buildSite, ownSite } from './site.js'

const budget = 35_000

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

/** Every answer to a cold page but pictures: its path below the site and its bytes, gzipped. */
async function coldLoad(path: string): Promise<ReadonlyMap<string, number>> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const asked: string[] = []
  page.on('request', (request) => {
    if (request.resourceType() !== 'image' && request.url().startsWith(served.base))
      asked.push(decodeURI(request.url().slice(served.base.length)).replace(/(^|\/)$/, '$1index.html'))
  })
  await page.goto(served.base + addressOf(path), { waitUntil: 'networkidle' })
  await context.close()
  return new Map(asked.map((name) => [name, gzipSync(site.bytes(name), { level: 6 }).length]))
}

test('a post with everything that it loads is less than 35 kB', async () => {
  const posts = site.pages.filter((path) => /^\d{4}\/\d\d\/\d\d\//.test(path))
  assert.equal(posts.length, 5)
  for (const path of posts) {
    const loaded = await coldLoad(path)
    const sum = [...loaded.values()].reduce((all, size) => all + size, 0)
    assert.ok(sum < budget, `${path}: ${sum} bytes: ${JSON.stringify([...loaded])}`)
    // The page, the style sheet and the script: no less, or nothing was measured.
    assert.ok(loaded.size >= 3, JSON.stringify([...loaded]))
  }
})

test('nothing of search is loaded before somebody searches', async () => {
  const isOfSearch = (name: string): boolean => /search/.test(name)
  assert.ok(site.paths.some((name) => isOfSearch(name) && name.endsWith('.js')))
  assert.deepEqual([...(await coldLoad('index.html')).keys()].filter(isOfSearch), [])
})

test('nothing moves while a page loads, on a phone', async () => {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
  await context.addInitScript(() => {
    const moved: number[] = []
    Object.assign(globalThis, { moved })
    new PerformanceObserver((list) => {
      // `value` is of LayoutShift, which TypeScript's DOM does not know.
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        moved.push(entry.value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  const moved: string[] = []
  const post = site.pages.find((path) => path.startsWith('2024/12/19/')) ?? ''
  for (const path of ['index.html', post, 'archive/index.html', 'projects/pingsix/index.html']) {
    const page = await context.newPage()
    await page.goto(served.base + addressOf(path), { waitUntil: 'networkidle' })
    // Put there by the script above.
    const shifts = await page.evaluate(() => (globalThis as unknown as { moved: number[] }).moved)
    for (const shift of shifts) moved.push(`${path}: ${shift}`)
    await page.close()
  }
  await context.close()
  assert.deepEqual(moved, [])
})
