// What one build works in: the checked configuration, the world, the cache with its lock. Opened before the
// story in `build.ts` begins and closed whatever happens in it.
import { join } from 'node:path'
import type { Typeface } from './cards/types.js'
import { checkWords } from './check-words.js'
import { checkConfig } from './config/check.js'
import { type LoadedConfig, loadConfig } from './config/load.js'
import type { SiteConfig } from './config/types.js'
import type { Disk } from './engine/disk.js'
import { startGuard } from './engine/guard.js'
import { takeLock } from './engine/lock.js'
import { openStore, type Store, type World } from './engine/store.js'
import { type Problem, ProblemError } from './errors.js'
import { openShelf, type Shelf } from './images/shelf.js'
import { programStamp } from './package.js'
import { gatherSlots, type Plugin, type Slots } from './plugin.js'
import { guardPlugins } from './plugin-guard.js'
import { checkPlugins } from './plugins.js'
import type { Folding } from './search/entry.js'
import { loadFolding } from './search/folding.js'
import { makeWorld } from './world.js'

export interface SessionOptions {
  readonly disk: Disk
  /** Absolute paths. */
  readonly root: string
  readonly cache: string
  readonly baseUrl?: string | undefined
  readonly clean: boolean
  /** How long a call of a plugin may take; default half a minute. */
  readonly patienceMs?: number | undefined
}

export interface Session {
  readonly config: SiteConfig
  readonly loaded: LoadedConfig
  readonly slots: Slots
  /** How search compares texts; its tables are loaded where they are asked for. */
  readonly folding: Folding
  readonly world: World
  readonly store: Store
  /** Pictures that were made. */
  readonly shelf: Shelf
  /** What cards are set in; opened when the first is asked for. */
  readonly typeface: () => Promise<Typeface>
  readonly problems: readonly Problem[]
  close(): void
}

/** The configuration of a site, checked. Throws a ProblemError where it cannot be used. */
export async function readConfig(
  options: Omit<SessionOptions, 'clean'>,
): Promise<Omit<Session, 'store' | 'shelf' | 'typeface' | 'close'>> {
  const { disk, root } = options
  const loaded = await loadConfig(disk, root, options.cache)
  const { file, text, value } = loaded
  const { config, problems } = checkConfig({ value, file, text, baseUrl: options.baseUrl })
  const all = [
    ...problems,
    ...checkPlugins(value['plugins'], file, text),
    ...checkWords(config.words, file, text),
  ]
  if (all.some(({ severity }) => severity === 'error')) throw new ProblemError(...all)
  const slots = gatherSlots(pluginsOf(loaded))
  const world = makeWorld({ disk, root, program: programStamp(), code: loaded.fingerprint, config })
  const folding = await loadFolding(config)
  return { config, loaded, slots, folding, world, problems: all }
}

/** The face of cards, opened once. */
export function faceOf(shelf: Shelf): () => Promise<Typeface> {
  let opened: Promise<Typeface> | undefined
  return () => {
    opened ??= import('./cards/typeface.js').then(({ openTypeface }) => openTypeface(shelf))
    return opened
  }
}

/** Where pictures that were made lie. */
export const shelfFolder = (cache: string): string => join(cache, 'pictures')

/** The plugins of a configuration that `checkPlugins` has looked at. */
export const pluginsOf = ({ value }: LoadedConfig): readonly Plugin[] =>
  (value['plugins'] ?? []) as readonly Plugin[]

/** Takes the cache's lock and opens everything. Throws `LockHeld` or a ProblemError. */
export async function openSession(options: SessionOptions): Promise<Session> {
  const { disk, cache } = options
  disk.makeFolder(cache)
  const unlock = takeLock(disk, join(cache, 'lock'))
  try {
    const read = await readConfig(options)
    const store = openStore({ disk, folder: cache, world: read.world, fresh: options.clean })
    const shelf = openShelf(disk, shelfFolder(cache), options.clean)
    const plugins = pluginsOf(read.loaded)
    const guard = startGuard(
      plugins.map(({ name }) => name),
      options.patienceMs ?? 30_000,
    )
    const close = (): void => {
      guard.close()
      store.pack.release()
      unlock()
    }
    return {
      ...read,
      slots: gatherSlots(guardPlugins(plugins, guard)),
      store,
      shelf,
      typeface: faceOf(shelf),
      close,
    }
  } catch (error) {
    unlock()
    throw error
  }
}
