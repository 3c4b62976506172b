// Every attack of test/hostile/attacks.cases before a real browser, without the Content-Security-Policy that would stop
// what the cleaning let through: no script runs, whatever is loaded, opened, hovered, focused or clicked.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, BrowserContext } from 'playwright-core'
import { cleanSvg } from '../../src/assets/svg.js'
import { readCases } from '../content/cases.js'
import { bodyOf } from '../hostile/attacks.js'
import { hostileSvg } from '../hostile/svg.js'
import { openBrowser } from './browser.js'

let browser: Browser
let context: BrowserContext
let ran: string[] = []
let shown = { body: '', contentType: '' }
before(async () => {
  browser = await openBrowser()
  context = await browser.newContext()
  await context.exposeFunction('pwned', () => void ran.push('pwned() was called'))
  await context.route('**/*', (route) =>
    route.request().url() === 'https://victim.example/' ? route.fulfill(shown) : route.abort(),
  )
})
after(() => browser.close())

/** What ran in a page that shows `html`, touched in every way a reader may. */
async function whatRan(html: string, type = 'text/html; charset=utf-8'): Promise<string[]> {
  const page = await context.newPage()
  ran = []
  shown = { body: html, contentType: type }
  page.on('dialog', (dialog) => {
    ran.push(dialog.message())
    void dialog.dismiss()
  })
  await page.goto('https://victim.example/')
  await page.evaluate(() => {
    // A link to another page would end this one; that it leads to a page is all there is to know of it.
    for (const link of document.querySelectorAll<HTMLAnchorElement>('a, area')) {
      if (/^https?:$/.test(link.protocol)) continue
      for (const name of ['focus', 'mouseover', 'mouseenter', 'click'])
        link.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }))
    }
    for (const element of document.querySelectorAll<HTMLElement>('*')) {
      element.focus?.()
      for (const name of [
        'load',
        'error',
        'toggle',
        'begin',
        'start',
        'close',
        'mouseover',
        'pointerenter',
        'animationend',
      ])
        element.dispatchEvent(new Event(name))
    }
  })
  // What was loaded has failed by now or never will; a turn of the page's own clock lets its handlers run.
  await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next))))
  await page.close()
  return ran
}

test('the judge sees a script that runs', async () => {
  for (const html of [
    '<script>pwned()</script>',
    '<img src=x onerror=pwned()>',
    '<a href="javascript:pwned()">x</a>',
    '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
  ])
    assert.notDeepEqual(await whatRan(`<!DOCTYPE html>${html}`), [], html)
})

test('of all attacks as bodies of one page nothing runs', async () => {
  const { cases } = readCases('test/hostile/attacks.cases')
  const bodies = await Promise.all(cases.map(async ({ input }) => (await bodyOf(input)).html))
  assert.deepEqual(
    await whatRan(`<!DOCTYPE html>${bodies.map((html) => `<section>${html}</section>`).join('\n')}`),
    [],
  )
})

test('a picture in SVG with scripts runs them when it is opened, and none when it is a stranger’s', async () => {
  const seen: string[] = []
  for (const [name, svg] of Object.entries(hostileSvg)) {
    if ((await whatRan(svg, 'image/svg+xml')).length > 0) seen.push(name)
    assert.deepEqual(await whatRan(cleanSvg(svg).text, 'image/svg+xml'), [], name)
  }
  assert.ok(seen.length >= 4, `only these ran at all: ${seen}`)
})
