// The words of floor 3: all documents together, no HTML.
import type { SiteConfig } from '../config/types.js'
import type { BlogGroup } from '../content/blogroll.js'
import type { DataFolder } from '../content/data-files.js'
import type { DocId, Listed, Meta, Place, Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'
import type { Heading } from '../markdown/types.js'

export type Metas = ReadonlyMap<DocId, Meta>
/** All documents, as far as lists know them, and where each of them stands. */
export type Documents = Many<Listed>
export type Places = Many<Place>
interface Many<T> {
  get(id: DocId): T | undefined
  /** In id order. */
  values(): Iterable<T>
}

/** One tag, category or series after folding: `MySQL` and `mysql` are one term. */
export interface Term {
  /** Folded key (NFKC, lower case, inner blanks collapsed): what `tagged()` and the question take. */
  readonly key: string
  /** The most used spelling; ties go to the spelling of the newest post. */
  readonly name: string
  /** One path segment, decoded: `c++`, `数据库`. Distinct terms have distinct slugs, also ignoring case. */
  readonly slug: string
  readonly url: Url
  /** Newest first. */
  readonly ids: readonly DocId[]
}

/**
 * Everything derived from all Metas, made from all of them at once. "Listed" = not draft, future, expired
 * or unlisted at `at`. `published` additionally holds the unlisted: they have a page but stand in no list.
 */
export interface Index {
  readonly config: SiteConfig
  /** Listed posts, newest first: by instant, then weight, then id. The one order used everywhere. */
  readonly posts: readonly DocId[]
  /** Listed plain pages, by weight, then title, then id. */
  readonly pages: readonly DocId[]
  readonly projects: readonly DocId[]
  /** Every document that gets a page, in id order. */
  readonly published: readonly DocId[]
  /** Those of them that are folders or have a cover: other files stand beside them. */
  readonly withFiles: readonly DocId[]
  /** Documents that get a page only because drafts or future posts were asked for: they are marked. */
  readonly marked: ReadonlyMap<DocId, 'draft' | 'future'>
  readonly tags: readonly Term[]
  readonly categories: readonly Term[]
  readonly series: readonly Term[]
  readonly byYear: ReadonlyMap<number, readonly DocId[]>
  /** Of published documents only: a link to a draft is a broken link. */
  readonly urls: ReadonlyMap<DocId, Url>
  /** Addresses that a published document had before, by the ledger; never its present one. */
  readonly former: ReadonlyMap<DocId, readonly Url[]>
  /** Ids in feeds that are not the address: once published, by the ledger, or chosen by authors. They never change. */
  readonly feedIds: ReadonlyMap<DocId, string>
  /** The first address of a document that moved, encoded: comments hang on it. By the ledger. */
  readonly commentIds: ReadonlyMap<DocId, string>
  /** Is there a `data/blogroll` file, and nothing wrong with it? */
  readonly hasBlogroll: boolean
  /** The next moment (ms since 1970) at which a future post appears or a post expires; null for never. */
  readonly nextChange: number | null
  /** Not enumerable: says nothing that the rest does not. */
  readonly lookup: Lookup
}

/** Quick answers for queries, derived from the Index and made when first asked for. */
export interface Lookup {
  /** The term of any spelling (`Ｍｙ SQL` finds `my sql`), undefined where no listed post bears it. */
  term(of: 'tags' | 'categories' | 'series', spelling: string): Term | undefined
  /** Place in `posts` from 0; -1 for what is not a listed post. */
  place(id: DocId): number
  /** Listed posts near in tags, series, categories and title words, best first, never `id` itself. */
  related(id: DocId, count: number): readonly DocId[]
  /** The documents that say the same, this one with them, the site's language first; [] for none. */
  translations(id: DocId): readonly DocId[]
}

/** A query is data in, JSON out. Its name and arguments are the question, the fingerprint of its result the answer. */
export type Query = (index: Index, metas: Metas, ...args: readonly Json[]) => Json

/** What templates see of a document. Every property is an own, enumerable getter that notes its question. */
export interface PostView extends Omit<Meta, 'bodyOffset' | 'bodyLine' | 'bundle' | 'toc'> {
  /** `href` with base path, encoded: what templates write into `href`. */
  readonly href: string
  /** The body. */
  readonly html: string
  /** HTML before `<!--more-->`, else the beginning of the body. */
  readonly excerpt: string
  /** Whether the body goes on after the excerpt. */
  readonly more: boolean
  /** [] where the author switched it off. */
  readonly toc: readonly Heading[]
  /** The body as plain text. */
  readonly text: string
  /** Han characters and words of other scripts, code left out. */
  readonly words: number
  /** Minutes to read it, at least 1. */
  readonly minutes: number
  /** Whether it shows formulas. */
  readonly hasMath: boolean
  /** Whether it shows blocks of code. */
  readonly hasCode: boolean
  /** Whether it shows diagrams, drawn in the browser. */
  readonly hasDiagrams: boolean
  /** Whether something from elsewhere waits in it for a click. */
  readonly hasEmbeds: boolean
  /** The first picture of the body; '' for none. */
  readonly image: string
  /** HTML for feeds: absolute URLs, no scripts, MathML only. Only asked for by feeds. */
  readonly feedHtml: string
  /** `draft` and `future` only in previews that show such documents. */
  readonly status: 'public' | 'draft' | 'future'
  /** Terms, folded: name and URL agree with the tag pages. */
  readonly tagLinks: readonly TermRef[]
  /** The same for categories. */
  readonly categoryLinks: readonly TermRef[]
}

/** A link to a term from a document: without a count, or one more post would touch every page that bears the tag. */
export type TermRef = Omit<TermLink, 'count'>

export interface TermLink {
  readonly key: string
  readonly name: string
  readonly slug: string
  readonly url: Url
  readonly href: string
  readonly count: number
}

/** What is known of a text beside the text. */
export type Facts = Pick<
  PostView,
  'words' | 'minutes' | 'hasMath' | 'hasCode' | 'hasDiagrams' | 'hasEmbeds' | 'image'
>

/** The bodies, handed in as functions so that this floor need not know floor 4. Each notes its question. */
export interface BodySource {
  html(id: DocId): string
  excerpt(id: DocId): { html: string; more: boolean }
  toc(id: DocId): readonly Heading[]
  text(id: DocId): string
  facts(id: DocId): Facts
  feedHtml(id: DocId): string
  /** Who links to it. */
  backlinks(id: DocId): readonly DocId[]
}

/** What the files of the search index are written from; each notes its question. */
export interface SearchView {
  /** The terms and postings of one shard. */
  shard(number: number): string
  /** A letter for each document by its number: about how much its text weighs. */
  sizes(): string
  /** The text file of a document. */
  text(id: DocId): string
  /** Which character is taken for which. */
  variants(): string
}

/** What views are made of. */
export interface ViewSource {
  readonly index: Index
  readonly metas: Metas
  readonly listing: Pick<Documents, 'get'>
  /** Each function notes its own question. */
  readonly bodies: BodySource
  readonly dataFiles: DataFolder
  /** Absent where nothing is searched. */
  readonly search?: SearchView
  /** Answers by the queries of this name, notes `query:NAME?ARGS`, and remembers answers for this build. */
  query(name: string, ...args: readonly Json[]): Json
}

export interface SiteView {
  /** Name of the site. */
  readonly title: string
  /** One sentence about the site. */
  readonly description: string
  /** `{ name, email, url, avatar }`, empty texts where nothing is said. */
  readonly author: SiteConfig['author']
  /** Absolute address of the site, ends with `/`. */
  readonly baseUrl: string
  /** Path of `baseUrl`. */
  readonly basePath: string
  /** Language of the site. */
  readonly language: string
  /** Links of the masthead: `{ title, url }`. */
  readonly navigation: SiteConfig['navigation']
  /** Links of the footer. */
  readonly social: SiteConfig['social']
  /** The configuration as a whole (templates need `site.config.feeds.hub` and the like). */
  readonly config: SiteConfig
  /** `data` of the configuration. */
  readonly data: JsonObject
  /** The files below `data/` by their names; templates have them as `data`. */
  readonly dataFiles: DataFolder
  /** The blogs of `data/blogroll`, in groups; [] where there is no such file. */
  readonly blogroll: readonly BlogGroup[]
  /** For the files of the search index; undefined where search is off. */
  readonly search: SearchView | undefined
  /** All listed posts, newest first: a page that loops over this shows all of them. */
  readonly posts: readonly PostView[]
  /** Listed plain pages, by weight, then title. */
  readonly pages: readonly PostView[]
  /** Listed projects, by weight, then date. */
  readonly projects: readonly PostView[]
  /** All tags with their counts. */
  readonly tags: readonly TermLink[]
  /** All categories with their counts. */
  readonly categories: readonly TermLink[]
  /** All series with their counts. */
  readonly series: readonly TermLink[]
  /** Years that have posts, with counts and addresses. */
  readonly years: readonly {
    readonly year: number
    readonly count: number
    readonly url: Url
    readonly href: string
  }[]
  /** Views by id, for pages that carry ids in their props. */
  post(id: DocId): PostView
  /** Several views by ids. */
  view(ids: readonly DocId[]): readonly PostView[]
  /** The newest posts. */
  recent(count: number): readonly PostView[]
  /** Posts that bear a tag, in any spelling, newest first. */
  tagged(key: string): readonly PostView[]
  /** The posts after and before this one. */
  near(post: PostView): { readonly newer: PostView | null; readonly older: PostView | null }
  /** Posts near this one in tags, series, categories and words of the title. */
  related(post: PostView, count: number): readonly PostView[]
  /** This document in all its languages, itself with them; [] where there is but one. */
  translations(post: PostView): readonly PostView[]
  /** Listed documents whose texts link to this one, posts first, newest first. */
  backlinks(post: PostView): readonly PostView[]
  /** The projects that a post belongs to. */
  postProjects(post: PostView): readonly PostView[]
  /** The posts that belong to a project, newest first. */
  projectPosts(project: PostView): readonly PostView[]
  /** The posts of this post's series, oldest first; [] for none. */
  seriesPosts(post: PostView): readonly PostView[]
  /** Any query by its name, a plugin's as well. */
  query(name: string, ...args: readonly Json[]): Json
}
