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
{% for other in site.posts %} {{ other.title }}{% endfor %}
{% for other in site.pages %} {{ other.title }}{% endfor %}
{% for other in site.related(post, 2) %} ~ {{ other.title }}{% endfor %}
{{ page.name }} {{ page.description }}
{% for other in site.backlinks(post) %}< {{ other.title }}{% endfor %}`

type Asked = Pick<BuildOptions, 'at' | 'drafts' | 'future'>
const asked = (at: number): Asked => ({ at, drafts: false, future: false })

/** As an author builds, or by a program that has not looked at the files before. */
type How = 'quickBuild' | 'build'

async function same(
  site: MemorySite,
  files: ReadonlyMap<string, string>,
  options: Asked,
  told: string,
  how: How = 'quickBuild',
): Promise<void> {
  const built = await site[how](options)
  assert.ok(built.ok, `${told}: ${JSON.stringify(built.problems)}`)
  const clean = memorySite(Object.fromEntries(files))
  assert.deepEqual(built.problems, (await clean.build(options)).problems, told)
  assert.equal(differences(site.tree(), clean.tree()), '', told)
}

/** Files that nobody asks for, so that others stand in different stretches of the list of all. */
const between = Object.fromEntries(
  Array.from({ length: 1200 }, (_, n) => [`content/posts/p${n % 6}-${n}.txt`, `${n}`]),
)

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

test('links are looked at again when a heading, an address or a document is another', async () => {
  const named = (fields: object, body: string): string =>
    post({ title: 'A', date: '2025-01-01', ...fields }, body)
  const files = new Map([
    ['layouts/post.njk', sound],
    ['content/posts/a.md', named({}, '## One')],
    [
      'content/posts/b.md',
      named({ title: 'B' }, 'See [a](./a.md#one) and [at its address](/2025/01/01/a/).'),
    ],
  ])
  const site = memorySite(Object.fromEntries(files))
  await same(site, files, asked(start), 'first')
  const edit = async (fields: object, body: string, told: string): Promise<void> => {
    files.set('content/posts/a.md', named(fields, body))
    site.write({ 'content/posts/a.md': files.get('content/posts/a.md')! })
    await same(site, files, asked(start), told)
  }
  await edit({}, '## Two', 'its heading')
  await edit({}, '## One', 'its heading again')
  await edit({ slug: 'other' }, '## One', 'its address')
  await edit({ slug: 'other', title: 'Another' }, '## One', 'its title')
  await edit({ slug: 'other', title: 'Another' }, '## One\n\n[b](./b.md)', 'a link of its own')
  await edit({ draft: 'true' }, '## One', 'a draft')

  // Two documents change places: no body is another, and no address comes or goes.
  const place = async (a: string, c: string, told: string): Promise<void> => {
    files.set('content/posts/c.md', named({ slug: c }, '## Two'))
    files.set('content/posts/b.md', named({ title: 'B' }, '[one](/2025/01/01/x/#one)'))
    site.write(Object.fromEntries(files))
    await edit({ slug: a }, '## One', told)
  }
  await place('x', 'y', 'at their places')
  await place('y', 'x', 'changed')
})

test('a page with another title stands elsewhere among pages', async () => {
  const files = new Map([
    ['layouts/page.njk', sound],
    ['content/one.md', post({ title: 'B' }, 'One.')],
    ['content/two.md', post({ title: 'C' }, 'Two.')],
  ])
  const site = memorySite(Object.fromEntries(files))
  await same(site, files, asked(start), 'first')
  for (const title of ['A', 'D', 'B']) {
    files.set('content/two.md', post({ title }, 'Two.'))
    site.write({ 'content/two.md': files.get('content/two.md')! })
    await same(site, files, asked(start), title)
  }
})

test('random edits at random times, some of them failing, always equal clean builds', async () => {
  const random = makeRandom(20261130)
  const about = post({ title: 'About' }, 'Who.')
  const files = new Map<string, string>([
    ['layouts/post.njk', sound],
    ['layouts/page.njk', sound],
    ['content/about.md', about],
  ])
  const site = memorySite({ ...between, ...Object.fromEntries(files) })
  let options = asked(start)
  const fieldsOf = (): Readonly<Record<string, string>> => ({
    title: `T${random.below(4)} 网关`,
    description: `D${random.below(2)}`,
    date: dateOf(start + (random.below(12) - 6) * day),
    tags: `[${random.pick(['x', 'X', 'y', 'X, z', ''])}]`,
    ...(random.below(4) === 0 && { draft: 'true' }),
    ...(random.below(4) === 0 && { expires: dateOf(start + random.below(9) * day) }),
  })
  const known = new Map<
    string,
    readonly [fields: ReturnType<typeof fieldsOf>, heading: string, links: string]
  >()
  const write = (name: string): void => {
    // Most edits leave most of a document alone: then much of what is kept may be believed.
    const edited = random.below(5)
    const [fields = fieldsOf(), heading = 'One', links = ''] = known.get(name) ?? []
    const targets = [0, 1, 2].map((i) => `[p${i}](./p${i}.md#${random.pick(['one', 'two'])})`)
    const { title = '', description = '' } = fieldsOf()
    const next = [
      edited === 0 ? fieldsOf() : edited === 3 ? { ...fields, title, description } : fields,
      edited === 1 ? random.pick(['One', 'Two']) : heading,
      edited === 2 ? targets.slice(random.below(4)).join(' ') : links,
    ] as const
    known.set(name, next)
    files.set(name, post(next[0], `## ${next[1]}\n\nBody ${random.below(3)} ${next[2]}`))
    site.write({ [name]: files.get(name)! })
  }
  for (let round = 0; round < 120; round++) {
    const name =
      random.below(4) === 0 ? `content/q${random.below(2)}.md` : `content/posts/p${random.below(6)}.md`
    const kind = random.below(12)
    if (kind === 0 && files.delete(name)) site.remove(name)
    else if (kind === 1) options = { ...options, at: start + random.below(10) * day }
    else if (kind === 4) options = { ...options, drafts: !options.drafts }
    else if (kind === 5) options = { ...options, future: !options.future }
    else if (kind === 2) {
      files.set('layouts/post.njk', random.pick([sound, `${sound}!`]))
      site.write({ 'layouts/post.njk': files.get('layouts/post.njk')! })
    } else write(name)
    if (kind === 3) {
      site.write({ 'layouts/post.njk': '{{ post.nothing.at.all }}' })
      await site.quickBuild(options)
      site.write({ 'layouts/post.njk': files.get('layouts/post.njk')! })
    }
    // Saves what it learnt, and publishes nothing.
    if (kind === 6) await site.quickBuild({ ...options, dry: true })
    await same(site, files, options, `round ${round}, kind ${kind}`, random.pick(['build', 'quickBuild']))
  }
})
