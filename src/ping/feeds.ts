// The feeds of a published folder that name a hub, read from the files themselves: what is told to a hub is what stands
// there, whatever the configuration says by now.
import { type Disk, hasCode } from '../engine/disk.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'
import type { Manifest } from '../output/manifest.js'

export interface PublishedFeed {
  /** Its own address, and its hub's, as it says. */
  readonly self: string
  readonly hub: string
  readonly hash: Answer
}

/** All feeds with a hub among the files of ours, in path order. */
export function publishedFeeds(disk: Disk, out: string, manifest: Manifest): PublishedFeed[] {
  return [...manifest.keys()].sort().flatMap((path): PublishedFeed[] => {
    if (!/\.(?:xml|json)$|(?:^|\/)index\.html$/.test(path)) return []
    const bytes = readOrNothing(disk, `${out}/${path}`)
    if (!bytes) return []
    const links = linksOf(Buffer.from(bytes).toString('utf8'))
    return links?.self && links.hub ? [{ self: links.self, hub: links.hub, hash: fingerprint(bytes) }] : []
  })
}

function readOrNothing(disk: Disk, path: string): Uint8Array | undefined {
  try {
    return disk.read(path)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

interface FeedLinks {
  readonly self: string | undefined
  readonly hub: string | undefined
}

function linksOf(text: string): FeedLinks | undefined {
  if (text.startsWith('{')) return linksOfJson(text)
  if (!/^<\?xml[\s\S]{0,400}?<(?:rss|feed)\b/.test(text)) return undefined
  const head = text.slice(0, text.search(/<(?:item|entry)>|$/))
  const found = new Map<string, string>()
  for (const [link] of head.matchAll(/<(?:atom:)?link\b[^>]*>/g)) {
    const rel = /\srel="([^"]*)"/.exec(link)?.[1]
    const href = /\shref="([^"]*)"/.exec(link)?.[1]
    if (rel !== undefined && href !== undefined) found.set(rel, unescaped(href))
  }
  return { self: found.get('self'), hub: found.get('hub') }
}

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

function linksOfJson(text: string): FeedLinks | undefined {
  if (!text.includes('"https://jsonfeed.org/version/')) return undefined
  // Written by us, or it is none of ours to tell of.
  const feed = JSON.parse(text) as {
    readonly feed_url?: string
    readonly hubs?: readonly { readonly url: string }[]
  }
  return { self: feed.feed_url, hub: feed.hubs?.[0]?.url }
}
