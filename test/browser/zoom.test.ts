import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { flatPng, photo } from '../pictures.js'
import { openBrowser } from './browser.js'
import { type Served, serve } from './server.js'
import { type BuiltSite, buildSite } from './site.js'
import { axeSource, runAxe } from './walk.js'

// Pictures as a reader meets them: they come into places that were kept for them, and open larger.

let root = ''
let site: BuiltSite
let served: Served
let browser: Browser

const post = (body: string): string => `---\ntitle: 图\ndate: 2024-05-01\ntags: [图]\n---\n\n${body}\n`

before(async () => {
  root = mkdtempSync(join(tmpdir(), 'inkstone-zoom-'))
  const files: Record<string, string | Buffer> = {
    'site.config.json': JSON.stringify({ title: '跬步', baseUrl: 'https://pictures.example/' }),
    'content/posts/seen/index.md': post(
      `前言\n\n![一座山](p.jpg "远处的山")\n\n${'一段话。\n\n'.repeat(30)}![红](r.png) 与 ![小](s.png) 并列`,
    ),
    'content/posts/seen/p.jpg': await photo(1800, 1200),
    'content/posts/seen/r.png': flatPng(900, 300, [180, 40, 30]),
    'content/posts/seen/s.png': flatPng(40, 30, [40, 40, 180]),
    'content/posts/words.md': post('只有字。'),
  }
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), bytes)
  }
  site = buildSite({ root, baseUrl: 'https://pictures.example/' })
  served = await serve(site)
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  served?.close()
  site?.remove()
  rmSync(root, { recursive: true, force: true })
})

const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' }
const phone: BrowserContextOptions = { viewport: { width: 390, height: 800 }, colorScheme: 'dark' }

async function inPage<T>(options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(options)
  context.setDefaultTimeout(10_000)
  try {
    return await use(await context.newPage())
  } finally {
    await context.close()
  }
}

const address = (): string => `${served.base}2024/05/01/seen/`
const dialogOf = (page: Page) => page.locator('dialog.zoom-dialog')

const choices: readonly [string, BrowserContextOptions, readonly string[]][] = [
  ['desk', desk, ['800.avif', '900.avif', '40.avif']],
  ['phone', phone, ['480.avif', '480.avif', '40.avif']],
]
for (const [name, options, expected] of choices)
  test(`nothing moves while pictures come, and each is sharp enough and no larger than it must be (${name})`, async () => {
    await inPage(options, async (page) => {
      await page.addInitScript(() => {
        const seen = { shift: 0 }
        Object.assign(window, { seen })
        new PerformanceObserver((list) => {
          // What layout-shift entries have beside the fields of all.
          for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value
        }).observe({ type: 'layout-shift', buffered: true })
      })
      const faults: string[] = []
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
      await page.goto(address(), { waitUntil: 'load' })
      for (const image of await page.locator('.prose img').all()) {
        await image.scrollIntoViewIfNeeded()
        await image.evaluate((node: HTMLImageElement) => node.decode())
      }
      const shift = await page.evaluate(() => (window as unknown as { seen: { shift: number } }).seen.shift)
      const shown = await page
        .locator('.prose img')
        .evaluateAll((images) =>
          images.map((image) => (image as HTMLImageElement).currentSrc.replace(/.*-(\d+\.\w+)$/, '$1')),
        )
      assert.deepEqual([faults, shift], [[], 0])
      assert.deepEqual(shown, expected)
    })
  })

test('a click opens the whole picture in a dialog with its caption; Escape closes it and leads back', async () => {
  await inPage(desk, async (page) => {
    await page.goto(address())
    const link = page.locator('a.zoom').first()
    await link.focus()
    await page.keyboard.press('Enter')
    const dialog = dialogOf(page)
    assert.deepEqual(
      [
        await dialog.getAttribute('aria-label'),
        await dialog.locator('img').getAttribute('src'),
        await dialog.locator('p').textContent(),
        await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      ],
      ['一座山', `${address()}p.jpg`, '远处的山', '关闭'],
    )
    await dialog.locator('img').evaluate((node: HTMLImageElement) => node.decode())
    await page.evaluate(axeSource)
    assert.deepEqual(await runAxe(page), [])
    const shots = process.env['INKSTONE_SHOTS']
    if (shots) await page.screenshot({ path: `${shots}-zoom.png` })
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    assert.ok(await link.evaluate((node) => node === document.activeElement))
  })
})

test('a click anywhere closes it; without scripts the picture is a link', async () => {
  await inPage(phone, async (page) => {
    await page.goto(address())
    await page.locator('a.zoom').first().click()
    await dialogOf(page).locator('img').click()
    await dialogOf(page).waitFor({ state: 'detached' })
  })
  await inPage({ ...phone, javaScriptEnabled: false }, async (page) => {
    await page.goto(address())
    await page.locator('a.zoom').first().click()
    await page.waitForURL(`${address()}p.jpg`)
  })
})

test('a page without pictures loads nothing of this', () => {
  const page = (name: string): string => site.text(`2024/05/01/${name}/index.html`)
  const loads = (name: string): boolean => /assets\/zoom/.test(page(name))
  assert.deepEqual([loads('seen'), loads('words')], [true, false])
})
