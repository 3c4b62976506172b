// A small made-up site for the tests of floors 3 and 5: documents with sensible defaults, bodies that note their
// questions as the real ones do, and queries that note theirs.
import type { SiteConfig } from '../../src/config/types.js'
import type { Meta } from '../../src/content/types.js'
import { note } from '../../src/engine/reads.js'
import type { Json } from '../../src/json.js'
import { buildIndex, type IndexOptions } from '../../src/site/index.js'
import { queries } from '../../src/site/queries.js'
import type { BodySource, Index, Metas, SiteView } from '../../src/site/types.js'
import { makeSiteView } from '../../src/site/views.js'

export const config: SiteConfig = {
  title: '跬步',
  description: 'On Coding',
  author: { name: 'Timmy', email: '', url: 'https://example.org/about/', avatar: '' },
  baseUrl: 'https://example.org/blog/',
  basePath: '/blog/',
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
  reading: { hanPerMinute: 300, wordsPerMinute: 200 },
  images: { variants: false, measure: 722 },
  search: false,
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

/** A document; its slug and address come from the id unless `fields` say otherwise. */
export function doc(id: string, fields: Partial<Meta> = {}): Meta {
  const section = id.includes('/') ? (id.split('/')[0] ?? '') : ''
  const kind = section === 'posts' ? 'post' : section === 'projects' ? 'project' : 'page'
  const slug = fields.slug ?? id.replace(/^[^/]+\//, '').replace(/(?:\/index)?\.md$/, '')
  return {
    id,
    kind,
    section,
    file: `content/${id}`,
    title: `Title of ${slug}`,
    slug,
    url: kind === 'page' ? `/${slug}/` : `/${section}/${slug}/`,
    date: kind === 'post' ? '2024-05-01' : null,
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
    layout: kind,
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
    ...fields,
  }
}

export const metasOf = (docs: readonly Meta[]): Metas => new Map(docs.map((meta) => [meta.id, meta]))

/** Noon of 1 June 2025 in Shanghai. */
export const at = Date.UTC(2025, 5, 1, 4)

export function indexOf(
  docs: readonly Meta[],
  changes: Partial<SiteConfig> = {},
  options: Partial<IndexOptions> = {},
): { index: Index; metas: Metas } {
  const metas = metasOf(docs)
  const index = buildIndex(metas, { ...config, ...changes }, { at, drafts: false, future: false, ...options })
  return { index, metas }
}

/** Bodies that say which document they are of; `html` may be given per document. */
export function bodiesOf(htmls: Readonly<Record<string, string>> = {}): BodySource {
  const ask = (part: string, id: string) => {
    note(`${part}:${id}`)
    return htmls[id] ?? `<p>${part} of ${id}</p>`
  }
  return {
    html: (id) => ask('html', id),
    excerpt: (id) => ({ html: ask('excerpt', id), more: true }),
    toc: (id) => [{ depth: 2, id: 'one', text: ask('toc', id), children: [] }],
    text: (id) => ask('text', id),
    facts: (id) => {
      ask('facts', id)
      return {
        words: 100,
        minutes: 1,
        hasMath: false,
        hasCode: true,
        hasDiagrams: false,
        hasEmbeds: false,
        image: '/a.png',
      }
    },
    feedHtml: (id) => ask('feed', id),
    backlinks: (id) => {
      ask('backlinks', id)
      return []
    },
  }
}

/** Views over `docs` as the build makes them. */
export function siteOf(
  docs: readonly Meta[],
  changes: Partial<SiteConfig> = {},
  bodies: BodySource = bodiesOf(),
  options: Partial<IndexOptions> = {},
): { index: Index; metas: Metas; site: SiteView } {
  const { index, metas } = indexOf(docs, changes, options)
  const query = (name: string, ...args: readonly Json[]): Json => {
    note(`query:${name}?${JSON.stringify(args)}`)
    return queries[name]?.(index, metas, ...args) ?? null
  }
  return { index, metas, site: makeSiteView({ index, metas, listing: metas, bodies, dataFiles: {}, query }) }
}

/** A seeded generator (mulberry32): random tests print their seed and can be run again. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
