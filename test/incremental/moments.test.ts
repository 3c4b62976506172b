// What is kept belongs to a moment: posts appear and expire, builds fail halfway, and what was true then is not believed
// now. Each build is held against a clean one of the same files at the same time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BuildOptions } from '../../src/built.js'
import { type MemorySite, memorySite } from '../memory-site.js'
import { makeRandom } from './random-site.js'
import { differences } from './trees.js'

const day = 86_400_000
const start = Date.UTC(2025, 5, 1)
const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

const post = (fields: Readonly<Record<string, string>>, body: string): string =>
  `---\n${Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('')}---\n\n${body}\n`

/** Neighbours, terms, and all titles. */
const sound = `{{ post.title }} {{ post.html | safe }}
{% set near = site.near(post) %}{% if near.newer %}{{ near.newer.href }}{% endif %}{% if near.older %}{{ near.older.title }}{% endif %}
{% for tag in post.tagLinks %}{{ tag.name }} {{ tag.href }}{% endfor %}
{% for other in site.posts %} {{ other.title }}{% endfor %}`

type Asked = Pick<BuildOptions, 'at' | 'drafts' | 'future'>
const asked = (at: number): Asked => ({ at, drafts: false, future: false })

async function cleanTree(files: ReadonlyMap<string, string>, options: Asked): Promise<Map<string, string>> {
  const site = memorySite(Object.fromEntries(files))
  const built = await site.build(options)
  assert.ok(built.ok, JSON.stringify(built.problems))
  return site.tree()
}

async function same(
  site: MemorySite,
  files: ReadonlyMap<string, string>,
  options: Asked,
  told: string,
): Promise<void> {
  const built = await site.build(options)
  assert.ok(built.ok, `${told}: ${JSON.stringify(built.problems)}`)
  assert.equal(differences(site.tree(), await cleanTree(files, options)), '', told)
}

test('a post appears when its time has come, and is gone again for who looks back', async () => {
  const files = new Map([
    ['content/posts/a.md', post({ title: 'A', date: '2025-01-01' }, 'See [b](./b.md).')],
    [
      'content/posts/b.md',
      post({ title: 'B', date: dateOf(start + 2 * day), expires: dateOf(start + 4 * day) }, 'B'),
    ],
  ])
  const site = memorySite(Object.fromEntries(files))
  for (const days of [0, 1, 3, 0, 5, 3, 1]) await same(site, files, asked(start + days * day), `day ${days}`)
})

test('what a failed build learnt is not believed of what it did not look at', async () => {
  const files = new Map([
    ['layouts/post.njk', sound],
    ['content/posts/a.md', post({ title: 'A', date: '2025-01-01', tags: '[x]' }, 'A')],
    ['content/posts/b.md', post({ title: 'B', date: '2025-01-02', tags: '[x]' }, 'B')],
  ])
  const site = memorySite(Object.fromEntries(files))
  await same(site, files, asked(start), 'first')
  files.set('content/posts/a.md', post({ title: 'Other', date: '2025-03-01', tags: '[y]' }, 'A'))
  site.write({ ...Object.fromEntries(files), 'layouts/post.njk': '{{ post.nothing.at.all }}' })
  assert.equal((await site.build({ at: start })).ok, false)
  site.write({ 'layouts/post.njk': sound })
  await same(site, files, asked(start), 'mended')
  files.set('content/posts/b.md', post({ title: 'B', date: '2025-01-02', tags: '[x]' }, 'Another body'))
  site.write(Object.fromEntries(files))
  await same(site, files, asked(start), 'a body')
})

test('random edits at random times, some of them failing, always equal clean builds', async () => {
  const random = makeRandom(20261130)
  const files = new Map<string, string>([['layouts/post.njk', sound]])
  const site = memorySite(Object.fromEntries(files))
  let options = asked(start)
  const write = (name: string): void => {
    const date = dateOf(start + (random.below(12) - 6) * day)
    const fields = {
      title: `T${random.below(4)}`,
      date,
      tags: `[${random.pick(['x', 'X', 'y', 'X, z', ''])}]`,
    }
    const draft = random.below(4) === 0 ? { draft: 'true' } : {}
    const expires = random.below(4) === 0 ? { expires: dateOf(start + random.below(9) * day) } : {}
    const links = [0, 1, 2].map((i) => `[p${i}](./p${i}.md)`).slice(random.below(4))
    files.set(name, post({ ...fields, ...draft, ...expires }, `Body ${random.below(3)} ${links.join(' ')}`))
  }
  for (let round = 0; round < 120; round++) {
    const name = `content/posts/p${random.below(6)}.md`
    const kind = random.below(12)
    if (kind === 0 && files.delete(name)) site.remove(name)
    else if (kind === 1) options = { ...options, at: start + random.below(10) * day }
    else if (kind === 4) options = { ...options, drafts: !options.drafts }
    else if (kind === 5) options = { ...options, future: !options.future }
    else if (kind === 2) files.set('layouts/post.njk', random.pick([sound, `${sound}!`]))
    else write(name)
    site.write(Object.fromEntries(files))
    if (kind === 3) {
      site.write({ 'layouts/post.njk': '{{ post.nothing.at.all }}' })
      await site.build(options)
      site.write(Object.fromEntries(files))
    }
    await same(site, files, options, `round ${round}, kind ${kind}`)
  }
})
