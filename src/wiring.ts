// How the floors are handed to each other: contexts made of plain functions, each noting its question. Used by
// the build and, with the same code, by every worker.
import { join } from 'node:path'
import type { Bundles } from './assets/bundles.js'
import type { WorkerData, WorkerHello } from './body-thread.js'
import type { BuildOptions } from './built.js'
import type { SiteConfig } from './config/types.js'
import { documentsOf } from './content/metas.js'
import type { Snapshot } from './content/scan.js'
import type { DocId, Url } from './content/types.js'
import { makeFinder } from './engine/asked.js'
import { noPace } from './engine/pace.js'
import { Elsewhere } from './engine/pack.js'
import { note, type Question } from './engine/reads.js'
import type { Step } from './engine/step.js'
import { lookAt } from './images/look.js'
import type { Looks } from './images/looks.js'
import type { Shelf } from './images/shelf.js'
import type { Backlinks } from './markdown/backlinks.js'
import type { Bodies } from './markdown/bodies.js'
import type { BodyContext } from './markdown/context.js'
import { type Crew, openCrew } from './markdown/crew.js'
import { emptyBody } from './markdown/empty-body.js'
import type { FeedBodies } from './markdown/feed-bodies.js'
import type { Heading } from './markdown/types.js'
import type { OutputFolder } from './output/output.js'
import { codeFolder } from './package.js'
import type { Page } from './pages/page.js'
import type { Slots } from './plugin.js'
import { partsAsked } from './questions.js'
import { type PageKeeper, type PagesSource, Wanting } from './render/pages.js'
import type { Renderer } from './render/render.js'
import type { Search } from './search/documents.js'
import type { Session } from './session.js'
import type { Ask } from './site/ask.js'
import type { BodySource, Facts, Index, Metas } from './site/types.js'

export interface ContextSource {
  readonly config: SiteConfig
  readonly slots: Pick<Slots, 'remark' | 'rehype'>
  /** Addresses of all published documents. */
  readonly urls: ReadonlyMap<DocId, Url>
  readonly metas: Metas
  readonly query: Ask['query']
  readonly files: { has(path: string): boolean; bytes(path: string): Uint8Array | undefined }
  /** Where a package of this name is installed. */
  readonly shelf: Shelf
  readonly packages: (name: string) => string | undefined
}

/** What a body may ask. Published documents only: a link to a draft is a link to nothing. */
export function bodyContext({
  config,
  slots,
  urls,
  metas,
  query,
  files,
  packages,
  shelf,
}: ContextSource): BodyContext {
  return {
    config,
    remark: slots.remark,
    rehype: slots.rehype,
    query,
    urlOf(id) {
      note(`url:${id}`)
      return urls.get(id)
    },
    meta(id) {
      note(`label:${id}`)
      return urls.has(id) ? metas.get(id) : undefined
    },
    exists(path) {
      note(`exists:${path}`)
      return files.has(path)
    },
    bytes(path) {
      note(`file:${path}`)
      return files.bytes(path)
    },
    hasPackage(name) {
      note(`package:${name}`)
      return packages(name) !== undefined
    },
    async look(path) {
      note(`file:${path}`)
      const bytes = files.bytes(path)
      return bytes && lookAt(bytes, shelf)
    },
  }
}

export interface BodySteps {
  readonly bodies: ReadonlyMap<DocId, Step>
  readonly backlinks: Pick<Backlinks, 'of'>
  readonly feeds: ReadonlyMap<DocId, Step>
  readonly urls: ReadonlyMap<DocId, Url>
  /** Gets the questions about what is not made yet. */
  readonly wanted: Set<Question>
}

const noExcerpt = { html: '', more: false }
/** So many parts: the properties of a document are asked for one after the other. */
const fewShown = 32

/** The bodies as the floor of views wants them. What is not made yet reads as nothing, and is wanted. */
export function bodySource({ bodies, backlinks, feeds, urls, wanted }: BodySteps): BodySource {
  const part = <T>(scheme: string, id: DocId, name: string, none: T): T => {
    const question = `${scheme}:${id}`
    note(question)
    const step = (scheme === 'feed' ? feeds : bodies).get(id)
    if (!step && urls.has(id)) wanted.add(question)
    return step?.part<T>(name) ?? none
  }
  /** Parts that several properties of a view are read from, of the documents that were shown last. */
  const shown = new Map<string, unknown>()
  const shared = <T>(name: string, id: DocId, none: T): T => {
    const step = bodies.get(id)
    const key = `${name}:${id}`
    if (!step || !shown.has(key)) {
      const value = part(name, id, name, none)
      if (shown.size === fewShown) shown.clear()
      if (step) shown.set(key, value)
      return value
    }
    note(key)
    // As it was put there.
    return shown.get(key) as T
  }
  return {
    html: (id) => part('html', id, 'html', ''),
    excerpt: (id) => shared('excerpt', id, noExcerpt),
    toc: (id) => part<readonly Heading[]>('toc', id, 'toc', []),
    text: (id) => part('text', id, 'text', ''),
    facts: (id) => shared<Facts>('facts', id, emptyBody),
    feedHtml: (id) => part('feed', id, 'html', ''),
    backlinks(id) {
      note(`backlinks:${id}`)
      return backlinks.of(id)
    },
  }
}

/** Renders, or throws `Wanting` with what must be made first. */
export function wantingRender(renderer: Renderer, wanted: Set<Question>): (page: Page) => string {
  return (page) => {
    wanted.clear()
    try {
      const text = renderer.render(page)
      if (wanted.size === 0) return text
    } catch (error) {
      // A page that shows nothing where something is wanted may well fail.
      if (wanted.size === 0) throw error
    }
    throw new Wanting([...wanted])
  }
}

/** Pages of a build: a text's one copy is its file in the output folder, staged when it is made. */
export function folderKeeper(output: OutputFolder): PageKeeper {
  const hashOf = (step: Step): string => step.hash('page')
  return {
    keep: (path, text) => ({ page: new Elsewhere(output.stage.put(path, text)) }),
    hashOf,
    stands: (path, hash) => output.stands(path, hash),
    bytes: (path, step) => output.read(path, hashOf(step)),
  }
}

const lateSchemes = ['postings', 'asset', 'look', 'feed']

export interface Makers {
  readonly bodies: Bodies
  readonly feeds: FeedBodies
  readonly search: Search
  readonly bundles: Pick<Bundles, 'one'>
  readonly looks: Looks
}

/** Finds and makes what questions are about, where that is not there before any page: bodies, texts of feeds, large scripts. */
export function makeReady({
  bodies,
  feeds,
  search,
  bundles,
  looks,
}: Makers): Pick<PagesSource, 'needed' | 'ready'> {
  const late = makeFinder(lateSchemes)
  const early = makeFinder([...partsAsked, ...lateSchemes])
  const done = new Set<Question>()
  return {
    needed(trace) {
      const questions = bodies.isWhole() ? late(trace) : early(trace)
      return questions.length === 0 ? questions : questions.filter((question) => !done.has(question))
    },
    async ready(questions) {
      for (const question of questions) {
        const colon = question.indexOf(':')
        const scheme = question.slice(0, colon)
        const id = question.slice(colon + 1)
        if (scheme === 'postings') await search.all(noPace)
        else if (scheme === 'asset') await bundles.one(id)
        else if (scheme === 'look') await looks.one(id)
        else if (scheme === 'feed') {
          if (!feeds.made.has(id)) await feeds.one(id)
        } else if (partsAsked.includes(scheme) && !bodies.made.has(id)) await bodies.one(id)
        done.add(question)
      }
    },
  }
}

/** A document that needs more than this of a processor is given up. */
const timeoutMs = 20_000

/** The threads of a build; `close` it in the end. */
export function crewOf(options: BuildOptions & { readonly at: number }, session: Session): Crew {
  const { root, cache, baseUrl, at, drafts, future } = options
  const patience = options.patienceMs ?? timeoutMs
  // Longer than the pool's: who is given up is told by name there.
  const patienceMs = 10 * patience
  const world = session.world.hash
  const data: WorkerData = { root, cache, baseUrl, at, drafts, future, patienceMs, world }
  return openCrew({
    // Proving looks at every step of this thread.
    count: options.prove ? 0 : options.workers,
    cores: options.cores,
    file: join(codeFolder, 'worker.js'),
    timeoutMs: patience,
    data: () => data,
  })
}

/** Are there no bodies of a build before this one, and so many documents that threads will make them? Then they may load. */
export function warmUp(crew: Crew, snapshot: Snapshot): void {
  const documents = documentsOf(snapshot)
  const bytes = documents.reduce((sum, id) => sum + (snapshot.found.get(`content/${id}`)?.stat.size ?? 0), 0)
  crew.warm(documents.length, bytes)
}

/** What a thread must know of the site, as plain data. */
export function helloOf(snapshot: Snapshot, metas: Metas, urls: Index['urls']): WorkerHello {
  return {
    metas: [...metas],
    urls: [...urls],
    files: snapshot.paths.map((path) => [path, snapshot.diskPath(path)] as const),
  }
}
