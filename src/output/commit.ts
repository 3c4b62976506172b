// All or nothing. The bytes are in the stage; the journal that says what must happen is written atomically;
// then each file is renamed into place, stale ones are deleted, the manifest is saved, the journal removed.
// Killed anywhere, `heal` finishes what the journal says: every action may be done twice. Only files of our own
// manifest are ever replaced or deleted; links in the output are never followed.
import { dirname } from 'node:path'
import { type Disk, hasCode, writeAtomically } from '../engine/disk.js'
import type { Answer } from '../engine/fingerprint.js'
import { place } from '../engine/place.js'
import { seal, unseal } from '../engine/seal.js'
import type { Writer } from '../engine/writer.js'
import { foldName } from '../site/terms.js'
import {
  besideOf,
  journalPath,
  loadManifest,
  type Manifest,
  type OutPath,
  type Owned,
  ownedOf,
  saveManifest,
} from './manifest.js'
import type { Stage } from './stage.js'

interface Journal {
  /** The whole tree is `tree`, renamed at once. */
  readonly fresh: boolean
  readonly writes: readonly (readonly [path: OutPath, name: string, hash: Answer])[]
  readonly deletes: readonly OutPath[]
  /** Files that stay as they are but not as the manifest says. */
  readonly keeps: readonly (readonly [OutPath, Owned])[]
}

export interface Work {
  readonly stage: Stage
  /** Puts the files in place. */
  readonly mover: Pick<Writer, 'move' | 'settled'>
  /** Called while it may still be at it. */
  readonly meanwhile: () => void
}

export interface CommitPlan {
  readonly keeps: ReadonlyMap<OutPath, Owned>
  readonly deletes: readonly OutPath[]
}

/**
 * Makes the staged files and deletions public. `manifest` is what lies on the disk; resolves to it as it is then. Rejects
 * with what the disk said: the journal stays, and the next start goes on.
 */
export async function commit(
  disk: Disk,
  out: string,
  { stage, mover, meanwhile }: Work,
  { keeps: standing, deletes }: CommitPlan,
  manifest: Manifest,
): Promise<Manifest> {
  const writes = [...stage.staged.values()].map(({ path, name, hash }) => [path, name, hash] as const)
  const keeps: (readonly [OutPath, Owned])[] = []
  for (const [path, owned] of standing) if (manifest.get(path) !== owned) keeps.push([path, owned])
  const journal: Journal = { fresh: stage.fresh, writes, deletes, keeps }
  writeAtomically(disk, journalPath(out), seal(JSON.stringify(journal)))
  for (const [from, to] of makeWay(disk, out, journal)) mover.move(from, to)
  let thrown: { readonly error: unknown } | undefined
  try {
    meanwhile()
  } catch (error) {
    thrown = { error }
  }
  const [failure] = await mover.settled()
  if (failure) throw failure
  const after = finish(disk, out, journal, manifest)
  // Whatever becomes of that: half of the files in their places would be worse.
  if (thrown) throw thrown.error
  return after
}

/** Finishes an interrupted commit. Returns whether there was one. */
export function heal(disk: Disk, out: string): boolean {
  // What was being written atomically when the program was killed: it never got its name.
  for (const path of [journalPath(out), `${besideOf(out)}/manifest`]) disk.remove(`${path}.new`)
  if (!disk.stat(journalPath(out))) return false
  const text = unseal(Buffer.from(disk.read(journalPath(out))).toString('utf8'))
  // A journal is written whole: one that is not was changed by somebody else, and says nothing we may act on.
  if (text === undefined) disk.remove(journalPath(out))
  else {
    // What was saved already is as good: everything may be done twice.
    const loaded = loadManifest(disk, out)
    const journal = JSON.parse(text) as Journal
    for (const [from, to] of makeWay(disk, out, journal)) place(disk, from, to)
    finish(disk, out, journal, loaded === 'lost' ? new Map() : loaded)
  }
  return text !== undefined
}

/** What stands in the way of new files goes; returns which of them are still to be moved, and where. A whole tree moves at once. */
function makeWay(disk: Disk, out: string, journal: Journal): (readonly [from: string, to: string])[] {
  const beside = besideOf(out)
  if (journal.fresh && disk.lstat(out) === null) {
    moveTree(disk, `${beside}/tree`, out)
    return []
  }
  // Told twice, it must do no harm: what stands in the way of a file that was already put in place is gone,
  // and its name may by now be that very file's (another case, or a folder).
  const waiting = journal.writes.filter(([, name]) => disk.lstat(`${beside}/${name}`) !== null)
  const isInTheWay = conflictTest(waiting.map(([path]) => path))
  for (const path of journal.deletes.filter(isInTheWay)) removeOwned(disk, out, path)
  return waiting.map(([path, name]) => [`${beside}/${name}`, `${out}/${path}`])
}

/** Every new file is in its place: the rest of the journal. */
function finish(disk: Disk, out: string, journal: Journal, before: Manifest): Manifest {
  const beside = besideOf(out)
  const wasInTheWay = conflictTest(journal.writes.map(([path]) => path))
  for (const path of journal.deletes) if (!wasInTheWay(path)) removeOwned(disk, out, path)
  const manifest = new Map(before)
  for (const [path, owned] of journal.keeps) manifest.set(path, owned)
  for (const path of journal.deletes) manifest.delete(path)
  for (const [path, , hash] of journal.writes) {
    const stat = disk.lstat(`${out}/${path}`)
    if (stat) manifest.set(path, ownedOf(hash, stat))
  }
  saveManifest(disk, out, manifest)
  disk.remove(journalPath(out))
  disk.removeTree(`${beside}/stage`)
  disk.removeTree(`${beside}/tree`)
  return manifest
}

/**
 * A test for stale paths that a new one needs gone first: the same by case, a file where a folder comes,
 * or a folder where a file comes.
 */
function conflictTest(writes: readonly OutPath[]): (path: OutPath) => boolean {
  const files = new Set(writes.map(foldName))
  const folders = new Set([...files].flatMap(foldersOf))
  return (path) => {
    const stale = foldName(path)
    return files.has(stale) || folders.has(stale) || foldersOf(stale).some((folder) => files.has(folder))
  }
}

function foldersOf(path: string): string[] {
  const folders: string[] = []
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) folders.push(path.slice(0, at))
  return folders
}

function moveTree(disk: Disk, tree: string, out: string): void {
  // A second run finds the tree moved already.
  if (disk.lstat(tree) === null) return
  disk.makeFolder(dirname(out))
  disk.rename(tree, out)
}

/** Deletes one file of ours and the folders that it leaves empty. */
function removeOwned(disk: Disk, out: string, path: OutPath): void {
  if (disk.lstat(`${out}/${path}`)?.kind !== 'folder') disk.remove(`${out}/${path}`)
  for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) {
    try {
      disk.removeFolder(`${out}/${folder}`)
    } catch (error) {
      if (hasCode(error, 'ENOENT')) continue
      return
    }
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')))
