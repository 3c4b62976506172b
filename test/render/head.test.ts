import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from '../../src/pages/page.js'
import { type Head, makeHead } from '../../src/render/head.js'
import { wordsFor } from '../../src/render/words.js'
import type { PostView } from '../../src/site/types.js'
import { config, pageOf, postOf, siteOf } from './world.js'

const headOf = (page: Page, post?: PostView, over: Parameters<typeof siteOf>[1] = {}, card = ''): Head =>
  makeHead({
    page,
    post,
    site: siteOf(post ? [post] : [], over),
    words: wordsFor('zh-CN', 'zh-CN'),
    lang: 'zh-CN',
    card: () => card || undefined,
    picture: (address) =>
      address.startsWith('/2024/') || address.includes('touch')
        ? { width: 1200, height: 630, type: 'image/jpeg' }
        : undefined,
  })

const metasOf = (head: Head): Record<string, string> =>
  Object.fromEntries(head.metas.map(({ key, content }) => [key, content]))

const post = postOf({
  id: 'posts/a.md',
  url: '/2024/我/',
  title: '我</script>&的',
  tags: ['Rust', 'C++'],
  categories: ['编程'],
  updated: '2025-01-02',
  description: '一句话。',
  cover: '/2024/我/cover.jpg',
  coverAlt: '封面',
})
const page = pageOf('/2024/我/', 'post', 'post', { id: post.id, title: post.title, description: '一句话。' })
const address = 'https://example.org/blog/2024/%E6%88%91/'

test('titles name the page and the site', () => {
  const rows: [Page, string][] = [
    [
      pageOf('/', 'home', 'home', {
        pager: { number: 1, total: 2, first: true, newer: '', older: '/page/2/' },
      }),
      '跬步 · On Coding',
    ],
    [
      pageOf('/page/2/', 'home', 'home', {
        pager: { number: 2, total: 2, first: false, newer: '/', older: '' },
      }),
      '第 2 页 · 跬步',
    ],
    [pageOf('/archive/', 'archive', 'archive'), '归档 · 跬步'],
    [pageOf('/archive/2024/', 'archive', 'year', { title: '2024' }), '2024年 · 跬步'],
    [pageOf('/tags/', 'tags', 'tags'), '标签 · 跬步'],
    [pageOf('/tags/c++/', 'tag', 'tag', { title: 'C++' }), '标签：C++ · 跬步'],
    [
      pageOf('/tags/c++/page/2/', 'tag', 'tag', {
        title: 'C++',
        pager: { number: 2, total: 3, first: false, newer: '', older: '' },
      }),
      '标签：C++ · 第 2 页 · 跬步',
    ],
    [pageOf('/categories/', 'tags', 'categories'), '分类 · 跬步'],
    [pageOf('/series/', 'tags', 'seriesIndex'), '系列 · 跬步'],
    [pageOf('/series/a/', 'tag', 'series', { title: 'A' }), '系列「A」 · 跬步'],
    [pageOf('/projects/', 'projects', 'projects'), '项目 · 跬步'],
    [pageOf('/404.html', '404', '404', { noindex: true }), '这一页不在这里 · 跬步'],
    [pageOf('/x/', 'x', 'of-a-plugin', { title: '某页' }), '某页 · 跬步'],
  ]
  assert.deepEqual(
    rows.map(([page]) => headOf(page).title),
    rows.map(([, title]) => title),
  )
})

test('a post has its whole Open Graph and Twitter card', () => {
  const head = headOf(page, post, { data: { twitter: '@timmy' } })
  assert.deepEqual(
    head.metas.map(({ key, content }) => [key, content]),
    [
      ['og:type', 'article'],
      ['og:title', '我</script>&的'],
      ['og:description', '一句话。'],
      ['og:url', address],
      ['og:site_name', '跬步'],
      ['og:locale', 'zh_CN'],
      ['og:image', `${address}cover.jpg`],
      ['og:image:width', '1200'],
      ['og:image:height', '630'],
      ['og:image:type', 'image/jpeg'],
      ['og:image:alt', '封面'],
      ['article:published_time', '2024-12-31T10:55:52+08:00'],
      ['article:modified_time', '2025-01-02'],
      ['article:author', 'https://timmy.example/'],
      ['article:section', '编程'],
      ['article:tag', 'Rust'],
      ['article:tag', 'C++'],
      ['twitter:card', 'summary_large_image'],
      ['twitter:site', '@timmy'],
      ['twitter:creator', '@timmy'],
    ],
  )
})

test('links are canonical address, neighbours, feeds, and the author’s other places', () => {
  const list = pageOf('/page/2/', 'home', 'home', {
    pager: { number: 2, total: 3, first: false, newer: '/', older: '/page/3/' },
  })
  assert.deepEqual(headOf(list, undefined, { data: { webmention: 'https://wm.example/' } }).links, [
    { rel: 'canonical', href: 'https://example.org/blog/page/2/' },
    { rel: 'prev', href: 'https://example.org/blog/' },
    { rel: 'next', href: 'https://example.org/blog/page/3/' },
    {
      rel: 'alternate',
      type: 'application/rss+xml',
      title: '跬步 · RSS',
      href: 'https://example.org/blog/feed.xml',
    },
    { rel: 'me', href: 'https://github.com/timmy' },
    { rel: 'webmention', href: 'https://wm.example/' },
  ])
})

test('a canonical address elsewhere is used everywhere, also for og:url', () => {
  const elsewhere = { ...post, canonical: 'https://other.example/x/' }
  const head = headOf(page, elsewhere)
  assert.equal(head.canonical, 'https://other.example/x/')
  assert.equal(metasOf(head)['og:url'], 'https://other.example/x/')
})

test('a description is the author’s, else the beginning of the text, cut by width', () => {
  const bare = { ...post, description: '' }
  const text = '字'.repeat(200)
  const plain = pageOf('/2024/我/', 'post', 'post', { id: post.id, title: post.title })
  assert.equal(headOf(plain, { ...bare, text: '第一句。第二句。' }).description, '第一句。第二句。')
  assert.equal(headOf(plain, { ...bare, text }).description, `${'字'.repeat(79)}…`)
  assert.equal(headOf(page, post).description, '一句话。')
})

test('the picture is the cover, else a card, else the first image, else the site’s', () => {
  const image = (over: Partial<PostView>, data = {}, card = '') =>
    metasOf(headOf(page, { ...post, cover: '', ...over }, { data }, card))['og:image']
  assert.equal(image({ cover: 'https://cdn.example/a.jpg' }), 'https://cdn.example/a.jpg')
  assert.equal(image({ image: '/a.png' }, {}, '/cards/a.png'), 'https://example.org/blog/cards/a.png')
  assert.equal(image({ image: '/a.png' }), 'https://example.org/blog/a.png')
  assert.equal(image({}, { image: '/og.png' }), 'https://example.org/blog/og.png')
  assert.equal(image({}), 'https://example.org/blog/apple-touch-icon.png')
})

test('noindex pages say so, and 404 has neither canonical address nor graph', () => {
  const head = headOf(pageOf('/404.html', '404', '404', { noindex: true }))
  assert.deepEqual([head.robots, head.canonical, head.jsonLd], ['noindex', '', null])
  assert.equal(headOf(page, post).robots, 'max-image-preview:large')
})

test('the graph of a post holds site, author, blog, posting and breadcrumbs', () => {
  const home = 'https://example.org/blog/'
  assert.deepEqual(headOf(page, post).jsonLd, {
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'WebSite',
        '@id': `${home}#site`,
        url: home,
        name: '跬步',
        description: 'On Coding',
        inLanguage: 'zh-CN',
        publisher: { '@id': `${home}#author` },
      },
      {
        '@type': 'Person',
        '@id': `${home}#author`,
        name: 'Timmy',
        url: 'https://timmy.example/',
        sameAs: ['https://github.com/timmy'],
      },
      {
        '@type': 'Blog',
        '@id': `${home}#blog`,
        url: home,
        name: '跬步',
        isPartOf: { '@id': `${home}#site` },
      },
      {
        '@type': 'BlogPosting',
        headline: '我</script>&的',
        '@id': `${address}#main`,
        url: address,
        description: '一句话。',
        image: [`${address}cover.jpg`],
        datePublished: '2024-12-31T10:55:52+08:00',
        dateModified: '2025-01-02',
        inLanguage: 'zh-CN',
        author: [
          { '@id': `${home}#author`, '@type': 'Person', name: 'Timmy', url: 'https://timmy.example/' },
        ],
        mainEntityOfPage: { '@type': 'WebPage', '@id': address },
        isPartOf: { '@id': `${home}#blog` },
        keywords: ['Rust', 'C++'],
        publisher: { '@id': `${home}#author` },
        articleSection: '编程',
        wordCount: 1234,
      },
      {
        '@type': 'BreadcrumbList',
        '@id': `${address}#breadcrumbs`,
        itemListElement: [
          { '@type': 'ListItem', position: 1, name: '跬步', item: home },
          { '@type': 'ListItem', position: 2, name: '2024年', item: `${home}archive/2024/` },
          { '@type': 'ListItem', position: 3, name: '我</script>&的', item: address },
        ],
      },
    ],
  })
})

test('other kinds have the graph of their kind', () => {
  const typesOf = (head: Head) => {
    const graph = head.jsonLd as { '@graph': { '@type': string }[] }
    return graph['@graph'].map((node) => node['@type']).join(' ')
  }
  const project = { ...post, kind: 'project', data: { repository: 'https://github.com/x/y' } } as const
  assert.equal(typesOf(headOf(pageOf('/', 'home', 'home'))), 'WebSite Person Blog')
  assert.equal(
    typesOf(headOf(pageOf('/tags/a/', 'tag', 'tag', { title: 'a' }))),
    'WebSite Person CollectionPage BreadcrumbList',
  )
  assert.equal(typesOf(headOf(page, project)), 'WebSite Person SoftwareSourceCode BreadcrumbList')
  assert.equal(typesOf(headOf(page, { ...post, kind: 'page' })), 'WebSite Person WebPage')
})

test('a post that was not changed has no date of change', () => {
  const head = headOf(page, { ...post, updated: null })
  assert.equal(JSON.stringify(head.jsonLd).includes('dateModified'), false)
  assert.equal(metasOf(head)['article:modified_time'], undefined)
  assert.equal(config.language, 'zh-CN')
})
