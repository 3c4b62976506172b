// The stat index on disk: small, sealed by its own hash, thrown away when anything is wrong with it.
import { type Disk, writeLossy } from '../engine/disk.js'
import { seal, unseal } from '../engine/seal.js'
import type { Snapshot, StatIndex } from './scan.js'

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

/** Where no more than one file in so many was unknown to the index, it is enough to read those once more. */
const few = 200

/** Writes the index of a snapshot that was looked at with the help of the one that is there, if it is worth it. */
export function renewStats(disk: Disk, cache: string, snapshot: Snapshot): void {
  if (snapshot.unknown * few > snapshot.paths.length || !disk.stat(pathOf(cache)))
    saveStats(disk, cache, snapshot)
}

export function saveStats(disk: Disk, cache: string, snapshot: Snapshot): void {
  writeLossy(disk, pathOf(cache), seal(JSON.stringify(snapshot.statIndex())))
}

/** How these files look now, as one text: another text, another look needed. */
export function lookAtFiles(disk: Disk, files: readonly string[]): string {
  return files
    .map((file) => {
      const stat = disk.stat(file)
      return stat ? [file, stat.size, stat.mtimeMs, stat.ctimeMs, stat.inode].join(' ') : file
    })
    .join('\n')
}
