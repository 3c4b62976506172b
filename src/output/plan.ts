// What the output folder shall hold against what it holds: writes, deletions, files that stay; and everything
// that forbids a commit: foreign files in the way.
import type { Disk } from '../engine/disk.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'
import type { Problem } from '../errors.js'
import type { Output } from './collisions.js'
import { type Manifest, type OutPath, type Owned, ownedOf } from './manifest.js'

export interface Difference<T extends Output = Output> {
  readonly keeps: ReadonlyMap<OutPath, Owned>
  /** Outputs whose bytes must be staged, or stay staged. */
  readonly writes: readonly T[]
  readonly deletes: readonly OutPath[]
  readonly problems: readonly Problem[]
}

export interface PlanSource<T extends Output = Output> {
  readonly disk: Disk
  readonly out: string
  readonly manifest: Manifest
  readonly outputs: readonly T[]
  /** The entry of a file that stands there with these bytes, see `standing`. */
  readonly standing: (path: OutPath, hash: Answer) => Owned | undefined
  /** Replace foreign files that are in the way; foreign folders and links stay an error. */
  readonly adopt: boolean
}

/** Compares what shall be with what is. Reads foreign files in the way; changes nothing. */
export function planOutputs<T extends Output>(source: PlanSource<T>): Difference<T> {
  const { disk, out, manifest, outputs, standing, adopt } = source
  const keeps = new Map<OutPath, Owned>()
  const writes: T[] = []
  const problems: Problem[] = []
  const looked = new Map<string, string>()

  /** The part of `path` that stands in the way as something that is not ours, or ''. */
  const obstacle = (path: OutPath): string => {
    const segments = path.split('/')
    for (let depth = 1; depth < segments.length; depth++) {
      const folder = segments.slice(0, depth).join('/')
      let found = looked.get(folder)
      if (found === undefined) {
        const kind = disk.lstat(`${out}/${folder}`)?.kind
        found = kind === undefined || kind === 'folder' || manifest.has(folder) ? '' : folder
        looked.set(folder, found)
      }
      if (found !== '') return found
    }
    return ''
  }

  for (const output of outputs) {
    const kept = standing(output.path, output.hash)
    if (kept) {
      keeps.set(output.path, kept)
      continue
    }
    const stat = disk.lstat(`${out}/${output.path}`)
    const blocked = obstacle(output.path)
    if (stat?.kind === 'file' && !manifest.has(output.path) && blocked === '') {
      if (fingerprint(disk.read(`${out}/${output.path}`)) === output.hash) {
        keeps.set(output.path, ownedOf(output.hash, stat))
        continue
      }
      if (!adopt) problems.push(foreign(output.path, output))
    } else if (
      blocked !== '' ||
      (stat && stat.kind !== 'file' && !onlyOurs(manifest, output.path, stat.kind))
    )
      problems.push(foreign(blocked || output.path, output))
    writes.push(output)
  }
  const written = new Set(writes.map(({ path }) => path))
  const deletes = [...manifest.keys()].filter((path) => !keeps.has(path) && !written.has(path)).sort()
  return { keeps, writes, deletes, problems }
}

/** A folder in the way of a file is fine when a file of ours is what it holds: it will be deleted with it. */
function onlyOurs(manifest: Manifest, path: OutPath, kind: string): boolean {
  return kind === 'folder' && [...manifest.keys()].some((owned) => owned.startsWith(`${path}/`))
}

function foreign(path: string, output: Output): Problem {
  return {
    severity: 'error',
    code: 'output/foreign-file',
    what: `${path} in the output folder was not made by this site and is in the way of ${output.path} (${output.by})`,
    found: path,
    fix: 'move it away, or call with --adopt to replace it',
  }
}
