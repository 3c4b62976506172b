// Zola's feeds: their names are configured, and ours stand aside where one of another kind stood.
import type { MoreFeed } from '../config/types.js'
import type { JsonObject } from '../json.js'
import { isRecord, textOf } from './types.js'
import { texts } from './zola-files.js'

interface FeedName {
  readonly file: string
  readonly format: 'rss' | 'atom' | 'json'
}

export function feedsOf(raw: JsonObject): FeedName[] {
  const names = texts(raw['feed_filenames'] ?? raw['feed_filename'])
  return (names.length > 0 ? names : ['atom.xml']).map((file) => ({
    file,
    format: file.endsWith('.json') ? 'json' : /rss/.test(file) ? 'rss' : 'atom',
  }))
}

/** The home's feeds at their names; ours move where one of another kind stood. */
export function homeFeeds(
  raw: JsonObject,
  names: readonly FeedName[],
): { paths: JsonObject; more: MoreFeed[] } {
  if (raw['generate_feeds'] !== true && raw['generate_feed'] !== true && raw['generate_rss'] !== true)
    return { paths: {}, more: [] }
  const paths: Record<string, string> = {}
  const more: MoreFeed[] = []
  for (const { file, format } of names) {
    if (paths[format] === undefined) paths[format] = `/${file}`
    else more.push({ url: `/${file}`, format, of: 'site', folder: '' })
  }
  if (paths['atom'] === '/feed.xml' && paths['rss'] === undefined) paths['rss'] = '/rss.xml'
  return { paths: { paths }, more }
}

export function termFeeds(raw: JsonObject, names: readonly FeedName[]): MoreFeed[] {
  const taxonomies = Array.isArray(raw['taxonomies']) ? raw['taxonomies'].filter(isRecord) : []
  return taxonomies.flatMap((taxonomy) => {
    const of = textOf(taxonomy['name'])
    if ((of !== 'tags' && of !== 'categories') || (taxonomy['feed'] !== true && taxonomy['rss'] !== true))
      return []
    return names.map(
      ({ file, format }): MoreFeed => ({ url: `/${of}/:slug/${file}`, format, of, folder: '' }),
    )
  })
}
