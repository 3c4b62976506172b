// Who makes which body. Documents stand in one line: threads are given them from its front, and this thread, whenever
// the one that is wanted next is not there yet, makes the first that no thread was given. So neither waits for the
// other, and the fewer threads there are, the fewer times the program is loaded. What could take for ever is made by a
// thread, which can be killed.
import type { DocId } from '../content/types.js'
import { type Entries, splitEntries } from '../engine/entries.js'
import type { Pace } from '../engine/pace.js'
import type { Outcome, Pool } from '../engine/pool.js'
import type { Question } from '../engine/reads.js'
import type { BodyReply } from './crew.js'
import { isRisky } from './limits.js'

/** A body that is made, by whomever. */
export interface MadeBody {
  readonly entries: Entries
  readonly reads: readonly Question[]
  /** Hashes of the files that a thread itself read. */
  readonly seen: BodyReply['seen']
}

export interface TeamSource {
  /** In the order in which they will be asked for. */
  readonly ids: readonly DocId[]
  readonly pool: Pool<DocId, BodyReply>
  /** Are threads worth it for all of them, or only for those that could take for ever? */
  readonly all: boolean
  readonly textOf: (id: DocId) => string
  readonly makeHere: (id: DocId, text: string) => Promise<MadeBody>
  readonly pace: Pace
}

export interface Team {
  /** The body of one of `ids`, each once and in their order. */
  outcome(id: DocId): Promise<Outcome<MadeBody>>
}

interface Given {
  readonly promise: Promise<Outcome<MadeBody>>
  done?: Outcome<MadeBody>
}

export function makeTeam({ ids, pool, all, textOf, makeHere, pace }: TeamSource): Team {
  /** Few enough to be held are those that are made here from the start: each file is read once. */
  const here = new Map<DocId, string>()
  const given = new Map<DocId, Given>()
  const risky = new Set<DocId>()
  const give = (id: DocId): void => {
    const promise = pool.run(id).then((outcome): Outcome<MadeBody> => {
      if ('error' in outcome) return outcome
      const { parts, reads, seen } = outcome.result
      return { result: { entries: splitEntries(parts), reads, seen } }
    })
    const job: Given = { promise }
    given.set(id, job)
    void promise.then((outcome) => {
      job.done = outcome
    })
  }
  for (const id of ids) {
    const text = all ? undefined : textOf(id)
    if (text === undefined || isRisky(text)) give(id)
    else here.set(id, text)
  }

  /** Makes the first that no thread was given; false where there is none. */
  const help = async (): Promise<boolean> => {
    const id = pool.take((waiting) => !risky.has(waiting))
    if (id === undefined) return false
    const text = textOf(id)
    if (isRisky(text)) {
      risky.add(id)
      give(id)
    } else {
      const done = { result: await makeHere(id, text) }
      given.set(id, { promise: Promise.resolve(done), done })
    }
    return true
  }

  return {
    async outcome(id) {
      const text = here.get(id)
      here.delete(id)
      if (text !== undefined) return { result: await makeHere(id, text) }
      for (;;) {
        const { done, promise } = given.get(id)!
        if (done || !(await help())) {
          const outcome = done ?? (await pace.wait(promise))
          given.delete(id)
          return outcome
        }
        // What threads have made is heard of between two of this one's.
        await new Promise((next) => setImmediate(next))
        await pace.breathe()
      }
    },
  }
}
