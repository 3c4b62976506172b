import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core'
import { openBrowser } from './browser.js'
import { type Served, serve } from './server.js'
import { type BuiltSite, buildSite } from './site.js'

// What a text may hold beside words: diagrams, players, comments; and that none of it asks others before it may.

let site: BuiltSite
let served: Served
let browser: Browser

before(async () => {
  site = buildSite({ root: 'test/browser/fixtures/reader', baseUrl: 'https://reader.example/' })
  served = await serve(site)
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  served?.close()
  site?.remove()
})

interface Visit {
  readonly page: Page
  /** Addresses of others that were asked for; each was answered by us. */
  readonly elsewhere: string[]
  /** What the console said in error, policies among it. */
  readonly said: string[]
}

/** Opens a page; what leaves the site is noted and answered by an empty page or script. */
async function visit<T>(
  path: string,
  options: BrowserContextOptions,
  use: (visit: Visit) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ viewport: { width: 800, height: 600 }, ...options })
  context.setDefaultTimeout(20_000)
  const elsewhere: string[] = []
  const said: string[] = []
  const isOurs = (request: Request): boolean => request.url().startsWith(served.origin)
  await context.route(
    (url) => url.origin !== served.origin && url.protocol.startsWith('http'),
    (route) => {
      elsewhere.push(route.request().url())
      const isScript = route.request().resourceType() === 'script'
      return route.fulfill({
        contentType: isScript ? 'text/javascript' : 'text/html',
        headers: { 'access-control-allow-origin': '*' },
        body: isScript ? clientOf(route.request().url()) : '<title>elsewhere</title>',
      })
    },
  )
  try {
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') said.push(message.text())
    })
    page.on('pageerror', (error) => said.push(error.message))
    page.on('requestfailed', (request) => {
      if (isOurs(request)) said.push(`failed: ${request.url()}`)
    })
    await page.goto(`${served.base}${path}`)
    return await use({ page, elsewhere, said })
  } finally {
    await context.close()
  }
}

/** What giscus' script does, as far as the page can tell: a frame beside it that hears of themes. */
const clientOf = (url: string): string =>
  url.startsWith('https://giscus.app/')
    ? `const frame = document.createElement('iframe')
       frame.src = 'https://giscus.app/zh-CN/widget'
       document.currentScript.after(frame)`
    : ''

const colours = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.diagram-picture .node rect, .diagram-picture rect.actor')].map(
      (shape) => getComputedStyle(shape).fill,
    ),
  )
const drawn = (page: Page, scheme: string, count: number): Promise<unknown> =>
  page.waitForFunction(
    ([wanted, least]) =>
      document.querySelectorAll(`.diagram[data-drawn="${wanted}"]`).length >= Number(least),
    [scheme, count] as const,
  )
const diagrams = '2024/01/01/diagrams/'

test('diagrams are drawn when they come near, and again in the dark, under the page’s policy', async () => {
  await visit(diagrams, { colorScheme: 'light' }, async ({ page, elsewhere, said }) => {
    for (const figure of await page.locator('figure.diagram').all()) await figure.scrollIntoViewIfNeeded()
    await drawn(page, 'light', 3)
    assert.equal(await page.locator('.diagram-picture svg').count(), 2)
    assert.deepEqual(
      await page.locator('.diagram pre').evaluateAll((all) => all.map((pre) => (pre as HTMLElement).hidden)),
      [true, false, true],
    )
    const told = await page.locator('.diagram-error').innerText()
    assert.match(told, /^这幅图没有画成：\n.*Parse error on line/s)
    const light = await colours(page)
    await page.evaluate(() => {
      document.documentElement.dataset['theme'] = 'dark'
    })
    await drawn(page, 'dark', 3)
    const dark = await colours(page)
    assert.equal(light.length, dark.length)
    assert.ok(light.length > 0 && light.every((colour, at) => colour !== dark[at]), `${light} | ${dark}`)
    assert.equal(await page.locator('.diagram-error').count(), 1)
    assert.deepEqual(said, [])
    assert.deepEqual(elsewhere, ['https://stats.example/count.js'])
  })
})

test('without scripts a diagram is its source, and a player a link', async () => {
  await visit(diagrams, { javaScriptEnabled: false }, async ({ page, elsewhere }) => {
    assert.match(await page.locator('.diagram pre').first().innerText(), /^flowchart LR/)
    assert.equal(
      await page.locator('.embed a').getAttribute('href'),
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
    )
    assert.deepEqual(elsewhere, [])
  })
})

test('pages without a diagram know nothing of the package that draws them', () => {
  const holders = site.pages.filter((path) => /mermaid|diagrams-/.test(site.text(path)))
  assert.deepEqual(holders, [`${diagrams}index.html`])
})

test('a player is asked for by the click, and by nothing before it', async () => {
  await visit(diagrams, {}, async ({ page, elsewhere, said }) => {
    await page.locator('.embed').scrollIntoViewIfNeeded()
    await page.waitForLoadState('networkidle')
    assert.deepEqual(elsewhere, ['https://stats.example/count.js'])
    // Answered, and so counted: the frame stands in the page before anybody is asked for it.
    const answered = page.waitForResponse(/youtube-nocookie/)
    await page.locator('.embed a').click()
    await answered
    const frame = page.locator('.embed iframe')
    await frame.waitFor()
    assert.equal(
      await frame.getAttribute('src'),
      'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1',
    )
    assert.equal(await frame.getAttribute('title'), '一段短片')
    await page.waitForFunction(() => document.activeElement?.tagName === 'IFRAME')
    assert.deepEqual(elsewhere.slice(1), ['https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1'])
    assert.deepEqual(said, [])
  })
})

test('comments are asked for when the reader comes near, and follow the theme', async () => {
  await visit('2024/01/02/comments/', { colorScheme: 'light' }, async ({ page, elsewhere, said }) => {
    await page.waitForLoadState('networkidle')
    assert.deepEqual(elsewhere, ['https://stats.example/count.js'])
    const answered = page.waitForResponse(/giscus\.app\/.*widget/)
    await page.locator('section.comments').scrollIntoViewIfNeeded()
    await answered
    assert.deepEqual(elsewhere.slice(1), ['https://giscus.app/client.js', 'https://giscus.app/zh-CN/widget'])
    assert.deepEqual(
      await page
        .locator('section.comments script')
        .evaluate((script) =>
          Object.fromEntries([...script.attributes].map(({ name, value }) => [name, value])),
        ),
      {
        src: 'https://giscus.app/client.js',
        async: '',
        crossorigin: 'anonymous',
        'data-repo': 'me/comments',
        'data-repo-id': 'R_1',
        'data-category': 'Posts',
        'data-category-id': 'C_1',
        'data-mapping': 'specific',
        'data-term': '2024/01/02/comments/',
        'data-strict': '1',
        'data-reactions-enabled': '1',
        'data-emit-metadata': '0',
        'data-input-position': 'bottom',
        'data-theme': 'light',
        'data-lang': 'zh-CN',
      },
    )
    const frame = page.frame({ url: 'https://giscus.app/zh-CN/widget' })
    assert.ok(frame)
    const heard = frame.evaluate(
      () => new Promise((go) => addEventListener('message', ({ data }) => go(data), { once: true })),
    )
    await frame.evaluate(() => true)
    await page.evaluate(() => {
      document.documentElement.dataset['theme'] = 'dark'
    })
    assert.deepEqual(await heard, { giscus: { setConfig: { theme: 'dark' } } })
    assert.deepEqual(said, [])
  })
})

test('only the page with comments allows their service; endpoints stand in every head', () => {
  const holders = site.pages.filter((path) => site.text(path).includes('giscus.app'))
  assert.deepEqual(holders, ['2024/01/02/comments/index.html'])
  for (const path of site.pages) {
    const text = site.text(path)
    assert.ok(text.includes('<link rel="webmention" href="https://mentions.example/reader">'), path)
    assert.ok(text.includes('<link rel="hub" href="https://hub.example/">'), path)
    assert.ok(
      text.includes('<script defer src="https://stats.example/count.js" data-site="reader"></script>'),
      path,
    )
  }
})

test('a feed that somebody has clicked on explains itself, by style alone', async () => {
  for (const [path, link] of [
    ['feed.xml', 'item > link'],
    ['atom.xml', 'entry > link[rel="alternate"]'],
  ] as const)
    await visit(path, {}, async ({ page, elsewhere, said }) => {
      const shown = await page.evaluate((selector) => {
        const styleOf = (wanted: string, part?: string) => {
          const element = document.querySelector(wanted)
          return element ? getComputedStyle(element, part) : undefined
        }
        return {
          note: styleOf(':root', '::before')?.content,
          title: styleOf('title')?.fontWeight,
          item: styleOf('item, entry')?.display,
          link: styleOf(selector)?.display,
          hidden: styleOf('generator')?.display,
        }
      }, link)
      assert.match(shown.note ?? '', /^"这是一份订阅源/)
      assert.deepEqual(
        { ...shown, note: '' },
        { note: '', title: '700', item: 'block', link: 'block', hidden: 'none' },
      )
      assert.deepEqual([elsewhere, said], [[], []])
    })
})
