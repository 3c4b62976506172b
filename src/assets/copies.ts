// Files that are published byte for byte: everything in public/, files of bundles, and files that a body shows.
import { posix } from 'node:path'
import { sourcesOf } from '../content/beside.js'
import type { Snapshot } from '../content/scan.js'
import type { Meta, Path } from '../content/types.js'
import { pictureFor } from '../images/make.js'
import type { ImageWant } from '../images/types.js'
import type { Want } from '../markdown/types.js'
import { frameOf } from './demos.js'

export interface Copy {
  readonly path: string
  readonly source: Path
  /** What becomes of its bytes on the way, where they may not go as they are. */
  readonly change?: (bytes: Uint8Array) => Uint8Array
}

/** Code of a project and its demo's data: made into something else, not published as it is. */
const isCode = (name: string, { kind }: Meta): boolean =>
  kind === 'project' && /^demo\/|^demo\.css$|\.[mc]?tsx?$/.test(name)
const isDocument = (name: string): boolean =>
  /\.(?:md|markdown|mkd|mdown)$|(?:^|\/)_defaults\.ya?ml$/i.test(name)

export interface CopySource {
  readonly meta: Meta
  readonly wants: readonly Want[]
}

/**
 * All copies, each path once (the same file may be wanted by many). Of documents only those matter that are folders, have
 * a cover or want something. `covers` are pictures that no body shows. Two different files for one path stay two
 * entries: the collision is told with all others.
 */
export function planCopies(
  snapshot: Snapshot,
  documents: readonly CopySource[],
  covers: readonly ImageWant[] = [],
): Copy[] {
  const copies = new Map<string, Copy>()
  const add = (path: string, source: Path): void => {
    copies.set(`${path}\0${source}`, { path, source })
  }
  for (const source of snapshot.under('public')) add(source.slice('public/'.length), source)
  const bundles = new Map(
    documents.filter(({ meta }) => meta.bundle).map(({ meta }) => [posix.dirname(meta.file), meta]),
  )
  for (const source of bundles.size === 0 ? [] : snapshot.under('content')) {
    const [folder, meta] = nearestBundle(source, bundles) ?? []
    if (folder === undefined || meta === undefined) continue
    const name = source.slice(folder.length + 1)
    const isPlain =
      meta.kind === 'project' && name.startsWith('demo/') && frameOf(snapshot, folder) !== undefined
    if (!isPlain && (isDocument(name) || isCode(name, meta))) continue
    add(posix.join(baseFolder(meta.url), name), source)
  }
  for (const { wants } of documents)
    for (const { src, out } of wants) if (!src.startsWith('public/')) add(out, src)
  for (const { meta } of documents) {
    const source = sourcesOf(meta.cover, meta).find((path) => snapshot.has(path))
    if (source !== undefined) add(meta.cover.slice(1), source)
  }
  // A picture stands there cleaned instead.
  const wants = [...covers, ...documents.flatMap((document) => document.wants)]
  for (const want of wants)
    if (want.kind === 'image' && pictureFor(want).whole.variant?.path === want.out)
      copies.delete(`${want.out}\0${want.src}`)
  return [...copies.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

function nearestBundle(source: Path, bundles: ReadonlyMap<Path, Meta>): [Path, Meta] | undefined {
  for (let folder = posix.dirname(source); folder !== '.'; folder = posix.dirname(folder)) {
    const meta = bundles.get(folder)
    if (meta) return [folder, meta]
  }
  return undefined
}

/** `/a/b/` → `a/b`; `/a/b.html` → `a`. */
const baseFolder = (url: string): string => url.slice(1, url.lastIndexOf('/'))
