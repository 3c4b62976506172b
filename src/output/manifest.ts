// The manifest: which files of an output folder are ours, beside the folder (`dist` → `dist.inkstone/`), not in
// the cache: losing the cache loses neither ownership nor deletions.
import { type Disk, type FileStat, writeAtomically } from '../engine/disk.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'
import { seal, unseal } from '../engine/seal.js'

/** Path below the output folder, decoded, forward slashes: `tags/数据库/index.html`. */
export type OutPath = string
export type Owned = readonly [hash: Answer, size: number, mtimeMs: number, ctimeMs: number, inode: number]
export type Manifest = ReadonlyMap<OutPath, Owned>

/** Everything of ours beside the output folder. */
export const besideOf = (out: string): string => `${out}.inkstone`
export const manifestPath = (out: string): string => `${besideOf(out)}/manifest`

/** `lost`: there is none, or it cannot be believed. */
export function loadManifest(disk: Disk, out: string): Manifest | 'lost' {
  const path = manifestPath(out)
  if (!disk.stat(path)) return 'lost'
  try {
    const text = unseal(Buffer.from(disk.read(path)).toString('utf8'))
    // Its hash says that we wrote it.
    return text === undefined ? 'lost' : new Map(Object.entries(JSON.parse(text) as Record<OutPath, Owned>))
  } catch {
    return 'lost'
  }
}

export function saveManifest(disk: Disk, out: string, manifest: Manifest): void {
  disk.makeFolder(besideOf(out))
  const sorted = [...manifest].sort(([a], [b]) => (a < b ? -1 : 1))
  writeAtomically(disk, manifestPath(out), seal(JSON.stringify(Object.fromEntries(sorted))))
}

export function ownedOf(hash: Answer, stat: FileStat): Owned {
  return [hash, stat.size, stat.mtimeMs, stat.ctimeMs, stat.inode]
}

/** Does the file stand there exactly as we left it? By its stat alone. */
export function standsUntouched(
  disk: Disk,
  out: string,
  manifest: Manifest,
  path: OutPath,
  hash: Answer,
): boolean {
  const owned = manifest.get(path)
  const stat = disk.lstat(`${out}/${path}`)
  if (!owned || owned[0] !== hash || stat?.kind !== 'file' || stat.size !== owned[1]) return false
  return stat.mtimeMs === owned[2] && stat.ctimeMs === owned[3] && stat.inode === owned[4]
}

/**
 * Does the output hold this file with these bytes? By its stat where that is as we left it, else by its bytes
 * (a tree restored from a CI cache has new times). Returns the entry to keep, or undefined.
 */
export function standing(
  disk: Disk,
  out: string,
  manifest: Manifest,
  path: OutPath,
  hash: Answer,
): Owned | undefined {
  const owned = manifest.get(path)
  if (standsUntouched(disk, out, manifest, path, hash)) return owned
  const stat = disk.lstat(`${out}/${path}`)
  if (owned?.[0] !== hash || stat?.kind !== 'file' || stat.size !== owned[1]) return undefined
  return fingerprint(disk.read(`${out}/${path}`)) === hash ? ownedOf(hash, stat) : undefined
}
