import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { type Demos, openDemos, press, type Slug, shows, slugs, tabTo } from './demo-visit.js'
import { axeSource, findWide, runAxe } from './walk.js'

// The three demos as their readers meet them: from a cold page to the end of the story with nothing but a keyboard.

let demos: Demos
const visit: Demos['visit'] = (...visited) => demos.visit(...visited)

before(async () => {
  demos = await openDemos()
})
after(() => demos?.close())

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
    // What is said within a moment is said together: a reader waits for it, too.
    await press(page, '路由吸收陷阱')
    await shows(page, '已换成「路由吸收陷阱」')
    await press(page, '发送')
    await shows(page, /^200 OK：路由users → 10\.0\.0\.2:80/)
    await shows(page, '匹配路由')
    await press(page, '倒序插入路由', 'Space')
    await press(page, '发送')
    await shows(page, /^200 OK：路由all → 10\.0\.0\.1:80/)
    await press(page, '限流')
    await shows(page, '已换成「限流」')
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

/** Gzipped bytes that a cold page may load of its demo, before anybody touches it. */
const budgets: Readonly<Record<Slug, number>> = {
  pingsix: 35_000,
  'crd-query': 18_000,
  'vaultwarden-litestream': 16_000,
}
for (const slug of slugs)
  test(`${slug}: the cold page is sound, and loads no more than ${budgets[slug]} bytes of its demo`, async () => {
    await visit(slug, async ({ page, faults, loaded }) => {
      await page.locator('#demo[data-live]').waitFor()
      await page.waitForLoadState('networkidle')
      const own = [...new Set(loaded)].filter((path) => path.startsWith(`assets/demo-${slug}`))
      const bytes = own
        .map((path) => gzipSync(demos.site.bytes(path), { level: 9 }).length)
        .reduce((sum, size) => sum + size, 0)
      assert.ok(own.length >= 2 && bytes <= budgets[slug], `${bytes} bytes: ${own.join(' ')}`)
      assert.deepEqual(
        loaded.filter((path) => path.includes('sqlite')),
        [],
        'SQLite comes on a click',
      )
      assert.deepEqual([...(await inspect(page)), ...faults], [])
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
  test(`${slug}: without JavaScript the walkthrough tells the whole story, on a small phone, too`, async () => {
    await visit(
      slug,
      async ({ page, faults, loaded }) => {
        const text = (await page.locator('#demo').textContent()) ?? ''
        assert.deepEqual(
          told[slug].filter((words) => !text.includes(words)),
          [],
        )
        const wide = await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)
        assert.ok(wide <= 0, `${wide} px too wide`)
        assert.deepEqual(
          loaded.filter((path) => path.endsWith('.js')),
          [],
        )
        assert.deepEqual(faults, [])
      },
      { javaScriptEnabled: false, viewport: { width: 320, height: 640 } },
    )
  })
