// The site's configuration and cache while the dev server runs. The lock is held all the time; the configuration is
// read again whenever a file of it looks different, and another world means another session in the same process.
import { basename, dirname, join } from 'node:path'
import type { BuildOptions } from '../built.js'
import { lockfiles } from '../content/input-names.js'
import { lookAtFiles } from '../content/stat-file.js'
import type { Disk } from '../engine/disk.js'
import { takeLock } from '../engine/lock.js'
import { openStore } from '../engine/store.js'
import { ProblemError } from '../errors.js'
import { openShelf } from '../images/shelf.js'
import { type Memory, makeMemory } from '../remember.js'
import { faceOf, readConfig, type Session, shelfFolder } from '../session.js'

export interface Opened {
  readonly session: Session
  readonly memory: Memory
}

export interface SiteSession {
  readonly current: Opened | undefined
  /** Reads the configuration if it may have changed. True for a new session. Throws a ProblemError. */
  refresh(): Promise<boolean>
  /** Absolute paths of the configuration's files, those that do not exist yet too. */
  isPart(file: string): boolean
  /** Folders to watch for them. */
  folders(): readonly string[]
  close(): void
}

const configName = /^site\.config\.(?:[mc]?[jt]s|json)$/

/** Takes the lock of the cache folder. Throws `LockHeld`. */
export function openSiteSession(
  disk: Disk,
  options: Pick<BuildOptions, 'root' | 'cache' | 'baseUrl'>,
): SiteSession {
  const { root, cache } = options
  disk.makeFolder(cache)
  const unlock = takeLock(disk, join(cache, 'lock'))
  let current: Opened | undefined
  let seen: string | undefined
  /** Modules that the configuration imports, or that it could not. */
  let inputs: readonly string[] = []
  const isOwn = (name: string): boolean => configName.test(name) || lockfiles.includes(name)

  const site: SiteSession = {
    get current() {
      return current
    },
    isPart: (file) => inputs.includes(file) || (dirname(file) === root && isOwn(basename(file))),
    folders: () => [...new Set([root, ...inputs.map((file) => dirname(file))])],
    async refresh() {
      const own = disk.list(root).filter(({ name }) => isOwn(name))
      const look = (): string => lookAtFiles(disk, [...own.map(({ name }) => join(root, name)), ...inputs])
      if (seen === look()) return false
      try {
        const read = await readConfig({ disk, root, cache, baseUrl: options.baseUrl })
        inputs = read.loaded.inputs.filter((file) => !file.includes('/node_modules/'))
        seen = look()
        if (current && read.world.hash === current.session.world.hash) return false
        const store = openStore({ disk, folder: cache, world: read.world, fresh: false })
        const shelf = openShelf(disk, shelfFolder(cache))
        const session: Session = { ...read, store, shelf, typeface: faceOf(shelf), close: () => {} }
        current = { session, memory: makeMemory(current?.memory.values) }
        return true
      } catch (error) {
        if (error instanceof ProblemError) {
          // What is named in an error is watched, so that mending it is noticed.
          const named = error.problems.flatMap(({ file }) => (file === undefined ? [] : [join(root, file)]))
          inputs = [...new Set([...inputs, ...named])].sort()
          seen = undefined
        }
        throw error
      }
    },
    close: unlock,
  }
  return site
}
