// What a scan found, as the build sees it: every file with its hash, of one moment. A file is read when somebody
// wants it; if it is then not what it was, the moment is over.
import { viewOf } from '../engine/bytes.js'
import { type Disk, type FileStat, hasCode } from '../engine/disk.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'
import { Interruption, type Problem } from '../errors.js'
import type { Path } from './types.js'

/** How a file looked when it was hashed. */
export type StatKey = readonly [size: number, mtimeMs: number, ctimeMs: number, inode: number, hash: Answer]
export type StatIndex = Readonly<Record<Path, StatKey>>

/** A file changed between two looks of one build: its result would belong to no moment. */
export class ChangedDuringBuild extends Interruption {
  readonly path: Path
  constructor(path: Path) {
    super(`${path} changed during the build`)
    this.path = path
  }
}

const isOf = (key: StatKey, { size, mtimeMs, ctimeMs, inode }: FileStat): boolean =>
  key[0] === size && key[1] === mtimeMs && key[2] === ctimeMs && key[3] === inode

export interface Snapshot {
  /** All input files, sorted. */
  readonly paths: readonly Path[]
  /** Each of them as it was found. */
  readonly found: ReadonlyMap<Path, FoundFile>
  /** Absolute paths of all folders that were looked into, empty ones too. */
  readonly folders: readonly string[]
  /** Absolute paths of the files that links lead to. */
  readonly linked: readonly string[]
  /** Files of one folder tree, sorted. */
  under(folder: Path): readonly Path[]
  has(path: Path): boolean
  /** Hash of the bytes; undefined where there is no such file. */
  hash(path: Path): Answer | undefined
  /** The bytes that the hash belongs to. Throws `ChangedDuringBuild`. */
  bytes(path: Path): Uint8Array | undefined
  /** UTF-8 text, byte-order marks kept. */
  text(path: Path): string | undefined
  /** Where the file lies (its name on disk may be NFD, and a link may lead elsewhere inside the root). */
  diskPath(path: Path): string
  /** Files that changed so short a time ago that another change might not be seen by their times. */
  recent(): readonly Path[]
  /** To be kept for the next build; files hashed too soon after their last change are left out. */
  statIndex(): StatIndex
  /** How many files were read because the index that this build found did not know them as they are. */
  readonly unknown: number
  readonly problems: readonly Problem[]
}

export interface FoundFile {
  /** Absolute path. */
  readonly file: string
  readonly stat: FileStat
}

export interface ScanOptions {
  readonly disk: Disk
  /** Absolute path of the site. */
  readonly root: string
  /** Prefix in the snapshot → absolute folder; a missing folder is an empty one. */
  readonly folders: Readonly<Record<Path, string>>
  readonly before: StatIndex
  /** Must `before` be loaded first? Then one small file in fifty is rather read than looked up there. */
  readonly isFar?: boolean
  /** Milliseconds since 1970: files changed within 3 s of it are hashed again next time. */
  readonly now: number
  /** Believe no stat: read and hash every file. */
  readonly verify: boolean
}

const recentMs = 3000
/** Files up to this size are held from their hash to who wants them, and so many bytes of them for who comes second. */
const small = 1 << 18
const mostHeld = 1 << 24

export interface Looked {
  readonly found: ReadonlyMap<Path, FoundFile>
  readonly folders: readonly string[]
  readonly linked: readonly string[]
  readonly paths: readonly Path[]
  readonly hashes: Map<Path, Answer>
  readonly problems: readonly Problem[]
}

/** Hashes that are known already are handed in. */
export function snapshotOf(
  options: ScanOptions,
  { found, folders, linked, paths, hashes, problems }: Looked,
): Snapshot {
  const { disk } = options
  /** Read and hashed, and how often they were given out. */
  const held = new Map<Path, { readonly bytes: Uint8Array; given: number }>()
  let heldBytes = 0
  let unknown = 0
  const readFirst: Path[] = []
  const mostReadFirst = options.isFar ? paths.length / 50 : 0
  let isLookedUp = false
  /** What the build before knew of this file, if it is as it was. */
  const knownOf = (path: Path): Answer | undefined => {
    const last = options.verify ? undefined : options.before[path]
    return last && isOf(last, found.get(path)!.stat) ? last[4] : undefined
  }
  const hold = (path: Path, bytes: Uint8Array): void => {
    held.set(path, { bytes, given: 0 })
    heldBytes += bytes.length
  }
  /** A document is wanted for its front matter and once more for its body. */
  const giveHeld = (path: Path): void => {
    const entry = held.get(path)
    if (!entry || (++entry.given < 2 && heldBytes <= mostHeld)) return
    held.delete(path)
    heldBytes -= entry.bytes.length
  }

  const read = (path: Path): Uint8Array | undefined => {
    const entry = found.get(path)
    if (!entry) return undefined
    const kept = held.get(path)
    if (kept) return kept.bytes
    let bytes: Uint8Array
    try {
      bytes = disk.read(entry.file)
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw new ChangedDuringBuild(path)
      throw error
    }
    const actual = fingerprint(bytes)
    const known = hashes.get(path)
    if (known === undefined) hashes.set(path, actual)
    else if (known !== actual) throw new ChangedDuringBuild(path)
    return bytes
  }

  const isSettled = ({ mtimeMs, ctimeMs }: FileStat): boolean =>
    mtimeMs !== 0 && options.now - Math.max(mtimeMs, ctimeMs) >= recentMs

  const snapshot: Snapshot = {
    paths,
    found,
    get unknown() {
      return isLookedUp ? unknown + readFirst.filter((path) => !knownOf(path)).length : unknown
    },
    folders,
    linked,
    problems,
    under: (folder) => paths.filter((path) => path.startsWith(`${folder}/`)),
    has: (path) => found.has(path),
    hash(path) {
      const known = hashes.get(path)
      if (known !== undefined) return known
      const entry = found.get(path)
      if (!entry) return undefined
      const isReadFirst = entry.stat.size < small && readFirst.length < mostReadFirst
      if (isReadFirst) readFirst.push(path)
      else isLookedUp = true
      const last = isReadFirst ? undefined : knownOf(path)
      if (last !== undefined) hashes.set(path, last)
      else {
        if (!isReadFirst) unknown++
        const bytes = read(path)
        // Small files will be wanted in a moment; pictures only when something shows them.
        if (bytes && bytes.length < small) hold(path, bytes)
      }
      return hashes.get(path)
    },
    bytes(path) {
      snapshot.hash(path)
      const bytes = read(path)
      giveHeld(path)
      return bytes
    },
    text(path) {
      const bytes = snapshot.bytes(path)
      return bytes && viewOf(bytes).toString('utf8')
    },
    diskPath: (path) => found.get(path)?.file ?? `${options.root}/${path}`,
    recent: () => paths.filter((path) => !isSettled(found.get(path)!.stat)),
    statIndex() {
      const index: Record<Path, StatKey> = {}
      for (const path of paths) {
        const stat = found.get(path)?.stat
        const hash = snapshot.hash(path)
        if (stat && hash !== undefined && isSettled(stat))
          index[path] = [stat.size, stat.mtimeMs, stat.ctimeMs, stat.inode, hash]
      }
      return index
    },
  }
  return snapshot
}

/** Paths that are in one of them only, or have other bytes; none: they are the same. */
export function differing(before: Snapshot, after: Snapshot): ReadonlySet<Path> {
  const found = new Set<Path>()
  if (before === after) return found
  for (const path of after.paths) if (before.hash(path) !== after.hash(path)) found.add(path)
  for (const path of before.paths) if (!after.has(path)) found.add(path)
  return found
}
