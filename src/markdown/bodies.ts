// Floor 4 as a whole: one `body:` step for each published document. Steps that must run do so here, or in
// worker threads when there are enough of them; a document that could take for ever always goes to a worker that
// can be killed. Either way the same `makeBody` runs, and results are stored in id order.

import { ChangedDuringBuild, type Snapshot } from '../content/scan.js'
import type { DocId, Meta } from '../content/types.js'
import { makePool } from '../engine/pool.js'
import { note, type Question, record } from '../engine/reads.js'
import type { Engine, Parts, Step } from '../engine/step.js'
import type { Problem } from '../errors.js'
import type { BodyJob } from './context.js'
import { isRisky } from './limits.js'
import type { Body } from './types.js'

/** What a worker sends back. */
export interface BodyReply {
  readonly parts: Parts
  readonly reads: readonly Question[]
  /** Hashes of the files that the worker itself read. */
  readonly seen: readonly (readonly [path: string, hash: string])[]
}

export interface BodiesSource {
  readonly engine: Engine
  readonly snapshot: Snapshot
  /** Published documents, in id order. */
  readonly ids: readonly DocId[]
  readonly metas: ReadonlyMap<DocId, Meta>
  readonly makeBody: (job: BodyJob) => Promise<Body>
  readonly workers: {
    /** 0: everything in this thread; `auto`: threads when the work is worth them. */
    readonly count: number | 'auto'
    readonly cores: number
    readonly file: string
    /** Asked for when the first worker starts. */
    readonly data: () => unknown
    readonly timeoutMs: number
  }
  readonly progress: (done: number, total: number) => void
}

/** A body split into parts, each a question of its own: who shows a title list does not care about texts. */
export function partsOf(body: Body): Parts {
  const {
    html,
    excerpt,
    more,
    toc,
    text,
    words,
    minutes,
    hasMath,
    hasCode,
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
    facts: { words, minutes, hasMath, hasCode, image, firstHeading },
    checks: { anchors, links, wants, problems },
  }
}

/** The `checks` part. */
export type BodyChecks = Pick<Body, 'anchors' | 'links' | 'wants' | 'problems'>

/** About 3 CPU seconds of Markdown: below this a second thread costs more than it brings. */
const worthWorkers = 4 << 20

export async function makeBodies(source: BodiesSource): Promise<Map<DocId, Step>> {
  const { engine, snapshot, metas } = source
  const steps = new Map<DocId, Step>()
  const toRun: { id: DocId; meta: Meta; risky: boolean; bytes: number }[] = []
  const run = async (id: DocId, meta: Meta): Promise<Parts> => {
    note(`file:${meta.file}`)
    note(`meta:${id}`)
    return partsOf(await source.makeBody({ meta, text: snapshot.text(meta.file) ?? '' }))
  }
  for (const id of source.ids) {
    const meta = metas.get(id)
    if (!meta) continue
    if (source.workers.count === 0) {
      steps.set(id, await engine.step(`body:${id}`, '', () => run(id, meta)))
      source.progress(steps.size, source.ids.length)
      continue
    }
    const kept = engine.keep(`body:${id}`, '')
    if (kept) steps.set(id, kept)
    else {
      const text = snapshot.text(meta.file) ?? ''
      toRun.push({ id, meta, risky: isRisky(text), bytes: text.length })
    }
  }
  const work = toRun.reduce((sum, { bytes }) => sum + bytes, 0)
  const { count, cores } = source.workers
  const all = count !== 'auto' || work > worthWorkers
  const size =
    count === 'auto' ? (all ? Math.max(1, Math.min(cores, Math.ceil(toRun.length / 250))) : 1) : count
  const pool = makePool<DocId, BodyReply>({
    file: source.workers.file,
    data: source.workers.data,
    size,
    timeoutMs: source.workers.timeoutMs,
  })
  try {
    const running = new Map(toRun.filter(({ risky }) => all || risky).map(({ id }) => [id, pool.run(id)]))
    let done = 0
    for (const { id, meta } of toRun) {
      const outcome = await running.get(id)
      if (outcome === undefined) {
        const { value, reads } = await record(() => run(id, meta))
        steps.set(id, engine.take(`body:${id}`, '', value, reads))
      } else if ('error' in outcome) {
        // Not kept: on a faster machine, or in a quieter moment, it may succeed.
        steps.set(id, engine.lend(`body:${id}`, partsOf(failed(meta, outcome.error, outcome.message))))
      } else {
        for (const [path, hash] of outcome.result.seen)
          if (snapshot.hash(path) !== hash) throw new ChangedDuringBuild(path)
        steps.set(id, engine.take(`body:${id}`, '', outcome.result.parts, outcome.result.reads))
      }
      source.progress(++done, toRun.length)
    }
  } finally {
    await pool.close()
  }
  return steps
}

function failed(meta: Meta, error: 'timeout' | 'crash', message: string): Body {
  const problem: Problem = {
    severity: 'error',
    code: error === 'timeout' ? 'markdown/too-slow' : 'markdown/crash',
    what:
      error === 'timeout'
        ? `this document takes too long: ${message}`
        : `making this document failed: ${message}`,
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
    firstHeading: '',
    words: 0,
    minutes: 0,
    hasMath: false,
    hasCode: false,
    anchors: [],
    links: [],
    wants: [],
    image: '',
    problems: [problem],
  }
}

/** Loads the small part that every build looks at. Throws `DamagedEntry`. */
export function checksOf(step: Step): BodyChecks {
  return step.part<BodyChecks>('checks')
}
