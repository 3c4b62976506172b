// Five real blogs, laid out as sites of ours without any translation: nothing crashes, every error has its place, no
// document is lost without a word, and an edit gives what a clean build gives.
import assert from 'node:assert/strict'
import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Built } from '../src/built.js'
import { instantOf } from '../src/content/dates.js'
import { isListData } from '../src/content/doc-path.js'
import { readMeta } from '../src/content/meta.js'
import { documentsOf } from '../src/content/metas.js'
import { scan } from '../src/content/scan.js'
import type { IsoDate } from '../src/content/types.js'
import { realDisk } from '../src/engine/disk.js'
import { outPathOf } from '../src/urls.js'
import { configOf } from './content/cases.js'
import { testMoment } from './incremental/options.js'
import { differences } from './incremental/trees.js'
import { type TempSite, withSite } from './temp-site.js'

const corpora = '../shared/corpora'
/** Folder of the blog → folder of the site. */
const blogs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  zhu327: { content: 'content', static: 'public' },
  coderzh: { content: 'content' },
  rustblog: { content: 'content' },
  fightinggg: { blog: 'content/posts' },
  huxpro: { _posts: 'content/posts' },
}

function layOut(name: string, site: TempSite): void {
  for (const [from, to] of Object.entries(blogs[name] ?? {}))
    cpSync(join(corpora, name, from), join(site.root, to), { recursive: true })
  cpSync('test/sites/layouts', join(site.root, 'layouts'), { recursive: true })
  site.write({
    'site.config.json': JSON.stringify({
      title: name,
      baseUrl: 'https://corpus.example/',
      search: false,
      cards: false,
    }),
  })
}

const errorsOf = ({ problems }: Built) => problems.filter(({ severity }) => severity === 'error')

/** Documents that are neither published nor named by an error, with what is to be said for it. */
function unpublished(site: TempSite, built: Built): string[] {
  const folders = { content: join(site.root, 'content') }
  const snapshot = scan({ disk: realDisk, root: site.root, folders, before: {}, now: 0, verify: false })
  const after = (date: IsoDate | null) => date !== null && instantOf(date, 'Asia/Shanghai') > testMoment
  return documentsOf(snapshot).flatMap((id) => {
    const { meta } = readMeta(id, (path) => snapshot.text(path), configOf())
    if (meta && built.outputs.has(outPathOf(meta.url))) return []
    if (isListData(id)) return []
    if (!meta) return [`${id}: no front matter that can be read`]
    if (meta.draft || after(meta.date)) return []
    return [`${id}: lost`]
  })
}

const auto = { workers: 'auto' } as const

for (const name of Object.keys(blogs))
  test(`the blog ${name} builds: errors with their places, nothing dropped, an edit as from nothing`, {
    skip: !existsSync(corpora) && 'the corpora are not here',
  }, async () => {
    await withSite({}, async (site) => {
      layOut(name, site)
      let built = await site.build(auto)
      for (const { file, line, column, what } of built.problems) {
        assert.ok(file !== undefined && existsSync(join(site.root, file)), what)
        assert.ok(line !== undefined && column !== undefined && line > 0 && column > 0, `${file}: ${what}`)
      }
      // Who is at fault is taken out, round by round: a collision is seen only between documents that can be read.
      const faulty = new Set<string>()
      for (let round = 0; !built.ok && round < 8; round++) {
        const files = new Set(errorsOf(built).map(({ file = '' }) => file))
        for (const file of files) {
          faulty.add(file)
          rmSync(join(site.root, file))
        }
        built = await site.build(auto)
      }
      assert.ok(built.ok, JSON.stringify(errorsOf(built).slice(0, 3)))
      assert.deepEqual(unpublished(site, built), [])
      assert.ok(faulty.size < 12, [...faulty].join('\n'))

      const [edited = ''] = postsOf(site)
      site.write({ [edited]: `${site.read(edited)}\n\nOne more sentence.\n` })
      const after = await site.build(auto)
      assert.ok(after.ok && after.ran.length < 20, after.ran.join(' '))
      const out = join(site.folder, 'clean')
      const clean = await site.build({ ...auto, out, cache: join(site.folder, 'clean-cache') })
      assert.deepEqual(after.problems, clean.problems)
      assert.equal(differences(site.tree(), site.tree(out)), '')
      assert.deepEqual((await site.build(auto)).ran, [])
    })
  })

/** Source files of posts, the last by name first. */
function postsOf(site: TempSite): string[] {
  const folders = { content: join(site.root, 'content') }
  const snapshot = scan({ disk: realDisk, root: site.root, folders, before: {}, now: 0, verify: false })
  return documentsOf(snapshot)
    .map((id) => `content/${id}`)
    .reverse()
}

for (const name of Object.keys(blogs))
  test(`a check of the blog ${name} gives every finding its place, and the same the second time`, {
    skip: !existsSync(corpora) && 'the corpora are not here',
  }, async () => {
    await withSite({}, async (site) => {
      layOut(name, site)
      const look = () => site.build({ ...auto, check: true, dry: true, outside: true })
      const first = await look()
      assert.ok((first.checked?.counts.pages ?? 0) > 10)
      for (const { file, line, code, what } of first.problems) {
        // The further pages of a list, which a template gives no number, and what feeds alone repeat stand in no file.
        const isMade = code === 'check/duplicate-title' || /which a feed names/.test(what)
        if (isMade && file === undefined) continue
        assert.ok(file !== undefined && existsSync(join(site.root, file)), `${code}: ${what}`)
        // Of a file that is no text there is nothing more to say.
        assert.ok(line !== undefined || code === 'check/too-large', `${file}: ${code}: ${what}`)
      }
      // Of addresses that feeds alone hold no place is known.
      const outside = first.checked?.outside ?? []
      const unplaced = outside.filter(({ where }) => where.line === undefined)
      assert.ok(unplaced.length * 20 <= outside.length, `${unplaced.length} of ${outside.length}`)
      const second = await look()
      assert.deepEqual(second.problems, first.problems)
      assert.deepEqual(second.checked, first.checked)
    })
  })
