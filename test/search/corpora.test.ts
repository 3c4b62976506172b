// Search on real blogs, where they lie beside the checkout: whatever two to four Han characters stand in some text are
// found, nothing else is, and the first look costs what was promised. 500 substrings a blog, drawn by a fixed seed.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { makeRandom } from '../incremental/random-site.js'
import { type Files, type TempSite, tempSite } from '../temp-site.js'
import { openReader } from './reader.js'
import { seenOn } from './seen.js'

const corpora = join(process.cwd(), '..', 'shared', 'corpora')
const blogs = ['zhu327', 'coderzh', 'fightinggg', 'huxpro', 'rustblog'].filter((blog) =>
  existsSync(join(corpora, blog)),
)
const skip = blogs.length === 0 && 'the corpora are not here'
const queries = Number(process.env['INKSTONE_QUERIES'] ?? 500)
/** Bytes of the first search of a visit and of a later one, on a site of a thousand posts. */
const budget = { first: 60_000, later: 40_000 }

/** Every post of these blogs in one site, each at `/p/NAME/`. */
function siteOf(names: readonly string[]): TempSite {
  const files: Record<string, string> = {
    'site.config.json': JSON.stringify({
      title: 'Search',
      baseUrl: 'https://search.example/',
      permalinks: { posts: '/p/:filename/' },
      feeds: { tags: false },
    }),
  }
  for (const blog of names) {
    const posts = readdirSync(join(corpora, blog), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:md|markdown)$/.test(name))
      .sort()
    for (const [i, name] of posts.entries())
      files[`content/posts/${blog}-${i}.md`] = readFileSync(join(corpora, blog, name), 'utf8').replace(
        /^(?:layout|slug|url|permalink|aliases|draft|hidden|published)\s*[:=][^\n]*\n/gm,
        '',
      )
  }
  return tempSite(files satisfies Files)
}

interface Known {
  readonly path: string
  readonly url: string
  readonly seen: readonly string[]
}

async function buildAll(names: readonly string[]): Promise<{ site: TempSite; posts: readonly Known[] }> {
  const site = siteOf(names)
  const built = await site.build({ workers: 2 })
  assert.deepEqual(
    built.problems.filter(({ severity }) => severity === 'error'),
    [],
  )
  const posts = [...site.tree()]
    .filter(([path]) => /^p\/[^/]+\/index\.html$/.test(path))
    .map(([path]) => ({
      path,
      url: `/${path.slice(0, -'index.html'.length)}`,
      seen: seenOn(readFileSync(join(site.root, 'dist', path), 'utf8')),
    }))
  return { site, posts }
}

/** Substrings of Han characters of these posts, each with everybody who holds it. */
function drawn(posts: readonly Known[], all: readonly Known[], seed: number): Map<string, string[]> {
  const random = makeRandom(seed)
  const runs = posts.flatMap(({ seen }) => seen.flatMap((text) => text.match(/[\u4e00-\u9fff]{2,}/g) ?? []))
  const queried = new Map<string, string[]>()
  while (queried.size < queries && runs.length > 0) {
    const run = runs[random.below(runs.length)] ?? ''
    const length = Math.min(run.length, 2 + random.below(3))
    const start = random.below(run.length - length + 1)
    const query = run.slice(start, start + length)
    if (!queried.has(query))
      queried.set(
        query,
        all.filter(({ seen }) => seen.some((text) => text.includes(query))).map(({ url }) => url),
      )
  }
  return queried
}

const kilo = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`

let thousand: { site: TempSite; posts: readonly Known[] } | undefined
const weights = new Map<string, number>()

before(async () => {
  if (!skip) thousand = await buildAll(blogs)
})
after(() => thousand?.site[Symbol.dispose]())

for (const blog of ['zhu327', 'coderzh', 'fightinggg', 'huxpro', 'rustblog'])
  test(`${queries} substrings of ${blog}, among the posts of all blogs: all found, nothing else, within the budget`, {
    skip: skip || (!blogs.includes(blog) && 'it is not here'),
  }, async (t) => {
    const { site, posts } = thousand!
    const out = join(site.root, 'dist')
    const queried = drawn(
      posts.filter(({ path }) => path.startsWith(`p/${blog}-`)),
      posts,
      20251123,
    )
    const wrong: string[] = []
    const first: { readonly query: string; readonly bytes: number }[] = []
    const reader = openReader(out, weights)
    for (const [query, holders] of queried) {
      const found = await reader.find(query)
      const urls = found.all.map(({ url }) => url.replace(/#.*/, ''))
      const missed = holders.filter((url) => !urls.includes(url))
      const strange = urls.filter((url) => !holders.includes(url))
      if (missed.length + strange.length > 0)
        wrong.push(`${query}: missed ${missed.slice(0, 3)}, strange ${strange.slice(0, 3)}`)
      if (new Set(urls).size < urls.length) wrong.push(`${query}: one document twice`)
      // The first search of a visit; a later one has the table of documents.
      const { bytes } = await openReader(out, weights).find(query, 1)
      first.push({ query, bytes })
    }
    first.sort((a, b) => a.bytes - b.bytes)
    const at = (part: number) =>
      first[Math.min(first.length - 1, Math.floor(first.length * part))]?.bytes ?? 0
    const table = weights.get('index.json') ?? 0
    t.diagnostic(
      `${posts.length} posts, ${queried.size} queries: first search ${kilo(at(0.5))} (median), ${kilo(at(0.95))} (95 %), ` +
        `${kilo(at(1))} (most); later ones ${kilo(table)} less; the dearest ${first.slice(-3).map(({ query }) => query)}`,
    )
    assert.deepEqual(wrong.slice(0, 10), [])
    assert.ok(at(1) <= budget.first, 'the first search')
    assert.ok(at(1) - table <= budget.later, 'a later one')
  })
