// A small site for the tests of this floor: real templates of the theme, documents made by hand.

import { existsSync, readFileSync } from 'node:fs'
import type { SiteConfig } from '../../src/config/types.js'
import type { Page, PageProps } from '../../src/pages/page.js'
import { createRenderer, type RenderWorld } from '../../src/render/render.js'
import type { PostView, SiteView } from '../../src/site/types.js'
import { hrefOf } from '../../src/urls.js'

export const config: SiteConfig = {
  title: '跬步',
  description: 'On Coding',
  author: { name: 'Timmy', email: '', url: 'https://timmy.example/', avatar: '' },
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
  social: [{ title: 'GitHub', url: 'https://github.com/timmy' }],
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

export function postOf(over: Partial<PostView> & { readonly id: string; readonly url: string }): PostView {
  return {
    kind: 'post',
    section: 'posts',
    file: `content/${over.id}`,
    title: 'T',
    slug: 't',
    href: hrefOf(over.url, config.basePath),
    date: '2024-12-31T10:55:52+08:00',
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
    math: 'auto',
    comments: true,
    projects: [],
    canonical: '',
    weight: 0,
    aliases: [],
    data: {},
    html: '<p>正文</p>',
    excerpt: '<p>摘要</p>',
    more: true,
    toc: [],
    text: '正文。',
    words: 1234,
    minutes: 5,
    hasMath: false,
    hasCode: false,
    hasDiagrams: false,
    hasEmbeds: false,
    image: '',
    feedHtml: '',
    status: 'public',
    tagLinks: [],
    categoryLinks: [],
    ...over,
  }
}

export function siteOf(posts: readonly PostView[], over: Partial<SiteConfig> = {}): SiteView {
  const full = { ...config, ...over }
  const byId = new Map(posts.map((post) => [post.id, post]))
  const view = (id: string): PostView => {
    const post = byId.get(id)
    if (!post) throw new Error(`no ${id}`)
    return post
  }
  const listed = posts.filter((post) => post.kind === 'post')
  return {
    title: full.title,
    description: full.description,
    author: full.author,
    baseUrl: full.baseUrl,
    basePath: full.basePath,
    language: full.language,
    navigation: full.navigation,
    blogroll: [],
    social: full.social,
    config: full,
    dataFiles: {},
    data: full.data,
    search: undefined,
    posts: listed,
    pages: posts.filter((post) => post.kind === 'page'),
    projects: posts.filter((post) => post.kind === 'project'),
    tags: [{ key: 'c++', name: 'C++', slug: 'c++', url: '/tags/c++/', href: '/blog/tags/c++/', count: 2 }],
    categories: [],
    series: [],
    years: [],
    post: view,
    view: (ids) => ids.map(view),
    recent: (count) => listed.slice(0, count),
    tagged: () => listed,
    near: (post) => ({
      newer: listed[listed.indexOf(post) - 1] ?? null,
      older: listed[listed.indexOf(post) + 1] ?? null,
    }),
    backlinks: () => [],
    translations: () => [],
    related: () => [],
    postProjects: (post) => posts.filter((project) => post.projects.includes(project.slug)),
    projectPosts: (project) => listed.filter((post) => post.projects.includes(project.slug)),
    seriesPosts: (post) => (post.series ? listed.filter(({ series }) => series === post.series) : []),
    query: () => null,
  }
}

export function pageOf(url: string, template: string, kind: string, more: PageProps = {}): Page {
  const feeds = [{ title: '跬步 · RSS', url: '/feed.xml', type: 'application/rss+xml' }]
  return {
    url,
    by: kind,
    props: { kind, title: '', description: '', noindex: false, feeds, ...more },
    make: { template },
  }
}

/** The theme's own templates, as a site without layouts has them. */
export const themeTemplates = {
  find(name: string) {
    const path = `layouts/${name}`
    return existsSync(path) ? { source: readFileSync(path, 'utf8'), path } : undefined
  },
}

export const rendererOf = (posts: readonly PostView[], over: Partial<RenderWorld> = {}) =>
  createRenderer({
    config: over.config ?? config,
    site: siteOf(posts, over.config),
    templates: themeTemplates,
    assetUrl: (entry) =>
      ({ 'styles/main.css': '/blog/assets/main.css', 'katex.css': '/blog/katex.css' })[entry],
    demo: () => null,
    hasDemo: () => false,
    exists: () => true,
    picture: () => undefined,
    card: () => undefined,
    cover: ({ cover }) =>
      cover === '' ? null : { src: hrefOf(cover, (over.config ?? config).basePath), sources: [] },
    filters: {},
    finish: [],
    ...over,
  })
