// Looks at the site's input files for the dev server: all of them with pauses, or those that were named. Remembers
// how each looked last, so that a file which was only touched is not read again and again.
import { dirname } from 'node:path'
import {
  inputPathOf,
  lookAgain,
  type Relook,
  type ScanOptions,
  type Snapshot,
  type StatIndex,
  scanSlowly,
} from '../content/scan.js'
import { loadStats, saveStats } from '../content/stat-file.js'
import type { Disk } from '../engine/disk.js'
import { inputFolders } from '../inputs.js'

export interface Looks {
  /** Absolute paths of the folders that hold inputs, there or not, and of those that links lead into. */
  folders(): readonly string[]
  /** Could this absolute path be an input, one of their folders, or what a link among them leads to? */
  isInput(file: string): boolean
  /** Every input file, now. */
  all(pause: () => Promise<void> | undefined): Promise<Snapshot>
  /** `last` with another look at these files; see `lookAgain`. */
  some(last: Snapshot, files: ReadonlySet<string>): Relook | undefined
  /** Does this file (a path of the snapshot) look otherwise than at the last look? Then its absolute path. */
  differs(path: string): string | undefined
  /** Had this absolute path content at the last look? */
  hadContent(file: string): boolean
  /** Writes down what was seen. */
  save(): void
}

export interface LooksOptions {
  readonly disk: Disk
  readonly root: string
  readonly cache: string
  /** Milliseconds since 1970. */
  readonly clock: () => number
}

export function makeLooks({ disk, root, cache, clock }: LooksOptions): Looks {
  const folders = inputFolders(root)
  const roots = Object.values(folders)
  let seen: Snapshot | undefined
  const optionsFor = (before: StatIndex): ScanOptions => ({
    disk,
    root,
    folders,
    before,
    now: clock(),
    verify: false,
  })
  return {
    folders: () => [...roots, ...(seen?.linked ?? []).map((file) => dirname(file))],
    isInput: (file) =>
      roots.includes(file) ||
      inputPathOf(folders, file) !== undefined ||
      (seen?.linked.includes(file) ?? false),
    async all(pause) {
      const before = seen?.statIndex() ?? loadStats(disk, cache)
      seen = await scanSlowly(optionsFor(before), pause)
      return seen
    },
    some(last, files) {
      // Every hash that is still good is known to `last`.
      const relook = lookAgain(last, files, optionsFor({}))
      if (relook && relook.changed.size > 0) seen = relook.snapshot
      return relook
    },
    differs(path) {
      const found = seen?.found.get(path)
      if (!found) return undefined
      const stat = disk.stat(found.file)
      const { size, mtimeMs, inode } = found.stat
      const isSame = stat?.size === size && stat.mtimeMs === mtimeMs && stat.inode === inode
      return isSame ? undefined : found.file
    },
    hadContent: (file) => (seen?.found.get(inputPathOf(folders, file) ?? '')?.stat.size ?? 0) > 0,
    save() {
      if (seen) saveStats(disk, cache, seen)
    },
  }
}
