// Every command line of the documentation, run as it stands: the blocks of a page one after the other, in a folder with
// a small site of its own. What stands behind ```sh says what is special:
//   until-ready   a server: it runs until it has printed its address, and is then ended
//   old-site, old-output   a small Hugo blog lies in ../old-blog, the second time with what it published
//   registry      needs the network: not run, and named here
// `npx inkstone` is this checkout's program, as npx would find it in node_modules.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { after, before, test } from 'node:test'
import { type Block, blocks } from './blocks.js'

const commands = blocks().filter(({ language }) => language === 'sh')
const marks = ['', 'until-ready', 'old-site', 'old-output', 'registry']

const site: Readonly<Record<string, string>> = {
  'site.config.ts':
    "export default { title: '站', baseUrl: 'https://example.org/', language: 'zh-CN', feeds: { hub: 'https://hub.example/' }, navigation: [{ title: '关于', url: '/about/' }] }\n",
  'content/posts/2024-01-01-a.md': '---\ntitle: 甲\ntags: [随笔]\n---\n\n正文。\n',
  'content/posts/2024-02-01-b.md': '---\ntitle: 乙\ntags: [随笔, Rust]\n---\n\n第二篇。\n',
  'content/about.md': '---\ntitle: 关于\n---\n\n这里。\n',
}
const hugo: Readonly<Record<string, string>> = {
  'hugo.toml': "baseURL = 'https://example.org/'\ntitle = '旧站'\nlanguageCode = 'zh-cn'\n",
  'content/posts/first.md': '---\ntitle: 第一篇\ndate: 2023-01-01T10:00:00+08:00\n---\n\n正文。\n',
}
const hugoOutput: Readonly<Record<string, string>> = {
  'public/index.html': '<!DOCTYPE html><title>旧站</title><a href="/posts/first/">第一篇</a>',
  'public/posts/first/index.html': '<!DOCTYPE html><title>第一篇</title><h1>第一篇</h1>',
}

let top = ''
let path = ''

before(() => {
  top = mkdtempSync(join(tmpdir(), 'inkstone-docs-'))
  const bin = join(top, 'bin')
  write(bin, {
    npx: `#!/bin/sh\n[ "$1" = inkstone ] || exit 99\nshift\nexec "${process.execPath}" "${resolve('bin/inkstone.mjs')}" "$@"\n`,
  })
  chmodSync(join(bin, 'npx'), 0o755)
  path = `${bin}${delimiter}${process.env['PATH'] ?? ''}`
})
after(() => rmSync(top, { recursive: true, force: true }))

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

const shell = (script: string, cwd: string) =>
  spawnSync('sh', ['-euc', script], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: path, TMPDIR: top },
    timeout: 120_000,
  })

/** Starts a server, waits for its address, ends it as Ctrl-C does. Gives what it printed; throws where it ends first. */
function untilReady(script: string, cwd: string): Promise<string> {
  return new Promise((ready, failed) => {
    // A group of its own, so that the signal reaches what the shell started.
    const child = spawn('sh', ['-euc', `exec ${script.trim()}`], {
      cwd,
      detached: true,
      env: { ...process.env, PATH: path },
    })
    let said = ''
    let isReady = false
    const look = (text: unknown): void => {
      said += String(text)
      if (isReady || !/http:\/\/127\.0\.0\.1:\d+\//.test(said)) return
      isReady = true
      process.kill(-(child.pid ?? 0), 'SIGINT')
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.on('error', failed)
    child.on('close', () => (isReady ? ready(said) : failed(new Error(`it ended by itself: ${said}`))))
  })
}

test('every block of commands has a mark that is known, and few are left out', () => {
  assert.ok(commands.length > 20)
  assert.deepEqual(
    commands.filter((block) => !marks.includes(block.marks)).map(({ place }) => place),
    [],
  )
  assert.deepEqual(
    commands.filter((block) => block.marks === 'registry').map(({ page, text }) => `${page}: ${text}`),
    ['getting-started.md: npm create inkstone my-blog\ncd my-blog && npm install\n'],
  )
})

const pages = new Map<string, Block[]>()
for (const block of commands) pages.set(block.page, [...(pages.get(block.page) ?? []), block])

for (const [page, own] of pages)
  test(`the commands of ${page} do what the page says`, async () => {
    const folder = join(top, page.replaceAll('/', '-'), 'site')
    write(folder, site)
    // A clone beside it.
    symlinkSync(resolve('.'), join(folder, '../inkstone'), 'junction')
    for (const { place, marks, text } of own) {
      if (marks === 'registry') continue
      if (marks === 'old-site' || marks === 'old-output') {
        rmSync(join(folder, '../new-blog'), { recursive: true, force: true })
        write(join(folder, '../old-blog'), marks === 'old-output' ? { ...hugo, ...hugoOutput } : hugo)
      }
      if (marks === 'until-ready') {
        await untilReady(text, folder).catch((error: Error) => assert.fail(`${place}: ${error.message}`))
        continue
      }
      const { status, stdout, stderr } = shell(text, folder)
      assert.equal(status, 0, `${place}: ${text}${stdout}${stderr}`)
    }
  })
