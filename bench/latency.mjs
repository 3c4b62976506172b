// `npm run bench -- latency`: how long a save takes to be in the browser. A dev server is started on a fresh site,
// then the newest post is edited again and again:
//   get      save → a GET of its page returns the new text (one request at a time, 5 ms apart)
//   signal   save → the browser is told to reload, with nobody asking meanwhile
//   shown    save → the page as fetched right after that has the new text
//   ready    start → first answer of that page, with no cache; warm: the same, with one
//   --posts 100,1000,10000   --edits 9   --theme   --node 24=/path   --work FOLDER
//   --peers   beside other programs (see run.mjs); signals of theirs need a Node with WebSocket
// The first edit of each kind is not counted. Medians and worst in milliseconds; times of a busy machine say little.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { get as httpGet } from 'node:http'
import { cpus, loadavg, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { inkstone, loadPeers, putAside } from './entries.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const { values: options } = parseArgs({
  args: process.argv.slice(3),
  options: {
    posts: { type: 'string', default: '100,1000,10000' },
    edits: { type: 'string', default: '9' },
    node: { type: 'string', multiple: true, default: [`${process.versions.node}=${process.execPath}`] },
    theme: { type: 'boolean' },
    peers: { type: 'boolean' },
    'peers-folder': { type: 'string', default: join(here, '../../shared/bench') },
    only: { type: 'string' },
    work: { type: 'string' },
  },
})
const longest = 300_000
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1]
const now = () => performance.now()

/** The body of a page, '' for anything but 200. */
const get = (url) =>
  new Promise((done) => {
    const sent = httpGet(url, { agent: false, headers: { accept: 'text/html' } }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => done(response.statusCode === 200 ? text : ''))
    })
    sent.on('error', () => done(''))
  })

async function until(test, everyMs, ms = longest) {
  for (const end = now() + ms; now() < end; await sleep(everyMs)) {
    const value = await test()
    if (value) return value
  }
  throw new Error(`nothing for ${ms / 1000} s`)
}

/** Signals of our own server: a stream of events for one page. */
async function ourSignals(port, url) {
  const page = await get(`http://127.0.0.1:${port}${url}`)
  const hash = /data-hash="([^"]*)"/.exec(page)?.[1] ?? ''
  const query = new URLSearchParams({ page: url, hash })
  let told = () => {}
  const sent = httpGet(
    `http://127.0.0.1:${port}/__inkstone/events?${query}`,
    { agent: false },
    (response) => {
      response.setEncoding('utf8')
      response.on('data', (text) => {
        if (/^event: reload$/m.test(text)) told(now())
      })
    },
  )
  sent.on('error', () => {})
  return { next: () => new Promise((done) => (told = done)), close: () => sent.destroy() }
}

/** Signals of another program's web socket; undefined where this Node has none. */
async function peerSignals(reload, port, pageUrl) {
  if (!reload || !globalThis.WebSocket) return undefined
  let address = `ws://127.0.0.1:${port}${reload.ws}`
  if (reload.find) {
    const found = (await get(reload.page ? `http://127.0.0.1:${port}${reload.page}` : pageUrl)).match(
      reload.find,
    )
    if (!found) return undefined
    address = reload.ws(found, port)
  }
  const socket = new WebSocket(address, reload.protocol ? [reload.protocol] : [])
  let told = () => {}
  socket.onmessage = ({ data }) => reload.match.test(String(data)) && told(now())
  const isOpen = await new Promise((done) => {
    socket.onopen = () => done(true)
    socket.onerror = () => done(false)
  })
  if (!isOpen) return undefined
  if (reload.hello) socket.send(reload.hello)
  return { next: () => new Promise((done) => (told = done)), close: () => socket.close() }
}

function start({ cmd, args, env }, cwd) {
  const child = spawn(cmd, args, { cwd, env: { ...process.env, ...env }, stdio: 'ignore', detached: true })
  const gone = new Promise((done) => child.on('exit', done))
  return {
    pid: child.pid,
    async stop() {
      try {
        process.kill(-child.pid, 'SIGINT')
        await Promise.race([gone, sleep(20_000)])
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // It has ended.
      }
    },
  }
}

async function measure(entry, count, site, port) {
  entry.prepare(count, site)
  const first = entry.newest()
  const page = `http://127.0.0.1:${port}${first.url}`
  const found = { get: [], signal: [], shown: [] }
  const row = { name: entry.name, load: loadavg()[0] }
  let began = now()
  let server = start(entry.serve(site, port), site)
  try {
    await until(() => get(page), 50)
    row.ready = now() - began
    // The rest is made, and the cache is written.
    await until(async () => entry.isIdle?.(site) ?? true, 500)
    await sleep(4000)
    const signals = await entry.signals(port, page)
    const shows = (mark) => until(async () => (await get(page)).includes(mark), 5)
    const edit = () => {
      const mark = `m${Math.random().toString(36).slice(2, 10)}`
      entry.edit(site, mark)
      return { mark, at: now() }
    }
    for (let i = 0; i <= Number(options.edits); i++) {
      await sleep(1500)
      const asked = edit()
      await shows(asked.mark)
      found.get.push(now() - asked.at)
      if (!signals) continue
      await sleep(1500)
      const next = signals.next()
      const silent = edit()
      found.signal.push((await next) - silent.at)
      await shows(silent.mark)
      found.shown.push(now() - silent.at)
      // A browser shows the new page from now on.
      await entry.reconnect?.(signals)
    }
    signals?.close()
    row.rss = Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024
    if (entry.isOurs) {
      await server.stop()
      await sleep(500)
      began = now()
      server = start(entry.serve(site, port), site)
      await until(() => get(page), 20)
      row.warm = now() - began
    }
  } catch (error) {
    row.error = error.message
  } finally {
    await server.stop()
    putAside(site, dirname(site))
  }
  for (const [name, list] of Object.entries(found))
    if (list.length > 1) row[name] = { median: median(list.slice(1)), worst: Math.max(...list.slice(1)) }
  return row
}

const ours = ([version, node], corpus) => {
  const make = (name, layouts) => {
    let posts = []
    const entry = inkstone({
      name,
      node,
      layouts,
      corpus(count, site) {
        posts = (corpus ?? defaultCorpus)(count, site)
        return posts
      },
    })
    return {
      ...entry,
      isOurs: true,
      newest: () => posts.at(-1),
      edit(site, mark) {
        const file = join(site, posts.at(-1).file)
        writeFileSync(file, readFileSync(file, 'utf8').replace(/(\nmark \S+\n)?$/, `\nmark ${mark}\n`))
      },
      serve: (_, port) => ({
        cmd: node,
        args: [join(here, '../bin/inkstone.mjs'), 'dev', '--json', '--port', String(port)],
      }),
      // A page that was reloaded has a stream of its own: the old one goes.
      async signals(port) {
        let current = await ourSignals(port, posts.at(-1).url)
        return {
          next: () => current.next(),
          close: () => current.close(),
          async again() {
            current.close()
            current = await ourSignals(port, posts.at(-1).url)
          },
        }
      },
      reconnect: (signals) => signals.again(),
    }
  }
  const bare = make(`Inkstone, Node ${version}`, true)
  return options.theme ? [bare, make(`Inkstone, its theme, Node ${version}`, false)] : [bare]
}

const peerEntry = (peer) => ({
  ...peer,
  newest: () => peer.posts().at(-1),
  signals: (port, page) => peerSignals(peer.serve('/', port).reload, port, page),
  edit: (site, mark) => peer.edits.body(site, mark),
})

const { writePosts: defaultCorpus } = await import('./corpus.mjs')
const work = options.work ? resolve(options.work) : mkdtempSync(join(tmpdir(), 'inkstone-latency-'))
mkdirSync(work, { recursive: true })
try {
  const compared = options.peers ? await loadPeers(resolve(options['peers-folder'])) : undefined
  const own = options.node.flatMap((text) => ours(text.split('='), compared?.corpus))
  const others = (compared?.peers ?? []).filter(({ serve }) => serve).map(peerEntry)
  const words = options.only?.toLowerCase().split(',')
  const entries = [...own, ...others].filter(
    ({ name }) => !words || words.some((word) => name.toLowerCase().includes(word)),
  )
  console.log(`${cpus().length} × ${cpus()[0].model}; milliseconds, median / worst of ${options.edits}`)
  const cell = (one) => (one ? `${one.median.toFixed(0)} / ${one.worst.toFixed(0)}` : '–')
  let port = 4700
  for (const count of options.posts.split(',').map(Number)) {
    const heads = [
      'Save → GET has it',
      'Save → signal',
      'Save → page after signal',
      'Ready',
      'Ready, warm',
      'Peak MiB',
      'Load',
    ]
    console.log(`\n| ${count} posts | ${heads.join(' | ')} |\n| --- |${heads.map(() => ' ---: |').join('')}`)
    for (const entry of entries) {
      const row = await measure(entry, count, join(work, `${count}-${port}`), port++)
      const ms = (value) => (value === undefined ? '–' : value.toFixed(0))
      const cells = [
        cell(row.get),
        cell(row.signal),
        cell(row.shown),
        ms(row.ready),
        ms(row.warm),
        ms(row.rss),
        row.load.toFixed(1),
      ]
      console.log(`| ${row.name} | ${cells.join(' | ')} |${row.error ? ` ${row.error}` : ''}`)
    }
  }
} finally {
  if (!options.work) rmSync(work, { recursive: true, force: true })
}
process.exit(0)
