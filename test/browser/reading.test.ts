import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from './browser.js'
import { type Served, serve } from './server.js'
import { addressOf, type BuiltSite, buildSite, ownSite } from './site.js'

// What a reader does with the site: choose a theme, copy code, use the keyboard, print, do without scripts.

let site: BuiltSite
let served: Served
let browser: Browser
/** A post with code and a table of contents. */
let post = ''

before(async () => {
  site = buildSite(ownSite)
  served = await serve(site)
  browser = await openBrowser()
  post = addressOf(site.pages.find((path) => path.startsWith('2024/11/15/')) ?? '')
})

after(async () => {
  await browser?.close()
  served?.close()
  site?.remove()
})

/** Runs `use` with a page in a context of its own. */
async function inPage<T>(options: BrowserContextOptions, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext(options)
  // What is not there by now will not come: nothing here waits for the network.
  context.setDefaultTimeout(10_000)
  try {
    return await use(await context.newPage())
  } finally {
    await context.close()
  }
}

const themeOf = (page: Page) =>
  page.evaluate(() => ({
    chosen: document.documentElement.dataset['theme'] ?? 'system',
    paper: getComputedStyle(document.body).backgroundColor,
  }))

/** Clicks the switch until the theme is the wanted one. */
async function choose(page: Page, wanted: string): Promise<void> {
  for (let clicks = 0; clicks < 3 && (await themeOf(page)).chosen !== wanted; clicks++)
    await page.locator('.theme-switch').click()
  assert.equal((await themeOf(page)).chosen, wanted)
}

const calm: BrowserContextOptions = { colorScheme: 'light', reducedMotion: 'reduce' }

test('a chosen theme stays over a reload and on other pages, until the system is chosen again', async () => {
  await inPage(calm, async (page) => {
    await page.goto(served.base)
    const light = await themeOf(page)
    await choose(page, 'dark')
    const dark = await themeOf(page)
    assert.notEqual(dark.paper, light.paper)
    await page.reload()
    assert.deepEqual(await themeOf(page), dark)
    await page.goto(served.base + post)
    assert.deepEqual(await themeOf(page), dark)
    await choose(page, 'system')
    await page.reload()
    assert.deepEqual(await themeOf(page), light)
  })
})

test('the switch has three states and says which one it is in', async () => {
  await inPage(calm, async (page) => {
    await page.goto(served.base)
    const labels: (string | null)[] = []
    const chosen: string[] = []
    for (let clicks = 0; clicks < 4; clicks++) {
      labels.push(await page.locator('.theme-switch').getAttribute('aria-label'))
      chosen.push((await themeOf(page)).chosen)
      await page.locator('.theme-switch').click()
    }
    assert.deepEqual(chosen, ['system', 'light', 'dark', 'system'])
    assert.equal(new Set(labels).size, 3)
  })
})

test('without a choice the theme is that of the system', async () => {
  const paper = (colorScheme: 'light' | 'dark') =>
    inPage({ ...calm, colorScheme }, async (page) => {
      await page.goto(served.base)
      return (await themeOf(page)).paper
    })
  assert.notEqual(await paper('light'), await paper('dark'))
})

test('a chosen theme is set before the body exists and before the first paint', async () => {
  const before = await inPage(calm, async (page) => {
    await page.addInitScript(() => {
      localStorage.setItem('theme', 'dark')
      new MutationObserver(() => {
        if (document.documentElement?.dataset['theme'] !== 'dark' || 'themeTime' in window) return
        Object.assign(window, { themeTime: performance.now(), hadBody: document.body !== null })
      }).observe(document, { attributes: true, subtree: true })
    })
    await page.goto(served.base + post)
    return page.evaluate(async () => {
      const paint = await new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries()[0]?.startTime ?? 0)).observe({
          type: 'paint',
          buffered: true,
        })
      })
      // Put there by the script above.
      const { themeTime, hadBody } = window as unknown as { themeTime?: number; hadBody?: boolean }
      return { isSet: themeTime !== undefined, hadBody, isBeforePaint: (themeTime ?? Infinity) <= paint }
    })
  })
  assert.deepEqual(before, { isSet: true, hadBody: false, isBeforePaint: true })
})

test('a reader whose browser forbids storage can still switch', async () => {
  await inPage(calm, async (page) => {
    const said: string[] = []
    page.on('pageerror', (error) => said.push(error.message))
    await page.addInitScript(() => {
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('forbidden', 'SecurityError')
        },
      })
    })
    await page.goto(served.base)
    await choose(page, 'dark')
    assert.deepEqual(said, [])
  })
})

test('the copy button puts the code into the clipboard as it is written', async () => {
  const permissions = ['clipboard-read', 'clipboard-write']
  await inPage({ ...calm, permissions }, async (page) => {
    await page.goto(served.base + post)
    const figures = page.locator('figure.code')
    assert.notEqual(await figures.count(), 0)
    const figure = figures.nth(1)
    const before = await figure.getByRole('button').textContent()
    await figure.getByRole('button').click()
    const code = (await figure.locator('code').textContent()) ?? ''
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code.replace(/\n$/, ''))
    assert.notEqual(await figure.getByRole('button').textContent(), before)
  })
})

test('every block of code has one copy button, with a name', async () => {
  await inPage(calm, async (page) => {
    await page.goto(served.base + post)
    const names = await page
      .locator('figure.code')
      .evaluateAll((figures) =>
        figures.map((figure) =>
          [...figure.querySelectorAll('button')].map((button) => button.textContent?.trim()),
        ),
      )
    assert.deepEqual(
      names.filter((found) => found.length !== 1 || !found[0]),
      [],
    )
  })
})

test('the first Tab shows the skip link, and it leads into the content', async () => {
  await inPage(calm, async (page) => {
    await page.goto(served.base + post)
    await page.keyboard.press('Tab')
    const skip = await page.evaluate(() => {
      const { left, top, width, height } = document.activeElement?.getBoundingClientRect() ?? new DOMRect()
      const isShown = left >= 0 && top >= 0 && width > 20 && height > 20
      return { href: document.activeElement?.getAttribute('href'), isShown }
    })
    assert.deepEqual(skip, { href: '#content', isShown: true })
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.closest('main')?.id), 'content')
  })
})

test('what has the focus can be seen to have it', async () => {
  await inPage(calm, async (page) => {
    await page.goto(served.base + post)
    const unseen: string[] = []
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab')
      const found = await page.evaluate(() => {
        const element = document.activeElement ?? document.body
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
        const isSeen = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
        return isSeen ? '' : element.outerHTML.slice(0, 80)
      })
      if (found !== '') unseen.push(found)
    }
    assert.deepEqual(unseen, [])
  })
})

test('without scripts every page shows its heading and its content, and no dead button', async () => {
  await inPage({ ...calm, javaScriptEnabled: false }, async (page) => {
    const faults: string[] = []
    for (const path of site.pages) {
      await page.goto(served.base + addressOf(path))
      if (!(await page.locator('h1').isVisible())) faults.push(`${path}: no heading`)
      if ((await page.locator('main').locator('p, li').filter({ visible: true }).count()) === 0)
        faults.push(`${path}: no content`)
      for (const button of await page.locator('button').all())
        if (await button.isVisible()) faults.push(`${path}: ${await button.innerHTML()}`)
    }
    assert.deepEqual(faults, [])
  })
})

test('without scripts a post can be read to its end', async () => {
  await inPage({ ...calm, javaScriptEnabled: false }, async (page) => {
    await page.goto(served.base + post)
    const blocks = page.locator('.e-content').locator('p, pre, h2, h3, li, table, img')
    const hidden: string[] = []
    for (const block of await blocks.all())
      if (!(await block.isVisible())) hidden.push((await block.textContent()) ?? '')
    assert.notEqual(await blocks.count(), 0)
    assert.deepEqual(hidden, [])
  })
})

test('where motion is to be reduced, nothing moves', async () => {
  await inPage(calm, async (page) => {
    const faults: string[] = []
    for (const address of ['', post]) {
      await page.goto(served.base + address)
      faults.push(...(await page.evaluate(findMotion)))
    }
    assert.deepEqual(faults, [])
  })
})

/** Runs in the page: transitions, animations, smooth scrolling and view transitions that are on. */
function findMotion(): string[] {
  const faults: string[] = []
  const seconds = (list: string): number =>
    Math.max(...list.split(',').map((time) => Number.parseFloat(time)))
  for (const element of document.querySelectorAll('*'))
    for (const pseudo of [null, '::before', '::after']) {
      const style = getComputedStyle(element, pseudo)
      const name = [element.tagName.toLowerCase(), ...element.classList].join('.') + (pseudo ?? '')
      if (seconds(style.transitionDuration) > 0.011) faults.push(`${name}: transition`)
      if (style.animationName !== 'none' && seconds(style.animationDuration) > 0.011)
        faults.push(`${name}: animation`)
      if (style.scrollBehavior === 'smooth') faults.push(`${name}: smooth scrolling`)
    }
  /** The last rule that holds decides. */
  let navigation = 'none'
  const visit = (rules: CSSRuleList): void => {
    for (const rule of rules) {
      if (rule instanceof CSSMediaRule && !matchMedia(rule.conditionText).matches) continue
      if (rule.constructor.name === 'CSSViewTransitionRule')
        navigation = /navigation:\s*auto/.test(rule.cssText) ? 'auto' : 'none'
      if ('cssRules' in rule && rule.cssRules instanceof CSSRuleList) visit(rule.cssRules)
    }
  }
  for (const sheet of document.styleSheets) visit(sheet.cssRules)
  if (navigation === 'auto') faults.push('view transitions between pages')
  return [...new Set(faults)]
}

test('on paper there is the text without navigation or buttons, dark on light', async () => {
  await inPage({ ...calm, colorScheme: 'dark' }, async (page) => {
    await page.goto(served.base + post)
    await page.emulateMedia({ media: 'print' })
    const shown: string[] = []
    for (const part of await page.locator('nav, button, .skip, summary').all())
      if (await part.isVisible()) shown.push(await part.innerHTML())
    assert.deepEqual(shown, [])
    assert.equal(await page.locator('h1').isVisible(), true)
    assert.equal(await page.locator('.e-content p').first().isVisible(), true)
    const luminances = await page.evaluate(() => {
      const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
      const of = (colour: string): number => {
        if (!canvas) return 0.5
        // White below: paper is what is transparent.
        for (const fill of ['white', colour]) {
          canvas.fillStyle = fill
          canvas.fillRect(0, 0, 1, 1)
        }
        const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data
        return (red + green + blue) / 765
      }
      const paragraph = document.querySelector('.e-content p') ?? document.body
      return {
        ink: of(getComputedStyle(paragraph).color),
        paper: of(getComputedStyle(document.body).backgroundColor),
      }
    })
    assert.equal(luminances.ink < 0.3 && luminances.paper > 0.95, true, JSON.stringify(luminances))
  })
})

test('an address that does not exist, however deep, shows the page for it with its styles', async () => {
  await inPage(calm, async (page) => {
    const missing: string[] = []
    page.on('response', (response) => {
      if (response.status() >= 400) missing.push(decodeURIComponent(response.url().slice(served.base.length)))
    })
    const answer = await page.goto(`${served.base}no/such/页/`)
    assert.equal(answer?.status(), 404)
    assert.deepEqual(missing, ['no/such/页/'])
    const home = page.locator('main').getByRole('link', { name: '首页' })
    await home.click()
    assert.equal(page.url(), served.base)
  })
})

test('links between pages are followed without an error, back to where one began', async () => {
  await inPage(calm, async (page) => {
    await page.goto(served.base)
    await page.locator('main h2 a').first().click()
    await page.waitForURL(/\/\d{4}\/\d{2}\/\d{2}\//)
    await page.locator('header a').first().click()
    await page.waitForURL(served.base)
    assert.equal(await page.locator('h1').textContent(), '跬步')
  })
})

test('a heading is reached by its entry in the table of contents', async () => {
  await inPage({ ...calm, viewport: { width: 1440, height: 900 } }, async (page) => {
    await page.goto(served.base + post)
    const entry = page.locator('nav a[href^="#"]').last()
    const id = decodeURIComponent((await entry.getAttribute('href')) ?? '').slice(1)
    await entry.click()
    const top = await page.evaluate(
      (wanted) => document.getElementById(wanted)?.getBoundingClientRect().top,
      id,
    )
    assert.equal(top !== undefined && top >= 0 && top < 900, true, `${id} is at ${top}`)
  })
})

test('on a phone one line holds the head of every page, and the way home keeps its name', async () => {
  // 345: a narrow phone with a scroll bar of 15 px.
  for (const width of [345, 360, 375, 390])
    await inPage({ viewport: { width, height: 800 } }, async (page) => {
      for (const path of ['', post, 'archive/', 'tags/']) {
        await page.goto(served.base + path)
        // Where a page has no switch for the theme the test must fail, not pass.
        const middles = await page
          .locator('.masthead-inner')
          .locator(':is(.brand, .menu, .search-open, .theme-switch)')
          .evaluateAll((parts) =>
            parts.map((part) => {
              const { top, height } = part.getBoundingClientRect()
              return Math.round(top + height / 2)
            }),
          )
        assert.equal(middles.length, 4)
        assert.ok(Math.max(...middles) - Math.min(...middles) <= 2, `${width} px, /${path}: ${middles}`)
        const isWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
        assert.equal(isWide, false)
        const name = await page.locator('.brand').innerText()
        assert.ok(name.includes((await page.locator('.brand-name').textContent()) ?? '?'))
      }
    })
})
