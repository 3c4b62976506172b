// Threads that make bodies: how many the work is worth, and a pool of them that may begin to load before it is known what
// they shall do. They load the program and the configuration on their own, a third of a second that is free while the main
// thread reads front matter; what they must know of the site is told with the first job.

import type { DocId } from '../content/types.js'
import type { JoinedEntries } from '../engine/entries.js'
import { makePool, type Pool } from '../engine/pool.js'
import type { Question } from '../engine/reads.js'

/** What a worker sends back. */
export interface BodyReply {
  readonly parts: JoinedEntries
  readonly reads: readonly Question[]
  /** Hashes of the files that the worker itself read. */
  readonly seen: readonly (readonly [path: string, hash: string])[]
}

export interface CrewOptions {
  /** 0: everything in the main thread; `auto`: threads where the work is worth them. */
  readonly count: number | 'auto'
  readonly cores: number
  /** The thread's module. */
  readonly file: string
  /** What each thread is given when it starts. */
  readonly data: () => unknown
  readonly timeoutMs: number
}

export interface Crew {
  readonly count: number | 'auto'
  /** Is so much Markdown (in bytes) worth threads, and how many? */
  sizeFor(documents: number, bytes: number): { readonly all: boolean; readonly size: number }
  /** Lets as many begin to load as this work is worth. */
  warm(documents: number, bytes: number): void
  /** A pool of this size, to be closed by whoever asked; `hello` is what they must know, asked for when one begins. */
  pool(size: number, hello: () => unknown): Pool<DocId, BodyReply>
  /** Ends a pool; nobody need wait for it before `close`. */
  retire(pool: Pool<DocId, BodyReply>): void
  /** Ends threads that nobody has asked for, and waits for those that are ending. */
  close(): Promise<void>
}

/** So many bytes of Markdown: at 3 MiB a thread brought nothing beside this one, at 6 MiB a twentieth of the time. */
const worthWorkers = 5 << 20
const documentsEach = 250

export function openCrew(options: CrewOptions): Crew {
  const { count, cores, file, data, timeoutMs } = options
  let hello: () => unknown = () => undefined
  const make = (size: number): Pool<DocId, BodyReply> =>
    makePool({ file, data, hello: () => hello(), size, timeoutMs })
  let waiting: Pool<DocId, BodyReply> | undefined
  const ending: Promise<void>[] = []
  const crew: Crew = {
    count,
    sizeFor(documents, bytes) {
      if (count !== 'auto') return { all: true, size: count }
      // This thread is one of those who work.
      const all = bytes > worthWorkers && cores > 1
      return { all, size: all ? Math.max(1, Math.min(cores - 1, Math.ceil(documents / documentsEach))) : 1 }
    },
    warm(documents, bytes) {
      const { all, size } = crew.sizeFor(documents, bytes)
      if (!all || size === 0 || waiting) return
      waiting = make(size)
      waiting.warm()
    },
    pool(size, told) {
      hello = told
      const pool = waiting ?? make(size)
      waiting = undefined
      return pool
    },
    retire: (pool) => void ending.push(pool.close()),
    async close() {
      if (waiting) crew.retire(waiting)
      waiting = undefined
      await Promise.all(ending.splice(0))
    },
  }
  return crew
}
