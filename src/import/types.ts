// The words of moving in: what an importer is given and what it hands back. Importers are pure: files in, documents,
// configuration, files and notes out. None of them reads a disk, and none ever writes into the old site.
import type { MoreFeed } from '../config/types.js'
import type { DocId, Url } from '../content/types.js'
import type { Json, JsonObject } from '../json.js'

export const importKinds = ['hugo', 'hexo', 'jekyll', 'octopress', 'zola', 'eleventy', 'wordpress'] as const
export type ImportKind = (typeof importKinds)[number]

/** The old site's folder. Paths are relative, with forward slashes, NFC, sorted. */
export interface SourceFiles {
  readonly paths: readonly string[]
  has(path: string): boolean
  /** Where it lies on disk, for copying; undefined where there is no such file. */
  diskPath(path: string): string | undefined
  /** UTF-8 text, byte order marks kept; undefined where there is no such file. */
  text(path: string): string | undefined
}

/** One line of the report. */
export interface Note {
  /** `changed`: written in another way; `unknown`: not understood and kept; `skipped`: not brought over. */
  readonly kind: 'changed' | 'unknown' | 'skipped' | 'warning'
  /** Without the place: equal texts are counted together. */
  readonly what: string
  /** In the old site. */
  readonly file?: string
  readonly line?: number
}

export interface ImportedDocument {
  /** The old file. */
  readonly source: string
  /** Line from 1 at which the body begins in it. */
  readonly bodyLine: number
  /** Where it is written, below `content/`. */
  readonly id: DocId
  /** Front matter in order, without `permalink` and `aliases`. */
  readonly fields: JsonObject
  readonly body: string
  /** Where the old site had it, by the old generator's rule; null where it had no address of its own. */
  readonly url: Url | null
  /** By other rules of that generator, versions of it or machines: one of them may stand in the list of old addresses. */
  readonly maybe?: readonly Url[]
  readonly aliases: readonly string[]
  /** The id in the old feed; undefined where it is the address as we encode it. */
  readonly feedId?: string
}

/** An address of the old site that is no document's, and what should answer there now. */
export interface OldAddress {
  readonly url: Url
  /** A present address, a whole one elsewhere, `tag:NAME`, `category:NAME`, or '' where the general rules decide. */
  readonly to: Url
}

export interface Imported {
  readonly kind: ImportKind
  readonly documents: readonly ImportedDocument[]
  /** The new configuration without what follows from addresses. */
  readonly config: JsonObject
  readonly feeds: readonly MoreFeed[]
  readonly lists: readonly OldAddress[]
  /** Old path → path in the new site (`public/images/a.png`, `content/posts/a/b.png`). */
  readonly copies: ReadonlyMap<string, string>
  /** New files by path, such as `data/comments.json`. */
  readonly texts: ReadonlyMap<string, string>
  /** How many documents there were, by the importer's own count. */
  readonly found: number
  /** Documents left out, each with its reason. */
  readonly left: readonly { readonly source: string; readonly why: string }[]
  readonly notes: readonly Note[]
}

export interface ImportRequest {
  readonly files: SourceFiles
  /** Addresses that the old site is known to have had, decoded; null where no list was given. */
  readonly old: ReadonlySet<Url> | null
  /** Milliseconds since 1970: what is dated later was not published yet. */
  readonly now: number
}

export type Importer = (request: ImportRequest) => Imported

export const textOf = (value: Json | undefined): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''

export const isRecord = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The id, or `name-2.md` where another document has it (case does not count); it is taken from then on. */
export function freeId(id: DocId, taken: Set<string>): DocId {
  const [, stem = id, ending = ''] = /^(.*?)(\/index\.md|\.md)$/.exec(id) ?? []
  let free = id
  for (let n = 2; taken.has(free.normalize('NFC').toLowerCase()); n++) free = `${stem}-${n}${ending}`
  taken.add(free.normalize('NFC').toLowerCase())
  return free
}
