import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { outPathOf } from '../../src/urls.js'
import { type Files, tempSite } from '../temp-site.js'
import { changedPost, config, dot, exactSite, type PostFields, postText } from './exact-site.js'
import { differences } from './trees.js'

// One site for all edits: each is undone after its test, and the site must then be what it was.
const site = tempSite(exactSite)
after(() => site[Symbol.dispose]())
const first = await site.build()
assert.deepEqual(first.problems, [])
const tree = site.tree()

interface Edit {
  readonly write?: Files
  readonly remove?: readonly string[]
  readonly touch?: string
  /** Pages that are made again and come out as they were: the price of asking for a whole front matter or file. */
  readonly repeats?: readonly string[]
  /** Files written, where it is not the pages that ran. */
  readonly written?: readonly string[]
}

/** The steps that run after an edit, in order. Every page among them must have come out different. */
async function ranAfter({
  write = {},
  remove = [],
  touch,
  repeats = [],
  written: files,
}: Edit): Promise<readonly string[]> {
  site.write(write)
  for (const name of remove) site.remove(name)
  if (touch !== undefined) site.touch(touch)
  const { ok, ran, written, problems } = await site.build()
  assert.ok(ok, JSON.stringify(problems))
  const pages = ran.flatMap((key) => (key.startsWith('page:') ? [outPathOf(key.slice('page:'.length))] : []))
  assert.deepEqual(
    pages.filter((path) => !written.includes(path)),
    repeats,
    'pages were made again for nothing',
  )
  if (files) assert.deepEqual(written, files)
  for (const name of Object.keys(write)) if (!Object.hasOwn(exactSite, name)) site.remove(name)
  site.write(exactSite)
  await site.build()
  assert.equal(differences(site.tree(), tree), '', 'the edit cannot be undone')
  return ran
}

const pagesOf = (...urls: readonly string[]) => urls.map((url) => `page:${url}`)
const posts = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'].map((n) => `p${n}`)
const postPages = pagesOf(...posts.map((name) => `/${name}/`))
const homePages = pagesOf('/', '/page/2/', '/page/3/', '/page/4/', '/page/5/', '/page/6/')
const siteFeeds = pagesOf('/feed.xml', '/atom.xml', '/feed.json')
const templated = [
  'page:/about/',
  ...postPages,
  'page:/projects/tool/',
  ...homePages,
  ...pagesOf('/archive/', '/archive/2024/', '/archive/2023/'),
  ...pagesOf('/tags/', '/tags/a/', '/tags/b/', '/tags/c/', '/tags/d/'),
  ...pagesOf('/series/', '/series/walk/', '/projects/', '/404.html'),
]

test('nothing: no step', async () => {
  const { ran, written, removed } = await site.build()
  assert.deepEqual([ran, written, removed], [[], [], []])
})

const haven = { title: 'Haven', date: '2024-02-01', tags: 'd' }
const mango = { title: 'Mango', date: '2024-07-01', tags: 'e' }

const edits: readonly [name: string, edit: Edit, ran: readonly string[]][] = [
  [
    'the body of an old post: its page, and the one feed that holds it',
    { write: changedPost('p01', { body: 'Other words.' }) },
    [
      ...['meta:posts/p01.md', 'body:posts/p01.md', 'feed:posts/p01.md'],
      ...pagesOf('/p01/', '/tags/a/feed.xml'),
    ],
  ],
  [
    'the body of a post that is in no feed: its page alone',
    { write: changedPost('p08', { body: 'Other words.' }) },
    ['meta:posts/p08.md', 'body:posts/p08.md', 'page:/p08/'],
  ],
  [
    'the body of the newest post: its page and all feeds that hold it',
    { write: changedPost('p12', { body: 'Other words.' }) },
    [
      ...['meta:posts/p12.md', 'body:posts/p12.md', 'feed:posts/p12.md'],
      ...['page:/p12/', ...siteFeeds, 'page:/tags/d/feed.xml'],
    ],
  ],
  [
    'a footnote is a body like any other',
    { write: changedPost('p08', { body: 'A note[^1].\n\n[^1]: Here.' }) },
    ['links', 'meta:posts/p08.md', 'body:posts/p08.md', 'page:/p08/'],
  ],
  [
    'a link to another post: also the page that it leads to, which mentions it',
    { write: changedPost('p08', { body: 'See [there](./p02.md).' }) },
    ['links', 'meta:posts/p08.md', 'body:posts/p08.md', ...pagesOf('/p02/', '/p08/')],
  ],
  [
    'other words beside a link: its page alone',
    { write: changedPost('p05', { body: 'More of [Anvil](./p01.md)' }) },
    ['meta:posts/p05.md', 'body:posts/p05.md', 'feed:posts/p05.md', ...pagesOf('/p05/', '/tags/c/feed.xml')],
  ],
  [
    'an excerpt: also the page of the home list that shows it',
    { write: { 'content/posts/p08.md': postText(haven).replace('Opening', 'First') } },
    ['meta:posts/p08.md', 'body:posts/p08.md', ...pagesOf('/p08/', '/page/3/')],
  ],
  [
    'a title: the post, its neighbours, its lists, and what shows the newest five; nothing is planned anew',
    { write: changedPost('p08', { title: 'Heath' }) },
    [
      ...['meta:posts/p08.md', 'body:posts/p08.md'],
      ...pagesOf(
        '/p07/',
        '/p08/',
        '/p09/',
        '/page/3/',
        '/archive/',
        '/archive/2024/',
        '/tags/d/',
        '/404.html',
      ),
    ],
  ],
  [
    'a slug: the same, and the sitemap',
    { write: changedPost('p08', { more: 'slug: heath\n' }) },
    [
      ...['links', 'site'],
      ...['meta:posts/p08.md', 'body:posts/p08.md'],
      ...pagesOf(
        '/p07/',
        '/heath/',
        '/p09/',
        '/page/3/',
        '/archive/',
        '/archive/2024/',
        '/tags/d/',
        '/404.html',
      ),
      'page:/sitemap.xml',
    ],
  ],
  [
    'the slug of a post that another links to: the other body too, its page and its feed',
    { write: changedPost('p01', { more: 'slug: anvil\n' }) },
    [
      ...['links', 'site'],
      ...['meta:posts/p01.md', 'body:posts/p01.md', 'body:posts/p05.md'],
      ...['feed:posts/p01.md', 'feed:posts/p05.md'],
      ...pagesOf('/anvil/', '/p02/', '/p05/', '/page/6/', '/archive/', '/archive/2023/', '/tags/a/'),
      ...pagesOf('/tags/a/feed.xml', '/tags/c/feed.xml', '/sitemap.xml'),
    ],
  ],
  [
    'a tag that others bear: no neighbour, no archive; but its list, its feed, and who is related now',
    { write: changedPost('p08', { tags: 'd, c' }) },
    [
      'site',
      ...['meta:posts/p08.md', 'body:posts/p08.md', 'feed:posts/p08.md'],
      ...pagesOf('/p05/', '/p06/', '/p08/', '/page/3/', '/tags/', '/tags/c/', '/tags/c/feed.xml'),
      'page:/sitemap.xml',
    ],
  ],
  [
    'a new tag',
    { write: changedPost('p08', { tags: 'd, e' }) },
    [
      ...['links', 'site'],
      ...['meta:posts/p08.md', 'body:posts/p08.md', 'feed:posts/p08.md'],
      ...pagesOf('/p08/', '/page/3/', '/tags/', '/tags/e/', '/tags/e/feed.xml', '/sitemap.xml'),
    ],
  ],
  [
    'a field of the author’s own: the post alone',
    { write: changedPost('p08', { more: 'mood: calm\n' }), repeats: ['p08/index.html'] },
    ['site', 'meta:posts/p08.md', 'body:posts/p08.md', 'page:/p08/'],
  ],
  [
    'a post becomes a draft: its neighbours, its lists and all later pages of the home list',
    { write: changedPost('p08', { more: 'draft: true\n' }) },
    [
      ...['links', 'site'],
      'meta:posts/p08.md',
      ...pagesOf('/p07/', '/p09/', '/page/3/', '/page/4/', '/page/5/', '/page/6/'),
      ...pagesOf('/archive/', '/archive/2024/', '/tags/', '/tags/d/', '/404.html', '/sitemap.xml'),
    ],
  ],
  [
    'a post is deleted: the same without the post itself',
    { remove: ['content/posts/p08.md'] },
    [
      ...['links', 'site'],
      ...pagesOf('/p07/', '/p09/', '/page/3/', '/page/4/', '/page/5/', '/page/6/'),
      ...pagesOf('/archive/', '/archive/2024/', '/tags/', '/tags/d/', '/404.html', '/sitemap.xml'),
    ],
  ],
  [
    'a new post: no other post but its neighbour',
    { write: { 'content/posts/p13.md': postText(mango) } },
    [
      ...['links', 'site'],
      ...['meta:posts/p13.md', 'body:posts/p13.md', 'feed:posts/p13.md'],
      ...pagesOf('/p12/', '/p13/'),
      ...[...homePages, 'page:/page/7/'],
      ...pagesOf('/archive/', '/archive/2024/', '/tags/', '/tags/e/', '/404.html'),
      ...[...siteFeeds, ...pagesOf('/tags/e/feed.xml', '/sitemap.xml')],
    ],
  ],
  [
    'a new draft: nothing but its front matter',
    { write: { 'content/posts/p13.md': postText({ ...mango, more: 'draft: true\n' }) } },
    ['site', 'meta:posts/p13.md'],
  ],
  [
    'a plain page',
    { write: { 'content/about.md': '---\ntitle: About\n---\n\nWho you are.\n' } },
    ['meta:about.md', 'body:about.md', 'page:/about/'],
  ],
  [
    'one more project: not the menu of every page',
    { write: { 'content/projects/other.md': '---\ntitle: Other\n---\n\nMore.\n' } },
    [
      ...['links', 'site'],
      ...['meta:projects/other.md', 'body:projects/other.md'],
      ...pagesOf('/projects/other/', '/projects/', '/sitemap.xml'),
    ],
  ],
  [
    'a picture: whoever shows it',
    // Its page names what is made of it by what it is.
    { write: { 'content/posts/dot.png': Buffer.concat([dot, Buffer.from('x')]) } },
    ['links', 'body:posts/p09.md', 'page:/p09/'],
  ],
  [
    'a template of posts: all posts',
    {
      write: {
        'layouts/post.njk': '{% extends "base.njk" %}{% block content %}{{ post.html | safe }}{% endblock %}',
      },
    },
    postPages,
  ],
  [
    'a partial of every page: all that is made by a template',
    { write: { 'layouts/partials/footer.njk': '<footer>Mine</footer>' } },
    templated,
  ],
  ['a template that nothing uses', { write: { 'layouts/nothing.njk': 'x' } }, []],
  [
    'a style: its bundle, and every page that names it',
    { write: { 'layouts/styles/tokens.css': ':root { --paper: #fff }' } },
    ['links', 'bundle:styles/main.css', ...templated],
  ],
  [
    'a new public file: no step, one file',
    { write: { 'public/new.txt': 'new' }, written: ['new.txt'] },
    ['links'],
  ],
  ['a file that only looks new', { touch: 'content/posts/p08.md', written: [] }, []],
  [
    'another configuration: everything',
    {
      write: { 'site.config.json': JSON.stringify({ ...config, title: 'Other' }) },
      repeats: ['feed.css', 'sitemap.xml'],
    },
    first.ran,
  ],
]
for (const [name, edit, expected] of edits)
  test(name, async () => {
    // In which order is not told: a page may be made as soon as its body is there.
    assert.deepEqual([...(await ranAfter(edit))].sort(), [...expected].sort())
  })

test('a partial that is looked for appears, changes and vanishes: whoever looked for it', async () => {
  const post =
    '{% extends "base.njk" %}{% block content %}{{ post.html | safe }}{% include "partials/extra.njk" ignore missing %}{% endblock %}'
  site.write({ 'layouts/post.njk': post })
  await site.build()
  for (const text of ['one', 'two']) {
    site.write({ 'layouts/partials/extra.njk': text })
    assert.deepEqual((await site.build()).ran, postPages)
  }
  site.remove('layouts/partials/extra.njk')
  assert.deepEqual((await site.build()).ran, postPages)
})

test('a new post where list pages are numbered from the oldest: the first of them alone', async () => {
  const pagination = { size: 2, from: 'oldest' }
  using numbered = tempSite({
    ...exactSite,
    'site.config.json': JSON.stringify({ ...config, pagination }),
  })
  await numbered.build()
  const lists = async (name: string, fields: Partial<PostFields>) => {
    numbered.write({ [`content/posts/${name}.md`]: postText({ ...mango, ...fields }) })
    const { written } = await numbered.build()
    return written.filter((path) => path === 'index.html' || path.startsWith('page/'))
  }
  assert.deepEqual(await lists('p13', {}), ['index.html'])
  // A page becomes full: it is cut off, and the one behind it leads there.
  assert.deepEqual(await lists('p14', { title: 'Nutmeg', date: '2024-08-01' }), [
    'index.html',
    'page/5/index.html',
    'page/6/index.html',
  ])
  assert.match(numbered.read('dist/page/6/index.html'), /Page 6<.*page\/5\//s)
})
