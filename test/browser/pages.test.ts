import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.js'
import { type Served, serve } from './server.js'
import { type BuiltSite, buildSite, ownSite } from './site.js'
import { type Seen, walk } from './walk.js'

// Every page of the repository's own site, in the browser.

let site: BuiltSite
let served: Served
let browser: Browser
let seen: readonly Seen[] = []

before(async () => {
  site = buildSite(ownSite)
  served = await serve(site)
  browser = await openBrowser()
  seen = await walk(browser, served, site.pages)
})

after(async () => {
  await browser?.close()
  served?.close()
  site?.remove()
})

/** `page: fault` for every page that has some. */
const faults = (of: (page: Seen) => readonly string[]): string[] =>
  seen.flatMap((page) => of(page).map((fault) => `${page.path}: ${fault}`))

test('every page of the site was looked at', () => {
  assert.deepEqual(
    seen.map(({ path }) => path),
    site.pages,
  )
})

test('no page has a word for the console', () => {
  assert.deepEqual(
    faults(({ said }) => said),
    [],
  )
})

test('no page asks anything of another origin', () => {
  assert.deepEqual(
    faults(({ foreign }) => foreign),
    [],
  )
})

test('everything that a page asks for is there', () => {
  assert.deepEqual(
    faults(({ failed }) => failed),
    [],
  )
})

test('axe-core finds nothing, in light on a desk and in dark on a phone', () => {
  assert.deepEqual(
    faults(({ axe }) => axe),
    [],
  )
})

test('no page scrolls sideways at 320 px', () => {
  assert.deepEqual(
    faults(({ wide }) => wide),
    [],
  )
})

test('every page has one first heading', () => {
  assert.deepEqual(
    faults(({ headings }) => (headings === 1 ? [] : [`${headings} h1`])),
    [],
  )
})

test('every page says that its language is Chinese', () => {
  assert.deepEqual(
    faults(({ lang }) => (lang === 'zh-CN' ? [] : [`lang="${lang}"`])),
    [],
  )
})
