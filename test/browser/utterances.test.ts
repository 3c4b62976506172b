import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openBrowser } from './browser.js'
import { serve } from './server.js'
import { buildSite } from './site.js'

test('utterances is asked for when the reader comes near, with the thread and the theme', async () => {
  const root = mkdtempSync(join(tmpdir(), 'inkstone-utterances-'))
  cpSync('test/browser/fixtures/reader', root, { recursive: true })
  writeFileSync(
    join(root, 'site.config.json'),
    JSON.stringify({
      title: '读者',
      baseUrl: 'https://reader.example/',
      comments: { provider: 'utterances', repo: 'me/comments', label: 'blog' },
    }),
  )
  const site = buildSite({ root, baseUrl: 'https://reader.example/' })
  const served = await serve(site)
  const browser = await openBrowser()
  try {
    const page = await (await browser.newContext({ colorScheme: 'dark' })).newPage()
    const asked: string[] = []
    await page.route(
      (url) => url.origin !== served.origin,
      (route) => {
        asked.push(route.request().url())
        return route.fulfill({
          contentType: 'text/javascript',
          headers: { 'access-control-allow-origin': '*' },
          body: '',
        })
      },
    )
    await page.goto(`${served.base}2024/01/02/comments/`)
    assert.deepEqual(asked, [])
    await page.locator('section.comments').scrollIntoViewIfNeeded()
    const script = page.locator('section.comments script[src]')
    await script.waitFor({ state: 'attached' })
    assert.deepEqual(
      await script.evaluate((node) =>
        Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value])),
      ),
      {
        src: 'https://utteranc.es/client.js',
        async: '',
        crossorigin: 'anonymous',
        repo: 'me/comments',
        'issue-term': '2024/01/02/comments/',
        theme: 'github-dark',
        label: 'blog',
      },
    )
  } finally {
    await browser.close()
    served.close()
    site.remove()
    rmSync(root, { recursive: true, force: true })
  }
})
