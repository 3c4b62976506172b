// Looks at pages in the browser as a checker would, each loaded once: what the console says, what is asked of the
// network, what axe-core finds in light at desk width and in dark at phone width, what is wider than a small phone.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import type { Served } from './server.js'
import { addressOf } from './site.js'

/** What was found on one page; lists are empty on a sound one. */
export interface Seen {
  readonly path: string
  /** Errors and warnings of the console, and exceptions. */
  readonly said: readonly string[]
  /** Requests to other origins. */
  readonly foreign: readonly string[]
  /** Requests answered by an error, or not at all. */
  readonly failed: readonly string[]
  /** `scheme: rule: selector: what to mend` */
  readonly axe: readonly string[]
  /** What stands out to the right at 320 px. */
  readonly wide: readonly string[]
  readonly headings: number
  readonly lang: string
}

export const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Walks all paths, two pages at a time (the machine may have two cores), and gives what was seen in their order. */
export async function walk(browser: Browser, served: Served, paths: readonly string[]): Promise<Seen[]> {
  const seen = new Map<string, Seen>()
  const rest = [...paths]
  const worker = async (): Promise<void> => {
    // Reduced motion: a colour in transition has a contrast of its own.
    const context = await browser.newContext({ reducedMotion: 'reduce' })
    for (let path = rest.shift(); path !== undefined; path = rest.shift())
      seen.set(path, await look(await context.newPage(), served, path))
    await context.close()
  }
  await Promise.all([worker(), worker()])
  return paths.flatMap((path) => seen.get(path) ?? [])
}

async function look(page: Page, served: Served, path: string): Promise<Seen> {
  const said: string[] = []
  const foreign: string[] = []
  const failed: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) said.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => said.push(`exception: ${error.message}`))
  page.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url()) && !request.url().startsWith(`${served.origin}/`))
      foreign.push(request.url())
  })
  page.on('requestfailed', (request) => failed.push(request.url()))
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`)
  })
  await page.setViewportSize({ width: 1280, height: 900 })
  await page.emulateMedia({ colorScheme: 'light' })
  await page.goto(served.base + addressOf(path), { waitUntil: 'load' })
  await page.evaluate(axeSource)
  const light = await runAxe(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 844 })
  const dark = await runAxe(page)
  await page.setViewportSize({ width: 320, height: 640 })
  const wide = await page.evaluate(findWide)
  const headings = await page.locator('h1').count()
  const lang = (await page.locator('html').getAttribute('lang')) ?? ''
  await page.close()
  const axe = [...light.map((fault) => `light: ${fault}`), ...dark.map((fault) => `dark: ${fault}`)]
  return { path, said, foreign, failed, axe, wide, headings, lang }
}

/** All rules of axe-core but its experimental ones. */
export async function runAxe(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    // Put there by the source that was evaluated in this page before.
    const { axe } = globalThis as unknown as { axe: typeof import('axe-core') }
    const { violations } = await axe.run(document, { resultTypes: ['violations'] })
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) =>
          `${id}: ${target.join(' ')}: ${(failureSummary ?? '').replace(/\s+/g, ' ')}`,
      ),
    )
  })
}

/**
 * Runs in the page: whether it can be scrolled sideways; and what is cut off at the right, where the page as a whole
 * hides its overflow. What stands in a box that scrolls by itself is well.
 */
export function findWide(): string[] {
  const root = document.documentElement
  const width = root.clientWidth
  const faults = root.scrollWidth > width ? [`the page is ${root.scrollWidth} px wide`] : []
  const scrolls = (element: Element): boolean => {
    for (let box = element.parentElement; box && box !== document.body; box = box.parentElement)
      if (getComputedStyle(box).overflowX !== 'visible') return true
    return false
  }
  for (const element of document.body.querySelectorAll('*')) {
    const { right, width: own } = element.getBoundingClientRect()
    if (own > 0 && right > width + 1 && element.checkVisibility() && !scrolls(element)) {
      const name = [element.tagName.toLowerCase(), ...element.classList].join('.')
      faults.push(
        `${name} ends at ${Math.round(right)} px: ${(element.textContent ?? '').trim().slice(0, 40)}`,
      )
    }
  }
  return faults
}
