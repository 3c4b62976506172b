// The stage: bytes of new and changed files, safe on the same disk beside the output folder before anything
// public is touched. For a tree that does not exist yet it is that tree under another name.
import { type Disk, hasCode } from '../engine/disk.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'
import { besideOf, type OutPath } from './manifest.js'

export interface Staged {
  readonly path: OutPath
  /** Name below `<out>.inkstone/`. */
  readonly name: string
  readonly hash: Answer
  readonly size: number
}

export interface Stage {
  /** The output folder does not exist: the stage becomes it by one rename. */
  readonly fresh: boolean
  readonly staged: ReadonlyMap<OutPath, Staged>
  put(path: OutPath, bytes: Uint8Array | string): Answer
  /** Takes back what was staged under this path. */
  drop(path: OutPath): void
  clear(): void
}

/** Opens an empty stage; what an interrupted build left there is thrown away (heal first). */
export function openStage(disk: Disk, out: string): Stage {
  const beside = besideOf(out)
  const fresh = disk.lstat(out) === null
  const folder = fresh ? 'tree' : 'stage'
  const clear = (): void => {
    disk.removeTree(`${beside}/tree`)
    disk.removeTree(`${beside}/stage`)
  }
  clear()
  disk.makeFolder(`${beside}/${folder}`)
  const staged = new Map<OutPath, Staged>()
  const made = new Set<string>()
  let count = 0
  const write = (target: string, data: Uint8Array): void => {
    const parent = target.slice(0, target.lastIndexOf('/'))
    if (!made.has(parent)) disk.makeFolder(parent)
    made.add(parent)
    disk.write(target, data)
  }
  return {
    fresh,
    staged,
    put(path, bytes) {
      const data = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes
      const hash = fingerprint(data)
      const name = `${folder}/${fresh ? path : (staged.get(path)?.name.split('/')[1] ?? String(count++))}`
      try {
        write(`${beside}/${name}`, data)
      } catch (error) {
        // One name as file and as folder: an error that is told when all outputs are known; nothing is published.
        if (!fresh || !hasCode(error, 'ENOTDIR', 'EISDIR', 'EEXIST')) throw error
      }
      staged.set(path, { path, name, hash, size: data.length })
      return hash
    },
    drop(path) {
      const entry = staged.get(path)
      if (entry) disk.remove(`${beside}/${entry.name}`)
      staged.delete(path)
    },
    clear,
  }
}
