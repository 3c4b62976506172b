// Search: the page `/search/` and the files that a reader's browser fetches while searching. Documents go by their
// number: `index.json` says whose number it is and what weighs how much, `terms/` which document holds which term,
// `texts/` what it says. What is in them comes from the floor below.
import { keysOf, searchedIds, shardCount } from '../search/searched.js'
import type { SiteView } from '../site/types.js'
import { siteFeeds } from './feed-links.js'
import type { OwnPagesOf, Page, PageProps, Write } from './page.js'
import { templatedPage } from './templated.js'

const folder = '/search/'

/** `/search/…`; nothing where search is off. A document of the author's own at `/search/` stands in for our page. */
export const searchPages: OwnPagesOf = (index, places) => {
  const { config } = index
  if (!config.search) return []
  const ids = searchedIds(index, places)
  const keys = keysOf(ids)
  const shards = shardCount(ids.length)
  const file = (path: string, props: PageProps, name: keyof typeof searchWriters): Page => ({
    url: folder + path,
    by: 'search',
    props,
    make: { name, write: searchWriters[name] },
  })
  const taken = [...index.urls.values()].includes(folder)
  return [
    ...(taken
      ? []
      : [
          templatedPage(
            {
              url: folder,
              by: 'search',
              template: 'search',
              kind: 'search',
              noindex: true,
              feeds: siteFeeds(config),
            },
            {},
          ),
        ]),
    file(
      'index.json',
      { shards, keys: keys.join(''), length: keys[0]?.length ?? 0, ...config.search },
      'search-index',
    ),
    ...(config.search.variants ? [file('variants.txt', {}, 'search-variants')] : []),
    ...Array.from({ length: shards }, (_, shard) =>
      file(`terms/${shard.toString(16)}.txt`, { shard }, 'search-terms'),
    ),
    ...ids.map((id, number) => file(`texts/${keys[number]}.json`, { document: id }, 'search-text')),
  ]
}

type Searching = NonNullable<SiteView['search']>

function searchOf(site: SiteView): Searching {
  if (!site.search) throw new Error('search is off')
  return site.search
}

export const searchWriters = {
  'search-index': (site, props) => JSON.stringify({ ...props, sizes: searchOf(site).sizes() }),
  'search-variants': (site) => searchOf(site).variants(),
  'search-terms': (site, props) => searchOf(site).shard(Number(props['shard'])),
  'search-text': (site, props) => searchOf(site).text(String(props['document'])),
} as const satisfies Readonly<Record<string, Write>>
