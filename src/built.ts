// What a build is asked and what it answers; and how everything that may stop it becomes Problems.
import type { DemoSize } from './assets/demos.js'
import type { Checked } from './check/check.js'
import { ChangedDuringBuild } from './content/scan.js'
import { type Disk, isDiskError } from './engine/disk.js'
import type { Answer } from './engine/fingerprint.js'
import { LockHeld } from './engine/lock.js'
import type { BrokenPromise } from './engine/step.js'
import type { StepKey } from './engine/trace.js'
import { compareProblems, type Problem, ProblemError } from './errors.js'
import type { OutPath } from './output/manifest.js'

export interface BuildOptions {
  readonly disk?: Disk
  /** Absolute paths of the site, the output folder and the cache. */
  readonly root: string
  readonly out: string
  readonly cache: string
  readonly baseUrl?: string | undefined
  /** Decides what is future and what has expired: ms since 1970, or a date, in the site's zone where it has none. */
  readonly at: number | string
  /** The real time, only to tell which files changed too recently for their stat to be trusted. */
  readonly now: number
  readonly drafts: boolean
  readonly future: boolean
  /** Ignore and replace the cache. */
  readonly clean: boolean
  /** Warnings are errors. */
  readonly strict: boolean
  /** Look at all of the finished output before it is published, and publish nothing where something is broken. */
  readonly check?: boolean
  /** A check also finds where every address outside the site stands. */
  readonly outside?: boolean
  /** Make everything and look at it, but leave the output folder as it is. */
  readonly dry?: boolean
  readonly adopt: boolean
  readonly verifyInputs: boolean
  readonly workers: number | 'auto'
  readonly cores: number
  /** How long a call of a plugin, and the making of a document, may take; default 30 and 20 s. */
  readonly patienceMs?: number
  /** Run every step twice and tell which of them break their promise. */
  readonly prove?: (broken: BrokenPromise) => void
  readonly progress?: (phase: string, done: number, total: number) => void
  /** Make source maps of demos, for a server to announce; they are no outputs. */
  readonly sourceMaps?: boolean
}

export interface Built {
  readonly ok: boolean
  readonly out: string
  /** Files that the site consists of with the hash of their bytes, in path order. */
  readonly outputs: ReadonlyMap<OutPath, Answer>
  /** How many of them are pages. */
  readonly pages: number
  readonly written: readonly OutPath[]
  readonly removed: readonly OutPath[]
  readonly ran: readonly StepKey[]
  readonly kept: number
  /** What readers load of each demo. */
  readonly demos: readonly DemoSize[]
  /** In report order; with `strict` every one is an error. */
  readonly problems: readonly Problem[]
  /** Of a build with `check`. */
  readonly checked?: Omit<Checked, 'problems'>
  /** When a future post appears or one expires, ms since 1970; null for never. */
  readonly nextChange: number | null
  /** Sentences about the cache: why everything was built anew, that an interrupted build was finished. */
  readonly notices: readonly string[]
}

/** The end of a build that could not be told to its end. */
export function failedBuild(options: BuildOptions, problems: readonly Problem[]): Built {
  return {
    ok: false,
    out: options.out,
    outputs: new Map(),
    pages: 0,
    written: [],
    removed: [],
    ran: [],
    kept: 0,
    demos: [],
    problems: sortProblems(problems, options.strict),
    nextChange: null,
    notices: [],
  }
}

/** Report order, each once; strictness applied. */
export function sortProblems(problems: readonly Problem[], strict: boolean): Problem[] {
  const sorted = [...problems].sort(compareProblems)
  const unique = sorted.filter((problem, i) => {
    const before = sorted[i - 1]
    return before === undefined || compareProblems(before, problem) !== 0
  })
  return strict ? unique.map((problem) => ({ ...problem, severity: 'error' })) : unique
}

/** What the user is told of an exception. Throws on what is our own mistake. */
export function problemsOfStop(error: unknown): readonly Problem[] {
  if (error instanceof ProblemError) return error.problems
  if (error instanceof LockHeld)
    return [
      {
        severity: 'error',
        code: 'lock/held',
        what: `another build (process ${error.pid}) is at work here`,
        fix: 'wait for it, or use another --cache and --out',
      },
    ]
  if (error instanceof ChangedDuringBuild)
    return [
      {
        severity: 'error',
        code: 'scan/changed',
        what: 'this file changed during the build, so nothing was published',
        file: error.path,
        fix: 'run the build again',
      },
    ]
  if (isDiskError(error))
    return [
      {
        severity: 'error',
        code: `disk/${String(error.code).toLowerCase()}`,
        what: error.message,
        fix: hintOf(String(error.code)),
      },
    ]
  throw error
}

function hintOf(code: string): string {
  if (code === 'ENOSPC') return 'make room on the disk; the published site was not changed'
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return 'check the permissions of this path'
  return 'check this path; the published site was not changed'
}
