// What a document's place below content/ says of it: kind, section, bundle, name. Text in, plain data out.
import { segmentOf, splitDatedName } from './slug.js'
import type { DocId, IsoDate, Kind } from './types.js'

export interface DocPath {
  readonly kind: Kind
  /** As in Meta: `posts` also for `content/post`. */
  readonly section: string
  /** Folders below `content/`, without a bundle's own. */
  readonly folders: readonly string[]
  /** File name without extension; for a bundle the folder's name. */
  readonly filename: string
  /** The name as one segment of an address, without its date. */
  readonly slug: string
  /** The date in the name, where that day exists. */
  readonly date: IsoDate | null
  readonly bundle: boolean
}

/** `_index.md` anywhere and the home's own `index.md` are no pages: they belong to lists. */
export function isListData(id: DocId): boolean {
  const name = id.slice(id.lastIndexOf('/') + 1)
  return /^_index\./i.test(name) || /^index\.[^./]+$/i.test(id)
}

/** Reads `posts/2024-12-31-name.md`, `posts/name/index.md`, `projects/x.md`, `about.md`. */
export function readDocPath(id: DocId): DocPath {
  const segments = id.split('/')
  const file = (segments.pop() ?? '').replace(/\.[^.]*$/, '')
  const top = segments[0] ?? ''
  const bundle = /^index$/i.test(file) && segments.length > 0
  const filename = (bundle ? (segments.pop() ?? '') : file).trim()
  const { date, rest } = splitDatedName(filename)
  const isPost = top === 'posts' || top === 'post'
  // `content/posts/index.md` is about the section: a page at its address, not a post in it.
  const inSection = segments.length > 0
  return {
    kind: inSection && isPost ? 'post' : inSection && top === 'projects' ? 'project' : 'page',
    section: isPost ? 'posts' : top,
    folders: segments,
    filename,
    slug: segmentOf(rest),
    date,
    bundle,
  }
}
