// Floor 2 as a whole: one `meta:` step for each document below content/.
import type { SiteConfig } from '../config/types.js'
import { note } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import type { Problem } from '../errors.js'
import { readMeta } from './meta.js'
import type { Snapshot } from './scan.js'
import type { DocId, Meta, MetaResult } from './types.js'

export interface MetasSource {
  readonly engine: Engine
  readonly snapshot: Snapshot
  readonly config: SiteConfig
  /** Plugins' slot, called in order after checking. */
  readonly slots: readonly ((meta: Meta) => Meta)[]
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

export async function makeMetas({ engine, snapshot, config, slots }: MetasSource): Promise<AllMetas> {
  const metas = new Map<DocId, Meta>()
  const steps = new Map<DocId, Step>()
  const problems: Problem[] = [...snapshot.problems]
  const read = (path: string): string | undefined => {
    note(`file:${path}`)
    return snapshot.text(path)
  }
  for (const id of documentsOf(snapshot)) {
    const step = await engine.step(`meta:${id}`, '', () => ({
      meta: withSlots(readMeta(id, read, config), slots),
    }))
    const result = step.part<MetaResult>('meta')
    steps.set(id, step)
    problems.push(...result.problems)
    if (result.meta) metas.set(id, result.meta)
  }
  return { metas, steps, problems }
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
