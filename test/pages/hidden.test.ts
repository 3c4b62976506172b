import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Meta } from '../../src/content/types.js'
import { featuresWith, planPages } from '../../src/pages/plan.js'
import type { PostView, SiteView } from '../../src/site/types.js'
import { doc, siteOf } from '../site/sample.js'

const mark = 'Sentinel7f3a'

/** A document that bears the mark wherever an author can write it. */
const marked = (name: string, fields: Partial<Meta>): Meta =>
  doc(`posts/${mark}-${name}.md`, {
    title: `${mark} ${name} gateway notes`,
    tags: [`${mark}`, 'Go'],
    categories: [mark],
    series: 'S',
    description: mark,
    cover: `/${mark}.png`,
    projects: ['p'],
    data: { guid: mark, secret: mark },
    aliases: [`/${mark}/${name}/`],
    pinned: true,
    ...fields,
  })

const open = [
  doc('posts/a.md', { tags: ['go'], series: 'S', date: '2024-04-30', title: 'gateway notes' }),
  doc('posts/b.md', { tags: ['go'], series: 'S', date: '2024-05-02', projects: ['p'] }),
  doc('projects/p.md', { data: { posts: ['hidden'] } }),
  doc('about.md'),
]
const hidden = [
  marked('draft', { draft: true }),
  marked('future', { date: '2030-01-01' }),
  marked('expired', { expires: '2025-01-01' }),
  doc(`${mark}.md`, { draft: true }),
  doc(`projects/${mark}.md`, { date: '2030-01-01', data: { posts: ['a'] } }),
]

/** Everything that templates can learn from the site's lists, and all that pages write or carry. */
function everything(docs: readonly Meta[]): string[] {
  const { index, metas, site } = siteOf(docs)
  const { pages, problems } = planPages(index, metas, featuresWith([]))
  assert.deepEqual(problems, [])
  const around = (post: PostView, of: SiteView) => [
    of.near(post),
    of.related(post, 9),
    of.postProjects(post),
    of.projectPosts(post),
    of.seriesPosts(post),
    post.status,
    post.tagLinks,
    post.categoryLinks,
  ]
  const { config, ...lists } = site
  return [
    JSON.stringify(lists),
    JSON.stringify([...site.posts, ...site.pages, ...site.projects].map((post) => around(post, site))),
    JSON.stringify([site.recent(99), site.tagged('go'), site.tagged(mark), site.query('feedIds')]),
    ...pages.map(({ url, from, props, make }) =>
      JSON.stringify([url, from, props, 'write' in make ? make.write(site, props) : '']),
    ),
  ]
}

test('a draft, future or expired document leaves no trace: the site is as if it were not there', () => {
  assert.deepEqual(everything([...hidden, ...open]), everything(open))
})

test('an unlisted document is known to its own page and the stubs at its old addresses only', () => {
  const { index, metas, site } = siteOf([...open, marked('unlisted', { unlisted: true })])
  const { pages } = planPages(index, metas, featuresWith([]))
  const saying = pages.filter(({ url, props, make }) =>
    `${url}${JSON.stringify(props)}${'write' in make ? make.write(site, props) : ''}`.includes(mark),
  )
  assert.deepEqual(
    saying.map(({ url, by, props }) => [url, by, props['noindex']]),
    [
      [`/posts/${mark}-unlisted/`, 'posts', true],
      [`/${mark}/unlisted/`, 'redirects', true],
    ],
  )
  const { config, ...lists } = site
  assert.ok(!JSON.stringify(lists).includes(mark))
})
