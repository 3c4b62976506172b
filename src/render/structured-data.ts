// JSON-LD of a page (schema.org), one graph: who writes, which site, what this page is and where it stands.
// Dates are given as authored and `dateModified` only where the author said so: never an echo of the other.
import type { JsonObject } from '../json.js'
import { absoluteOf } from '../urls.js'
import type { HeadSource } from './head.js'

export type { Json } from '../json.js'

export interface GraphSource extends HeadSource {
  readonly canonical: string
  readonly description: string
  /** The page's own name, '' on the home page. */
  readonly name: string
  /** Absolute. */
  readonly image: string
}

/** Google's limit for `headline`. */
const headlineLength = 110

/** Without keys that have nothing to say. */
function compact(object: Readonly<Record<string, JsonObject[string]>>): JsonObject {
  const empty = (value: JsonObject[string]) =>
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(Object.entries(object).filter(([, value]) => !empty(value)))
}

function breadcrumbs(source: GraphSource, middle: { name: string; url: string } | null): JsonObject {
  const { site, name, canonical } = source
  const trail = [
    { name: site.title, url: absoluteOf('/', site.baseUrl) },
    ...(middle ? [middle] : []),
    { name, url: canonical },
  ]
  return {
    '@type': 'BreadcrumbList',
    '@id': `${canonical}#breadcrumbs`,
    itemListElement: trail.map(({ name, url }, index) => ({
      '@type': 'ListItem',
      position: index + 1,
      name,
      item: url,
    })),
  }
}

function nodesOfPost(source: GraphSource): JsonObject[] {
  const { post, site, canonical, words, description, image, lang } = source
  if (!post) return []
  const home = absoluteOf('/', site.baseUrl)
  const repository = post.data['repository']
  const shared = {
    '@id': `${canonical}#main`,
    url: canonical,
    description,
    image: image === '' ? [] : [image],
    datePublished: post.date,
    dateModified: post.updated,
    inLanguage: lang,
    author: [
      { '@id': `${home}#author`, '@type': 'Person', name: site.author.name, url: site.author.url || home },
    ],
    mainEntityOfPage: { '@type': 'WebPage', '@id': canonical },
    isPartOf: { '@id': `${home}#${post.kind === 'post' ? 'blog' : 'site'}` },
    keywords: post.tags,
  }
  if (post.kind === 'project')
    return [
      compact({
        '@type': 'SoftwareSourceCode',
        name: post.title,
        codeRepository: typeof repository === 'string' ? repository : '',
        ...shared,
      }),
      breadcrumbs(source, { name: words.projects, url: absoluteOf('/projects/', site.baseUrl) }),
    ]
  if (post.kind === 'page')
    return [
      compact({ '@type': 'WebPage', name: post.title, ...shared, mainEntityOfPage: null, author: null }),
    ]
  const year = post.date?.slice(0, 4)
  const archive = year
    ? { name: words['date-year'](Number(year)), url: absoluteOf(`/archive/${year}/`, site.baseUrl) }
    : null
  return [
    compact({
      '@type': 'BlogPosting',
      headline: [...post.title].slice(0, headlineLength).join(''),
      ...shared,
      publisher: { '@id': `${home}#author` },
      articleSection: post.categories[0],
      wordCount: post.words,
    }),
    breadcrumbs(source, archive),
  ]
}

/** The whole graph; null where a page has nothing to tell machines (404). */
export function makeGraph(source: GraphSource): JsonObject | null {
  const { page, post, site, canonical, name, description, lang } = source
  if (!canonical) return null
  const home = absoluteOf('/', site.baseUrl)
  const { author } = site
  const person = compact({
    '@type': 'Person',
    '@id': `${home}#author`,
    name: author.name,
    url: author.url || home,
    image:
      author.avatar &&
      (/^https?:/i.test(author.avatar) ? author.avatar : absoluteOf(author.avatar, site.baseUrl)),
    sameAs: site.social.map(({ url }) => url).filter((url) => /^https?:/i.test(url)),
  })
  const website = compact({
    '@type': 'WebSite',
    '@id': `${home}#site`,
    url: home,
    name: site.title,
    description: site.description,
    inLanguage: site.language,
    publisher: { '@id': `${home}#author` },
  })
  const blog = {
    '@type': 'Blog',
    '@id': `${home}#blog`,
    url: home,
    name: site.title,
    isPartOf: { '@id': `${home}#site` },
  }
  const nodes: JsonObject[] = [website, person]
  if (page.props['kind'] === 'home') nodes.push(blog)
  else if (post) nodes.push(...(post.kind === 'post' ? [blog] : []), ...nodesOfPost(source))
  else
    nodes.push(
      {
        '@type': 'CollectionPage',
        '@id': canonical,
        url: canonical,
        name,
        description,
        inLanguage: lang,
        isPartOf: { '@id': `${home}#site` },
      },
      breadcrumbs(source, null),
    )
  return { '@context': 'https://schema.org', '@graph': nodes }
}
