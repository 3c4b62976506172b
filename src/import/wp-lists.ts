// What a WordPress site holds beside its texts: uploaded files, feeds of terms, lists.
import type { OldAddress, SourceFiles } from './types.js'
import type { WxrItem } from './wxr.js'

/** Name below `wp-content/uploads/` → path in the source. */
export function uploadsOf(files: SourceFiles): Map<string, string> {
  return new Map(
    files.paths.flatMap((path): [string, string][] => {
      const at = path.indexOf('uploads/')
      return at >= 0 && (at === 0 || path.includes('wp-content/uploads/'))
        ? [[path.slice(at + 'uploads/'.length), path]]
        : []
    }),
  )
}

export function termFeeds(
  items: readonly WxrItem[],
): { url: string; format: 'rss'; of: 'tags' | 'categories'; folder: string }[] {
  const has = (domain: string): boolean =>
    items.some(({ terms }) => terms.some((term) => term.domain === domain))
  return [
    ...(has('category')
      ? [{ url: '/category/:slug/feed/', format: 'rss' as const, of: 'categories' as const, folder: '' }]
      : []),
    ...(has('post_tag')
      ? [{ url: '/tag/:slug/feed/', format: 'rss' as const, of: 'tags' as const, folder: '' }]
      : []),
  ]
}

export function unique(lists: readonly OldAddress[]): OldAddress[] {
  return [...new Map(lists.map((list) => [list.url, list])).values()]
}
