// `check --external` against hosts on this machine, with a clock that nobody waits for.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkConfig } from '../../src/config/check.js'
import type { SiteConfig } from '../../src/config/types.js'
import { memoryDisk } from '../../src/engine/memory-disk.js'
import { checkExternal, type External } from '../../src/external/external.js'
import { hostsAtOnce, pauseMs } from '../../src/external/manners.js'
import { isPrivate } from '../../src/external/private.js'
import type { Web } from '../../src/external/web.js'
import { memorySite } from '../memory-site.js'
import { falseWeb, openHost } from './host.js'

const configOf = (own: Readonly<Record<string, unknown>> = {}): SiteConfig =>
  checkConfig({
    value: { title: 'T', baseUrl: 'https://example.org/', ...own },
    file: 'site.config.json',
    text: '',
    baseUrl: undefined,
  }).config

const where = { file: 'content/a.md', line: 3, column: 7 }

/** Checks these addresses; the same disk keeps what was learnt. */
function checker(web: Web, config = configOf(), disk = memoryDisk()) {
  return (urls: readonly string[]): Promise<External> =>
    checkExternal({ outside: urls.map((url) => ({ url, where })), config, disk, cache: '/cache', web })
}

const told = ({ problems }: External): string[] =>
  problems.map(
    ({ code, found, file, line, column }) =>
      `${code} ${new URL(found ?? '').pathname} ${file}:${line}:${column}`,
  )

test('what is gone, moved, refused or in trouble is told with its place; what is well is not', async (t) => {
  const host = await openHost(t, {
    '/well': 200,
    '/moved': [301, '/well'],
    '/today': [302, '/well'],
    '/gone': 410,
    '/refused': 403,
    '/trouble': 503,
    '/circle': [302, '/circle'],
    '/mail': [301, 'mailto:a@b.example'],
    '/dead-end': [308, '/nothing'],
  })
  const paths = [...host.answers.keys(), '/nothing']
  const checked = await checker(falseWeb())(paths.map((path) => host.url + path))
  assert.deepEqual(told(checked).sort(), [
    'external/gone /dead-end content/a.md:3:7',
    'external/gone /gone content/a.md:3:7',
    'external/gone /nothing content/a.md:3:7',
    'external/moved /moved content/a.md:3:7',
    'external/no-answer /circle content/a.md:3:7',
    'external/no-answer /mail content/a.md:3:7',
    'external/no-answer /trouble content/a.md:3:7',
    'external/refused /refused content/a.md:3:7',
  ])
  assert.equal(checked.problems.find(({ code }) => code === 'external/moved')?.fix, `write ${host.url}/well`)
  assert.ok(checked.problems.every(({ severity }) => severity === 'warning'))
  assert.equal(host.heard.filter((line) => line === 'HEAD /circle').length, 6)
})

test('a host that knows no HEAD is asked by GET, others never', async (t) => {
  const host = await openHost(t, { 'HEAD /a': 405, '/a': 200, 'HEAD /b': 501, '/b': 404, '/c': 200 })
  const checked = await checker(falseWeb())(['/a', '/b', '/c'].map((path) => host.url + path))
  assert.deepEqual(told(checked), ['external/gone /b content/a.md:3:7'])
  assert.deepEqual(host.heard, ['HEAD /a', 'GET /a', 'HEAD /b', 'GET /b', 'HEAD /c'])
})

test('a host is asked one thing at a time with a pause, redirects from elsewhere included; few hosts at once', async (t) => {
  const paths = Array.from({ length: 6 }, (_, i) => `/${i}`)
  const busy = await openHost(t, Object.fromEntries(paths.map((path) => [path, 200])))
  const others = await Promise.all(
    Array.from({ length: 7 }, () => openHost(t, { '/': [302, `${busy.url}/0`] })),
  )
  const web = falseWeb()
  let open = 0
  let most = 0
  const counted: Web = {
    ...web,
    async ask(url, method) {
      most = Math.max(most, ++open)
      try {
        return await web.ask(url, method)
      } finally {
        open--
      }
    },
  }
  const checked = await checker(counted)([
    ...paths.map((path) => busy.url + path),
    ...others.map(({ url }) => `${url}/`),
  ])
  assert.deepEqual(checked.problems, [])
  assert.equal(busy.heard.length, paths.length + others.length)
  assert.equal(busy.most, 1)
  assert.ok(most > 1 && most <= hostsAtOnce, `${most} at once`)
  const times = web.asked.filter(({ host }) => busy.url.endsWith(host)).map(({ at }) => at)
  for (const [i, at] of times.entries()) if (i > 0) assert.ok(at - (times[i - 1] ?? 0) >= pauseMs, `${times}`)
})

test('a good answer holds seven days, a bad one a day; a clock set back and a damaged file are not believed', async (t) => {
  const host = await openHost(t, { '/well': 200, '/gone': 404 })
  const web = falseWeb()
  const disk = memoryDisk()
  const check = checker(web, configOf(), disk)
  const urls = ['/well', '/gone'].map((path) => host.url + path)
  const heardBy = async (): Promise<string[]> => {
    host.heard.length = 0
    assert.deepEqual(told(await check(urls)), ['external/gone /gone content/a.md:3:7'])
    return [...host.heard].sort()
  }
  const day = 86_400_000
  assert.deepEqual(await heardBy(), ['HEAD /gone', 'HEAD /well'])
  web.pass(day / 2)
  assert.deepEqual(await heardBy(), [])
  web.pass(day)
  assert.deepEqual(await heardBy(), ['HEAD /gone'])
  web.pass(6 * day)
  assert.deepEqual(await heardBy(), ['HEAD /gone', 'HEAD /well'])
  web.pass(-day)
  assert.deepEqual(await heardBy(), ['HEAD /gone', 'HEAD /well'])
  disk.write('/cache/external', Buffer.from(disk.read('/cache/external')).toString().replace('good', 'gone'))
  assert.deepEqual(await heardBy(), ['HEAD /gone', 'HEAD /well'])
})

test('addresses that are ignored are not asked; a code alone only silences it', async (t) => {
  const host = await openHost(t, { '/refused': 403 })
  const rule = (code: string, at: string) => configOf({ check: { ignore: [{ code, at }] } })
  const quiet = await checker(falseWeb(), rule('external/*', `${host.url}/*`))([`${host.url}/gone`])
  assert.deepEqual([quiet.addresses, quiet.asked, host.heard], [0, 0, []])
  const some = await checker(
    falseWeb(),
    rule('external/refused', '*'),
  )(['/refused', '/x'].map((path) => host.url + path))
  assert.deepEqual(told(some), ['external/gone /x content/a.md:3:7'])
})

test('without a network one sentence is said, and nothing is kept', async () => {
  const web: Web = {
    ...falseWeb(),
    ask: async () => {
      throw new Error('there is no such host')
    },
  }
  const disk = memoryDisk()
  const urls = ['https://a.example/', 'https://b.example/', 'https://c.example/']
  const checked = await checker(web, configOf(), disk)(urls)
  assert.deepEqual(
    checked.problems.map(({ code }) => code),
    ['external/offline'],
  )
  assert.equal((await checker(web, configOf(), disk)(urls)).asked, 3)
})

test('strangers cannot make us ask a private network, not by a redirect either', async () => {
  const asked: string[] = []
  const web: Web = {
    ...falseWeb(),
    ask: async (url) => {
      asked.push(url)
      return { status: 302, location: 'http://169.254.169.254/latest/meta-data/' }
    },
  }
  const config = configOf({ trust: 'content-is-untrusted' })
  const checked = await checker(
    web,
    config,
  )(['http://localhost:8080/', 'https://a.example/', 'http://[::ffff:10.0.0.1]/'])
  assert.deepEqual(asked, ['https://a.example/'])
  assert.deepEqual(
    checked.problems.map(({ code }) => code),
    ['external/private', 'external/private', 'external/private'],
  )
})

test('private addresses are known in every spelling', () => {
  for (const host of [
    '127.0.0.1',
    '0x7f.1',
    '2130706433',
    '[::1]',
    '[fe80::1]',
    '[::ffff:127.0.0.1]',
    '192.168.1.1',
    'localhost',
    'router',
    'nas.local',
    'a.localhost.',
    '172.31.0.1',
  ])
    assert.equal(isPrivate(`http://${host}/`), true, host)
  for (const host of ['example.org', '8.8.8.8', '172.32.0.1', '[2606:4700::1]', 'localhost.example.org'])
    assert.equal(isPrivate(`http://${host}/`), false, host)
})

test('the place of an address is its line in the post', async (t) => {
  const host = await openHost(t, {})
  const site = memorySite({
    'content/posts/a.md': `---\ntitle: A\ndate: 2024-01-01\n---\n\nText, then a\nlink to [it](${host.url}/nothing#part).\n`,
  })
  const { checked } = await site.build({ check: true, dry: true, outside: true })
  assert.ok(checked)
  const { problems } = await checkExternal({ ...checked, disk: site.disk, cache: '/cache', web: falseWeb() })
  assert.deepEqual(
    problems.map(({ file, line, column, found }) => ({ file, line, column, found })),
    [{ file: 'content/posts/a.md', line: 7, column: 14, found: `${host.url}/nothing` }],
  )
})
