// The built site as a static host serves it: from a folder of a test's own, byte for byte.
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { listenFrom } from '../../src/dev/port.js'
import { openPreview } from '../../src/dev/preview.js'
import { realDisk } from '../../src/engine/disk.js'
import { ask } from './visitor.js'

const long = `<!DOCTYPE html>\n${'<p>很长的一页</p>\n'.repeat(200)}`
const files: Readonly<Record<string, string>> = {
  'index.html': '<p>home</p>',
  '404.html': '<p>nothing here</p>',
  'about/index.html': long,
  'note.html': '<p>note</p>',
  'assets/main-0f0ff3a2.css': 'body { color: red }',
  'assets/plain.css': 'body { color: blue }',
  'tags/数据库/index.html': '<p>db</p>',
  'shadowed/index.html': '<p>a file wins</p>',
  CNAME: 'blog.example\n',
  _redirects: [
    '# old addresses',
    '/old/ /about/ 301',
    '/%E6%97%A7/ /about/ 301',
    '/shadowed/ /about/ 301',
    '/forced/* /about/:splat 302!',
    '/u/:name/posts /people/:name 302',
    '/app/* /index.html 200',
    '/never / 301 Country=nl',
    'nonsense',
  ].join('\n'),
}

let folder = ''
let server: ReturnType<typeof openPreview>
let port = 0

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'inkstone-preview-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  server = openPreview({ disk: realDisk, out: folder, basePath: '/' })
  port = await listenFrom(server, 0, '127.0.0.1')
})
after(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const seen = async (path: string): Promise<readonly [number, string | undefined, string]> => {
  const { status, headers, body } = await ask(port, path)
  return [status, headers.location, body]
}

test('pages are served as they were built, without a script', async () => {
  assert.deepEqual(await seen('/'), [200, undefined, '<p>home</p>'])
})

test('addresses are clean: folders, and pages without their ending', async () => {
  assert.deepEqual((await seen('/about')).slice(0, 2), [301, '/about/'])
  assert.deepEqual((await seen('/about?x=1')).slice(0, 2), [301, '/about/?x=1'])
  assert.deepEqual(await seen('/note'), [200, undefined, '<p>note</p>'])
  assert.deepEqual(await seen('/tags/%E6%95%B0%E6%8D%AE%E5%BA%93/'), [200, undefined, '<p>db</p>'])
  assert.deepEqual((await seen('/tags/%E6%95%B0%E6%8D%AE%E5%BA%93')).slice(0, 2), [
    301,
    '/tags/%E6%95%B0%E6%8D%AE%E5%BA%93/',
  ])
})

test('what is not there is the 404 page with status 404', async () => {
  assert.deepEqual(await seen('/nothing/'), [404, undefined, '<p>nothing here</p>'])
  assert.deepEqual(await seen('/_redirects'), [404, undefined, '<p>nothing here</p>'])
})

test('redirects are those of the file, but a page wins over one that is not forced', async () => {
  assert.deepEqual((await seen('/old/')).slice(0, 2), [301, '/about/'])
  assert.deepEqual((await seen('/old')).slice(0, 2), [301, '/about/'])
  assert.deepEqual((await seen('/%E6%97%A7/')).slice(0, 2), [301, '/about/'])
  assert.deepEqual(await seen('/shadowed/'), [200, undefined, '<p>a file wins</p>'])
  assert.deepEqual((await seen('/forced/a/b')).slice(0, 2), [302, '/about/a/b'])
  assert.deepEqual((await seen('/u/wei/posts')).slice(0, 2), [302, '/people/wei'])
  assert.deepEqual(await seen('/app/anything'), [200, undefined, '<p>home</p>'])
  assert.equal((await seen('/never'))[0], 404)
})

test('text is compressed as the browser wishes', async () => {
  const as = (coding: string) => ask(port, '/about/', { headers: { 'accept-encoding': coding } })
  const br = await as('gzip, deflate, br')
  assert.equal(br.headers['content-encoding'], 'br')
  assert.equal(brotliDecompressSync(Buffer.from(br.body, 'latin1')).toString(), long)
  const gz = await as('gzip;q=0.5, br;q=0')
  assert.equal(gz.headers['content-encoding'], 'gzip')
  assert.equal(gunzipSync(Buffer.from(gz.body, 'latin1')).toString(), long)
  const plain = await as('identity')
  assert.equal(plain.headers['content-encoding'], undefined)
  assert.deepEqual(
    [br, gz, plain].map(({ headers }) => headers.vary),
    Array(3).fill('Accept-Encoding'),
  )
})

test('files with a hash in their name are kept for ever, all else is checked', async () => {
  const cached = async (path: string) => (await ask(port, path)).headers['cache-control']
  assert.equal(await cached('/assets/main-0f0ff3a2.css'), 'public, max-age=31536000, immutable')
  assert.equal(await cached('/assets/plain.css'), 'public, max-age=0, must-revalidate')
  assert.equal(await cached('/'), 'public, max-age=0, must-revalidate')
})

test('a copy that is still good is not sent again', async () => {
  const { headers } = await ask(port, '/about/')
  const again = await ask(port, '/about/', { headers: { 'if-none-match': String(headers.etag) } })
  assert.deepEqual([again.status, again.body], [304, ''])
})

test('HEAD and ranges are answered', async () => {
  const head = await ask(port, '/', { method: 'HEAD' })
  assert.deepEqual([head.status, head.body, head.headers['content-length']], [200, '', '11'])
  const part = await ask(port, '/', { headers: { range: 'bytes=3-6' } })
  assert.deepEqual([part.status, part.body], [206, 'home'])
})

test('a site below a path is served below it', async (t) => {
  const below = openPreview({ disk: realDisk, out: folder, basePath: '/blog/' })
  const at = await listenFrom(below, 0, '127.0.0.1')
  t.after(() => below.close())
  assert.equal((await ask(at, '/')).headers.location, '/blog/')
  assert.equal((await ask(at, '/blog')).headers.location, '/blog/')
  assert.equal((await ask(at, '/blog/')).body, '<p>home</p>')
  assert.equal((await ask(at, '/blog/about')).headers.location, '/blog/about/')
  assert.equal((await ask(at, '/about/')).status, 404)
})
