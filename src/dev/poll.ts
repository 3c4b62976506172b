// The bell where the system tells nothing (network and container mounts): chokidar looks at every file again and
// again. Its traps: it knows no globs; `add` after its start emits nothing with `ignoreInitial`, and a change
// between our look and its first one would be lost, so each file rings once when it is first looked at.
import { watch } from 'chokidar'
import type { Watcher } from './watch.js'

export interface PollOptions {
  readonly ring: (file: string) => void
  readonly everyMs: number
}

/** A watcher of the same kind as `watchFolders`, which asks instead of being told. */
export function pollFolders({ ring, everyMs }: PollOptions): Watcher {
  // Each folder is named by itself: the site's root must not bring node_modules with it.
  const poller = watch([], {
    usePolling: true,
    interval: everyMs,
    binaryInterval: everyMs,
    depth: 0,
    atomic: false,
  })
  poller.on('all', (_event, path) => ring(path))
  // A folder that vanishes while it is looked at comes back with the next `follow`, or not at all.
  poller.on('error', () => {})
  const known = new Set<string>()
  return {
    follow(folders) {
      const wanted = new Set(folders)
      const gone = [...known].filter((folder) => !wanted.has(folder))
      const added = [...wanted].filter((folder) => !known.has(folder))
      for (const folder of gone) known.delete(folder)
      for (const folder of added) known.add(folder)
      if (gone.length > 0) poller.unwatch(gone)
      if (added.length > 0) poller.add(added)
      return added.length > 0
    },
    close() {
      void poller.close()
    },
  }
}
