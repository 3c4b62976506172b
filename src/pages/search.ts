// Search: the page `/search/` and the files that a reader's browser fetches while searching. Documents go by their
// number: `index.json` says whose number it is and what weighs how much, `terms/` which document holds which term,
// `texts/` what it says. What is in them comes from the floor below.
import { keysOf, searchedIds, shardCount } from '../search/searched.js'
import type { SiteView } from '../site/types.js'
import { siteFeeds } from './feed-links.js'
import type { Page, PageProps, PagesOf } from './page.js'
import { templatedPage } from './templated.js'

const folder = '/search/'

/** `/search/…`; nothing where search is off. A document of the author's own at `/search/` stands in for our page. */
export const searchPages: PagesOf = (index, metas) => {
  const { config } = index
  if (!config.search) return []
  const ids = searchedIds(index, metas)
  const keys = keysOf(ids)
  const shards = shardCount(ids.length)
  const file = (
    name: string,
    props: PageProps,
    write: (view: Searching, props: PageProps) => string,
  ): Page => ({
    url: folder + name,
    by: 'search',
    props,
    make: { name: 'search', write: (site, props) => write(searchOf(site), props) },
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
      writeIndex,
    ),
    ...(config.search.variants ? [file('variants.txt', {}, (search) => search.variants())] : []),
    ...Array.from({ length: shards }, (_, shard) =>
      file(`terms/${shard.toString(16)}.txt`, { shard }, (search, props) =>
        search.shard(Number(props['shard'])),
      ),
    ),
    ...ids.map((id, number) =>
      file(`texts/${keys[number]}.json`, { document: id }, (search, props) =>
        search.text(String(props['document'])),
      ),
    ),
  ]
}

type Searching = NonNullable<SiteView['search']>

function searchOf(site: SiteView): Searching {
  if (!site.search) throw new Error('search is off')
  return site.search
}

const writeIndex = (search: Searching, props: PageProps): string =>
  JSON.stringify({ ...props, sizes: search.sizes() })
