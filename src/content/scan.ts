// The snapshot is taken: every input file listed once, so that a build sees one moment. A file whose size, times and
// inode are as last time, and not too recent, keeps its old hash without being read.
import { hasCode } from '../engine/disk.js'
import { type Answer, absent, fingerprint } from '../engine/fingerprint.js'
import type { Problem } from '../errors.js'
import { type FoundFile, type ScanOptions, type Snapshot, snapshotOf } from './snapshot.js'
import type { Path } from './types.js'

export {
  ChangedDuringBuild,
  differing,
  type ScanOptions,
  type Snapshot,
  type StatIndex,
  type StatKey,
} from './snapshot.js'

/** What editors and systems leave behind; never input. `.well-known` and `.nojekyll` in `public/` are. */
const litter = /^(?:\.DS_Store|\.git|\.hg|\.svn|Thumbs\.db|desktop\.ini|\.#.*|.*~|.*\.sw[opx]|.*\.tmp|\._.*)$/
/** Most names: ASCII, and neither beginning nor ending as litter does. */
const plain = /^[!-\-/-CE-SU-ce-~][ -~]*[!-nq-wy-}]$/
const deepest = 100

export function scan(options: ScanOptions): Snapshot {
  const looking = look(options)
  for (;;) {
    const { done, value } = looking.next()
    if (done) return value
  }
}

/** `scan` with a pause between folders and now and then within them, for a process that has other things to do. */
export async function scanSlowly(
  options: ScanOptions,
  pause: () => Promise<void> | undefined,
): Promise<Snapshot> {
  const looking = look(options)
  for (;;) {
    const { done, value } = looking.next()
    if (done) return value
    await pause()
  }
}

/** Another look: what is there now, and which paths are new, gone or have other bytes. */
export interface Relook {
  readonly snapshot: Snapshot
  readonly changed: ReadonlySet<Path>
}

/**
 * The last snapshot with another look at some files, given by their absolute paths; undefined where only a scan can
 * tell (folders, links).
 */
export function lookAgain(last: Snapshot, files: Iterable<string>, options: ScanOptions): Relook | undefined {
  const found: Found = new Map(last.found)
  const hashes = new Map<Path, Answer>()
  const changed = new Set<Path>()
  for (const file of files) {
    const path = inputPathOf(options.folders, file)
    if (path === undefined) continue
    const stat = options.disk.lstat(file)
    if (stat ? stat.kind !== 'file' : !found.has(path) && isFolder(last, path)) return undefined
    const entry = found.get(path)
    if (entry && entry.file !== file) return undefined
    if (!stat) {
      if (found.delete(path)) changed.add(path)
      continue
    }
    const hash = hashOf(options, file)
    if (hash === undefined) return undefined
    if (entry && hash === last.hash(path)) continue
    found.set(path, { file, stat })
    hashes.set(path, hash)
    changed.add(path)
  }
  if (changed.size === 0) return { snapshot: last, changed }
  let isSameList = found.size === last.paths.length
  for (const path of last.paths) {
    if (!found.has(path)) isSameList = false
    else if (!hashes.has(path)) hashes.set(path, last.hash(path) ?? absent)
  }
  const paths = isSameList ? last.paths : sortedPaths(found)
  const { folders, linked, problems } = last
  return { snapshot: snapshotOf(options, { found, folders, linked, paths, hashes, problems }), changed }
}

type Found = Map<Path, FoundFile>
const hashOf = ({ disk }: ScanOptions, file: string): Answer | undefined => {
  try {
    return fingerprint(disk.read(file))
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR', 'EISDIR')) return undefined
    throw error
  }
}
const sortedPaths = (found: Found): Path[] => [...found.keys()].sort((a, b) => (a < b ? -1 : 1))
const isFolder = (snapshot: Snapshot, path: Path): boolean =>
  snapshot.paths.some((file) => file.startsWith(`${path}/`))

/** Snapshot path of a file, undefined for what is no input. */
export function inputPathOf(folders: ScanOptions['folders'], file: string): Path | undefined {
  for (const [prefix, folder] of Object.entries(folders)) {
    if (!file.startsWith(`${folder}/`)) continue
    const names = file.slice(folder.length + 1).split('/')
    return names.some((name) => litter.test(name))
      ? undefined
      : `${prefix}/${names.join('/').normalize('NFC')}`
  }
  return undefined
}

interface Looking {
  readonly found: Found
  readonly folders: string[]
  readonly linked: string[]
  readonly problems: Problem[]
}

function* look(options: ScanOptions): Generator<void, Snapshot> {
  const found: Found = new Map()
  const folders: string[] = []
  const linked: string[] = []
  const problems: Problem[] = []
  for (const [prefix, folder] of Object.entries(options.folders))
    yield* walk(options, prefix, folder, { found, folders, linked, problems })
  const content = options.folders['content']
  if (content !== undefined && options.disk.stat(content)?.kind !== 'folder')
    problems.push({
      severity: 'warning',
      code: 'scan/no-content',
      what: 'there is no folder content/: the site is empty',
      file: 'content',
      fix: 'call with --root and the folder of the site, or begin with `inkstone new post "…"`',
    })
  const paths = sortedPaths(found)
  return snapshotOf(options, { found, folders, linked, paths, hashes: new Map(), problems })
}

function* walk(
  { disk, root }: ScanOptions,
  prefix: Path,
  folder: string,
  { found, folders, linked, problems }: Looking,
): Generator<void> {
  const top = disk.stat(folder)
  // An input may be a single file.
  if (top?.kind === 'file') found.set(prefix, { file: folder, stat: top })
  if (top?.kind !== 'folder') return
  const inside = [disk.realpath(root), disk.realpath(folder)]
  const mayRead = (real: string): boolean => inside.some((top) => real === top || real.startsWith(`${top}/`))

  function* visit(path: Path, absolute: string, depth: number, through: readonly string[]): Generator<void> {
    folders.push(absolute)
    for (const { name, kind } of disk.list(absolute)) {
      if (found.size % 200 === 0) yield
      const isPlain = plain.test(name)
      if (!isPlain && litter.test(name)) continue
      const childPath = `${path}/${isPlain ? name : name.normalize('NFC')}`
      const child = `${absolute}/${name}`
      let real = child
      if (kind === 'link') {
        const target = disk.stat(child)
        real = target ? disk.realpath(child) : ''
        if (!target || !mayRead(real)) {
          problems.push({
            severity: 'warning',
            code: target ? 'scan/link-outside' : 'scan/dead-link',
            what: target
              ? 'this symbolic link leads out of the site; it is not read'
              : 'this symbolic link leads nowhere',
            file: childPath,
            fix: 'put a copy of the file here, or remove the link',
          })
          continue
        }
      }
      const stat = kind === 'link' ? disk.stat(child) : disk.lstat(child)
      if (stat?.kind === 'folder') {
        if (depth === deepest)
          problems.push({
            severity: 'warning',
            code: 'scan/too-deep',
            what: `folders are nested more than ${deepest} deep; this one is not read`,
            file: childPath,
            fix: 'move it up',
          })
        else if (through.includes(real))
          problems.push({
            severity: 'warning',
            code: 'scan/circle',
            what: 'this symbolic link leads to a folder above itself and would never end; it is not read',
            file: childPath,
            fix: 'remove the link',
          })
        else yield* visit(childPath, child, depth + 1, kind === 'link' ? [...through, real] : through)
        continue
      }
      if (stat?.kind !== 'file') continue
      if (kind === 'link') linked.push(real)
      if (found.has(childPath))
        problems.push({
          severity: 'error',
          code: 'scan/same-name',
          what: 'two files have this name, once composed and once decomposed (NFC and NFD)',
          file: childPath,
          fix: 'rename one of them',
        })
      found.set(childPath, { file: child, stat })
    }
  }
  yield* visit(prefix, folder, 0, [disk.realpath(folder)])
}
