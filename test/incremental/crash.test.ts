// Real processes, killed without warning at random moments, and two of them at once.
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Files, type TempSite, withSite } from '../temp-site.js'
import { testMoment } from './options.js'
import { makeRandom } from './random-site.js'
import { differences, treeOf } from './trees.js'

// INKSTONE_KILLS=200 INKSTONE_SEED=7 for a longer run.
const seed = Number(process.env['INKSTONE_SEED'] ?? 20250603)
const kills = Number(process.env['INKSTONE_KILLS'] ?? 25)

// The same code that this process runs, so that both are of one world and heal each other's cache.
const cli = resolve(fileURLToPath(new URL('../../src/cli.js', import.meta.url)))

function start(site: TempSite, ...flags: readonly string[]): { child: ChildProcess; done: Promise<Done> } {
  const at = new Date(testMoment).toISOString()
  const child = spawn(process.execPath, [cli, 'build', '--root', site.root, '--at', at, ...flags], {
    cwd: site.root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout?.on('data', (data) => (said += data))
  child.stderr?.on('data', (data) => (said += data))
  const done = new Promise<Done>((settle) => {
    // Not before all that it said has arrived.
    child.on('close', (code, signal) => settle({ code, signal, said }))
  })
  return { child, done }
}

interface Done {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly said: string
}

const config = JSON.stringify({
  title: 'Crash',
  baseUrl: 'https://crash.example/',
  language: 'en',
  timezone: 'UTC',
  search: false,
  cards: false,
})

/** A hundred and fifty posts, a hundred public files, and a word that stands in every file of one version. */
function versionOf(word: string): Files {
  const files: Record<string, string> = {
    'layouts/post.njk': `<h1>{{ post.title }}</h1>{{ post.html | safe }}<footer>${word}</footer>`,
    // In one version only: something to delete with every change.
    [`content/only-${word}.md`]: `---\ntitle: Only ${word}\n---\n\n${word}\n`,
  }
  for (let i = 0; i < 150; i++)
    files[`content/posts/p${i}.md`] = `---\ntitle: P${i}\ndate: 20${10 + (i % 14)}-01-01\n---\n\nPost ${i}.\n`
  for (let i = 0; i < 100; i++) files[`public/${i % 10}/${i}.txt`] = `${word} ${i}\n`.repeat(50)
  return files
}

test(`${kills} processes killed at random moments: every published file stays whole, and the next build heals (seed ${seed})`, async () => {
  const random = makeRandom(seed)
  const words = ['alder', 'birch'] as const
  const trees = new Map<string, Map<string, string>>()
  await withSite({}, async (site) => {
    cpSync('test/sites/layouts', join(site.root, 'layouts'), { recursive: true })
    site.write({ 'site.config.json': config })
    const write = (word: string): void => {
      for (const other of words) site.remove(`content/only-${other}.md`)
      site.write(versionOf(word))
    }
    for (const word of words) {
      write(word)
      const out = join(site.folder, word)
      const cache = join(site.folder, `${word}-cache`)
      const built = await site.build({ out, cache })
      assert.ok(built.ok, JSON.stringify(built.problems))
      trees.set(word, treeOf(out))
    }
    const beside = join(site.root, 'dist.inkstone')
    // How long a whole process takes here and now, so that kills fall everywhere within it.
    const begun = performance.now()
    assert.equal((await start(site).done).code, 0)
    const whole = performance.now() - begun

    let killed = 0
    let unhealed = 0
    let midCommit = 0
    for (let i = 0; i < kills; i++) {
      const word = words[i % 2] ?? words[0]
      write(word)
      const { child, done } = start(site)
      // Half of them at any moment, half of them some milliseconds after the commit began.
      const wait = random.next() * (random.below(2) === 0 ? whole : 40)
      if (random.below(2) === 0) await journalIn(beside, done)
      await Promise.race([new Promise((next) => setTimeout(next, wait)), done])
      child.kill('SIGKILL')
      const { signal } = await done
      if (signal === 'SIGKILL') killed++
      if (existsSync(join(beside, 'journal'))) midCommit++

      const told = `kill ${i} of seed ${seed}`
      for (const [path, bytes] of site.tree())
        assert.ok(
          words.some((version) => trees.get(version)?.get(path) === bytes),
          `${told}: ${path} is no whole file of either version`,
        )
      // Sometimes the next process is killed as well before anybody heals.
      if (random.below(3) === 0) {
        unhealed++
        continue
      }
      const healed = await site.build()
      assert.ok(healed.ok, `${told}: ${JSON.stringify(healed.problems)}`)
      assert.equal(differences(site.tree(), trees.get(word) ?? new Map()), '', told)
      assert.deepEqual(readdirSync(beside).sort(), ['manifest'], told)
    }
    assert.ok(killed > kills / 2, `only ${killed} of ${kills} were alive when they were to be killed`)
    assert.ok(midCommit > 0, 'no kill fell into a commit')
    assert.ok(kills < 10 || unhealed > 0)
  })
})

/** Waits until a commit begins, or the process is done. Asks again and again: no event is fast enough. */
async function journalIn(beside: string, done: Promise<Done>): Promise<void> {
  let over = false
  void done.then(() => {
    over = true
  })
  while (!over && !existsSync(join(beside, 'journal'))) await new Promise((next) => setImmediate(next))
}

const slowPost = { 'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-01\n---\n\nText.\n' }

/** What a build of these sites waits for: a file in its folder, made when the other one has had its answer. */
const waiting = "while (!existsSync('go')) await new Promise((next) => setTimeout(next, 5))"
const untilGo = `import { existsSync } from 'node:fs'\n${waiting}`
const letGo = (site: TempSite): void => writeFileSync(join(site.root, 'go'), '')

test('of two builds on one cache the second is refused, naming the first, and leaves it alone', async () => {
  const config = `${untilGo}
export default { title: 'Slow', baseUrl: 'https://slow.example/', search: false, cards: false }\n`
  await withSite({ 'site.config.mjs': config, ...slowPost }, async (site) => {
    const first = start(site)
    while (!existsSync(join(site.root, '.inkstone', 'lock')) && first.child.exitCode === null)
      await new Promise((next) => setTimeout(next, 5))
    const second = await start(site).done
    letGo(site)
    assert.equal(second.code, 1)
    assert.ok(second.said.includes(`another build (process ${first.child.pid}) is at work here`), second.said)
    const { code, said } = await first.done
    assert.equal(code, 0, said)
    assert.ok(site.tree().has('2024/01/01/a/index.html'))
  })
})

test('of two builds into one folder with two caches the second is refused as well', async () => {
  // The first waits in a plugin, when it has the folder already.
  const config = `import { existsSync } from 'node:fs'
export default {
  title: 'Slow', baseUrl: 'https://slow.example/', search: false, cards: false,
  plugins: [{ name: 'slow', remark: [() => async () => { ${waiting} }] }],
}\n`
  await withSite({ 'site.config.mjs': config, ...slowPost }, async (site) => {
    const first = start(site)
    while (!existsSync(join(site.root, 'dist.inkstone', 'lock')) && first.child.exitCode === null)
      await new Promise((next) => setTimeout(next, 5))
    const second = await start(site, '--cache', join(site.folder, 'other-cache')).done
    letGo(site)
    assert.equal(second.code, 1)
    assert.ok(second.said.includes(`another build (process ${first.child.pid}) is at work here`), second.said)
    assert.equal((await first.done).code, 0)
  })
})
