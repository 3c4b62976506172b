// When to look. Editors save in several strokes and git writes thousands of files: the bell collects the names that
// were rung with and waits until it is quiet, a little for one file, longer for many.
import { join } from 'node:path'
import type { Disk } from '../engine/disk.js'

export interface Rung {
  /** Absolute paths that events named: a hint. */
  readonly files: ReadonlySet<string>
  /** When the first of them came, in milliseconds of the bell's clock. */
  readonly since: number
}

export interface Bell {
  /** Without files: look at everything when there is time. */
  ring(files: Iterable<string>): void
  /** Is there something to look at? */
  isRung(): boolean
  /** Somebody is waiting for the next look: no more patience than needed. */
  hurry(): void
  /** Waits for a ring, then for quiet. */
  next(): Promise<Rung>
  /** Resolves `ms` after the last ring; false where it rang (or was closed) meanwhile. */
  quiet(ms: number): Promise<boolean>
  close(): void
}

export interface BellOptions {
  readonly disk: Disk
  readonly root: string
  /** Milliseconds of a clock that only goes forward. */
  readonly now: () => number
  /** Had this file content when it was last looked at? Then a vanished or empty one is being saved. */
  readonly hadContent: (file: string) => boolean
  /** Called at each ring with files: what is being made may be out of date. */
  readonly onRing: () => void
}

/** Quiet after one stroke; after many; how long at most for many; how long a vanished file may take to come back. */
const [quietMs, quietManyMs, longestMs, vanishedMs] = [12, 80, 2000, 60]
const many = 6

export function makeBell({ disk, root, now, hadContent, onRing }: BellOptions): Bell {
  let files = new Set<string>()
  let isRung = false
  let isHurried = false
  let isClosed = false
  let first = 0
  let last = 0
  let wake = (): void => {}

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, Math.max(0, ms))
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  /** Is somebody in the middle of writing? */
  const isUnfinished = (): boolean =>
    [...files].some((file) => hadContent(file) && (disk.lstat(file)?.size ?? 0) === 0)
  const gitWrites = (): boolean => disk.lstat(join(root, '.git', 'index.lock')) !== null

  /** Milliseconds to wait still; 0: now. */
  const patience = (): number => {
    const age = now() - first
    if (files.size >= many) {
      if (age >= longestMs) return 0
      return gitWrites() ? 20 : Math.min(longestMs - age, last + quietManyMs - now())
    }
    if (age < vanishedMs && isUnfinished()) return 5
    return isHurried || age >= longestMs ? 0 : last + quietMs - now()
  }

  return {
    ring(more) {
      const named = [...more]
      for (const file of named) files.add(file)
      last = now()
      if (!isRung) first = last
      isRung = true
      if (named.length > 0) onRing()
      wake()
    },
    isRung: () => isRung,
    hurry() {
      isHurried = true
      wake()
    },
    async next() {
      while (!isRung && !isClosed) await sleep(0x7fffffff)
      for (let wait = patience(); wait > 0 && !isClosed; wait = patience()) await sleep(wait)
      const rung = { files, since: first }
      files = new Set()
      isRung = false
      isHurried = false
      return rung
    },
    async quiet(ms) {
      const at = last
      while (!isRung && !isClosed && now() < at + ms) await sleep(at + ms - now())
      return !isRung && !isClosed
    },
    close() {
      isClosed = true
      wake()
    },
  }
}
