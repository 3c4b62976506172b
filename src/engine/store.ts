// The cache folder: state and pack opened and saved together. The cache may be lost at any moment without
// harm; it is never believed when damaged.
import { type Difference, differenceFrom, type Made } from './difference.js'
import type { Disk } from './disk.js'
import { type Answer, fingerprint } from './fingerprint.js'
import { openPack, type Pack, type PackRef } from './pack.js'
import {
  isJournalWhole,
  loadState,
  type Prepared,
  prepareChange,
  prepareState,
  type Standing,
  type State,
  type StateFacts,
} from './state.js'
import { liveBytes, type StepKey, type Trace } from './trace.js'

export interface World {
  readonly hash: Answer
  /** `program`, `config`, `lockfile`, `node` …: which of them differ is told to the user. */
  readonly parts: Readonly<Record<string, Answer>>
}

export interface Store {
  readonly old: ReadonlyMap<StepKey, Trace>
  readonly reasons: Readonly<Record<StepKey, string>>
  /** Everything in `old` was true at one moment. */
  readonly isOfOneMoment: boolean
  /** Names what is on the disk; '' where that is of no use. */
  readonly mark: string
  readonly pack: Pack
  /** One sentence for the user where the cache could not be used, else ''. */
  readonly notice: string
  /** What a build of this process learnt is old to the next one; `all`: there is nothing beside it. */
  learn(traces: ReadonlyMap<StepKey, Trace>, all: boolean): void
  /** Writes the cache down. Steps of builds before it can be read until `sweep`. */
  save(...what: Parameters<Store['prepare']>): void
  /**
   * All of `save` but that it counts from when the returned function is called: nothing may be kept in between. `made`: what
   * is known of the traces, where they are of a build that began with `old`.
   */
  prepare(
    traces: ReadonlyMap<StepKey, Trace>,
    about: Pick<StateFacts, 'isOfOneMoment' | 'reasons'>,
    made?: Made,
  ): () => void
  /** Removes packs that nothing points to any more: none of a build before the last save is in use. */
  sweep(): void
  /** Leaves out one trace from now on (its value was damaged). */
  distrust(): void
}

const statePath = (folder: string): string => `${folder}/state`
/** Below this a pack is never worth rewriting. */
const smallPack = 1 << 20
/** The whole state is written anew when this part of its steps has changed since, or what is written beside it is half as large. */
const littlePart = 5

export interface OpenOptions {
  readonly disk: Disk
  /** Absolute path of the cache folder; made where missing. */
  readonly folder: string
  readonly world: World
  readonly fresh: boolean
}

export function openStore({ disk, folder, world, fresh }: OpenOptions): Store {
  disk.makeFolder(folder)
  const loaded = fresh ? 'none' : loadState(disk, statePath(folder))
  let notice = ''
  let state: (State & Standing) | undefined
  if (loaded === 'damaged') notice = 'The cache cannot be read; everything is built anew.'
  else if (loaded !== 'none') {
    const differing = Object.keys({ ...world.parts, ...loaded.worldParts })
      .sort()
      .filter((part) => world.parts[part] !== loaded.worldParts[part])
    if (loaded.world === world.hash) state = loaded
    else notice = `Changed since the last build: ${differing.join(', ')}; everything is built anew.`
  }
  // What was kept for another world stays until this one is saved: a process may still be serving it.
  let packName = state?.pack ?? nameAfter(packsIn(disk, folder))
  // Never changed in place: others hold it too.
  let old: ReadonlyMap<StepKey, Trace> = state?.steps ?? new Map()
  const size = disk.stat(`${folder}/${packName}`)?.size ?? 0
  if (state && size < state.packLength) {
    notice = 'The cache is not whole; everything is built anew.'
    old = new Map()
  }
  let pack = openPack(disk, `${folder}/${packName}`, old.size === 0 ? 0 : (state?.packLength ?? 0))

  let isOfOneMoment = state?.isOfOneMoment ?? false
  /** What is on the disk, where it is of this world and this pack. */
  let onDisk = state && old.size > 0 ? { standing: state as Standing, state: state as State } : undefined
  /** Packs that this build may still read. */
  const replaced: Pack[] = []

  const store: Store = {
    get old() {
      return old
    },
    get reasons() {
      return state?.reasons ?? {}
    },
    get isOfOneMoment() {
      return isOfOneMoment
    },
    get mark() {
      return onDisk ? `${onDisk.standing.base} ${onDisk.standing.journalBytes}` : ''
    },
    get pack() {
      return pack
    },
    notice,
    learn(traces, all) {
      isOfOneMoment = false
      old = new Map(all ? traces : [...old, ...traces])
    },
    save: (...what) => store.prepare(...what)(),
    prepare(traces, { isOfOneMoment, reasons }, made) {
      pack.flush()
      const standing = onDisk?.state.steps ?? new Map()
      // Who began with something else, damaged steps left out, cannot know.
      const changed = differenceFrom(standing, traces, standing === old ? made : undefined)
      const live =
        (onDisk?.state.liveBytes ?? 0) -
        liveBytes(changed.before.values()) +
        liveBytes(changed.steps.values())
      const next =
        pack.length > smallPack && live * 2 < pack.length
          ? rewritten(traces)
          : { name: packName, pack, traces }
      const whole: State = {
        world: world.hash,
        worldParts: world.parts,
        pack: next.name,
        packLength: next.pack.length,
        liveBytes: next.pack === pack ? live : next.pack.length,
        isOfOneMoment,
        steps: next.traces,
        reasons,
      }
      const prepared =
        (next.pack === pack && littleOf(whole, changed)) || prepareState(disk, statePath(folder), whole)
      return () => {
        prepared.write()
        onDisk = { standing: prepared.standing, state: whole }
        if (next.name !== packName) {
          old = next.traces
          replaced.push(pack)
        }
        packName = next.name
        pack = next.pack
      }
    },
    sweep() {
      for (const one of [pack, ...replaced.splice(0)]) one.release()
      for (const name of packsIn(disk, folder)) if (name !== packName) disk.remove(`${folder}/${name}`)
    },
    distrust() {
      const sound = (trace: Trace): boolean =>
        Object.values(trace.parts).every((ref) => pack.read(ref) !== undefined)
      old = new Map([...old].filter(([, trace]) => sound(trace)))
    },
  }

  /** What changed alone, where that is little beside the whole. */
  function littleOf(
    { steps, packLength, liveBytes, isOfOneMoment, reasons }: State,
    changed: Difference,
  ): Prepared | undefined {
    if (!onDisk || !isJournalWhole(disk, statePath(folder), onDisk.standing)) return undefined
    const { standing } = onDisk
    if (standing.journalBytes * 2 > (disk.stat(statePath(folder))?.size ?? 0)) return undefined
    const gone = [...changed.before.keys()].filter((key) => !steps.has(key))
    if ((standing.changedSteps + changed.steps.size + gone.length) * littlePart > steps.size) return undefined
    const about = { packLength, liveBytes, isOfOneMoment, reasons }
    return prepareChange(disk, statePath(folder), standing, { ...about, steps: changed.steps, gone })
  }

  /** The living entries copied into a pack of the next number; the state that names it is saved afterwards. */
  function rewritten(traces: ReadonlyMap<StepKey, Trace>): {
    name: string
    pack: Pack
    traces: Map<StepKey, Trace>
  } {
    const name = nameAfter([packName])
    disk.remove(`${folder}/${name}`)
    const target = openPack(disk, `${folder}/${name}`, 0)
    const moved = new Map<StepKey, Trace>()
    for (const [key, trace] of traces) {
      const parts: Record<string, PackRef> = {}
      for (const [part, ref] of Object.entries(trace.parts)) {
        const bytes = pack.read(ref)
        if (bytes) parts[part] = target.append({ bytes, hash: ref[2] })
      }
      // A damaged entry is found now rather than later: its step will simply be new.
      if (Object.keys(parts).length === Object.keys(trace.parts).length)
        moved.set(key, { version: trace.version, reads: trace.reads, parts })
    }
    target.flush()
    return { name, pack: target, traces: moved }
  }
  return store
}

/** How a cache folder is, without changing anything in it. `entries` and `damaged` count kept values. */
export type CacheHealth =
  | { readonly kind: 'none' | 'damaged' }
  | {
      readonly kind: 'sound' | 'cut'
      readonly worldParts: Readonly<Record<string, Answer>>
      readonly entries: number
      readonly damaged: number
    }

/** Reads every kept value and compares its hash. */
export function examineStore(disk: Disk, folder: string): CacheHealth {
  const state = loadState(disk, statePath(folder))
  if (typeof state === 'string') return { kind: state }
  const path = `${folder}/${state.pack}`
  const size = disk.stat(path)?.size ?? 0
  const refs = [...state.steps.values()].flatMap(({ parts }) => Object.values(parts))
  const file = disk.open(path)
  const isSound = ([offset, length, hash]: PackRef): boolean =>
    length === 0 || (offset + length <= size && fingerprint(file.readAt(offset, length)) === hash)
  const damaged = refs.filter((ref) => !isSound(ref)).length
  file.close()
  return {
    kind: size < state.packLength ? 'cut' : 'sound',
    worldParts: state.worldParts,
    entries: refs.length,
    damaged,
  }
}

const packsIn = (disk: Disk, folder: string): string[] =>
  disk
    .list(folder)
    .map(({ name }) => name)
    .filter((name) => /^pack-\d+$/.test(name))

const nameAfter = (names: readonly string[]): string =>
  `pack-${Math.max(0, ...names.map((name) => Number(name.slice('pack-'.length)))) + 1}`
