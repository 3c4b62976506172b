// The pages that one feature plans for a made-up site.
import type { SiteConfig } from '../../src/config/types.js'
import type { Meta } from '../../src/content/types.js'
import type { Page, PagesOf } from '../../src/pages/page.js'
import { doc, indexOf } from '../site/sample.js'

export const plan = (
  pagesOf: PagesOf,
  docs: readonly Meta[],
  changes: Partial<SiteConfig> = {},
): readonly Page[] => {
  const { index, metas } = indexOf(docs, changes)
  return pagesOf(index, metas, [])
}

/** A page without the feeds, which are the same everywhere. */
export const brief = ({ url, make, props: { feeds, ...props } }: Page) => ({
  url,
  make: 'template' in make ? make.template : make.name,
  props,
})

export const feeds = [
  { title: '跬步 · RSS', url: '/feed.xml', type: 'application/rss+xml' },
  { title: '跬步 · Atom', url: '/atom.xml', type: 'application/atom+xml' },
  { title: '跬步 · JSON Feed', url: '/feed.json', type: 'application/feed+json' },
]

export const posts = (count: number, fields: (i: number) => Partial<Meta> = () => ({})) =>
  Array.from({ length: count }, (_, i) => doc(`posts/${i}.md`, { date: `2024-01-0${9 - i}`, ...fields(i) }))

export const small = { pagination: { size: 2, tags: 2, archive: 500, from: 'newest' as const } }
