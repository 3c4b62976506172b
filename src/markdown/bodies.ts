// Floor 4 as a whole: one `body:` step for each published document. Steps that must run do so here, or in
// worker threads when there are enough of them; a document that could take for ever always goes to a worker that
// can be killed. Either way the same `makeBody` runs, and results are stored in id order.

import { ChangedDuringBuild, type Snapshot } from '../content/scan.js'
import type { DocId, Meta } from '../content/types.js'
import { entriesOf, type Parts, splitEntries } from '../engine/entries.js'
import type { Pace } from '../engine/pace.js'
import type { Outcome, Pool } from '../engine/pool.js'
import { note, record } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import type { Problem } from '../errors.js'
import type { BodyJob } from './context.js'
import type { BodyReply, Crew } from './crew.js'
import { isRisky } from './limits.js'
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
  /** What every build looks at, of a body that is made; read once. Throws `DamagedEntry`. */
  checks(id: DocId): BodyChecks | undefined
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
    checks: { anchors, links, wants, problems },
  }
}

/** The `checks` part. */
export type BodyChecks = Pick<Body, 'anchors' | 'links' | 'wants' | 'problems'>

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
  const runHere = async (id: DocId, meta: Meta, text = textOf(meta)): Promise<void> => {
    const { value, reads } = await record(() => run(id, meta, text))
    if (!made.has(id)) made.set(id, engine.take(`body:${id}`, '', entriesOf(value), reads))
  }
  const checked = new Map<DocId, BodyChecks>()
  const poolOf = (size: number): Pool<DocId, BodyReply> => crew.pool(size, source.hello)
  const settle = (id: DocId, meta: Meta, outcome: Outcome<BodyReply>): void => {
    if (made.has(id)) return
    if ('error' in outcome) {
      // Not kept: on a faster machine, or in a quieter moment, it may succeed.
      made.set(id, engine.lend(`body:${id}`, partsOf(failed(meta, outcome.error, outcome.message))))
      return
    }
    const { parts, reads, seen } = outcome.result
    for (const [path, hash] of seen) if (snapshot.hash(path) !== hash) throw new ChangedDuringBuild(path)
    made.set(id, engine.take(`body:${id}`, '', splitEntries(parts), reads))
  }

  const now = async (id: DocId, meta: Meta): Promise<void> => {
    const kept = engine.keep(`body:${id}`, '')
    if (kept) made.set(id, kept)
    else if (crew.count === 0 || !isRisky(textOf(meta))) await runHere(id, meta)
    else {
      const pool = poolOf(1)
      try {
        settle(id, meta, await pool.run(id))
      } finally {
        await pool.close()
      }
    }
  }

  /** Keeps what can be kept; returns the rest. */
  const keepAll = async (pace: Pace): Promise<Waiting[]> => {
    const toRun: Waiting[] = []
    for (const id of source.ids) {
      await urgent.get(id)
      const meta = metas.get(id)
      if (!meta || made.has(id)) continue
      const kept = engine.keep(`body:${id}`, '')
      if (kept) made.set(id, kept)
      else toRun.push({ id, meta, bytes: snapshot.found.get(meta.file)?.stat.size ?? 0 })
      await pace.breathe()
    }
    return toRun
  }

  return {
    made,
    checks(id) {
      const known = checked.get(id) ?? made.get(id)?.part<BodyChecks>('checks')
      if (known) checked.set(id, known)
      return known
    },
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
      const work = toRun.reduce((sum, { bytes }) => sum + bytes, 0)
      const { all, size } = crew.sizeFor(toRun.length, work)
      const pool = poolOf(size)
      try {
        // Few enough to be held are those that are made here: each file is read once.
        const here = new Map<DocId, string>()
        const running = new Map<DocId, Promise<Outcome<BodyReply>>>()
        for (const { id, meta } of toRun) {
          const text = all ? undefined : textOf(meta)
          if (text === undefined || isRisky(text)) running.set(id, pool.run(id))
          else here.set(id, text)
        }
        let done = 0
        for (const { id, meta } of toRun) {
          const outcome = running.get(id)
          // Somebody could not wait for it, or is just having it made.
          await urgent.get(id)
          if (outcome !== undefined) settle(id, meta, await pace.wait(outcome))
          else if (!made.has(id)) await runHere(id, meta, here.get(id))
          here.delete(id)
          await madeOne(id)
          progress(++done, toRun.length)
          await pace.breathe()
        }
      } finally {
        await pool.close()
      }
    },
  }
}

interface Waiting {
  readonly id: DocId
  readonly meta: Meta
  readonly bytes: number
}

function failed(meta: Meta, error: 'timeout' | 'crash', message: string): Body {
  const [code, what] =
    error === 'timeout'
      ? ['markdown/too-slow', `this document takes too long: ${message}`]
      : // Node's words for a thread that was ended for that reason.
        message.includes('memory limit')
        ? ['markdown/too-complex', 'this document needs more memory than a thread may have']
        : ['markdown/crash', `making this document failed: ${message}`]
  const problem: Problem = {
    severity: 'error',
    code,
    what,
    file: meta.file,
    line: meta.bodyLine,
    column: 1,
    fix: 'look for very long runs of * _ [ > or a very large table and split the document',
  }
  return {
    html: '',
    excerpt: '',
    more: false,
    toc: [],
    text: '',
    sections: [],
    firstHeading: '',
    words: 0,
    minutes: 0,
    hasMath: false,
    hasCode: false,
    hasDiagrams: false,
    hasEmbeds: false,
    anchors: [],
    links: [],
    wants: [],
    image: '',
    problems: [problem],
  }
}
