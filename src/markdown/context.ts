// What the Markdown floor is handed from outside: one document to turn into a Body, and the functions through
// which it may look at the rest of the world. Each of them notes its question; nothing here reads a disk.
import type { PluggableList } from 'unified'
import type { SiteConfig } from '../config/types.js'
import type { DocId, Meta, Path, Url } from '../content/types.js'
import type { Json } from '../json.js'

export interface BodyJob {
  readonly meta: Meta
  /** The whole file as decoded; the body is `text.slice(meta.bodyOffset)`. */
  readonly text: string
}

export interface BodyContext {
  readonly config: SiteConfig
  /** Plugins' slots: run after ours, `rehype` last before the HTML is written. */
  readonly remark: PluggableList
  readonly rehype: PluggableList
  /** `url:<id>`; undefined = no such published document. */
  urlOf(id: DocId): Url | undefined
  /** `file:<path>` */
  bytes(path: Path): Uint8Array | undefined
  /** `exists:<path>` */
  exists(path: Path): boolean
  /** `meta:<id>` */
  meta(id: DocId): Meta | undefined
  /** `query:<name>?<args>` */
  query(name: string, ...args: readonly Json[]): Json
}
