import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { demoSite } from '../assets/demo-site.js'
import { tempSite } from '../temp-site.js'
import { type Demos, openDemos, shows, slugs } from './demo-visit.js'
import { serve } from './server.js'
import { buildSite } from './site.js'

// What leaves a demo and comes back: links to scenarios, downloads; and a demo in a post.

let demos: Demos
const visit: Demos['visit'] = (...visited) => demos.visit(...visited)

before(async () => {
  demos = await openDemos()
})
after(() => demos?.close())

/** The link that a button puts into the clipboard, from the fragment on. */
async function shared(page: Page, name: string | RegExp): Promise<string> {
  await page.getByRole('button', { name }).click()
  await page.waitForFunction(() => location.hash.includes('=z.'))
  const link = await page.evaluate(() => navigator.clipboard.readText())
  assert.ok(link.startsWith(demos.served.base), link)
  return new URL(link).hash
}

test('a link to a scenario of the gateway brings back its configuration, request and nodes', async () => {
  let hash = ''
  await visit('pingsix', async ({ page }) => {
    await page.getByRole('button', { name: '最小反代' }).click()
    await page.getByLabel('路径和查询串').fill('/shared?x=1')
    await page.locator('#demo select').nth(2).selectOption({ index: 1 })
    await page.getByRole('button', { name: '发送' }).click()
    await shows(page, /200 OK/)
    hash = await shared(page, '复制场景链接')
  })
  await visit(
    'pingsix',
    async ({ page, faults }) => {
      await shows(page, '来自链接的场景。')
      assert.equal(await page.getByLabel('路径和查询串').inputValue(), '/shared?x=1')
      assert.equal(
        await page
          .locator('#demo select')
          .nth(2)
          .evaluate((node: HTMLSelectElement) => node.selectedIndex),
        1,
      )
      await page.getByRole('button', { name: '发送' }).click()
      await shows(page, /200 OK：路由1 → 127\.0\.0\.1:1980/)
      assert.deepEqual(faults, [])
    },
    { hash },
  )
})

test('a link to a script of the CRD lab plays it again up to its step', async () => {
  let hash = ''
  await visit('crd-query', async ({ page }) => {
    await page.getByRole('button', { name: /^错误一/ }).click()
    for (let i = 0; i < 2; i++) await page.getByRole('button', { name: '下一步' }).click()
    await shows(page, /多出1行幽灵/)
    hash = await shared(page, '复制链接')
  })
  await visit('crd-query', async ({ page }) => shows(page, /多出1行幽灵/), { hash })
})

test('a link to what happened in the Litestream lab plays it again to the byte', async () => {
  let hash = ''
  const objectsOf = (page: Page) =>
    page
      .locator('#demo')
      .getByText(/\.lz4$/)
      .allTextContents()
  let before: readonly string[] = []
  await visit('vaultwarden-litestream', async ({ page }) => {
    await page.getByRole('button', { name: /^加载 ?SQLite/ }).click()
    await page.getByRole('button', { name: '暂停时钟' }).click()
    for (let i = 0; i < 3; i++) await page.getByRole('button', { name: '前进1秒' }).click()
    await page.getByRole('button', { name: '写入一条密码' }).click()
    await shows(page, /此刻强杀会丢/)
    for (let i = 0; i < 4; i++) await page.getByRole('button', { name: '前进1秒' }).click()
    await shows(page, /此刻强杀不会丢/)
    hash = await shared(page, '复制这段经过的链接')
    before = await objectsOf(page)
  })
  await visit(
    'vaultwarden-litestream',
    async ({ page }) => {
      await page.getByRole('button', { name: /^加载 ?SQLite/ }).click()
      await page
        .locator('#demo')
        .getByText(/^wal\/.*\.lz4$/)
        .nth(1)
        .waitFor()
      assert.deepEqual(await objectsOf(page), before)
    },
    { hash },
  )
})

test('a link that is damaged opens the page as it is', async () => {
  for (const slug of slugs)
    await visit(
      slug,
      async ({ page, faults }) => {
        await page.locator('#demo[data-live]').waitFor()
        assert.deepEqual(faults, [])
      },
      { hash: `#${slug}=z.AAAA` },
    )
})

/** What a click on a button saves: its name and its bytes. */
async function saved(
  page: Page,
  click: () => Promise<void>,
): Promise<readonly [name: string, bytes: Buffer]> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  return [download.suggestedFilename(), await readFile(await download.path())]
}

test('downloads are what they say: a log, a database, an LZ4 frame', async () => {
  await visit('crd-query', async ({ page }) => {
    await page.getByRole('button', { name: '启动实验室' }).click()
    await shows(page, '与服务端一致')
    const [logName, log] = await saved(page, () => page.getByRole('button', { name: '下载日志' }).click())
    assert.equal(logName, 'crd-query.log')
    assert.match(log.toString(), /^0\.000 s 服务 进程启动/)
    await page.getByRole('button', { name: /^加载 ?SQLite/ }).click()
    const [name, database] = await saved(page, () => page.getByRole('button', { name: '下载数据库' }).click())
    assert.match(name, /\.sqlite3?$|\.db$/)
    assert.equal(database.subarray(0, 16).toString('latin1'), 'SQLite format 3\0')
  })
  await visit('vaultwarden-litestream', async ({ page }) => {
    await page.getByRole('button', { name: /^加载 ?SQLite/ }).click()
    const button = page
      .getByRole('button', { name: /下载.*snapshot/ })
      .or(page.getByRole('button', { name: '下载' }))
      .first()
    await button.waitFor()
    const [name, frame] = await saved(page, () => button.click())
    assert.match(name, /00000000\.snapshot\.lz4$/)
    assert.equal(frame.subarray(0, 7).toString('hex'), '04224d18607073')
    assert.equal(frame.subarray(-4).toString('hex'), '00000000')
    assert.equal(frame.subarray(11, 27).toString('latin1'), 'SQLite format 3\0')
  })
})

test('a demo in a post mounts above its link; without JavaScript the link and its picture stand alone', async () => {
  const source = tempSite(demoSite)
  const built = buildSite({ root: source.root, baseUrl: 'https://demos.example/' })
  const host = await serve(built)
  try {
    for (const javaScriptEnabled of [true, false]) {
      const context = await demos.browser.newContext({ javaScriptEnabled })
      const page = await context.newPage()
      const faults: string[] = []
      page.on('console', (message) => faults.push(message.text()))
      page.on('pageerror', (error) => faults.push(error.message))
      await page.goto(`${host.base}words/`)
      const place = page.locator('.demo-embed')
      if (javaScriptEnabled) await place.getByText('hello one41lite package').waitFor()
      const link = place.getByRole('link', { name: 'Open the demo: One' })
      assert.equal(await link.getAttribute('href'), '/projects/one/')
      assert.equal(await link.locator('img').isVisible(), !javaScriptEnabled)
      assert.deepEqual(faults, [])
      await context.close()
    }
  } finally {
    host.close()
    built.remove()
    source[Symbol.dispose]()
  }
})
