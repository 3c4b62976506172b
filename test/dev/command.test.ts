// `inkstone dev` and `preview` as a user starts them: a child process, its lines, its end.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { packageFolder } from '../../src/package.js'
import { makeSite, type TestSite } from './site.js'
import { ask, within } from './visitor.js'

const bin = join(packageFolder, 'bin/inkstone.mjs')

interface Running {
  /** The next line of standard output. */
  line(): Promise<string>
  stop(signal?: NodeJS.Signals): Promise<number | null>
  /** Reads nothing any more. */
  leave(): void
  /** Its exit code, when it ends by itself. */
  readonly ended: Promise<number | null>
}

function run(site: TestSite, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, [bin, ...args, '--root', site.root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const waiting: (() => void)[] = []
  let text = ''
  child.stdout.setEncoding('utf8')
  child.stdout.on('data', (chunk: string) => {
    text += chunk
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      lines.push(text.slice(0, end))
      text = text.slice(end + 1)
    }
    for (const go of waiting.splice(0)) go()
  })
  const ended = new Promise<number | null>((done) => child.on('exit', done))
  return {
    ended,
    async line() {
      while (lines.length === 0) await within('a line', new Promise<void>((go) => waiting.push(go)), 30_000)
      return lines.shift() ?? ''
    },
    leave: () => void child.stdout.destroy(),
    stop(signal = 'SIGINT') {
      child.kill(signal)
      return within('the end', ended, 30_000)
    },
  }
}

const event = async (running: Running): Promise<Record<string, unknown>> => JSON.parse(await running.line())

test('with --json, dev tells the address, then each moment, one object a line', async (t) => {
  const site = makeSite()
  const dev = run(site, 'dev', '--json', '--port', '0')
  t.after(() => dev.stop('SIGKILL').then(site.remove, site.remove))
  const ready = await event(dev)
  assert.equal(ready['event'], 'ready')
  const { port } = new URL(String(ready['url']))
  const first = await event(dev)
  assert.deepEqual(Object.keys(first).sort(), ['changed', 'event', 'ms', 'ok', 'problems'])
  assert.deepEqual([first['event'], first['ok'], first['changed']], ['built', true, []])
  site.write('content/about.md', '---\ntitle: 关于\n---\n\n新的一句。\n')
  const second = await event(dev)
  assert.deepEqual(second['event'], 'built')
  assert.ok((second['changed'] as string[]).includes('about/index.html'))
  assert.match(Buffer.from((await ask(Number(port), '/about/')).body, 'latin1').toString(), /新的一句/)
})

test('Ctrl-C ends dev with code 0 and leaves no lock', async () => {
  const site = makeSite()
  const dev = run(site, 'dev', '--json', '--port', '0')
  await event(dev)
  await event(dev)
  assert.equal(existsSync(site.path('.inkstone/dev/lock')), true)
  assert.equal(await dev.stop(), 0)
  assert.equal(existsSync(site.path('.inkstone/dev/lock')), false)
  site.remove()
})

test('dev ends in order when nobody reads what it prints', async (t) => {
  const site = makeSite()
  const dev = run(site, 'dev', '--json', '--port', '0')
  t.after(() => dev.stop('SIGKILL').then(site.remove, site.remove))
  await event(dev)
  await event(dev)
  dev.leave()
  site.write('content/about.md', '---\ntitle: 关于\n---\n\n没有人看。\n')
  assert.equal(await within('the end', dev.ended, 30_000), 0)
  assert.equal(existsSync(site.path('.inkstone/dev/lock')), false)
})

test('dev and build run side by side: dev never writes the output folder', async (t) => {
  const site = makeSite()
  const dev = run(site, 'dev', '--json', '--port', '0')
  t.after(() => dev.stop('SIGKILL').then(site.remove, site.remove))
  await event(dev)
  await event(dev)
  assert.equal(existsSync(site.path('dist')), false)
  const build = run(site, 'build', '--json')
  assert.equal((await event(build))['ok'], true)
  assert.equal(existsSync(site.path('dist/about/index.html')), true)
  assert.equal(existsSync(site.path('dist/posts/draft/index.html')), false)
})

test('a second dev on the same site ends with a problem', async (t) => {
  const site = makeSite()
  const dev = run(site, 'dev', '--json', '--port', '0')
  t.after(() => dev.stop('SIGKILL').then(site.remove, site.remove))
  await event(dev)
  await event(dev)
  const second = run(site, 'dev', '--json', '--port', '0')
  assert.equal((await event(second))['event'], 'ready')
  const told = await event(second)
  assert.equal((told['problems'] as { code: string }[])[0]?.code, 'lock/held')
  assert.equal(await second.ended, 1)
})

test('the banner says the address, and that the wanted port is taken', async (t) => {
  const site = makeSite()
  const first = run(site, 'dev', '--json', '--port', '0')
  t.after(() => first.stop('SIGKILL').then(site.remove, site.remove))
  const { port } = new URL(String((await event(first))['url']))
  const other = makeSite()
  const second = run(other, 'dev', '--port', port)
  t.after(() => second.stop('SIGKILL').then(other.remove, other.remove))
  assert.equal(await second.line(), '')
  assert.match(
    await second.line(),
    new RegExp(`^  inkstone dev  http://127\\.0\\.0\\.1:\\d+/  \\(port ${port} is taken\\)$`),
  )
})

test('preview serves what build wrote', async (t) => {
  const site = makeSite()
  const build = run(site, 'build', '--json')
  assert.equal((await event(build))['ok'], true)
  const preview = run(site, 'preview', '--json', '--port', '0')
  t.after(() => preview.stop('SIGKILL').then(site.remove, site.remove))
  const ready = await event(preview)
  const { port } = new URL(String(ready['url']))
  assert.equal((await ask(Number(port), '/about/')).status, 200)
  assert.equal((await ask(Number(port), '/posts/draft/')).status, 404)
})

test('preview without a built site says what to do', async () => {
  const site = makeSite()
  const preview = run(site, 'preview', '--json')
  const told = await event(preview)
  assert.equal((told['problems'] as { code: string }[])[0]?.code, 'preview/no-site')
  assert.equal(await preview.ended, 1)
  site.remove()
})

test('a plugin that throws outside of everything does not end the server', async (t) => {
  const site = makeSite()
  mkdirSync(site.path('plugins'), { recursive: true })
  writeFileSync(
    site.path('plugins/wild.js'),
    "export const wild = { name: 'wild', filters: { boom: () => { setTimeout(() => { throw new Error('late') }); return '' } } }\n",
  )
  site.write(
    'site.config.ts',
    "import { wild } from './plugins/wild.js'\nexport default { title: '砚', baseUrl: 'https://blog.example/', plugins: [wild] }\n",
  )
  const dev = run(site, 'dev', '--json', '--port', '0')
  t.after(() => dev.stop('SIGKILL').then(site.remove, site.remove))
  const { port } = new URL(String((await event(dev))['url']))
  await event(dev)
  site.write('layouts/partials/top.njk', "<p>{{ 'x' | boom }}</p>\n")
  let told = await event(dev)
  while (told['ok'] === true) told = await event(dev)
  assert.match(JSON.stringify(told['problems']), /late/)
  assert.equal((await ask(Number(port), '/about/')).status, 200)
})
