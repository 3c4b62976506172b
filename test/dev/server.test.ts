// The dev server over the wire: what it answers to every kind of request for a site that does not change.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { differences } from './same.js'
import { makeSite, post, type TestSite } from './site.js'
import { ask, bare, openVisited, type Visited, watchPage } from './visitor.js'

let site: TestSite
let dev: Visited

before(async () => {
  site = makeSite()
  dev = await openVisited(site.root)
  assert.equal((await dev.built()).ok, true)
})
after(async () => {
  await dev.close()
  site.remove()
})

test('every file of a clean build is served, byte for byte but for one script tag in pages', async () => {
  assert.equal(await differences(dev.port, await site.clean()), '')
})

test('a page carries exactly one script tag more, before the end of its body', async () => {
  const { body } = await dev.get('/about/')
  assert.match(
    body,
    /<script src="\/__inkstone\/client\.js" data-hash="[0-9a-f]{32}" data-boot="[0-9a-f]{12}" async><\/script><\/body>\s*<\/html>\s*$/,
  )
  assert.equal(bare(body), (await site.clean()).get('about/index.html'))
})

test('files that are no pages are served as they are', async () => {
  const { body, headers } = await dev.get('/hello.txt')
  assert.equal(body, 'hello\n')
  assert.deepEqual(
    [headers['content-type'], headers['content-length'], headers['cache-control']],
    ['text/plain; charset=utf-8', '6', 'no-store'],
  )
})

test('content types are those that browsers and readers expect', async () => {
  const types: Record<string, string | undefined> = {}
  for (const path of ['/', '/feed.xml', '/feed.json', '/sitemap.xml', '/img/dot.svg', '/robots.txt'])
    types[path] = (await dev.get(path)).headers['content-type']
  assert.deepEqual(types, {
    '/': 'text/html; charset=utf-8',
    '/feed.xml': 'application/xml; charset=utf-8',
    '/feed.json': 'application/json; charset=utf-8',
    '/sitemap.xml': 'application/xml; charset=utf-8',
    '/img/dot.svg': 'image/svg+xml; charset=utf-8',
    '/robots.txt': 'text/plain; charset=utf-8',
  })
})

test('the length of a page is counted in bytes', async () => {
  const { body, headers } = await dev.get('/about/')
  assert.equal(Number(headers['content-length']), body.length)
})

test('drafts and future posts are shown and marked', async () => {
  assert.match(Buffer.from((await dev.get('/posts/draft/')).body, 'latin1').toString(), /<p>draft<\/p>/)
  assert.match(Buffer.from((await dev.get('/posts/future/')).body, 'latin1').toString(), /<p>future<\/p>/)
})

test('HEAD is GET without the body', async () => {
  const get = await dev.get('/about/')
  const head = await ask(dev.port, '/about/', { method: 'HEAD' })
  assert.deepEqual(
    [head.status, head.body, head.headers['content-length'], head.headers['content-type']],
    [200, '', get.headers['content-length'], get.headers['content-type']],
  )
})

test('ranges are honoured, and one that lies behind the end is refused', async () => {
  const range = async (value: string) => {
    const { status, body, headers } = await dev.get('/hello.txt', { range: value })
    return [status, body, headers['content-range']]
  }
  assert.deepEqual(await range('bytes=1-3'), [206, 'ell', 'bytes 1-3/6'])
  assert.deepEqual(await range('bytes=4-'), [206, 'o\n', 'bytes 4-5/6'])
  assert.deepEqual(await range('bytes=-2'), [206, 'o\n', 'bytes 4-5/6'])
  assert.deepEqual(await range('bytes=0-99'), [206, 'hello\n', 'bytes 0-5/6'])
  assert.deepEqual(await range('bytes=6-'), [416, '', 'bytes */6'])
  assert.deepEqual(await range('bytes=0-1,3-4'), [200, 'hello\n', undefined])
  assert.deepEqual(await range('lines=1-2'), [200, 'hello\n', undefined])
})

test('an address without its slash goes to the one with it, and keeps the question', async () => {
  const { status, headers } = await dev.get('/posts/first?a=1')
  assert.deepEqual([status, headers.location], [302, '/posts/first/?a=1'])
})

test('what is not there is the 404 page with status 404', async () => {
  const { status, body } = await dev.get('/nothing/here/')
  assert.deepEqual([status, bare(body)], [404, (await site.clean()).get('404.html')])
})

test('a Chinese address is found encoded in either case, and as bytes of NFD', async () => {
  const whole = (await dev.get('/posts/%E4%B8%AD%E6%96%87-%E5%90%8D%E5%AD%97/')).body
  assert.match(Buffer.from(whole, 'latin1').toString(), /第三篇/)
  assert.equal((await dev.get('/posts/%e4%b8%ad%e6%96%87-%e5%90%8d%e5%ad%97/')).body, whole)
})

test('only GET and HEAD are answered', async () => {
  const { status, headers } = await ask(dev.port, '/about/', { method: 'POST', body: 'x' })
  assert.deepEqual([status, headers.allow], [405, 'GET, HEAD'])
})

test('a stream of events begins with who we are and what is wrong', async () => {
  const stream = await watchPage(dev.port, '/about/')
  assert.deepEqual(await stream.next('problems'), [])
  stream.close()
})

test('a page in a state that is not served any more is told to load', async () => {
  const stream = await watchPage(dev.port, '/about/', 'another')
  await stream.next('reload')
  stream.close()
})

test('without drafts a draft is not there', async (t) => {
  const other = makeSite()
  const plain = await openVisited(other.root, { drafts: false })
  t.after(() => plain.close().then(other.remove))
  assert.equal((await plain.built()).ok, true)
  assert.equal((await plain.get('/posts/draft/')).status, 404)
  assert.equal((await plain.get('/posts/future/')).status, 404)
  assert.equal((await plain.get('/posts/first/')).status, 200)
})

test('a site below a path is served below that path', async (t) => {
  const other = makeSite()
  const below = await openVisited(other.root, { baseUrl: 'https://x.github.io/博客/' })
  t.after(() => below.close().then(other.remove))
  assert.equal((await below.built()).ok, true)
  const at = '/%E5%8D%9A%E5%AE%A2'
  assert.deepEqual((await below.get('/')).headers.location, `${at}/`)
  assert.deepEqual((await below.get(at)).headers.location, `${at}/`)
  assert.equal((await below.get('/about/')).status, 404)
  assert.equal((await below.get(`${at}/about/`)).status, 200)
  assert.equal((await below.get(`${at}/posts/first`)).headers.location, `${at}/posts/first/`)
  assert.match((await below.get(`${at}/about/`)).body, /src="\/__inkstone\/client\.js"/)
  const stream = await watchPage(below.port, '/博客/about/')
  other.write('content/about.md', '---\ntitle: 关于\n---\n\n改了。\n')
  await stream.next('reload')
  stream.close()
})

test('the sheet of own fonts is there while the rest of an edit is being made', async (t) => {
  const fonts = `fonts: [{ family: 'Own', file: 'fonts/own.ttf' }]`
  const posts = Array.from({ length: 150 }, (_, i) => [`content/posts/p${i}.md`, post(`${i}`, '2024-01-01')])
  const other = makeSite({
    ...Object.fromEntries(posts),
    'fonts/own.ttf': readFileSync(
      createRequire(import.meta.url).resolve('katex/dist/fonts/KaTeX_Main-Regular.ttf'),
    ),
    'site.config.ts': `export default { title: 'a', baseUrl: 'https://blog.example/', ${fonts} }\n`,
  })
  const faced = await openVisited(other.root)
  t.after(() => faced.close().then(other.remove))
  assert.deepEqual((await faced.built()).problems, [])
  for (const word of ['one', 'two', 'three']) {
    // Every page is made anew, the one that is asked for before the others.
    other.write('content/about.md', `---\ntitle: 关于\n---\n\n${word}\n`)
    other.write('layouts/partials/top.njk', `<p>${word}</p>\n`)
    assert.match((await faced.get('/about/')).body, new RegExp(word))
    assert.equal((await faced.get('/fonts.css')).status, 200)
    await faced.built()
  }
})

test('a second server on the same site says which process is at work', async (t) => {
  const second = await openVisited(site.root)
  t.after(() => second.close())
  assert.match((await second.built()).problems[0]?.what ?? '', /lock/)
})

test('a taken port is left for the next free one', async (t) => {
  const other = makeSite()
  const next = await openVisited(other.root, { port: dev.port })
  t.after(() => next.close().then(other.remove))
  assert.ok(next.port > dev.port)
  await next.built()
})
