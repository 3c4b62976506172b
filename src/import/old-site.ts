// The old site as it stands somewhere: its output folder, a sitemap, a feed, or a list of addresses. Read once into
// plain data; nothing here knows what it will be compared with.
import { posix } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Disk } from '../engine/disk.js'
import { ProblemError } from '../errors.js'
import { childrenOf, childText, parseXml, type XmlElement } from '../text/xml.js'
import { addressesOfList, normalAddress } from './old-addresses.js'

export interface OldFeedItem {
  /** As written: a whole URL nearly always. */
  readonly link: string
  readonly id: string
  readonly title: string
  readonly date: string
}

export interface OldSite {
  readonly kind: 'folder' | 'sitemap' | 'feed' | 'list'
  /** As written; of a folder paths below it. */
  readonly addresses: readonly string[]
  /** Items of the feed itself, or of all feeds in the folder. */
  readonly items: readonly OldFeedItem[]
  /** Text of a file of the folder; undefined for the other kinds. */
  read(path: string): string | undefined
}

/** Reads what stands at an absolute path. Throws a ProblemError where there is nothing, or nothing to be read. */
export function readOldSite(disk: Disk, path: string, shown = path): OldSite {
  const stat = disk.stat(path)
  if (stat?.kind === 'folder') return oldFolder(disk, path)
  if (stat?.kind !== 'file')
    throw new ProblemError({
      severity: 'error',
      code: 'verify/no-old-site',
      what: `there is nothing at ${shown}`,
      expected: ['the old output folder', 'a sitemap.xml', 'a feed', 'a list with one address a line'],
    })
  const bytes = disk.read(path)
  const text = Buffer.from(path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const nothing = { items: [], read: () => undefined }
  if (/^\ufeff?\s*</.test(text)) {
    const { root, fault } = parseXml(text)
    const addresses = root ? sitemapAddresses(root, (name) => besideText(disk, path, name)) : []
    if (addresses.length > 0) return { ...nothing, kind: 'sitemap', addresses }
    const items = root ? itemsOf(root) : []
    if (items.length > 0)
      return {
        ...nothing,
        kind: 'feed',
        addresses: items.map(({ link }) => link).filter((link) => link !== ''),
        items,
      }
    throw new ProblemError({
      severity: 'error',
      code: 'verify/bad-old-site',
      what: `${shown} is neither a sitemap nor a feed${fault === '' ? '' : `: ${fault}`}`,
    })
  }
  const json = jsonFeed(text)
  if (json) return { ...nothing, kind: 'feed', addresses: json.map(({ link }) => link), items: json }
  return { ...nothing, kind: 'list', addresses: addressesOfList(text) }
}

function besideText(disk: Disk, path: string, url: string): string | undefined {
  const beside = posix.join(posix.dirname(path), posix.basename(normalAddress(url)))
  return disk.stat(beside)?.kind === 'file' ? Buffer.from(disk.read(beside)).toString('utf8') : undefined
}

/** `urlset`, or `sitemapindex` whose parts lie beside it. */
function sitemapAddresses(root: XmlElement, read: (url: string) => string | undefined): string[] {
  if (root.name === 'urlset') return childrenOf(root, 'url').map((url) => childText(url, 'loc').trim())
  if (root.name !== 'sitemapindex') return []
  return childrenOf(root, 'sitemap').flatMap((part) => {
    const inner = parseXml(read(childText(part, 'loc').trim()) ?? '').root
    return inner?.name === 'urlset' ? sitemapAddresses(inner, read) : []
  })
}

/** Items of RSS 2.0 and 1.0, entries of Atom. */
export function itemsOf(root: XmlElement): OldFeedItem[] {
  const channel = childrenOf(root, 'channel')[0]
  const items = [...(channel ? childrenOf(channel, 'item') : []), ...childrenOf(root, 'item')]
  if (items.length > 0)
    return items.map((item) => ({
      link: childText(item, 'link').trim(),
      id: (childText(item, 'guid') || childText(item, 'link')).trim(),
      title: childText(item, 'title').trim(),
      date: (childText(item, 'pubDate') || childText(item, 'dc:date')).trim(),
    }))
  return childrenOf(root, 'entry').map((entry) => {
    const links = childrenOf(entry, 'link')
    const own = links.find(({ attributes }) => (attributes['rel'] ?? 'alternate') === 'alternate')
    return {
      link: (own?.attributes['href'] ?? '').trim(),
      id: childText(entry, 'id').trim(),
      title: childText(entry, 'title').trim(),
      date: (childText(entry, 'published') || childText(entry, 'updated')).trim(),
    }
  })
}

function jsonFeed(text: string): OldFeedItem[] | undefined {
  if (!/^\ufeff?\s*\{/.test(text)) return undefined
  try {
    const feed = JSON.parse(text.replace(/^\ufeff/, '')) as { items?: unknown }
    if (!Array.isArray(feed.items)) return undefined
    return feed.items.map((item: Record<string, unknown>) => ({
      link: String(item['url'] ?? ''),
      id: String(item['id'] ?? item['url'] ?? ''),
      title: String(item['title'] ?? ''),
      date: String(item['date_published'] ?? ''),
    }))
  } catch {
    return undefined
  }
}

const skipped = new Set(['.git', 'node_modules', '.DS_Store'])

function oldFolder(disk: Disk, root: string): OldSite {
  const paths: string[] = []
  const visit = (folder: string, prefix: string): void => {
    for (const { name, kind } of disk.list(folder)) {
      if (skipped.has(name)) continue
      if (kind === 'folder') visit(`${folder}/${name}`, `${prefix}${name}/`)
      else if (kind === 'file') paths.push(`${prefix}${name}`)
    }
  }
  visit(root, '')
  const read = (path: string): string | undefined =>
    disk.stat(`${root}/${path}`)?.kind === 'file'
      ? Buffer.from(disk.read(`${root}/${path}`)).toString('utf8')
      : undefined
  const items = paths
    .filter((path) => /\.(?:xml|atom|rss)$/i.test(path))
    .flatMap((path) => {
      const { root: tree } = parseXml(read(path) ?? '')
      return tree && /^(?:rss|feed|rdf:RDF)$/.test(tree.name) ? itemsOf(tree) : []
    })
  return { kind: 'folder', addresses: paths, items, read }
}
