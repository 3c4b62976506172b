// `inkstone ping` against a hub on this machine.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeFolder, post, type Ran } from './site.js'

/** A hub that notes what it is told, and answers with `status`. */
async function openHub(t: TestContext) {
  const heard: string[] = []
  const hub = { heard, status: 204, url: '' }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const said = new URLSearchParams(body)
    heard.push(`${request.method} ${said.get('hub.mode')} ${said.get('hub.url')}`)
    response.writeHead(hub.status).end()
  })
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go))
  t.after(() => server.close())
  // A TCP server that listens has this kind of address.
  hub.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return hub
}

/** The command beside us, for the hub is in this very process. */
function ping(folder: string, ...args: readonly string[]): Promise<Ran> {
  const child = spawn(process.execPath, [resolve('bin/inkstone.mjs'), 'ping', ...args], { cwd: folder })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString('utf8')))
  return new Promise((done) => child.on('close', (code) => done({ code, out, err })))
}

const told = (hub: string, ...feeds: readonly string[]): string =>
  feeds.map((feed) => `told ${hub} of https://example.org/${feed}\n`).join('')

test('the hub is told of every feed once, then of those that changed, and by a dry run of none', async (t) => {
  const hub = await openHub(t)
  const config = `{ "title": "站", "baseUrl": "https://example.org/", "search": false, "feeds": { "hub": "${hub.url}" } }`
  const folder = makeFolder(t, {
    'site.config.json': config,
    'content/posts/a.md': post('一', '2024-01-01', 'tags: [rust]\n'),
    'content/posts/b.md': post('二', '2024-01-02', 'tags: [go]\n'),
  })
  folder.build()
  const dry = await ping(folder.path, '--dry-run')
  assert.equal(dry.code, 0)
  assert.match(dry.out, /^would tell /)
  assert.deepEqual(hub.heard, [])

  const all = ['atom.xml', 'feed.json', 'feed.xml', 'tags/go/feed.xml', 'tags/rust/feed.xml']
  assert.deepEqual(await ping(folder.path), { code: 0, out: told(hub.url, ...all), err: '' })
  assert.deepEqual(
    hub.heard,
    all.map((feed) => `POST publish https://example.org/${feed}`),
  )
  assert.deepEqual(await ping(folder.path), {
    code: 0,
    out: 'No feed has changed: 5 looked at.\n',
    err: '',
  })

  folder.write('content/posts/b.md', post('二', '2024-01-02', 'tags: [go]\n').replace('正文', '新正文'))
  folder.build()
  hub.status = 500
  const refused = await ping(folder.path)
  assert.equal(refused.code, 1)
  assert.match(refused.err, /ping\/refused\n {2}the hub http:\/\/127\.0\.0\.1:\d+\/ answered 500/)
  hub.status = 202
  const changed = all.filter((feed) => feed !== 'tags/rust/feed.xml')
  assert.deepEqual(await ping(folder.path), { code: 0, out: told(hub.url, ...changed), err: '' })
})

test('without a site, or without a hub in it, it says what to do', async (t) => {
  const folder = makeFolder(t, {
    'site.config.json': '{ "title": "站", "baseUrl": "https://example.org/", "search": false }',
    'content/posts/a.md': post('一', '2024-01-01'),
  })
  const nothing = await ping(folder.path)
  assert.equal(nothing.code, 1)
  assert.match(nothing.err, /fix: run inkstone build first/)
  folder.build()
  const none = await ping(folder.path)
  assert.equal(none.code, 1)
  assert.match(none.err, /no feed of the built site names a hub\n {2}fix: write feeds: \{ hub:/)
})
