// What another site, or somebody on the network, may try on the dev server and the preview: each is refused.
import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { listenFrom } from '../../src/dev/port.js'
import { openPreview } from '../../src/dev/preview.js'
import { realDisk } from '../../src/engine/disk.js'
import { makeSite, type TestSite } from './site.js'
import { ask, openVisited, type Visited, watchPage } from './visitor.js'

let site: TestSite
let dev: Visited
let preview: ReturnType<typeof openPreview>
let previewPort = 0
const secret = 'the secret of another folder'

before(async () => {
  site = makeSite({ 'secret.txt': secret, '.env': secret, 'content/posts/secret.txt': secret })
  const outside = join(site.root, '..', 'outside')
  mkdirSync(outside)
  writeFileSync(join(outside, 'secret.txt'), secret)
  symlinkSync(join(outside, 'secret.txt'), site.path('public/link.txt'))
  symlinkSync(outside, site.path('public/linked'))
  symlinkSync(outside, site.path('content/posts/linked'))
  dev = await openVisited(site.root)
  assert.equal((await dev.built()).ok, true)
  await site.clean()
  const out = join(site.root, '..', 'clean')
  symlinkSync(join(outside, 'secret.txt'), join(out, 'link.txt'))
  symlinkSync(outside, join(out, 'linked'))
  preview = openPreview({ disk: realDisk, out, basePath: '/' })
  previewPort = await listenFrom(preview, 0, '127.0.0.1')
})
after(async () => {
  preview.closeAllConnections()
  preview.close()
  await dev.close()
  site.remove()
})

const paths = [
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/%2E%2E%2Fsecret.txt',
  '/..%2fsecret.txt',
  '/posts/../../secret.txt',
  '/posts/%2e%2e/%2e%2e/secret.txt',
  '/%252e%252e/secret.txt',
  '/..%5csecret.txt',
  '/..\\secret.txt',
  '/%5c..%5csecret.txt',
  '/./secret.txt',
  '/hello.txt%00.html',
  '/%00',
  '/%c0%ae%c0%ae/secret.txt',
  '/%ff',
  '/%',
  '//secret.txt',
  '//evil.example/',
  '//evil.example/posts/first',
  '/%2f%2fevil.example/posts/first',
  '/posts//first/',
  '/secret.txt',
  '/.env',
  '/site.config.ts',
  '/content/posts/first.md',
  '/posts/secret.txt',
  '/posts/first.md',
  '/layouts/base.njk',
  '/.inkstone/dev/state',
  '/.inkstone/dev/pack-1',
  '/dist/index.html',
  '/link.txt',
  '/linked/secret.txt',
  '/linked/',
  '/posts/linked/secret.txt',
  '/etc/passwd',
  '/C:/Windows/win.ini',
  '/posts/first/index.html::$DATA',
  `/${'a/'.repeat(3000)}`,
  '*',
  'http://evil.example/',
]

for (const path of paths)
  test(`neither server gives anything for ${path.slice(0, 60)}`, async () => {
    for (const port of [dev.port, previewPort]) {
      const { status, body, headers } = await ask(port, path)
      assert.ok([400, 404].includes(status), `status ${status}`)
      assert.equal(headers.location, undefined)
      assert.equal(body.includes(secret), false)
    }
  })

const foreignHosts = [
  'evil.example',
  'evil.example:4321',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'a b',
  '[::1].evil',
]

for (const host of foreignHosts)
  test(`a request for the host "${host}" is refused`, async () => {
    for (const path of ['/', '/__inkstone/client.js', '/__inkstone/events?page=/'])
      assert.equal((await ask(dev.port, path, { headers: { host } })).status, 403)
  })

test('names of this machine and addresses are served', async () => {
  for (const host of [`localhost:${dev.port}`, 'blog.localhost', '127.0.0.1', '[::1]:80', '192.168.1.2:4321'])
    assert.equal((await ask(dev.port, '/', { headers: { host } })).status, 200)
})

const own = () => `http://127.0.0.1:${dev.port}`
const foreign: readonly Readonly<Record<string, string>>[] = [
  { origin: 'https://evil.example' },
  { origin: 'null' },
  { origin: 'http://127.0.0.1:1' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
]

for (const headers of foreign)
  test(`the stream of events and the script are not for ${JSON.stringify(headers)}`, async () => {
    for (const path of ['/__inkstone/events?page=/', '/__inkstone/client.js', '/__inkstone/open'])
      assert.equal((await ask(dev.port, path, { headers })).status, 403)
  })

test('a file is opened only with the token, by POST, and only if it is a file of the site', async () => {
  const open = async (headers: Record<string, string>, body: string, method = 'POST') =>
    (await ask(dev.port, '/__inkstone/open', { method, headers: { origin: own(), ...headers }, body })).status
  const token = await tokenOf()
  const good = JSON.stringify({ file: 'content/about.md', line: 1, column: 1 })
  assert.equal(await open({}, good), 403)
  assert.equal(await open({ 'x-inkstone-token': 'guess' }, good), 403)
  assert.equal(await open({ 'x-inkstone-token': token, origin: 'https://evil.example' }, good), 403)
  assert.equal(await open({ 'x-inkstone-token': token }, '', 'GET'), 403)
  for (const spot of [
    { file: '../outside/secret.txt' },
    { file: '/etc/passwd' },
    { file: 'public/link.txt' },
    { file: 'public/linked/secret.txt' },
    { file: 'content' },
    { file: 'nothing.md' },
    { file: 'content/about.md\0' },
    { file: 'content/about.md', line: -1 },
    { file: 'content/about.md', line: '1; rm -rf /' },
    { file: 5 },
    [],
    null,
  ])
    assert.equal(await open({ 'x-inkstone-token': token }, JSON.stringify(spot)), 400, JSON.stringify(spot))
  assert.equal(await open({ 'x-inkstone-token': token }, 'no JSON'), 400)
  assert.equal(await open({ 'x-inkstone-token': token }, good.padEnd(20_000)), 400)
})

test('no page and no script says the token', async () => {
  const token = await tokenOf()
  for (const path of ['/', '/__inkstone/client.js', '/404.html'])
    assert.equal((await ask(dev.port, path)).body.includes(token), false)
})

async function tokenOf(): Promise<string> {
  const stream = await watchPage(dev.port, '/about/')
  stream.close()
  return stream.token
}
