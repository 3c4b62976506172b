// Floor 2 as a whole: one `meta:` step for each document below content/.
import type { SiteConfig } from '../config/types.js'
import { note } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import type { Problem } from '../errors.js'
import { zoneOf } from './dates.js'
import type { GitDates } from './git-dates.js'
import { readMeta } from './meta.js'
import type { Snapshot } from './scan.js'
import type { DocId, Meta, MetaResult } from './types.js'

export interface MetasSource {
  readonly engine: Engine
  readonly snapshot: Snapshot
  readonly config: SiteConfig
  /** Plugins' slot, called in order after checking. */
  readonly slots: readonly ((meta: Meta) => Meta)[]
  /** Where git is asked for dates. */
  readonly git?: GitDates
}

export interface AllMetas {
  /** In id order. */
  readonly metas: ReadonlyMap<DocId, Meta>
  /** Every document's step, also those without a Meta. */
  readonly steps: ReadonlyMap<DocId, Step>
  readonly problems: readonly Problem[]
}

const isDocument = (path: string): boolean => /\.(?:md|markdown|mkd|mdown)$/i.test(path)

/** Ids of all documents of a snapshot, sorted. */
export function documentsOf(snapshot: Snapshot): DocId[] {
  return snapshot
    .under('content')
    .filter(isDocument)
    .map((path) => path.slice('content/'.length))
}

export async function makeMetas({ engine, snapshot, config, slots, git }: MetasSource): Promise<AllMetas> {
  const metas = new Map<DocId, Meta>()
  const steps = new Map<DocId, Step>()
  const problems: Problem[] = [...snapshot.problems, ...(git?.problems ?? [])]
  // One zone for all documents: making it is the dear part of reading a naive time.
  const zone = zoneOf(config.timezone)
  const read = (path: string): string | undefined => {
    note(`file:${path}`)
    return snapshot.text(path)
  }
  for (const id of documentsOf(snapshot)) {
    const step = await engine.step(`meta:${id}`, '', () => ({
      meta: withSlots(dated(readMeta(id, read, config, zone), git), slots),
    }))
    const result = step.part<MetaResult>('meta')
    steps.set(id, step)
    problems.push(...result.problems)
    if (result.meta) metas.set(id, result.meta)
  }
  return { metas, steps, problems }
}

/** An `updated` of the author's wins over git's; a first commit is no update. */
function dated(result: MetaResult, git: GitDates | undefined): MetaResult {
  const { meta } = result
  if (!git || !meta || meta.updated !== null) return result
  note(`git:${meta.file}`)
  return { ...result, meta: { ...meta, updated: git.of(meta.file) ?? null } }
}

/** A plugin that throws costs its document, not the build: the problem names both. */
function withSlots(result: MetaResult, slots: MetasSource['slots']): MetaResult {
  let meta = result.meta
  try {
    for (const slot of slots) meta = meta && slot(meta)
    return { ...result, meta }
  } catch (error) {
    const what = `a plugin's meta slot threw: ${error instanceof Error ? error.message : String(error)}`
    const file = result.meta?.file
    return {
      meta: null,
      problems: [
        ...result.problems,
        { severity: 'error', code: 'plugin/throws', what, ...(file === undefined ? {} : { file }) },
      ],
    }
  }
}
