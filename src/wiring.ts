// How the floors are handed to each other: contexts made of plain functions, each noting its question. Used by
// the build and, with the same code, by every worker.
import { join } from 'node:path'
import type { BuildOptions } from './built.js'
import type { SiteConfig } from './config/types.js'
import type { Snapshot } from './content/scan.js'
import type { DocId, Meta } from './content/types.js'
import { note } from './engine/reads.js'
import type { Step } from './engine/step.js'
import type { BodiesSource } from './markdown/bodies.js'
import type { BodyContext } from './markdown/context.js'
import type { Body, Heading } from './markdown/types.js'
import { codeFolder } from './package.js'
import type { Slots } from './plugin.js'
import type { Session } from './session.js'
import type { Ask } from './site/ask.js'
import type { BodySource, Index, Metas } from './site/types.js'
import type { WorkerData } from './worker.js'

export interface ContextSource {
  readonly config: SiteConfig
  readonly slots: Pick<Slots, 'remark' | 'rehype'>
  readonly index: Index
  readonly metas: Metas
  readonly ask: Ask
  readonly files: { has(path: string): boolean; bytes(path: string): Uint8Array | undefined }
}

/** What a body may ask. Published documents only: a link to a draft is a link to nothing. */
export function bodyContext({ config, slots, index, metas, ask, files }: ContextSource): BodyContext {
  return {
    config,
    remark: slots.remark,
    rehype: slots.rehype,
    query: ask.query,
    urlOf(id) {
      note(`url:${id}`)
      return index.urls.get(id)
    },
    meta(id) {
      note(`meta:${id}`)
      return index.urls.has(id) ? metas.get(id) : undefined
    },
    exists(path) {
      note(`exists:${path}`)
      return files.has(path)
    },
    bytes(path) {
      note(`file:${path}`)
      return files.bytes(path)
    },
  }
}

/** The bodies as the floor of views wants them. */
export function bodySource(bodies: ReadonlyMap<DocId, Step>, feeds: ReadonlyMap<DocId, Step>): BodySource {
  const part = <T>(steps: ReadonlyMap<DocId, Step>, id: DocId, name: string, none: T): T =>
    steps.get(id)?.part<T>(name) ?? none
  type Facts = Pick<Body, 'words' | 'minutes' | 'hasMath' | 'hasCode' | 'image'>
  const noFacts: Facts = { words: 0, minutes: 0, hasMath: false, hasCode: false, image: '' }
  return {
    html(id) {
      note(`html:${id}`)
      return part(bodies, id, 'html', '')
    },
    excerpt(id) {
      note(`excerpt:${id}`)
      return part(bodies, id, 'excerpt', { html: '', more: false })
    },
    toc(id) {
      note(`toc:${id}`)
      return part<readonly Heading[]>(bodies, id, 'toc', [])
    },
    text(id) {
      note(`text:${id}`)
      return part(bodies, id, 'text', '')
    },
    facts(id) {
      note(`facts:${id}`)
      return part(bodies, id, 'facts', noFacts)
    },
    feedHtml(id) {
      note(`feed:${id}`)
      return part(feeds, id, 'html', '')
    },
  }
}

/** A document that runs longer than this is given up. */
const timeoutMs = 20_000

export function workersOf(
  options: BuildOptions & { readonly at: number },
  session: Session,
  snapshot: Snapshot,
  metas: ReadonlyMap<DocId, Meta>,
): BodiesSource['workers'] {
  const { root, cache, baseUrl, at, drafts, future } = options
  return {
    // Proving looks at every step of this thread.
    count: options.prove ? 0 : options.workers,
    cores: options.cores,
    file: join(codeFolder, 'worker.js'),
    timeoutMs,
    data: (): WorkerData => ({
      root,
      cache,
      baseUrl,
      at,
      drafts,
      future,
      metas: [...metas],
      files: snapshot.paths.map((path) => [path, snapshot.diskPath(path)] as const),
      world: session.world.hash,
    }),
  }
}
