// The manifest: which files of an output folder are ours, beside the folder (`dist` → `dist.inkstone/`), not in
// the cache: losing the cache loses neither ownership nor deletions.
import { viewOf } from '../engine/bytes.js'
import { type Disk, type FileStat, writeAtomically } from '../engine/disk.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'
import { sealBytes, unseal, unsealBytes } from '../engine/seal.js'

/** Path below the output folder, decoded, forward slashes: `tags/数据库/index.html`. */
export type OutPath = string
export type Owned = readonly [hash: Answer, size: number, mtimeMs: number, ctimeMs: number, inode: number]
export type Manifest = ReadonlyMap<OutPath, Owned>

/** Everything of ours beside the output folder. */
export const besideOf = (out: string): string => `${out}.inkstone`
export const manifestPath = (out: string): string => `${besideOf(out)}/manifest`

export const journalPath = (out: string): string => `${besideOf(out)}/journal`

/** Was a commit begun that is not finished? Then the stage is what it will be finished from. */
export const isUnfinished = (disk: Disk, out: string): boolean => disk.stat(journalPath(out)) !== null

const hashBytes = 16

/** `lost`: there is none, or it cannot be believed. */
export function loadManifest(disk: Disk, out: string): Manifest | 'lost' {
  const path = manifestPath(out)
  if (!disk.stat(path)) return 'lost'
  try {
    return readManifest(disk.read(path))
  } catch {
    return 'lost'
  }
}

/** The paths as JSON on a line, their hashes, four numbers of each, and the hash of all that: a large site reads and writes it in each build. */
function readManifest(file: Uint8Array): Manifest | 'lost' {
  const bytes = unsealBytes(file)
  if (bytes === undefined) return readOlder(file)
  const line = bytes.indexOf(10) + 1
  // Its hash says that we wrote it.
  const paths = JSON.parse(bytes.toString('utf8', 0, line)) as OutPath[]
  const middle = line + hashBytes * paths.length
  // A column must begin where its numbers do.
  const numbers = new Float64Array(new Uint8Array(bytes.subarray(middle)).buffer)
  const manifest = new Map<OutPath, Owned>()
  paths.forEach((path, i) => {
    const hash = bytes.toString('hex', line + hashBytes * i, line + hashBytes * (i + 1))
    const at = 4 * i
    manifest.set(path, [hash, numbers[at]!, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!])
  })
  return manifest
}

/** One object as JSON, as the manifest was written at first: a folder of that time is still ours. */
function readOlder(file: Uint8Array): Manifest | 'lost' {
  const text = unseal(viewOf(file).toString('utf8'))
  return text === undefined ? 'lost' : new Map(Object.entries(JSON.parse(text) as Record<OutPath, Owned>))
}

export function saveManifest(disk: Disk, out: string, manifest: Manifest): void {
  const sorted = [...manifest].sort(([a], [b]) => (a < b ? -1 : 1))
  const hashes = Buffer.alloc(hashBytes * sorted.length)
  const numbers = new Float64Array(4 * sorted.length)
  sorted.forEach(([, [hash, ...looks]], i) => {
    hashes.write(hash, hashBytes * i, 'hex')
    numbers.set(looks, 4 * i)
  })
  const paths = `${JSON.stringify(sorted.map(([path]) => path))}\n`
  const body = Buffer.concat([Buffer.from(paths), hashes, Buffer.from(numbers.buffer)])
  disk.makeFolder(besideOf(out))
  writeAtomically(disk, manifestPath(out), sealBytes(body))
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
