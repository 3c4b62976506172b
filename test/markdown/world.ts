// A small site for the Markdown tests: five published documents, a draft, and a few files, all in memory.
import type { SiteConfig } from '../../src/config/types.js'
import type { Meta } from '../../src/content/types.js'
import type { Json } from '../../src/json.js'
import { type BodyContext, createMarkdown } from '../../src/markdown/body.js'
import type { Body } from '../../src/markdown/types.js'

export interface Options {
  readonly markdown?: Partial<SiteConfig['markdown']>
  readonly meta?: Partial<Meta>
  readonly basePath?: string
  /** Front matter before the body, so that positions must be moved. */
  readonly before?: string
  readonly context?: Partial<BodyContext>
}

export const config: SiteConfig = {
  title: '跬步',
  description: '',
  author: { name: 'Timmy', email: '', url: '', avatar: '' },
  baseUrl: 'https://example.org/',
  basePath: '/',
  language: 'zh-CN',
  timezone: 'Asia/Shanghai',
  permalinks: {},
  pagination: { size: 10, tags: 100, archive: 500, from: 'newest' },
  feeds: {
    items: 20,
    content: 'full',
    tags: true,
    categories: false,
    sections: [],
    hub: '',
    paths: { rss: '/feed.xml', atom: '/atom.xml', json: '/feed.json' },
    more: [],
  },
  trust: 'content-is-mine',
  markdown: {
    html: 'allow',
    highlighter: 'lowlight',
    parser: 'auto',
    lineNumbers: false,
    hardBreaks: false,
    toc: { from: 2, to: 3 },
    excerptWidth: 280,
    anchors: { like: 'none', before: '' },
  },
  reading: { hanPerMinute: 400, wordsPerMinute: 200 },
  images: { variants: false, measure: 722 },
  search: { variants: false, initials: false },
  cards: false,
  fonts: [],
  frontMatter: {},
  gitDates: false,
  navigation: [],
  social: [],
  slugs: 'unicode',
  tagSlugs: {},
  categorySlugs: {},
  redirects: {},
  comments: false,
  analytics: false,
  webmention: '',
  languages: [],
  words: {},
  check: { ignore: [] },
  budgets: { page: 0, image: 0, script: 0, style: 0, font: 0, feed: 0 },
  data: {},
}

export function metaOf(part: Partial<Meta>): Meta {
  return {
    id: 'posts/hello.md',
    kind: 'post',
    section: 'posts',
    file: 'content/posts/hello.md',
    title: '本文',
    slug: 'hello',
    url: '/2024/12/31/hello/',
    date: '2024-12-31',
    updated: null,
    expires: null,
    tags: [],
    categories: [],
    series: '',
    draft: false,
    unlisted: false,
    pinned: false,
    description: '',
    cover: '',
    coverAlt: '',
    lang: 'zh-CN',
    layout: 'post',
    toc: true,
    math: 'auto',
    comments: true,
    projects: [],
    canonical: '',
    weight: 0,
    aliases: [],
    bodyOffset: 0,
    bodyLine: 1,
    bundle: false,
    data: {},
    ...part,
  }
}

const documents = new Map<string, Meta>(
  [
    metaOf({}),
    metaOf({
      id: 'posts/other.md',
      title: '其他',
      slug: '其他',
      url: '/2024/11/15/其他/',
      date: '2024-11-15',
    }),
    metaOf({
      id: 'posts/trip/index.md',
      title: '旅行',
      slug: 'trip',
      url: '/2024/10/01/trip/',
      date: '2024-10-01',
    }),
    metaOf({ id: 'posts/draft.md', title: '草稿', slug: 'draft', url: '/2024/01/01/draft/', draft: true }),
    metaOf({ id: 'about.md', kind: 'page', title: '关于', slug: 'about', url: '/about/', date: null }),
    metaOf({
      id: 'projects/pingsix/index.md',
      kind: 'project',
      title: 'PingSIX',
      slug: 'pingsix',
      url: '/projects/pingsix/',
      date: null,
    }),
    metaOf({
      id: 'projects/lab.md',
      kind: 'project',
      title: '实验室',
      slug: 'crd-query',
      url: '/projects/crd-query/',
    }),
  ].map((meta) => [meta.id, meta]),
)

/** A PNG's first bytes: signature and header with its size. */
export function png(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52])
  const view = new DataView(bytes.buffer)
  view.setUint32(16, width)
  view.setUint32(20, height)
  return bytes
}

const files = new Map<string, Uint8Array>([
  ['content/posts/draft.md', new Uint8Array([1])],
  ['content/posts/cat.png', png(640, 480)],
  ['content/posts/images/dog.png', png(320, 200)],
  ['content/posts/图 一.png', png(20, 10)],
  ['content/posts/broken.png', new Uint8Array([1, 2, 3])],
  ['content/posts/slides.pdf', new Uint8Array([1])],
  [
    'content/posts/server.go',
    new TextEncoder().encode('package main\n\nfunc main() {\n\tif true {\n\t\tserve()\n\t}\n}\n'),
  ],
  ['data/rules.txt', new TextEncoder().encode('one\ntwo\n')],
  ['content/posts/film.mp4', new Uint8Array([0, 1, 255])],
  ['content/posts/shared/logo.svg', png(1, 1)],
  [
    'content/shared/logo.svg',
    new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="30" height="40"/>'),
  ],
  ['public/img/site.png', png(100, 50)],
  ['public/files/paper.pdf', new Uint8Array([1])],
  ['secret.txt', new Uint8Array([1])],
])

const byTag: Readonly<Record<string, readonly string[]>> = {
  rust: ['posts/other.md', 'posts/hello.md', 'posts/trip/index.md'],
}

export function contextOf(options: Options = {}): BodyContext {
  const basePath = options.basePath ?? '/'
  return {
    config: {
      ...config,
      basePath,
      baseUrl: `https://example.org${basePath}`,
      markdown: { ...config.markdown, ...options.markdown },
    },
    remark: [],
    rehype: [],
    urlOf: (id) => (documents.get(id)?.draft ? undefined : documents.get(id)?.url),
    bytes: (path) => files.get(path),
    look: async () => undefined,
    exists: (path) => files.has(path),
    hasPackage: () => true,
    meta: (id) => (documents.get(id)?.draft ? undefined : documents.get(id)),
    query: (name, argument): Json => {
      if (name === 'tagged') return byTag[String(argument)] ?? []
      if (name === 'recent')
        return ['posts/hello.md', 'posts/other.md', 'posts/trip/index.md'].slice(0, Number(argument))
      if (name === 'posts') return ['posts/hello.md', 'posts/other.md', 'posts/trip/index.md']
      if (name === 'description') return argument === 'posts/trip/index.md' ? '走了很远。' : ''
      if (name === 'projects') return ['projects/pingsix/index.md', 'projects/lab.md']
      return []
    },
    ...options.context,
  }
}

/** Makes one body in the small site. */
export function bodyOf(body: string, options: Options = {}): Promise<Body> {
  const before = options.before ?? ''
  const meta = metaOf({
    bodyOffset: before.length,
    bodyLine: before.split('\n').length,
    ...options.meta,
  })
  return createMarkdown(contextOf(options)).makeBody({ meta, text: before + body })
}
