import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openBrowser } from './browser.js'
import { type Served, serve } from './server.js'
import { type BuiltSite, buildSite, ownSite } from './site.js'
import { axeSource, findWide, runAxe } from './walk.js'

// The three demos as their readers meet them: from a cold page to the end of the story with nothing but a keyboard.

const slugs = ['pingsix', 'crd-query', 'vaultwarden-litestream'] as const
type Slug = (typeof slugs)[number]

let site: BuiltSite
let served: Served
let browser: Browser

before(async () => {
  site = buildSite(ownSite)
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
  /** Errors and warnings of the console, exceptions, requests that failed or went elsewhere. */
  readonly faults: readonly string[]
  /** Paths of what was loaded. */
  readonly loaded: readonly string[]
}

/** Opens a demo's page, with `hash` in its address, and looks after the network and the console. */
async function visit(
  slug: Slug,
  run: (visit: Visit) => Promise<void>,
  options: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<void> {
  const { hash = '', ...more } = options
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
}

/** Presses Tab until the focus is on something of this name (its label or its text), as a reader would. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
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

async function press(page: Page, name: string | RegExp, key = 'Enter'): Promise<void> {
  await tabTo(page, name)
  await page.keyboard.press(key)
}

/** Waits until the demo shows this text somewhere. */
const shows = (page: Page, text: string | RegExp) =>
  page.locator('#demo').getByText(text).filter({ visible: true }).first().waitFor()

/** What must hold at any moment of any demo: axe, in light and in dark; nothing wider than a small phone. */
async function inspect(page: Page): Promise<string[]> {
  await page.evaluate(axeSource)
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    found.push(...(await runAxe(page)).map((fault) => `${colorScheme}: ${fault}`))
  }
  await page.setViewportSize({ width: 320, height: 640 })
  found.push(...(await page.evaluate(findWide)))
  await page.setViewportSize({ width: 1280, height: 900 })
  return found
}

test('the gateway: the absorption trap, sprung and mended, by keyboard only', async () => {
  await visit('pingsix', async ({ page, faults }) => {
    await press(page, '路由吸收陷阱')
    await press(page, '发送')
    await shows(page, /^200 OK：路由users → 10\.0\.0\.2:80/)
    await shows(page, '匹配路由')
    await press(page, '倒序插入路由', 'Space')
    await press(page, '发送')
    await shows(page, /^200 OK：路由all → 10\.0\.0\.1:80/)
    await press(page, '限流')
    await press(page, '连发')
    await shows(page, /^429/)
    await press(page, '到窗口末')
    await press(page, '发送')
    await shows(page, /^200 OK：路由1/)
    await press(page, 'Admin API控制台')
    await shows(page, '换成etcd的配置')
    assert.deepEqual([...(await inspect(page)), ...faults], [])
  })
})

test('the CRD lab: from LIST to the tombstone, then a question in SQL, by keyboard only', async () => {
  await visit('crd-query', async ({ page, faults }) => {
    await press(page, /^一条完整的线/)
    for (let i = 0; i < 5; i++) await press(page, '下一步')
    await shows(page, /（墓碑） → DELETE，影响1行/)
    await shows(page, '与服务端一致')
    await press(page, /^加载 ?SQLite/)
    await tabTo(page, /^关键词/)
    await page.keyboard.type('支付')
    await page.keyboard.press('Enter')
    await shows(page, /共\d+行/)
    await tabTo(page, /SQL/)
    await press(page, '执行')
    await shows(page, /失败/)
    assert.deepEqual([...(await inspect(page)), ...faults], [])
  })
})

test('Vaultwarden: written, killed, restored, and what was lost, by keyboard only', async () => {
  await visit('vaultwarden-litestream', async ({ page, faults }) => {
    await press(page, /^加载 ?SQLite/)
    await press(page, '暂停时钟')
    await press(page, '写入一条密码')
    for (let i = 0; i < 4; i++) await press(page, '前进1秒')
    await press(page, '写入一条密码')
    await press(page, /^强杀/)
    await shows(page, /丢失1个提交/)
    await press(page, /^冷启动/)
    await shows(page, /integrity_check/)
    await press(page, /^显示明文/, 'Space')
    assert.deepEqual([...(await inspect(page)), ...faults], [])
  })
})

for (const slug of slugs)
  test(`${slug}: the cold page is sound, live and still`, async () => {
    await visit(slug, async ({ page, faults }) => {
      await page.locator('#demo[data-live]').waitFor()
      assert.deepEqual([...(await inspect(page)), ...faults], [])
    })
    await visit(
      slug,
      async ({ page }) => {
        // Without scripts axe cannot run in the page: what is written is the same HTML, checked by html-validate.
        await page.setViewportSize({ width: 320, height: 640 })
        const wide = await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)
        assert.ok(wide <= 0, `${wide} px too wide`)
      },
      { javaScriptEnabled: false },
    )
  })

/** Gzipped bytes that a cold page may load of its demo, before anybody touches it. */
const budgets: Readonly<Record<Slug, number>> = {
  pingsix: 35_000,
  'crd-query': 18_000,
  'vaultwarden-litestream': 16_000,
}
for (const slug of slugs)
  test(`${slug}: a cold page loads no more than ${budgets[slug]} bytes of its demo`, async () => {
    await visit(slug, async ({ page, loaded }) => {
      await page.locator('#demo[data-live]').waitFor()
      await page.waitForLoadState('networkidle')
      const own = [...new Set(loaded)].filter((path) =>
        /^assets\/(?:demo-\w+-|demo-pingsix|sqlite)/.test(path),
      )
      const bytes = own.reduce((sum, path) => sum + gzipSync(site.bytes(path), { level: 9 }).length, 0)
      assert.ok(own.length >= 2 && bytes <= budgets[slug], `${bytes} bytes: ${own.join(' ')}`)
      assert.ok(!own.some((path) => path.includes('sqlite')), 'SQLite comes on a click')
    })
  })

const told: Readonly<Record<Slug, readonly string[]>> = {
  pingsix: ['moc.elpmaxe.pohs', '合并插件', '插件', '路由吸收', '10.0.1.1:8080', '没有请求离开这个页面'],
  'crd-query': [
    'LIST resourceVersion="0"',
    '收到BOOKMARK',
    'connection refused',
    '410 Expired',
    '（墓碑）',
    '选择器问不出来',
    'journal_mode',
  ],
  'vaultwarden-litestream': [
    '00000000_000080e0.wal.lz4',
    '24,752',
    'SIGKILL',
    '恢复怎样进行',
    'entrypoint.sh',
    'v0.5',
  ],
}
for (const slug of slugs)
  test(`${slug}: without JavaScript the walkthrough tells the whole story`, async () => {
    await visit(
      slug,
      async ({ page, faults, loaded }) => {
        const text = (await page.locator('#demo').textContent()) ?? ''
        assert.deepEqual(
          told[slug].filter((words) => !text.includes(words)),
          [],
        )
        assert.deepEqual(
          loaded.filter((path) => path.endsWith('.js')),
          [],
        )
        assert.deepEqual(faults, [])
      },
      { javaScriptEnabled: false },
    )
  })

/** The link that a button puts into the clipboard, from the fragment on. */
async function shared(page: Page, name: string | RegExp): Promise<string> {
  await page.getByRole('button', { name }).click()
  await page.waitForFunction(() => location.hash.includes('=z.'))
  const link = await page.evaluate(() => navigator.clipboard.readText())
  assert.ok(link.startsWith(served.base), link)
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
