import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { dot } from './incremental/exact-site.js'
import { makeRandom } from './incremental/random-site.js'
import { type Files, withSite } from './temp-site.js'

// Words that stand nowhere else in the world: whatever of a hidden post reaches a file can be found by them.
const random = makeRandom(20250601)
const letters = 'bcdfghjkmnpqrstvwxz'
const word = () => `q${Array.from({ length: 11 }, () => letters[random.below(letters.length)]).join('')}`

const fields = [
  'title',
  'body',
  'tag',
  'category',
  'series',
  'file',
  'image',
  'description',
  'alias',
  'heading',
  'data',
  'cover',
  'project',
] as const
type Sentinels = Readonly<Record<(typeof fields)[number], string>>

const sentinels = (): Sentinels =>
  Object.fromEntries(fields.map((field) => [field, word()])) as Record<(typeof fields)[number], string>

/** A post with a word of its own in every place from which something might leak, as a file and as a bundle. */
function hidden(extra: string, s: Sentinels, shape: 'file' | 'bundle'): Files {
  const folder = shape === 'file' ? 'content/posts' : `content/posts/${s.file}`
  const name = shape === 'file' ? `${s.file}.md` : 'index.md'
  return {
    [`${folder}/${name}`]: `---
title: ${s.title}
tags: [shared, ${s.tag}]
categories: [${s.category}]
series: ${s.series}
description: ${s.description}
aliases: [/${s.alias}/]
cover: ./${s.cover}.png
projects: [tool]
secret: ${s.data}
${extra}---

${s.body} and [a link](../first.md).

![${s.body}](./${s.image}.png)

## ${s.heading}

\`\`\`js
const ${s.body} = 1
\`\`\`

Note[^1]

[^1]: ${s.body}
`,
    [`${folder}/${s.image}.png`]: dot,
    [`${folder}/${s.cover}.png`]: dot,
  }
}

/** Everybody else points at the hidden ones as far as an author may. */
function site(all: readonly Sentinels[]): Files {
  const links = all.map(({ file }) => `[hidden](./${file}.md) [bundle](./${file}/index.md)`).join('\n\n')
  return {
    'site.config.json': JSON.stringify({ title: 'Site', baseUrl: 'https://a.example/', language: 'en' }),
    'content/posts/first.md': `---\ntitle: First\ndate: 2024-01-01\ntags: [shared]\n---\n\nFirst words.\n\n::posts{tag="shared"}\n`,
    'content/posts/second.md': '---\ntitle: Second\ndate: 2024-01-03\ntags: [shared]\n---\n\nMore words.\n',
    'content/linking.md': `---\ntitle: Linking\n---\n\n${links}\n`,
    'content/projects/tool.md': `---\ntitle: Tool\nposts: [${all.map(({ file }) => file).join(', ')}]\n---\n\nA tool.\n`,
    'public/plain.txt': 'plain',
  }
}

/** Names and bytes of all files that hold the word, in any of the forms in which it may be written. */
function filesWith(out: string, needle: string): string[] {
  const found = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        path.toLowerCase().includes(needle) || readFileSync(path, 'latin1').toLowerCase().includes(needle),
    )
  return found.map((path) => path.slice(out.length + 1).replaceAll('\\', '/')).sort()
}

const states: Readonly<Record<string, string>> = {
  draft: 'date: 2024-01-02\ndraft: true\n',
  'published: false': 'date: 2024-01-02\npublished: false\n',
  future: 'date: 2031-01-02\n',
  expired: 'date: 2024-01-02\nexpires: 2024-06-01\n',
  'draft and unlisted': 'date: 2024-01-02\ndraft: true\nunlisted: true\n',
}

for (const shape of ['file', 'bundle'] as const)
  for (const [state, extra] of Object.entries(states))
    test(`no byte of the output speaks of a post that is ${state} (${shape})`, async () => {
      const s = sentinels()
      await withSite({ ...site([s]), ...hidden(extra, s, shape) }, async (temp) => {
        // Others link to it: nothing there, as the warnings say; the names are the linking page's own text.
        temp.write({ 'content/linking.md': '---\ntitle: Linking\n---\n\nNo link.\n' })
        temp.write({ 'content/projects/tool.md': '---\ntitle: Tool\n---\n\nA tool.\n' })
        const built = await temp.build()
        assert.equal(built.ok, true, JSON.stringify(built.problems))
        for (const [field, needle] of Object.entries(s))
          assert.deepEqual(filesWith(join(temp.root, 'dist'), needle), [], `${field} ${needle}`)
      })
    })

test('who links to a hidden post shows nothing but the words of the link itself', async () => {
  const all = Object.values(states).map(() => sentinels())
  const posts = Object.values(states).map((extra, i) => hidden(extra, all[i]!, 'file'))
  await withSite(Object.assign({}, site(all), ...posts), async (temp) => {
    const built = await temp.build()
    assert.equal(built.ok, true, JSON.stringify(built.problems))
    for (const s of all)
      for (const [field, needle] of Object.entries(s))
        assert.deepEqual(
          filesWith(join(temp.root, 'dist'), needle),
          // Its address as typed stands where it was typed; a broken link is told to the author.
          field === 'file' ? ['linking/index.html'] : [],
          `${field} ${needle}`,
        )
  })
})

for (const shape of ['file', 'bundle'] as const)
  test(`an unlisted post is on its own page, marked noindex, and nowhere else (${shape})`, async () => {
    const s = sentinels()
    const extra = 'date: 2024-01-02\nunlisted: true\npermalink: /own/\n'
    await withSite({ ...site([]), ...hidden(extra, s, shape) }, async (temp) => {
      const built = await temp.build()
      assert.equal(built.ok, true, JSON.stringify(built.problems))
      const own = ['own/index.html']
      const places: Partial<Record<keyof Sentinels, readonly string[]>> = {
        image: [...own, `own/${s.image}.png`],
        cover: [...own, `own/${s.cover}.png`],
        // A former address leads to the page for who knows it; a list of all moves would tell everybody.
        alias: [`${s.alias}/index.html`],
        file: [],
        series: [],
        project: [],
        data: [],
      }
      for (const field of fields) {
        const found = filesWith(join(temp.root, 'dist'), s[field])
        const allowed = places[field] ?? own
        assert.deepEqual(
          found.filter((path) => !allowed.includes(path)),
          [],
          `${field} ${s[field]}`,
        )
      }
      const page = temp.tree().get('own/index.html') ?? ''
      assert.match(page, /<meta name="robots" content="noindex/)
      assert.ok(page.includes(s.title) && page.includes(s.body))
    })
  })

test('with --drafts and --future they are shown, marked, and never in feeds or for search engines', async () => {
  const all = [sentinels(), sentinels()]
  const draft = hidden('date: 2024-01-02\ndraft: true\n', all[0]!, 'file')
  const future = hidden('date: 2031-01-02\n', all[1]!, 'file')
  // A list in a text shows previews as any other list does: that one is left out here.
  const first = {
    'content/posts/first.md': '---\ntitle: First\ndate: 2024-01-01\ntags: [shared]\n---\n\nFirst.\n',
  }
  await withSite({ ...site([]), ...first, ...draft, ...future }, async (temp) => {
    const built = await temp.build({ drafts: true, future: true })
    assert.equal(built.ok, true, JSON.stringify(built.problems))
    for (const { title } of all) {
      const found = filesWith(join(temp.root, 'dist'), title)
      assert.ok(found.length > 1)
      assert.deepEqual(
        found.filter((path) => !path.endsWith('.html')),
        [],
      )
    }
    const again = await temp.build()
    assert.equal(again.ok, true)
    for (const s of all)
      for (const needle of Object.values(s))
        assert.deepEqual(filesWith(join(temp.root, 'dist'), needle), [], 'gone with the next plain build')
  })
})
