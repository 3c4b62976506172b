// Zola's feeds: their names are configured, and ours stand aside where one of another kind stood.
import type { MoreFeed } from '../config/types.js'
import type { JsonObject } from '../json.js'
import { isRecord, type OldAddress, textOf } from './types.js'
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

/** Homes and feeds of the languages beside the default one. */
export function ofLanguages(
  raw: JsonObject,
  codes: readonly string[],
  names: readonly FeedName[],
): { feeds: MoreFeed[]; lists: OldAddress[] } {
  const languages = isRecord(raw['languages']) ? raw['languages'] : {}
  const hasFeeds = (code: string): boolean => {
    const own = languages[code]
    return isRecord(own) && (own['generate_feeds'] === true || own['generate_feed'] === true)
  }
  return {
    feeds: codes
      .filter(hasFeeds)
      .flatMap((code) =>
        names.map(
          ({ file, format }): MoreFeed => ({ url: `/${code}/${file}`, format, of: 'site', folder: '' }),
        ),
      ),
    lists: codes.map((code) => ({ url: `/${code}/`, to: '/' })),
  }
}

/** Does a list of this taxonomy have further pages? Its first then has a stub of its own. */
export function isPaginated(raw: JsonObject, taxonomy: string): boolean {
  const taxonomies = Array.isArray(raw['taxonomies']) ? raw['taxonomies'].filter(isRecord) : []
  return taxonomies.some((own) => own['name'] === taxonomy && Number(own['paginate_by'] ?? 0) > 0)
}
