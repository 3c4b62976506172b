// What templates see: documents and the site as objects that nobody can change, whose every property is own and enumerable
// (nunjucks' `sort` and `groupby` test hasOwnProperty) and notes its question. A view must never hold data in a
// plain field: a dump of it would leak what no trace knows of. What the configuration says is not noted, because
// another configuration is another world.
import { blogrollName, readBlogroll } from '../content/blogroll.js'
import type { DocId, Url } from '../content/types.js'
import { note } from '../engine/reads.js'
import { didYouMean, ProblemError } from '../errors.js'
import type { Json } from '../json.js'
import { hrefOf } from '../urls.js'
import { labelOf, makePostView } from './post-view.js'
import { foldTerm } from './terms.js'
import type { Index, PostView, SiteView, TermLink, ViewSource } from './types.js'

/** Views made when first wanted, each once; throws a ProblemError for a document that has no page. */
export function makeSiteView(source: ViewSource): SiteView {
  const { index, query } = source
  const { config } = index
  const views = new Map<DocId, PostView>()
  const idOf = new Map<PostView, DocId>()

  const view = (id: DocId): PostView => {
    const known = views.get(id)
    if (known) return known
    const listed = source.listing.get(id)
    if (!listed || !index.urls.has(id)) throw noDocument(id, index)
    const made = makePostView(listed, source)
    views.set(id, made)
    idOf.set(made, id)
    return made
  }
  // The casts below say what our own queries yield; `queries.ts` is their other half.
  const ids = (name: string, ...args: readonly Json[]) =>
    Object.freeze((query(name, ...args) as readonly DocId[]).map(view))
  const withHref = <T extends { readonly url: Url }>(name: string) =>
    (query(name) as unknown as readonly T[]).map((item) => ({
      ...item,
      href: hrefOf(item.url, config.basePath),
    }))
  /** Which document a view stands for, without noting what its getters would. */
  const identify = (post: PostView, asked: string): DocId => {
    const id = idOf.get(post)
    if (id === undefined)
      throw new ProblemError({
        severity: 'error',
        code: 'site/not-a-document',
        what: `site.${asked}() was given something that is not a document of this site`,
        found: typeof post,
        expected: ['a document, as in site.posts or post'],
      })
    return id
  }
  /**
   * By an id that does not come from an answer: whether it has a page is asked, in one question with what nearly all who show
   * a document show of it.
   */
  const byId = (id: DocId): PostView => {
    note(labelOf(id))
    return view(id)
  }

  return Object.freeze({
    get title() {
      return config.title
    },
    get description() {
      return config.description
    },
    get author() {
      return config.author
    },
    get baseUrl() {
      return config.baseUrl
    },
    get basePath() {
      return config.basePath
    },
    get language() {
      return config.language
    },
    get navigation() {
      return config.navigation
    },
    get social() {
      return config.social
    },
    get config() {
      return config
    },
    get data() {
      return config.data
    },
    get dataFiles() {
      return source.dataFiles
    },
    get blogroll() {
      // A folder of that name is no list, and reads as nothing.
      return readBlogroll(source.dataFiles[blogrollName] as Json | undefined)
    },
    get search() {
      return source.search
    },
    get posts() {
      return ids('posts')
    },
    get pages() {
      return ids('pages')
    },
    get projects() {
      return ids('projects')
    },
    get tags() {
      return withHref<TermLink>('tags')
    },
    get categories() {
      return withHref<TermLink>('categories')
    },
    get series() {
      return withHref<TermLink>('series')
    },
    get years() {
      return withHref<SiteView['years'][number]>('years')
    },
    post: byId,
    view: (wanted: readonly DocId[]) => wanted.map(byId),
    recent: (count: number) => ids('recent', count),
    // Folded here, so that two spellings are one question.
    tagged: (tag: string) => ids('tagged', foldTerm(tag)),
    near: (post: PostView) => {
      const near = query('near', identify(post, 'near')) as { newer: DocId | null; older: DocId | null }
      const viewOrNull = (id: DocId | null) => (id === null ? null : view(id))
      return { newer: viewOrNull(near.newer), older: viewOrNull(near.older) }
    },
    related: (post: PostView, count: number) => ids('related', identify(post, 'related'), count),
    translations: (post: PostView) => ids('translations', identify(post, 'translations')),
    backlinks: (post: PostView) =>
      Object.freeze(source.bodies.backlinks(identify(post, 'backlinks')).map(view)),
    postProjects: (post: PostView) => ids('postProjects', identify(post, 'postProjects')),
    projectPosts: (project: PostView) => ids('projectPosts', identify(project, 'projectPosts')),
    seriesPosts: (post: PostView) => ids('seriesPosts', identify(post, 'seriesPosts')),
    query,
  })
}

function noDocument(id: DocId, index: Index): ProblemError {
  const near = typeof id === 'string' ? didYouMean(id, index.published) : undefined
  return new ProblemError({
    severity: 'error',
    code: 'site/no-document',
    what: `no published document "${String(id)}"`,
    found: String(id),
    expected: ['the path of a source below content/, such as posts/hello.md'],
    ...(near === undefined ? {} : { fix: `did you mean "${near}"?` }),
  })
}
