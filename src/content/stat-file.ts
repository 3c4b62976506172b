// The stat index on disk: small, sealed by its own hash, thrown away when anything is wrong with it.
import { type Disk, writeLossy } from '../engine/disk.js'
import { seal, unseal } from '../engine/seal.js'
import type { StatIndex } from './scan.js'

const pathOf = (cache: string): string => `${cache}/stats`

/** {} where there is none, or where it cannot be believed. */
export function loadStats(disk: Disk, cache: string): StatIndex {
  if (!disk.stat(pathOf(cache))) return {}
  try {
    const text = unseal(Buffer.from(disk.read(pathOf(cache))).toString('utf8'))
    // Its hash says that we wrote it.
    return text === undefined ? {} : (JSON.parse(text) as StatIndex)
  } catch {
    return {}
  }
}

/** Where no more than one file in so many is not as the index says, it is enough to read those once more. */
const few = 200

/** `before`: what is kept there. */
export function saveStats(disk: Disk, cache: string, stats: StatIndex, before: StatIndex = {}): void {
  const paths = Object.keys(stats)
  const others = paths.filter((path) => !isSame(stats[path], before[path])).length
  const gone = Math.max(0, Object.keys(before).length - paths.length)
  if ((others + gone) * few <= paths.length) return
  writeLossy(disk, pathOf(cache), seal(JSON.stringify(stats)))
}

const isSame = (a: StatIndex[string] | undefined, b: StatIndex[string] | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.every((value, i) => value === b[i]))

/** How these files look now, as one text: another text, another look needed. */
export function lookAtFiles(disk: Disk, files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = disk.stat(file)
      return stat ? [file, stat.size, stat.mtimeMs, stat.ctimeMs, stat.inode].join(' ') : file
    })
    .join('\n')
}
