import assert from 'node:assert/strict'
import { test } from 'node:test'
import { record } from '../../src/engine/reads.js'
import { ProblemError } from '../../src/errors.js'
import type { PostView } from '../../src/site/types.js'
import { doc, siteOf } from './sample.js'

const docs = [
  doc('posts/a.md', { date: '2024-01-01', tags: ['Go'], series: 'S', projects: ['p'] }),
  doc('posts/数据.md', { date: '2024-02-01', tags: ['go'], toc: false, series: 'S', slug: '数据' }),
  doc('posts/draft.md', { draft: true }),
  doc('projects/p.md'),
  doc('about.md'),
]

/** The questions that `look` asks, beyond those of getting hold of the view. */
async function asked(look: (post: PostView) => unknown, id = 'posts/a.md'): Promise<string[]> {
  const { site } = siteOf(docs)
  const post = site.post(id)
  return (await record(() => void look(post))).reads
}

test('every property of a view is an own enumerable getter, and nothing can change it', () => {
  const { site } = siteOf(docs)
  for (const view of [site.post('posts/a.md')]) {
    assert.equal(Reflect.set(view, 'title', 'other'), false)
    assert.equal(Reflect.set(view, 'more', 'other'), false)
    assert.equal(Reflect.deleteProperty(view, 'title'), false)
    assert.equal(Reflect.defineProperty(view, 'other', { value: 1 }), false)
    assert.equal(Reflect.setPrototypeOf(view, null), false)
    assert.ok('title' in view && !('other' in view))
    assert.deepEqual(Object.keys({ ...view }), Object.keys(view))
    for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(view)))
      assert.deepEqual(
        [name, typeof property.get, property.set, property.enumerable],
        [name, 'function', undefined, true],
      )
  }
  assert.ok(Object.isFrozen(site))
  const functions = new Set(
    'post view recent tagged near related postProjects projectPosts seriesPosts translations backlinks query'.split(
      ' ',
    ),
  )
  for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(site)))
    assert.equal(typeof (functions.has(name) ? property.value : property.get), 'function', name)
})

test('each property notes exactly its question', async () => {
  const { site } = siteOf(docs)
  const post = site.post('posts/a.md')
  const reads: Record<string, string[]> = {}
  for (const name of Object.keys(post))
    reads[name] = (await record(() => void post[name as keyof PostView])).reads
  const noting = (question: string, names: string) =>
    Object.fromEntries(names.split(' ').map((name) => [name, [question]]))
  assert.deepEqual(reads, {
    ...noting('label:posts/a.md', 'id kind section file title slug url href date lang'),
    ...noting(
      'meta:posts/a.md',
      'updated expires tags categories series draft unlisted pinned description cover',
    ),
    ...noting('meta:posts/a.md', 'coverAlt layout math comments projects canonical weight aliases data'),
    html: ['html:posts/a.md'],
    excerpt: ['excerpt:posts/a.md'],
    more: ['excerpt:posts/a.md'],
    toc: ['meta:posts/a.md', 'toc:posts/a.md'],
    text: ['text:posts/a.md'],
    words: ['facts:posts/a.md'],
    minutes: ['facts:posts/a.md'],
    hasMath: ['facts:posts/a.md'],
    hasCode: ['facts:posts/a.md'],
    hasDiagrams: ['facts:posts/a.md'],
    hasEmbeds: ['facts:posts/a.md'],
    image: ['facts:posts/a.md'],
    feedHtml: ['feed:posts/a.md'],
    status: ['query:status?["posts/a.md"]'],
    tagLinks: ['query:terms?["posts/a.md"]'],
    categoryLinks: ['query:terms?["posts/a.md"]'],
  })
})

test('the site’s configuration asks nothing, its lists ask their query', async () => {
  const { site } = siteOf(docs)
  const questions = async (look: () => unknown) => (await record(() => void look())).reads
  const plain = [site.title, site.config.title]
  assert.deepEqual(plain, ['跬步', '跬步'])
  for (const name of 'title description author baseUrl basePath language navigation social config data'.split(
    ' ',
  ))
    assert.deepEqual(await questions(() => site[name as keyof typeof site]), [], name)
  for (const name of 'posts pages projects tags categories series years'.split(' '))
    assert.deepEqual(await questions(() => site[name as keyof typeof site]), [`query:${name}?[]`])
  assert.deepEqual(await questions(() => site.recent(1)), ['query:recent?[1]'])
  assert.deepEqual(await questions(() => site.tagged(' ＧＯ ')), ['query:tagged?["go"]'])
  assert.deepEqual(await questions(() => site.view(['posts/a.md'])), ['label:posts/a.md'])
})

test('functions that take a view ask about it without reading it', async () => {
  const { site } = siteOf(docs)
  const post = site.post('posts/a.md')
  const { reads } = await record(() => {
    site.near(post)
    site.related(post, 3)
    site.postProjects(post)
    site.projectPosts(site.projects[0]!)
    site.seriesPosts(post)
    site.backlinks(post)
  })
  assert.deepEqual(reads, [
    'query:near?["posts/a.md"]',
    'query:related?["posts/a.md",3]',
    'query:postProjects?["posts/a.md"]',
    'query:projects?[]',
    'query:projectPosts?["projects/p.md"]',
    'query:seriesPosts?["posts/a.md"]',
    'backlinks:posts/a.md',
  ])
})

test('a view is made once and what it leads to is a view', () => {
  const { site } = siteOf(docs)
  const post = site.post('posts/a.md')
  assert.equal(site.posts[1], post)
  assert.equal(site.tagged('go')[1], post)
  assert.equal(site.near(site.posts[0]!).older, post)
  assert.equal(site.near(post).older, null)
  assert.equal(site.postProjects(post)[0], site.projects[0])
  assert.deepEqual(site.projectPosts(site.projects[0]!), [post])
  assert.deepEqual(
    site.seriesPosts(post).map((view) => view.id),
    ['posts/a.md', 'posts/数据.md'],
  )
})

test('addresses are encoded and carry the base path', () => {
  const { site } = siteOf(docs)
  assert.equal(site.post('posts/数据.md').href, '/blog/posts/%E6%95%B0%E6%8D%AE/')
  assert.deepEqual(site.tags, [
    { key: 'go', name: 'go', slug: 'go', url: '/tags/go/', href: '/blog/tags/go/', count: 2 },
  ])
  assert.deepEqual(site.post('posts/a.md').tagLinks, [
    { key: 'go', name: 'go', slug: 'go', url: '/tags/go/', href: '/blog/tags/go/' },
  ])
  assert.deepEqual(site.years, [{ year: 2024, count: 2, url: '/archive/2024/', href: '/blog/archive/2024/' }])
})

test('a switched-off table of contents is empty and does not ask for the body', async () => {
  assert.deepEqual(await asked((post) => assert.deepEqual(post.toc, []), 'posts/数据.md'), [
    'meta:posts/数据.md',
  ])
})

test('a document without a page cannot be had by its id', () => {
  const { site } = siteOf(docs)
  for (const id of ['posts/draft.md', 'posts/nothing.md', 'posts/aa.md'])
    assert.throws(
      () => site.post(id),
      (error) => error instanceof ProblemError && error.problems[0]?.code === 'site/no-document',
    )
  assert.throws(
    () => site.post('posts/aa.md'),
    (error) => {
      assert.ok(error instanceof ProblemError)
      assert.deepEqual(error.problems, [
        {
          severity: 'error',
          code: 'site/no-document',
          what: 'no published document "posts/aa.md"',
          found: 'posts/aa.md',
          expected: ['the path of a source below content/, such as posts/hello.md'],
          fix: 'did you mean "posts/a.md"?',
        },
      ])
      return true
    },
  )
})

test('what is not a view is refused by name', () => {
  const { site } = siteOf(docs)
  assert.throws(() => site.near({ ...site.post('posts/a.md') }), {
    message: 'site.near() was given something that is not a document of this site',
  })
})
