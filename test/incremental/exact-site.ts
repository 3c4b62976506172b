// The fixed small site of the exact-run tests: twelve posts, two years, four tags, a series, a project, a plain page.
import type { Files } from '../temp-site.js'

export interface PostFields {
  readonly title: string
  readonly date: string
  readonly tags: string
  readonly more?: string
  readonly body?: string
}

/** One post as its author would write it. */
export const postText = ({ title, date, tags, more = '', body = '' }: PostFields): string =>
  `---\ntitle: ${title}\ndate: ${date}\ntags: [${tags}]\n${more}---\n\nOpening words.\n\n<!--more-->\n\n${body || 'The rest.'}\n`

// Titles without a common word, or posts would be related by more than their tags.
const posts: Readonly<Record<string, PostFields>> = {
  p01: { title: 'Anvil', date: '2023-01-01', tags: 'a' },
  p02: { title: 'Birch', date: '2023-02-01', tags: 'a' },
  p03: { title: 'Cloud', date: '2023-03-01', tags: 'b', more: 'series: Walk\n' },
  p04: { title: 'Delta', date: '2023-04-01', tags: 'b', more: 'series: Walk\n' },
  p05: { title: 'Ember', date: '2023-05-01', tags: 'c', body: '[Anvil](./p01.md)' },
  p06: { title: 'Flint', date: '2023-06-01', tags: 'c', more: 'projects: [tool]\n' },
  p07: { title: 'Gorge', date: '2024-01-01', tags: 'd' },
  p08: { title: 'Haven', date: '2024-02-01', tags: 'd' },
  p09: { title: 'Inlet', date: '2024-03-01', tags: 'd', body: '![A dot](./dot.png)' },
  p10: { title: 'Joust', date: '2024-04-01', tags: 'd' },
  p11: { title: 'Knoll', date: '2024-05-01', tags: 'd' },
  p12: { title: 'Latch', date: '2024-06-01', tags: 'd' },
}

export const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

export const config = {
  title: 'Exact',
  baseUrl: 'https://exact.example/',
  language: 'en',
  timezone: 'UTC',
  permalinks: { posts: '/:slug/' },
  // Small lists, so that most posts stand in few of them.
  pagination: { size: 2 },
  feeds: { items: 2 },
  // They have tests of their own.
  search: false,
  cards: false,
}

export const exactSite: Files = {
  'site.config.json': JSON.stringify(config),
  ...Object.fromEntries(
    Object.entries(posts).map(([name, post]) => [`content/posts/${name}.md`, postText(post)]),
  ),
  'content/posts/dot.png': dot,
  'content/about.md': '---\ntitle: About\n---\n\nWho I am.\n',
  'content/projects/tool/index.md': '---\ntitle: Tool\n---\n\nWhat it does.\n',
  'public/robots.txt': 'User-agent: *\nAllow: /\n',
}

/** A post of the site by its name, with some fields changed. */
export function changedPost(name: string, fields: Partial<PostFields>): Files {
  const post = posts[name]
  if (!post) throw new Error(`no post ${name}`)
  return { [`content/posts/${name}.md`]: postText({ ...post, ...fields }) }
}
