// Of many documents lists are shown from what was kept of all of them together: a site with more than are read one by one,
// against clean builds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memorySite } from '../memory-site.js'
import { makeRandom } from './random-site.js'

const at = Date.UTC(2025, 5, 1)
const config = {
  title: 'Many',
  baseUrl: 'https://many.example/',
  language: 'en',
  timezone: 'UTC',
  search: false,
  cards: false,
  pagination: { size: 30 },
}

test('a site of many documents comes out as a clean build makes it, whatever is edited', async () => {
  const random = makeRandom(Number(process.env['SEED'] ?? 20261201))
  const fresh = (n: number) => ({
    title: `Title ${n}`,
    day: `2024-${String((n % 12) + 1).padStart(2, '0')}-${String((n % 28) + 1).padStart(2, '0')}`,
    tags: [`t${n % 4}`],
    more: '',
  })
  const posts = new Map(Array.from({ length: 140 }, (_, n) => [n, fresh(n)]))
  const name = (n: number) => `content/posts/p${n}.md`
  const textOf = ({ title, day, tags, more }: ReturnType<typeof fresh>) =>
    `---\ntitle: ${title}\ndate: ${day}\ntags: ${JSON.stringify(tags)}\n${more}---\n\nText of it.\n`
  const files = () => ({
    'site.config.json': JSON.stringify(config),
    ...Object.fromEntries([...posts].map(([n, post]) => [name(n), textOf(post)])),
  })
  const site = memorySite(files())
  assert.ok((await site.quickBuild({ at })).ok)
  let count = 140
  let failed = 0
  for (let round = 0; round < 40; round++) {
    for (let edits = random.below(4); edits >= 0; edits--) {
      const [n, post] = random.pick([...posts])
      const kind = random.below(9)
      if (kind < 2) post.title = random.pick(['A', 'B', '题'])
      else if (kind === 2) post.tags = [random.pick(['t0', 'T1', 'new'])]
      else if (kind === 3) post.day = `2024-0${1 + random.below(9)}-01`
      else if (kind === 4)
        post.more = random.pick(['', 'draft: true\n', 'slug: s\n', 'pinned: true\n', 'lang: de\n'])
      else if (kind === 5)
        post.more = 'expires: soon\n' // no such date: nothing is published
      else if (kind === 6) {
        posts.delete(n)
        site.remove(name(n))
        continue
      } else posts.set(count, fresh(count++))
      site.write({ [name(n)]: textOf(post) })
    }
    for (const [n, post] of posts)
      if (!site.disk.stat(`/site/${name(n)}`)) site.write({ [name(n)]: textOf(post) })
    const slugs = [...posts].filter(([, { more }]) => more === 'slug: s\n')
    for (const [n, post] of slugs.slice(1))
      site.write({ [name(n)]: textOf(Object.assign(post, { more: '' })) })
    const built = await site.quickBuild({ at })
    const cleanSite = memorySite(files())
    const clean = await cleanSite.build({ at })
    assert.deepEqual(built.problems, clean.problems, `round ${round}`)
    if (built.ok) assert.deepEqual(site.tree(), cleanSite.tree(), `round ${round}`)
    else {
      failed++
      for (const [n, post] of posts)
        if (post.more.startsWith('expires'))
          site.write({ [name(n)]: textOf(Object.assign(post, { more: '' })) })
    }
  }
  assert.ok(failed > 3 && failed < 30, `${failed} builds failed`)
})
