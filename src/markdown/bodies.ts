// Floor 4 as a whole: one `body:` step for each published document. Steps that must run do so here, and in worker
// threads too when there are enough of them (`team.ts`). Either way the same `makeBody` runs, and results are stored in
// id order.

import { ChangedDuringBuild, type Snapshot } from '../content/scan.js'
import type { DocId, Meta } from '../content/types.js'
import { entriesOf, type Parts } from '../engine/entries.js'
import { noPace, type Pace } from '../engine/pace.js'
import { hashOf } from '../engine/pack.js'
import type { Outcome, Pool } from '../engine/pool.js'
import { note, record } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import type { BodyJob } from './context.js'
import type { BodyReply, Crew } from './crew.js'
import { failedBody } from './empty-body.js'
import { openTargets, type Targets, targetsOf } from './link-targets.js'
import { type MadeBody, makeTeam, type Team } from './team.js'
import type { Body } from './types.js'

export interface BodiesSource {
  readonly engine: Engine
  readonly snapshot: Snapshot
  /** Published documents, in id order. */
  readonly ids: readonly DocId[]
  readonly metas: ReadonlyMap<DocId, Meta>
  readonly makeBody: (job: BodyJob) => Promise<Body>
  readonly crew: Crew
  /** What a thread must know of the site. */
  readonly hello: () => unknown
}

/** The bodies of one moment: all of them, or those that somebody is waiting for before the rest. */
export interface Bodies {
  /** What is made so far. */
  readonly made: ReadonlyMap<DocId, Step>
  /** Is all of it made? */
  isWhole(): boolean
  /** What every build looks at, of a body that is made; read once. Throws `DamagedEntry`. */
  checks(id: DocId): BodyChecks | undefined
  /** Where the links of those that are made lead. */
  readonly targets: Targets
  /** Makes one now; nothing for a document that is not published. */
  one(id: DocId): Promise<void>
  /** `madeOne` is told of each that had to be made, and may do what it makes possible while threads make the next. */
  all(
    progress: (done: number, total: number) => void,
    pace: Pace,
    madeOne?: (id: DocId) => Promise<void>,
  ): Promise<void>
}

/** A body split into parts, each a question of its own: who shows a title list does not care about texts. */
export function partsOf(body: Body): Parts {
  const {
    html,
    excerpt,
    more,
    toc,
    text,
    sections,
    words,
    minutes,
    hasMath,
    hasCode,
    hasDiagrams,
    hasEmbeds,
    image,
    firstHeading,
    anchors,
    links,
    wants,
    problems,
  } = body
  return {
    html,
    excerpt: { html: excerpt, more },
    toc,
    text,
    sections,
    facts: { words, minutes, hasMath, hasCode, hasDiagrams, hasEmbeds, image, firstHeading },
    anchors,
    links,
    targets: targetsOf(links),
    checks: { wants, problems },
  }
}

/** The `checks` part. */
export type BodyChecks = Pick<Body, 'wants' | 'problems'>
/** Most bodies have nothing to be looked at: that is known without reading any. */
const noChecks: BodyChecks = { wants: [], problems: [] }
const noChecksHash = hashOf(noChecks)

export function openBodies(source: BodiesSource): Bodies {
  const { engine, snapshot, metas, crew } = source
  const published = new Set(source.ids)
  const made = new Map<DocId, Step>()
  /** What somebody is waiting for. */
  const urgent = new Map<DocId, Promise<void>>()
  const textOf = (meta: Meta): string => snapshot.text(meta.file) ?? ''
  const run = async (id: DocId, meta: Meta, text = textOf(meta)): Promise<Parts> => {
    note(`file:${meta.file}`)
    note(`label:${id}`)
    return partsOf(await source.makeBody({ meta, text }))
  }
  const makeHere = async (id: DocId, meta: Meta, text?: string): Promise<MadeBody> => {
    const { value, reads } = await record(() => run(id, meta, text))
    return { entries: entriesOf(value), reads, seen: [] }
  }
  const teamOf = (
    toRun: readonly Waiting[],
    pool: Pool<DocId, BodyReply>,
    all: boolean,
    pace: Pace,
  ): Team => {
    const files = new Map(toRun.map(({ id, meta }) => [id, meta]))
    return makeTeam({
      ids: [...files.keys()],
      pool,
      all,
      textOf: (id) => textOf(files.get(id)!),
      makeHere: (id, text) => makeHere(id, files.get(id)!, text),
      pace,
    })
  }
  const checked = new Map<DocId, BodyChecks>()
  const poolOf = (size: number): Pool<DocId, BodyReply> => crew.pool(size, source.hello)
  const settle = (id: DocId, meta: Meta, outcome: Outcome<MadeBody>): void => {
    if (made.has(id)) return
    if ('error' in outcome) {
      // Not kept: on a faster machine, or in a quieter moment, it may succeed.
      made.set(id, engine.lend(`body:${id}`, partsOf(failedBody(meta, outcome.error, outcome.message))))
      return
    }
    const { entries, reads, seen } = outcome.result
    for (const [path, hash] of seen) if (snapshot.hash(path) !== hash) throw new ChangedDuringBuild(path)
    made.set(id, engine.take(`body:${id}`, '', entries, reads))
  }

  const now = async (id: DocId, meta: Meta): Promise<void> => {
    const kept = engine.keep(`body:${id}`, '')
    if (kept) made.set(id, kept)
    else if (crew.count === 0) settle(id, meta, { result: await makeHere(id, meta) })
    else {
      const pool = poolOf(1)
      try {
        settle(id, meta, await teamOf([{ id, meta }], pool, false, noPace).outcome(id))
      } finally {
        await pool.close()
      }
    }
  }

  /** Keeps what can be kept; returns the rest. */
  const keepAll = async (pace: Pace): Promise<Waiting[]> => {
    const toRun: Waiting[] = []
    for (const id of source.ids) {
      // Of ten thousand an edit leaves nearly all as they are: nothing is waited for that is not there.
      const making = urgent.get(id) ?? pace.breathe()
      if (making) await making
      if (made.has(id)) continue
      const kept = engine.keep(`body:${id}`, '')
      const meta = kept ? undefined : metas.get(id)
      if (kept) made.set(id, kept)
      else if (meta) toRun.push({ id, meta })
    }
    return toRun
  }

  return {
    made,
    isWhole: () => made.size === published.size,
    checks(id) {
      const step = made.get(id)
      if (!step || checked.has(id)) return checked.get(id)
      const checks = step.is('checks', noChecksHash) ? noChecks : step.part<BodyChecks>('checks')
      checked.set(id, checks)
      return checks
    },
    targets: openTargets(engine, made),
    one(id) {
      const meta = metas.get(id)
      if (!meta || !published.has(id) || made.has(id)) return Promise.resolve()
      const making = urgent.get(id) ?? now(id, meta)
      urgent.set(id, making)
      return making
    },
    async all(progress, pace, madeOne = async () => {}) {
      if (crew.count === 0) {
        for (const id of source.ids) {
          await urgent.get(id)
          const meta = metas.get(id)
          if (meta && !made.has(id)) {
            const step = await engine.step(`body:${id}`, '', () => run(id, meta))
            made.set(id, step)
            if (step.ran) await madeOne(id)
          }
          progress(made.size, source.ids.length)
          await pace.breathe()
        }
        return
      }
      const toRun = await keepAll(pace)
      const bytes = toRun.reduce((sum, { meta }) => sum + (snapshot.found.get(meta.file)?.stat.size ?? 0), 0)
      const { all, size } = crew.sizeFor(toRun.length, bytes)
      const pool = poolOf(size)
      try {
        const team = teamOf(toRun, pool, all, pace)
        let done = 0
        for (const { id, meta } of toRun) {
          // Somebody could not wait for it, or is just having it made.
          await urgent.get(id)
          if (!made.has(id)) settle(id, meta, await team.outcome(id))
          await madeOne(id)
          progress(++done, toRun.length)
          await pace.breathe()
        }
      } finally {
        crew.retire(pool)
      }
    },
  }
}

/** A document whose body must be made. */
interface Waiting {
  readonly id: DocId
  readonly meta: Meta
}
