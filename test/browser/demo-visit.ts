// The demos of the repository's own site in a browser: a visit to one of them with an eye on console and network, and a
// reader who has nothing but a keyboard.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from './browser.js'
import { type Served, serve } from './server.js'
import { type BuiltSite, buildSite, ownSite } from './site.js'

export const slugs = ['pingsix', 'crd-query', 'vaultwarden-litestream'] as const
export type Slug = (typeof slugs)[number]

export interface Visit {
  readonly page: Page
  /** Errors and warnings of the console, exceptions, requests that failed or went elsewhere. */
  readonly faults: readonly string[]
  /** Paths of what was loaded. */
  readonly loaded: readonly string[]
}

export interface Demos {
  readonly site: BuiltSite
  readonly served: Served
  readonly browser: Browser
  /** Opens a demo's page, with `hash` in its address. */
  visit(
    slug: Slug,
    run: (visit: Visit) => Promise<void>,
    options?: BrowserContextOptions & { readonly hash?: string },
  ): Promise<void>
  close(): Promise<void>
}

export async function openDemos(): Promise<Demos> {
  const site = buildSite(ownSite)
  const served = await serve(site)
  const browser = await openBrowser()
  return {
    site,
    served,
    browser,
    async visit(slug, run, { hash = '', ...more } = {}) {
      const context = await browser.newContext({ reducedMotion: 'reduce', acceptDownloads: true, ...more })
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      context.setDefaultTimeout(20_000)
      const page = await context.newPage()
      const faults: string[] = []
      const loaded: string[] = []
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) faults.push(`${message.type()}: ${message.text()}`)
      })
      page.on('pageerror', (error) => faults.push(`exception: ${error.message}`))
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url())
        if (/^(?:https?|wss?):$/.test(protocol) && origin !== served.origin)
          faults.push(`foreign: ${request.url()}`)
      })
      page.on('response', (response) => {
        if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`)
        loaded.push(new URL(response.url()).pathname.slice(1))
      })
      try {
        await page.goto(`${served.base}projects/${slug}/${hash}`)
        await run({ page, faults, loaded })
      } finally {
        await context.close()
      }
    },
    async close() {
      await browser.close()
      served.close()
      site.remove()
    },
  }
}

/** Presses Tab until the focus is on something of this name (its label or its text), as a reader would. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = []
  for (let i = 0; i < 160; i++) {
    await page.keyboard.press('Tab')
    const found = await page.evaluate(() => {
      const element = document.activeElement
      if (!(element instanceof HTMLElement)) return ''
      const labels = 'labels' in element && element.labels instanceof NodeList ? [...element.labels] : []
      const label = labels.map((one) => one.textContent ?? '').join(' ')
      // A region that can be scrolled is not named by all that stands in it.
      const own = element.matches('a, button, summary') ? element.textContent : ''
      return (element.getAttribute('aria-label') ?? (label || own) ?? '').replace(/\s+/g, ' ').trim()
    })
    passed.push(found)
    if (typeof name === 'string' ? found === name : name.test(found)) return
  }
  throw new Error(`no Tab leads to ${String(name)}; on the way: ${passed.slice(0, 60).join(' | ')}`)
}

export async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press(key)
}

/** Waits until the demo shows this text somewhere. */
export const shows = (page: Page, text: string | RegExp) =>
  page.locator('#demo').getByText(text).filter({ visible: true }).first().waitFor()
