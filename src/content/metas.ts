// Floor 2 as a whole: one `meta:` step for each document below content/.
import type { SiteConfig } from '../config/types.js'
import type { Parts } from '../engine/entries.js'
import { hashOf, selectionsOf } from '../engine/pack.js'
import { note } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import type { Trace } from '../engine/trace.js'
import type { Problem } from '../errors.js'
import { zoneOf } from './dates.js'
import type { GitDates } from './git-dates.js'
import { metasOf } from './known-metas.js'
import { type Listing, openListing } from './listing.js'
import { readMeta } from './meta.js'
import { applySlots, type MetaSlot } from './meta-slots.js'
import type { Snapshot } from './scan.js'
import type { DocId, Label, Meta, MetaResult, Path, Place } from './types.js'

export interface MetasSource {
  readonly engine: Engine
  readonly snapshot: Snapshot
  readonly config: SiteConfig
  /** Plugins' slot, called in order after checking. */
  readonly slots: readonly MetaSlot[]
  /** Where git is asked for dates. */
  readonly git?: GitDates
  /** What the last moment of this process made, for the documents that nothing happened to since. */
  readonly before?: Before
}

export interface Before {
  readonly traces: ReadonlyMap<string, Trace>
  /** Paths of files that are new, gone or have other bytes since then. */
  readonly changed: ReadonlySet<Path>
}

export interface AllMetas {
  /** In id order. */
  readonly metas: ReadonlyMap<DocId, Meta>
  /** The same as lists know them. */
  readonly listing: Listing
  /** Every document's step, also those without a Meta. */
  readonly steps: ReadonlyMap<DocId, Step>
  readonly problems: readonly Problem[]
}

const noProblems = hashOf([])
const isDocument = (path: string): boolean =>
  path.endsWith('.md') || /\.(?:md|markdown|mkd|mdown)$/i.test(path)

/** Of a project that is a folder, what lies in its demo is the demo's own: `content/projects/x/demo/notes.md`. */
function isOfDemo(snapshot: Snapshot, path: string): boolean {
  // Asked of every document, and few are below a project.
  const project =
    path.startsWith('content/projects/') && /^(content\/projects\/(?:.+\/)?[^/]+)\/demo\//.exec(path)?.[1]
  return (
    typeof project === 'string' &&
    ['md', 'markdown', 'mkd', 'mdown'].some((ending) => snapshot.has(`${project}/index.${ending}`))
  )
}

/** Ids of all documents of a snapshot, sorted. */
export function documentsOf(snapshot: Snapshot): DocId[] {
  return snapshot
    .under('content')
    .filter((path) => isDocument(path) && !isOfDemo(snapshot, path))
    .map((path) => path.slice('content/'.length))
}

export async function makeMetas(source: MetasSource): Promise<AllMetas> {
  const { engine, snapshot, config, slots, git } = source
  const steps = new Map<DocId, Step>()
  const problems: Problem[] = [...snapshot.problems, ...(git?.problems ?? [])]
  // One zone for all documents: making it is the dear part of reading a naive time.
  const zone = zoneOf(config.timezone)
  const read = (path: string): string | undefined => {
    note(`file:${path}`)
    return snapshot.text(path)
  }
  const carried = carrierOf(source)
  for (const id of documentsOf(snapshot)) {
    const key = `meta:${id}`
    const kept = carried(id) ?? (engine.isProving ? undefined : engine.keep(key, ''))
    const make = () => partsOf(applySlots(dated(readMeta(id, read, config, zone), git), slots))
    const step = kept ?? (await engine.step(key, '', make))
    steps.set(id, step)
    if (!step.is('problems', noProblems)) problems.push(...step.part<readonly Problem[]>('problems'))
  }
  const metas = metasOf(steps)
  return { metas, listing: openListing({ engine, metas, steps }), steps, problems }
}

/**
 * The step of the last moment, where all that it asked about is files that have not changed: asking ten thousand
 * documents again whether their files are the same is most of what an edit costs.
 */
function carrierOf({ engine, before }: MetasSource): (id: DocId) => Step | undefined {
  if (!before) return () => undefined
  const changed = new Set([...before.changed].flatMap((path) => [`file:${path}`, `exists:${path}`]))
  const isSame = (question: string): boolean =>
    !changed.has(question) && (question.startsWith('file:') || question.startsWith('exists:'))
  return (id) => {
    const key = `meta:${id}`
    const trace = before.traces.get(key)
    return trace?.reads.every(([question]) => isSame(question)) ? engine.carry(key, trace) : undefined
  }
}

/** An `updated` of the author's wins over git's; a first commit is no update. */
function dated(result: MetaResult, git: GitDates | undefined): MetaResult {
  const { meta } = result
  if (!git || !meta || meta.updated !== null) return result
  note(`git:${meta.file}`)
  return { ...result, meta: { ...meta, updated: git.of(meta.file) ?? null } }
}

type Fields<Name extends string> = Readonly<Record<Name, true>>
const isIn = (fields: Fields<string>, name: string): boolean => Object.hasOwn(fields, name)

/** Where a body begins is none of a page's business. */
const notViewed: Fields<'bodyOffset' | 'bodyLine'> = { bodyOffset: true, bodyLine: true }
const labelled: Fields<Exclude<keyof Label, 'cover'>> = {
  id: true,
  kind: true,
  section: true,
  file: true,
  title: true,
  slug: true,
  url: true,
  date: true,
  lang: true,
  math: true,
}
const notPlace: Fields<Exclude<keyof Meta, keyof Place>> = {
  section: true,
  file: true,
  title: true,
  slug: true,
  description: true,
  coverAlt: true,
  toc: true,
  math: true,
  comments: true,
  projects: true,
  ...notViewed,
}

/**
 * The Meta, what is wrong with it, what questions are about and where the document stands: nobody reads those three again,
 * only their hashes.
 */
function partsOf({ meta, problems }: MetaResult): Parts {
  if (!meta) return { meta: null, problems, view: null, label: null, place: null }
  const { kind } = meta
  const hashOfFields = selectionsOf(meta)
  return {
    meta,
    problems,
    view: hashOfFields((name) => !isIn(notViewed, name)),
    label: hashOfFields((name) => isIn(labelled, name) || (name === 'cover' && kind === 'project')),
    // Pages stand in the order of their titles.
    place: hashOfFields((name) => !isIn(notPlace, name) || (name === 'title' && kind === 'page')),
  }
}
