// The stage: bytes of new and changed files, safe on the same disk beside the output folder before anything
// public is touched. For a tree that does not exist yet it is that tree under another name.
import { type Disk, hasCode } from '../engine/disk.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'
import type { Writer } from '../engine/writer.js'
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
  /** Until all that was put stands on the disk. Throws what the disk said. */
  settled(): Promise<void>
  /** Takes back what was staged under this path and has settled. */
  drop(path: OutPath): void
  /** Throws away what was put, settled or not. */
  clear(): Promise<void>
}

const encoder = new TextEncoder()

/** Opens an empty stage; what an interrupted build left there is thrown away (heal first). */
export function openStage(disk: Disk, out: string, writer: Writer): Stage {
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
  let count = 0
  return {
    fresh,
    staged,
    put(path, bytes) {
      // Memory of its own, since it is given away.
      const data = typeof bytes === 'string' ? encoder.encode(bytes) : new Uint8Array(bytes)
      const hash = fingerprint(data)
      const { length: size } = data
      const name = `${folder}/${fresh ? path : (staged.get(path)?.name.split('/')[1] ?? String(count++))}`
      writer.write(`${beside}/${name}`, data)
      staged.set(path, { path, name, hash, size })
      return hash
    },
    async settled() {
      // One name as file and as folder: an error that is told when all outputs are known; nothing is published.
      for (const error of await writer.settled())
        if (!fresh || !hasCode(error, 'ENOTDIR', 'EISDIR', 'EEXIST')) throw error
    },
    drop(path) {
      const entry = staged.get(path)
      if (entry) disk.remove(`${beside}/${entry.name}`)
      staged.delete(path)
    },
    async clear() {
      await writer.close()
      clear()
    },
  }
}
