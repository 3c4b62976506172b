// The bell: rings with the names of files about which the system said anything at all. It never says what changed.
// One watch a folder, because that is all the system needs to tell of every file in it; a watch for each file, or
// reading a folder again at each event, costs hundreds of milliseconds on a large site.
// (chokidar does the same by more work: it reads a folder again at each event, 400 ms a save at 10,000 files. Where
// there is nothing to be told, on network and container mounts, it does the looking: `poll.ts`.)
// Traps of fs.watch: a watch dies with its folder, also where one of the same name comes back; names may be missing.
import { type FSWatcher, statSync, watch } from 'node:fs'
import { join } from 'node:path'

export interface Watcher {
  /** Watches exactly these folders. True where some are new: what happened in them before is not known. */
  follow(folders: Iterable<string>): boolean
  close(): void
}

export interface WatchOptions {
  readonly ring: (file: string) => void
  /** The system cannot watch so many folders: the caller must poll. */
  readonly onLimit: () => void
}

export function watchFolders({ ring, onLimit }: WatchOptions): Watcher {
  const watches = new Map<string, { readonly inode: string; readonly watcher: FSWatcher }>()
  const drop = (folder: string): void => {
    watches.get(folder)?.watcher.close()
    watches.delete(folder)
  }
  const start = (folder: string, inode: string): void => {
    try {
      const watcher = watch(folder, (_, name) => {
        const file = name === null ? folder : join(folder, name)
        // A folder that is spoken of may be another one by now: its watch begins anew.
        drop(file)
        ring(file)
      })
      // The folder is gone; the next look finds out whether it came back.
      watcher.on('error', () => drop(folder))
      watches.set(folder, { inode, watcher })
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      if (code === 'ENOSPC' || code === 'EMFILE') onLimit()
      else if (code !== 'ENOENT') throw error
    }
  }
  return {
    follow(folders) {
      const wanted = new Set(folders)
      for (const folder of [...watches.keys()]) if (!wanted.has(folder)) drop(folder)
      let isNew = false
      for (const folder of wanted) {
        const stat = statSync(folder, { throwIfNoEntry: false })
        // A number is given again to the next file: with the time of birth it is this very folder.
        const inode = `${stat?.dev}:${stat?.ino}:${stat?.birthtimeMs}`
        const known = watches.get(folder)
        if (known?.inode === inode) continue
        drop(folder)
        if (!stat?.isDirectory()) continue
        start(folder, inode)
        isNew = true
      }
      return isNew
    },
    close() {
      for (const folder of [...watches.keys()]) drop(folder)
    },
  }
}
