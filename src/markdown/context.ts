// What the Markdown floor is handed from outside: one document to turn into a Body, and the functions through
// which it may look at the rest of the world. Each of them notes its question; nothing here reads a disk.
import type { PluggableList } from 'unified'
import type { SiteConfig } from '../config/types.js'
import type { DocId, Label, Meta, Path, Url } from '../content/types.js'
import type { Seen } from '../images/types.js'
import type { Json } from '../json.js'

/** All that a body may know of its document: it must not change with its tags, or when it is a draft. */
export type BodyMeta = Label & Pick<Meta, 'bodyOffset' | 'bodyLine'>

export interface BodyJob {
  readonly meta: BodyMeta
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
  /** `file:<path>`; undefined = no such file. */
  look(path: Path): Promise<Seen | undefined>
  /** `exists:<path>` */
  exists(path: Path): boolean
  /** `package:<name>`: is it installed where the site, or we, would find it? */
  hasPackage(name: string): boolean
  /** `label:<id>` */
  meta(id: DocId): Label | undefined
  /** `query:<name>?<args>` */
  query(name: string, ...args: readonly Json[]): Json
}
