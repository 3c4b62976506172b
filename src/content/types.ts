// The words of floor 2: what one document says of itself in its front matter.
import type { Problem } from '../errors.js'
import type { JsonObject } from '../json.js'

/** Path of the source below `content/`, NFC, forward slashes: `posts/hello.md`, `projects/pingsix/index.md`. */
export type DocId = string
/** Path relative to the site's root: `content/posts/hello.md`. */
export type Path = string
/** Root-relative address without the base path, decoded and NFC: `/2024/12/31/我的2024/`. Encoded only by `urls.ts`. */
export type Url = string
/** `2024-12-31` (a calendar date) or `2024-12-31T10:55:52+08:00` (always with offset, seconds, no fraction). */
export type IsoDate = string

export type Kind = 'post' | 'page' | 'project'

export interface Meta {
  /** Path of the source below `content/`: what `posts(ids)` and `site.post(id)` take. */
  readonly id: DocId
  /** `post`, `page` or `project`, by its place. */
  readonly kind: Kind
  /** First folder below `content/` (`posts`, also for `content/post`), '' for a file directly in `content/`. */
  readonly section: string
  /** Path of the source below the site's folder. */
  readonly file: Path
  readonly title: string
  readonly slug: string
  /** Address from the root, decoded, without the base path. */
  readonly url: Url
  readonly date: IsoDate | null
  readonly updated: IsoDate | null
  readonly expires: IsoDate | null
  readonly tags: readonly string[]
  readonly categories: readonly string[]
  readonly series: string
  readonly draft: boolean
  readonly unlisted: boolean
  readonly pinned: boolean
  /** '' where the author wrote none; templates fall back to the excerpt's text. */
  readonly description: string
  /** Site path or absolute URL of the cover, '' for none. A path beside the post is already resolved: `/2024/…/cover.jpg`. */
  readonly cover: string
  readonly coverAlt: string
  readonly lang: string
  /** Template name without `.njk`: `post`, `page`, `project` or what `layout` says. */
  readonly layout: string
  readonly toc: boolean
  readonly math: boolean | 'auto'
  readonly comments: boolean
  /** Slugs of projects that this post belongs to. */
  readonly projects: readonly string[]
  /** Absolute URL elsewhere, '' for none. */
  readonly canonical: string
  readonly weight: number
  readonly aliases: readonly Url[]
  /** UTF-16 offset in the file's text (after BOM removal and as read) where the body begins, and its line from 1. */
  readonly bodyOffset: number
  readonly bodyLine: number
  /** A bundle: the folder's other files are published at this document's URL. */
  readonly bundle: boolean
  /** The rest of the front matter, untouched. */
  readonly data: JsonObject
}

/**
 * What lists and links show of a document, and what its body needs to know: the answer to `label:`. The cover stands in
 * it for projects only, whose demos are shown by it; '' elsewhere, for lists of posts must not depend on pictures.
 */
export type Label = Pick<
  Meta,
  'id' | 'kind' | 'section' | 'file' | 'title' | 'slug' | 'url' | 'date' | 'lang' | 'math' | 'cover'
>

/** What of a Meta says where its document stands: in which lists, at which address, in which way. All else is shown there. */
export type Place = Omit<
  Meta,
  | 'section'
  | 'file'
  | 'title'
  | 'slug'
  | 'description'
  | 'coverAlt'
  | 'toc'
  | 'math'
  | 'comments'
  | 'projects'
  | 'bodyOffset'
  | 'bodyLine'
>

/** What the whole site is put in order by, and what lists show: `Place` and `Label` together. */
export type Listed = Omit<
  Meta,
  'description' | 'coverAlt' | 'toc' | 'comments' | 'projects' | 'bodyOffset' | 'bodyLine'
>

/** What the `meta` step yields: no Meta where an error makes the document unusable. */
export interface MetaResult {
  readonly meta: Meta | null
  readonly problems: readonly Problem[]
}
