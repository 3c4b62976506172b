// One output folder during one build: healed when opened, asked what stands in it, and committed at the end.
import { type Disk, isDiskError } from '../engine/disk.js'
import { takeLock } from '../engine/lock.js'
import { type Writer, writeHere } from '../engine/writer.js'
import type { Problem } from '../errors.js'
import type { Output } from './collisions.js'
import { commit, heal } from './commit.js'
import {
  besideOf,
  isUnfinished,
  loadManifest,
  type Manifest,
  type OutPath,
  type Owned,
  standing,
} from './manifest.js'
import { planOutputs } from './plan.js'
import { openStage, type Stage } from './stage.js'

/** An output with a way to its bytes, for where they are not staged yet. */
export interface Making extends Output {
  readonly bytes: () => Uint8Array | string
  /** For what is made when somebody asks: to be waited for before `bytes`. Rejects with a ProblemError. */
  readonly ready?: () => Promise<void>
}

export interface Committed {
  readonly written: readonly OutPath[]
  readonly removed: readonly OutPath[]
  readonly problems: readonly Problem[]
  /** How every file of ours stands in the folder afterwards; nothing where there are problems. */
  readonly standing: Manifest
}

export interface OutputFolder {
  /** An interrupted commit was finished before anything else. */
  readonly healed: boolean
  readonly stage: Stage
  /** Paths of the files in it that are ours: those of the tree that was published last. */
  readonly owned: { has(path: OutPath): boolean }
  /** Does this path hold these bytes? */
  stands(path: OutPath, hash: string): boolean
  /** The bytes of an output that is staged or stands; throws where it is neither. */
  read(path: OutPath, hash: string): Uint8Array
  /**
   * Makes the folder hold exactly these outputs of ours, or says why not and changes nothing. `meanwhile` is called if it
   * is changed, once nothing but the disk can stop that any more.
   */
  commit(outputs: readonly Making[], adopt: boolean, meanwhile?: () => void): Promise<Committed>
  /** Throws away what was staged and gives back the lock; the tree stays as it is. */
  close(): Promise<void>
}

export interface OutputOptions {
  /** Brings the bytes of new files to the disk. */
  readonly writer?: Writer
  /** Somebody has just looked: every file of ours is as the manifest says. */
  readonly isUntouched?: boolean
}

/** Takes the folder's lock (throws `LockHeld`) and finishes what a killed build began. */
export function openOutput(
  disk: Disk,
  out: string,
  { writer = writeHere(disk), isUntouched = false }: OutputOptions = {},
): OutputFolder {
  disk.makeFolder(besideOf(out))
  const unlock = takeLock(disk, `${besideOf(out)}/lock`)
  const healed = heal(disk, out)
  const loaded = loadManifest(disk, out)
  const manifest = loaded === 'lost' ? new Map<OutPath, Owned>() : loaded
  const stage = openStage(disk, out, writer)
  const looked = new Map<OutPath, Owned | undefined>()
  const isKnown = isUntouched && !healed
  const look = (path: OutPath, hash: string): Owned | undefined => {
    const owned = isKnown ? manifest.get(path) : undefined
    if (owned?.[0] === hash) return owned
    const key = `${hash} ${path}`
    if (!looked.has(key)) looked.set(key, standing(disk, out, manifest, path, hash))
    return looked.get(key)
  }
  return {
    healed,
    stage,
    owned: manifest,
    stands: (path, hash) => look(path, hash) !== undefined,
    read(path, hash) {
      const staged = stage.staged.get(path)
      if (staged) return disk.read(`${besideOf(out)}/${staged.name}`)
      if (look(path, hash)) return disk.read(`${out}/${path}`)
      throw new Error(`the bytes of ${path} are neither staged nor standing`)
    },
    async commit(outputs, adopt, meanwhile = () => {}) {
      const plan = planOutputs({ disk, out, manifest, outputs, standing: look, adopt })
      if (plan.problems.length > 0)
        return { written: [], removed: [], problems: plan.problems, standing: new Map() }
      for (const { path, bytes } of plan.writes) if (!stage.staged.has(path)) stage.put(path, bytes())
      await stage.settled()
      const writes = new Set(plan.writes.map(({ path }) => path))
      // A page was made again and came out as it stands: nothing to write.
      for (const path of [...stage.staged.keys()]) if (!writes.has(path)) stage.drop(path)
      const changed = [...writes].sort()
      const isNew = changed.length > 0 || plan.deletes.length > 0 || loaded === 'lost' || stage.fresh
      const work = { stage, mover: writer, meanwhile }
      const standing = isNew ? await commit(disk, out, work, plan, manifest) : plan.keeps
      return { written: changed, removed: plan.deletes, problems: [], standing }
    },
    async close() {
      try {
        if (isUnfinished(disk, out)) await writer.close()
        else await stage.clear()
      } catch (error) {
        // The next build clears it.
        if (!isDiskError(error)) throw error
      } finally {
        unlock()
      }
    },
  }
}
