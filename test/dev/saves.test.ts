// Every way in which files change while somebody writes: after each, what is served equals a clean build.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { sameAsClean } from './same.js'
import { makeSite, post, type TestSite } from './site.js'
import { openVisited, type Visited } from './visitor.js'

// INKSTONE_SAVES=50 for a longer run.
const rounds = Number(process.env['INKSTONE_SAVES'] ?? 5)

type Save = (site: TestSite, round: number) => void | Promise<void>
const first = 'content/posts/first.md'
const text = (round: number): string => post('第一篇', '2024-01-01', `第 ${round} 次修改。`)
const git = (site: TestSite, ...args: string[]): void =>
  void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t', ...args], { cwd: site.root })

const saves: Readonly<Record<string, Save>> = {
  'in place': (site, round) => site.write(first, text(round)),
  'in place, one word longer': (site) => appendFileSync(site.path(first), '又'),
  'a temporary file renamed over it': (site, round) => {
    site.write('content/posts/.first.md.tmp', text(round))
    renameSync(site.path('content/posts/.first.md.tmp'), site.path(first))
  },
  "vim's backup and rename": (site, round) => {
    site.write('content/posts/4913', '')
    rmSync(site.path('content/posts/4913'))
    renameSync(site.path(first), site.path(`${first}~`))
    site.write(first, text(round))
    rmSync(site.path(`${first}~`))
  },
  "an editor's safe write": (site, round) => {
    site.write(`${first}___jb_tmp___`, text(round))
    renameSync(site.path(first), site.path(`${first}___jb_old___`))
    renameSync(site.path(`${first}___jb_tmp___`), site.path(first))
    rmSync(site.path(`${first}___jb_old___`))
  },
  'deleted and made again': async (site, round) => {
    rmSync(site.path(first))
    await pause(15)
    site.write(first, text(round))
  },
  'cut, then written in two strokes': async (site, round) => {
    const file = openSync(site.path(first), 'w')
    const whole = text(round)
    await pause(10)
    writeSync(file, whole.slice(0, 12))
    await pause(30)
    writeSync(file, whole.slice(12))
    closeSync(file)
  },
  'a new post, then gone': (site, round) => {
    if (round % 2 === 0) site.write('content/posts/new.md', post('新的', '2024-06-01'))
    else rmSync(site.path('content/posts/new.md'))
  },
  'renamed there and back': (site, round) => {
    const names = ['content/posts/second.md', 'content/posts/renamed.md']
    const [from = '', to = ''] = round % 2 === 0 ? names : [...names].reverse()
    renameSync(site.path(from), site.path(to))
  },
  'renamed by case only': (site, round) => {
    const names = ['content/about.md', 'content/About.md']
    const [from = '', to = ''] = round % 2 === 0 ? names : [...names].reverse()
    renameSync(site.path(from), site.path(to))
  },
  'a folder renamed there and back': (site, round) => {
    const names = ['content/posts/bundle', 'content/posts/box']
    const [from = '', to = ''] = round % 2 === 0 ? names : [...names].reverse()
    renameSync(site.path(from), site.path(to))
  },
  'a folder with files moved in at once, then taken away': (site, round) => {
    if (round % 2 === 1) return rmSync(site.path('content/posts/moved'), { recursive: true })
    mkdirSync(site.path('elsewhere/deep'), { recursive: true })
    writeFileSync(site.path('elsewhere/deep/a.md'), post('搬来甲', '2024-07-01'))
    writeFileSync(site.path('elsewhere/b.md'), post('搬来乙', '2024-07-02'))
    renameSync(site.path('elsewhere'), site.path('content/posts/moved'))
  },
  'a folder deleted and made again, then a file in it': async (site, round) => {
    rmSync(site.path('content/notes'), { recursive: true, force: true })
    mkdirSync(site.path('content/notes'))
    await pause(30)
    site.write('content/notes/n.md', `---\ntitle: 记 ${round}\n---\n\n正文\n`)
  },
  'a picture beside a post': (site, round) =>
    site.write(
      'content/posts/bundle/cat.svg',
      `<svg xmlns="http://www.w3.org/2000/svg" width="${round + 2}"/>`,
    ),
  'a file in public, and gone again': (site, round) => {
    if (round % 2 === 0) site.write('public/deep/er/new.txt', 'new\n')
    else rmSync(site.path('public/deep'), { recursive: true })
  },
  'a template': (site, round) => site.write('layouts/partials/top.njk', `<p>${round} {{ site.title }}</p>\n`),
  'a partial that was looked for in vain, and gone again': (site, round) => {
    if (round % 2 === 0) site.write('layouts/partials/extra.njk', '<p>多出来的</p>\n')
    else rmSync(site.path('layouts/partials/extra.njk'))
  },
  'a style': (site, round) => site.write('layouts/styles/main.css', `body { margin: ${round}px }\n`),
  'defaults for a folder, and gone again': (site, round) => {
    if (round % 2 === 0) site.write('content/posts/_defaults.yml', 'tags: [默认]\n')
    else rmSync(site.path('content/posts/_defaults.yml'))
  },
  'a module that the configuration imports': (site, round) =>
    site.write('title.ts', `export const title = '砚边 ${round}'\n`),
  'the configuration, with other addresses': (site, round) =>
    site.write(
      'site.config.ts',
      `import { title } from './title.ts'\nexport default { title, baseUrl: 'https://blog.example/', permalinks: { posts: '/p/:slug/' }, description: '${round}' }\n`,
    ),
  'a link to a file inside, and gone again': (site, round) => {
    if (round % 2 === 0)
      symlinkSync(site.path('content/posts/second.md'), site.path('content/posts/linked.md'))
    else rmSync(site.path('content/posts/linked.md'))
  },
  'what a link leads to, outside of the input folders': (site, round) => {
    site.write('README.md', post('说明', '2024-08-01', `第 ${round} 次。`))
    if (round === 0) symlinkSync(site.path('README.md'), site.path('content/posts/readme.md'))
  },
  'a linked folder, and files in it': (site, round) => {
    site.write('elsewhere/deep/a.md', post('链来', '2024-08-02', `第 ${round} 次。`))
    if (round === 0) symlinkSync(site.path('elsewhere'), site.path('content/posts/linked'))
  },
  'a plugin, and what it imports': (site, round) => {
    site.write('plugins/word.ts', `export const word: string = '词${round}'\n`)
    if (round > 0) return
    site.write(
      'plugins/words.ts',
      `import { word } from './word.ts'\nexport const words = { name: 'words', filters: { word: () => word } }\n`,
    )
    site.write('layouts/partials/extra.njk', `<p>{{ 'x' | word }}</p>\n`)
    site.write(
      'site.config.ts',
      `import { words } from './plugins/words.ts'\nexport default { title: '砚', baseUrl: 'https://blog.example/', plugins: [words] }\n`,
    )
  },
  'many files by git checkout': (site, round) =>
    git(site, 'checkout', '-q', round % 2 === 0 ? 'other' : 'main'),
}

let site: TestSite
let dev: Visited

before(async () => {
  site = makeSite()
  git(site, 'init', '-q', '-b', 'main')
  site.write('.gitignore', '.inkstone\n')
  git(site, 'add', '-A')
  git(site, 'commit', '-qm', 'one')
  git(site, 'checkout', '-qb', 'other')
  for (let i = 0; i < 30; i++) site.write(`content/posts/many/${i}.md`, post(`许多 ${i}`, '2023-01-01'))
  for (const name of ['first', 'second'])
    appendFileSync(site.path(`content/posts/${name}.md`), '\n在另一个分支上。\n')
  git(site, 'add', '-A')
  git(site, 'commit', '-qm', 'two')
  git(site, 'checkout', '-q', 'main')
  dev = await openVisited(site.root)
  assert.equal((await dev.built()).ok, true)
})
after(async () => {
  await dev.close()
  site.remove()
})

for (const [name, save] of Object.entries(saves))
  test(`after ${rounds} rounds of a change — ${name} — the served site equals a clean build`, async () => {
    // Each pattern begins with what was committed.
    git(site, 'checkout', '-q', '-f', 'main')
    git(site, 'clean', '-fdq')
    let paths = (await sameAsClean(site, dev)).paths
    for (let round = 0; round < rounds; round++) {
      await save(site, round)
      paths = (await sameAsClean(site, dev, paths)).paths
    }
  })

test('a file that is only touched makes nothing anew', async () => {
  git(site, 'checkout', '-q', '-f', 'main')
  git(site, 'clean', '-fdq')
  const { count } = await sameAsClean(site, dev)
  for (let round = 0; round < rounds; round++) {
    utimesSync(site.path(first), new Date(), new Date())
    writeFileSync(site.path(first), readFileSync(site.path(first)))
    await dev.get('/posts/first/')
  }
  site.write(first, text(99))
  assert.equal((await sameAsClean(site, dev)).count, count + 1)
})

test('a branch with many files is one moment', async () => {
  git(site, 'checkout', '-q', '-f', 'main')
  const { count } = await sameAsClean(site, dev)
  git(site, 'checkout', '-q', 'other')
  assert.equal((await sameAsClean(site, dev)).count, count + 1)
})

test('many files put away by git stash, and brought back, are one moment each', async () => {
  git(site, 'checkout', '-q', '-f', 'main')
  git(site, 'clean', '-fdq')
  for (let i = 0; i < 20; i++) site.write(`content/posts/stashed/${i}.md`, post(`收起 ${i}`, '2023-01-01'))
  let { count, paths } = await sameAsClean(site, dev)
  for (const way of [
    ['push', '-q', '-u'],
    ['pop', '-q'],
  ]) {
    git(site, 'stash', ...way)
    const now = await sameAsClean(site, dev, paths)
    assert.equal(now.count, count + 1, way[0])
    ;({ count, paths } = now)
  }
})

test('a file that is half written for less than 50 ms is never told as an error', async () => {
  git(site, 'checkout', '-q', '-f', 'main')
  git(site, 'clean', '-fdq')
  await sameAsClean(site, dev)
  let told = dev.failures
  for (let round = 0; round < rounds; round++) {
    const whole = text(round)
    const begun = performance.now()
    const file = openSync(site.path(first), 'w')
    // The front matter has no end yet, and its date no day.
    writeSync(file, whole.slice(0, whole.indexOf('date:') + 13))
    await pause(50)
    writeSync(file, whole.slice(whole.indexOf('date:') + 13))
    closeSync(file)
    const lasted = performance.now() - begun
    await sameAsClean(site, dev)
    // Where a busy machine has made the pause longer, it is right to tell.
    if (lasted > 75) told = dev.failures
    assert.equal(dev.failures, told, `half written for ${lasted.toFixed(0)} ms`)
  }
})
