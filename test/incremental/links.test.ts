// Which links are broken is not asked of all documents again: random sites of few addresses, on which pages come, go and take
// each other's places, against clean builds.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { memorySite } from '../memory-site.js'
import { makeRandom } from './random-site.js'

const at = Date.UTC(2025, 5, 1)
const names = ['p0', 'p1', 'p2']
const slugs = ['v', 'w', 'x', 'y', 'z']

test('random edits find the broken links that a clean build finds', async () => {
  const random = makeRandom(20261130)
  const some = (list: readonly string[]): string[] => list.filter(() => random.below(3) === 0)
  const links = (): string =>
    some([...slugs.map((slug) => `/2025/01/01/${slug}/`), '/tags/a/', '/tags/b/', '/file.txt', ''])
      .map((url) => `[l](${url}#${random.pick(['one', 'two', ''])})`)
      .join(' ')
  const facts = new Map(
    names.map((name, i) => [
      name,
      { there: true, slug: slugs[i]!, aliases: [''], heading: 'One', links: '', tag: 'a', title: 'A' },
    ]),
  )
  const textOf = (name: string): string => {
    const { slug, aliases, heading, links, tag, title } = facts.get(name)!
    const old = aliases.map((one) => (one === '' ? one : `/2025/01/01/${one}/`)).filter((one) => one !== '')
    return `---\ntitle: ${title}\nslug: ${slug}\ndate: 2025-01-01\ntags: [${tag}]\naliases: ${JSON.stringify(old)}\n---\n\n## ${heading}\n\n${links}\n`
  }
  const files = (): Record<string, string> => ({
    'layouts/post.njk': '{{ post.html | safe }}',
    'content/about.md': '---\ntitle: About\n---\n\nWho.\n',
    ...(hasFile && { 'public/file.txt': 'x' }),
    ...Object.fromEntries(
      names
        .filter((name) => facts.get(name)!.there)
        .map((name) => [`content/posts/${name}.md`, textOf(name)]),
    ),
  })
  let hasFile = true
  const site = memorySite(files())
  let found = 0
  for (let round = 0; round < 300; round++) {
    for (let edits = random.below(3); edits >= 0; edits--) {
      const name = random.pick(names)
      const own = facts.get(name)!
      const free = slugs.filter((slug) =>
        [...facts.values()].every((other) => other.slug !== slug && !other.aliases.includes(slug)),
      )
      const kind = random.below(10)
      if (kind === 0) own.there = !own.there
      else if (kind === 1) hasFile = !hasFile
      else if (kind === 2 && free.length > 0) own.slug = random.pick(free)
      else if (kind === 3) own.aliases = free.length > 0 && random.below(2) === 0 ? [random.pick(free)] : ['']
      else if (kind === 4) own.heading = random.pick(['One', 'Two'])
      else if (kind === 5) own.tag = random.pick(['a', 'b'])
      else if (kind === 6) own.title = random.pick(['A', 'B'])
      else if (kind === 7) {
        const other = facts.get(random.pick(names))!
        ;[own.slug, other.slug] = [other.slug, own.slug]
      } else if (kind === 8) {
        // A document comes to where an older address of another was, or goes and leaves such a one behind.
        const other = facts.get(random.pick(names))!
        if (other === own || !other.there) continue
        if (!own.there && other.aliases[0] !== '') {
          Object.assign(own, { there: true, slug: other.aliases[0] })
          other.aliases = ['']
        } else if (own.there && other.aliases[0] === '' && free.length > 0) {
          other.aliases = [own.slug]
          Object.assign(own, { there: false, slug: free[0] })
        }
      } else own.links = links()
    }
    const now = files()
    for (const name of [...names.map((one) => `content/posts/${one}.md`), 'public/file.txt']) {
      if (now[name] === undefined) site.remove(name)
      else site.write({ [name]: now[name] })
    }
    const how = random.pick<'build' | 'quickBuild'>(['build', 'quickBuild', 'quickBuild'])
    const built = await site[how]({ at })
    const clean = await memorySite(now).build({ at })
    assert.ok(built.ok, JSON.stringify(built.problems))
    assert.deepEqual(built.problems, clean.problems, `round ${round}: ${JSON.stringify([...facts])}`)
    found += built.problems.length
  }
  assert.ok(found > 400, `only ${found} broken links`)
})

test('a document that comes to where another had an older address is looked into by all that link there', async () => {
  const post = (more: string, body: string): string =>
    `---\ntitle: A\ndate: 2025-01-01\n${more}\n---\n\n${body}\n`
  const old = 'aliases: [/2025/01/01/x/]'
  const site = memorySite({
    'content/posts/a.md': post('aliases: [/always/]', '[l](/2025/01/01/x/#one)'),
    'content/posts/b.md': post(old, 'B'),
  })
  const problems = async () => (await site.quickBuild({ at })).problems.map(({ code }) => code)
  assert.deepEqual(await problems(), [])
  site.write({ 'content/posts/b.md': post('', 'B'), 'content/posts/c.md': post('slug: x', '## Two') })
  assert.deepEqual(await problems(), ['links/no-such-anchor'])
  site.remove('content/posts/c.md')
  site.write({ 'content/posts/b.md': post(old, 'B') })
  assert.deepEqual(await problems(), [])
})
