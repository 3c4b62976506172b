// The named questions about all documents: data in, JSON out. A query's name and arguments are the question that
// a page's trace keeps, so each answers just what its pages show. None may throw: answers are asked at any time.
import type { DocId, Meta } from '../content/types.js'
import type { Json } from '../json.js'
import { encodePath } from '../urls.js'
import { foldTerm } from './terms.js'
import type { Index, Metas, Query, Term } from './types.js'

const text = (arg: Json | undefined): string => (typeof arg === 'string' ? arg : '')
const size = (arg: Json | undefined): number => (typeof arg === 'number' && arg > 0 ? Math.floor(arg) : 0)

const withoutIds = ({ key, name, slug, url }: Term) => ({ key, name, slug, url })
const withCount = (term: Term) => ({ ...withoutIds(term), count: term.ids.length })

/** Does this project belong to that post? Either side may say so: `projects` of the post, `posts` of the project. */
function belongTogether(post: Meta, project: Meta): boolean {
  if (post.projects.some((slug) => foldTerm(slug) === foldTerm(project.slug))) return true
  const named = project.data['posts']
  if (!Array.isArray(named)) return false
  const names = [post.slug, post.id, post.id.replace(/^[^/]+\//, '').replace(/(?:\/index)?\.[^./]+$/, '')]
  return named.some((name) => typeof name === 'string' && names.includes(name.normalize('NFC')))
}

const listedMetas = (ids: readonly DocId[], metas: Metas): Meta[] => ids.flatMap((id) => metas.get(id) ?? [])

/** The terms of one document that have a page; a term that only hidden posts bear has none. */
function refs(index: Index, of: 'tags' | 'categories', spellings: readonly string[]) {
  const found = spellings.flatMap((spelling) => index.lookup.term(of, spelling) ?? [])
  return [...new Set(found)].map(withoutIds)
}

/**
 * [id] → the name of a document's thread: `commentId` of its front matter, else its first address as giscus and utterances
 * make a name of it, so that threads begun elsewhere, or at an older address, are found again.
 */
function commentTerm(index: Index, metas: Metas, id: Json | undefined): Json {
  const meta = metas.get(text(id))
  const chosen = meta?.data['commentId'] ?? meta?.data['comment_id']
  if (typeof chosen === 'string' && chosen.trim() !== '') return chosen.trim()
  if (typeof chosen === 'number') return String(chosen)
  const path = index.commentIds.get(text(id)) ?? encodePath(meta?.url ?? '/')
  return `${index.config.basePath}${path.slice(1)}`.slice(1).replace(/\.\w+$/, '') || 'index'
}

/** Every query of ours by name. Ids are listed documents' only, newest first unless said otherwise. */
export const queries: Readonly<Record<string, Query>> = {
  posts: (index) => index.posts,
  pages: (index) => index.pages,
  projects: (index) => index.projects,
  /** For menus: one more project must not touch every page. */
  hasProjects: (index) => index.projects.length > 0,
  hasBlogroll: (index) => index.hasBlogroll,
  /** [count] */
  recent: (index, _, count) => index.posts.slice(0, size(count)),
  /** [any spelling] */
  tagged: (index, _, tag) => index.lookup.term('tags', text(tag))?.ids ?? [],
  categorised: (index, _, category) => index.lookup.term('categories', text(category))?.ids ?? [],
  tags: (index) => index.tags.map(withCount),
  categories: (index) => index.categories.map(withCount),
  series: (index) => index.series.map(withCount),
  years: (index) =>
    [...index.byYear].map(([year, ids]) => ({ year, count: ids.length, url: `/archive/${year}/` })),
  /** [id] → the neighbours in time, null at the ends and for what is not a listed post. */
  near: (index, _, id) => {
    const place = index.lookup.place(text(id))
    if (place < 0) return { newer: null, older: null }
    return { newer: index.posts[place - 1] ?? null, older: index.posts[place + 1] ?? null }
  },
  /** [id, count], best first */
  related: (index, _, id, count) => index.lookup.related(text(id), size(count)),
  /** [post] */
  postProjects: (index, metas, id) => {
    const post = metas.get(text(id))
    if (!post) return []
    return listedMetas(index.projects, metas)
      .filter((project) => belongTogether(post, project))
      .map((project) => project.id)
  },
  /** [project] */
  projectPosts: (index, metas, id) => {
    const project = metas.get(text(id))
    if (!project) return []
    return listedMetas(index.posts, metas)
      .filter((post) => belongTogether(post, project))
      .map((post) => post.id)
  },
  /** [post] → the posts of its series, oldest first */
  seriesPosts: (index, metas, id) => {
    const series = metas.get(text(id))?.series ?? ''
    return index.lookup.term('series', series)?.ids.toReversed() ?? []
  },
  /** [id] → itself and its translations, the site's language first */
  translations: (index, _, id) => index.lookup.translations(text(id)),
  /** [id] → its tags and categories, without counts */
  terms: (index, metas, id) => {
    const meta = metas.get(text(id))
    return {
      tags: refs(index, 'tags', meta?.tags ?? []),
      categories: refs(index, 'categories', meta?.categories ?? []),
    }
  },
  /** [id] → is it shown only because drafts or future documents were asked for? */
  status: (index, _, id) => index.marked.get(text(id)) ?? 'public',
  /** [id] → what its author says of it */
  description: (_, metas, id) => metas.get(text(id))?.description ?? '',
  /** Ids of posts in feeds that are not their addresses. */
  feedIds: (index) => Object.fromEntries(index.feedIds),
  /** [id] → the path by which its comments are kept: the first address that it ever had, encoded */
  commentId: (index, metas, id) =>
    index.commentIds.get(text(id)) ?? encodePath(metas.get(text(id))?.url ?? ''),
  commentTerm,
}
