// A year of an author who moves everything about: renames, new titles, new dates, deletions. Afterwards every address
// that was ever public answers with its own post, in one hop, and no feed id has changed.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { build } from '../../src/build.js'
import { ledgerFile } from '../../src/content/input-names.js'
import { optionsFor } from '../incremental/options.js'
import { makeRandom, makeSite } from '../incremental/random-site.js'
import { differences, treeOf } from '../incremental/trees.js'
import { withSite } from '../temp-site.js'
import { urls } from './commands.js'

// INKSTONE_EDITS=1000 INKSTONE_SEED=7 for a longer run.
const seed = Number(process.env['INKSTONE_SEED'] ?? 20261123)
const edits = Number(process.env['INKSTONE_EDITS'] ?? 40)

interface Post {
  readonly token: string
  file: string
  title: string
  date: string
  words: string
  /** Every public address, and the one feed id. */
  readonly known: Set<string>
  feed: string
}

const config = JSON.stringify({
  title: '站',
  baseUrl: 'https://example.org/',
  permalinks: { posts: '/:year/:month/:day/:title/' },
  feeds: { items: 1000 },
})

test(`${edits} renames, retitles, re-dates and deletions lose no address and no feed id (seed ${seed})`, async () => {
  const random = makeRandom(seed)
  await withSite({ 'site.config.json': config }, async (site) => {
    const posts: Post[] = []
    let made = 0
    const save = (post: Post): void =>
      site.write({
        [`content/posts/${post.file}`]: `---\ntitle: ${post.title}\ndate: ${post.date}\n---\n\n${post.token} ${post.words}\n`,
      })
    const date = (): string => `20${20 + random.below(5)}-0${1 + random.below(9)}-1${random.below(9)}`
    const add = (): void => {
      const number = ++made
      const post = {
        token: `token${number}x`,
        file: `p${number}.md`,
        title: `标题 ${number}`,
        date: date(),
        words: 'some words',
        known: new Set<string>(),
        feed: '',
      }
      posts.push(post)
      save(post)
    }
    const rename = (post: Post): void => {
      site.remove(`content/posts/${post.file}`)
      post.file = `r${++made}.md`
      save(post)
    }
    const actions: Record<string, (post: Post) => void> = {
      add: () => add(),
      rename,
      retitle: (post) => {
        post.title = `新标题 ${++made}`
        save(post)
      },
      redate: (post) => {
        post.date = date()
        save(post)
      },
      rewrite: (post) => {
        post.words = `other words ${++made}`
        save(post)
      },
      'rename and retitle': (post) => {
        post.title = `又一标题 ${++made}`
        rename(post)
      },
      'rename and rewrite': (post) => {
        post.words = `new words ${++made}`
        rename(post)
      },
      delete: (post) => {
        site.remove(`content/posts/${post.file}`)
        posts.splice(posts.indexOf(post), 1)
      },
    }
    for (let i = 0; i < 6; i++) add()
    await urls(site.root, 'init')

    for (let i = 0; i < edits; i++) {
      const name = random.pick(Object.keys(actions))
      if (posts.length < 3) add()
      const post = random.pick(posts)
      actions[name]?.(post)
      const told = `edit ${i} of seed ${seed}: ${name} ${post.token}`
      let built = await site.build()
      if (!built.ok && name === 'delete') {
        assert.deepEqual(new Set(built.problems.map(({ code }) => code)), new Set(['ledger/vanished']), told)
        await urls(site.root, 'forget', ...post.known)
        built = await site.build()
      }
      assert.deepEqual(built.problems, [], told)
      await urls(site.root, 'update')
      // What the command wrote down changes no page.
      const tree = site.tree()
      await site.build()
      assert.equal(differences(site.tree(), tree), '', told)

      const feed = site.read('dist/feed.xml')
      for (const own of posts) {
        const page = [...tree.keys()].find(
          (path) =>
            path.endsWith('index.html') &&
            !path.startsWith('page/') &&
            /^\d{4}\//.test(path) &&
            site.read(`dist/${path}`).includes(own.token) &&
            site.read(`dist/${path}`).includes('<article'),
        )
        assert.ok(page, `${told}: ${own.token} has no page`)
        own.known.add(`/${page.replace(/index\.html$/, '')}`)
        for (const address of own.known) {
          const text = site.read(`dist${address}index.html`)
          const to = decodeURIComponent(/http-equiv="refresh" content="0; url=([^"]+)"/.exec(text)?.[1] ?? '')
          assert.equal(
            to === '' ? address : to,
            `/${page.replace(/index\.html$/, '')}`,
            `${told}: ${address}`,
          )
        }
        const item = feed.split('<item>').find((text) => text.includes(own.token)) ?? ''
        const id = /<guid[^>]*>([^<]*)<\/guid>/.exec(item)?.[1] ?? ''
        own.feed ||= id
        assert.equal(id, own.feed, told)
      }
    }
  })
})

test('with a ledger that is left alone the incremental tree equals a clean one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'inkstone-ledger-'))
  try {
    const root = join(folder, 'site')
    const site = makeSite(root, makeRandom(seed))
    let sound = 0
    for (let i = 0; i < Math.min(edits, 25); i++) {
      if (i > 0) site.edit()
      const built = await build(optionsFor(root))
      const options = { out: join(folder, 'clean'), cache: join(folder, 'clean-cache'), clean: true }
      const clean = await build(optionsFor(root, options))
      const told = `edit ${i} of seed ${seed}`
      assert.deepEqual([built.ok, built.problems], [clean.ok, clean.problems], told)
      if (built.ok) {
        sound++
        assert.equal(differences(treeOf(join(root, 'dist')), treeOf(join(folder, 'clean'))), '', told)
      }
      for (const name of ['clean', 'clean.inkstone', 'clean-cache'])
        rmSync(join(folder, name), { recursive: true, force: true })
      // Something public is gone, or none was written down yet: begin anew, as far as the documents can be read.
      if (i === 0 || built.problems.some(({ code }) => code.startsWith('ledger/'))) {
        rmSync(join(root, ledgerFile), { force: true })
        await urls(root, 'init').catch(() => undefined)
      }
    }
    assert.ok(sound > 5)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
