// The documentation, built as `npm run docs` builds it, in the browser.
import assert from 'node:assert/strict'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { pages as reference } from '../../docs/reference/pages.js'
import { openBrowser } from './browser.js'
import { type Served, serve } from './server.js'
import { type BuiltSite, buildSite } from './site.js'
import { htmlFaults } from './validate.js'
import { type Seen, walk } from './walk.js'

let root: string
let site: BuiltSite
let served: Served
let browser: Browser
let seen: readonly Seen[] = []

before(async () => {
  root = mkdtempSync(join(tmpdir(), 'inkstone-docs-'))
  for (const part of ['site.config.ts', 'content', 'layouts'])
    cpSync(join('docs', part), join(root, part), { recursive: true })
  for (const [name, make] of Object.entries(reference)) {
    mkdirSync(dirname(join(root, 'content', name)), { recursive: true })
    writeFileSync(join(root, 'content', name), make())
  }
  site = buildSite({ root, baseUrl: 'https://inkstone.example/', strict: true })
  served = await serve(site)
  browser = await openBrowser()
  seen = await walk(browser, served, manual())
})

after(async () => {
  await browser?.close()
  served?.close()
  site?.remove()
  rmSync(root, { recursive: true, force: true })
})

/** What is the documentation's own: the theme's lists are looked at elsewhere. */
const manual = (): string[] => site.pages.filter((path) => !/^(?:archive|tags|search)\/|^404/.test(path))

test('every page is named among the chapters', () => {
  const home = site.text('index.html')
  const unnamed = manual().filter(
    (path) => path !== 'index.html' && !home.includes(`href="/${path.replace('index.html', '')}"`),
  )
  assert.deepEqual(unnamed, [])
  assert.ok(manual().length > 15)
})

test('no page has a word for the console, a fault for axe-core, or a part that stands out at 320 px', () => {
  assert.deepEqual(
    seen.flatMap(({ path, said, foreign, failed, axe, wide, headings }) =>
      [...said, ...foreign, ...failed, ...axe, ...wide, ...(headings === 1 ? [] : [`${headings} h1`])].map(
        (fault) => `${path}: ${fault}`,
      ),
    ),
    [],
  )
})

test('html-validate finds nothing', async () => {
  assert.deepEqual(await htmlFaults(site), [])
})
