// "Nothing changed", answered from file times alone: inputs, configuration, program and outputs are looked at,
// nothing is loaded, nothing is run. Any doubt means no answer, and the story of `build.ts` is told in full.
import { join } from 'node:path'
import type { BuildOptions, Built } from './built.js'
import { scan } from './content/scan.js'
import { loadStats } from './content/stat-file.js'
import { packageLayouts } from './content/theme.js'
import { type Disk, hasCode, writeAtomically } from './engine/disk.js'
import { canonical, fingerprint } from './engine/fingerprint.js'
import { seal, unseal } from './engine/state.js'
import { inputFolders } from './inputs.js'
import { isUnfinished } from './output/commit.js'
import { loadManifest, standsUntouched } from './output/manifest.js'
import { programStamp } from './package.js'
import { lockfiles } from './world.js'

type Look = readonly [size: number, mtimeMs: number, ctimeMs: number, inode: number] | null

/** What the last sound build saw, beside the stat index and the manifest. */
interface Seen {
  readonly asked: string
  /** Configuration with all that it imports, and lockfiles: how each looked, or that it was not there. */
  readonly files: readonly (readonly [path: string, look: Look])[]
  readonly env: Readonly<Record<string, string | null>>
  /** The moment it was built for, and up to when nothing appears or expires. */
  readonly at: number
  readonly until: number | null
  readonly inputs: number
  readonly built: Pick<Built, 'pages' | 'kept' | 'demos' | 'problems'> & {
    readonly outputs: readonly [string, string][]
  }
}

const pathOf = (cache: string): string => join(cache, 'quick')
const configNames = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `site.config.${ending}`)

function lookAt(disk: Disk, path: string): Look {
  const stat = disk.stat(path)
  return stat && [stat.size, stat.mtimeMs, stat.ctimeMs, stat.inode]
}

/** Everything asked of a build that its result depends on, and the program itself. */
function askedOf(options: BuildOptions): string {
  const { root, out, cache, baseUrl, drafts, future, strict } = options
  return fingerprint(
    canonical({
      root,
      out,
      cache,
      baseUrl,
      drafts,
      future,
      strict,
      program: programStamp(),
      node: process.version,
    }),
  )
}

/** Kept after a sound build. `inputs` are absolute paths of the configuration's files. */
export function rememberBuild(
  disk: Disk,
  options: BuildOptions,
  built: Built,
  loaded: { readonly inputs: readonly string[]; readonly env: Seen['env'] },
  at: number,
  inputs: number,
): void {
  const names = [...configNames, ...lockfiles].map((name) => join(options.root, name))
  const seen: Seen = {
    asked: askedOf(options),
    files: [...new Set([...names, ...loaded.inputs])].sort().map((path) => [path, lookAt(disk, path)]),
    env: loaded.env,
    at,
    until: built.nextChange,
    inputs,
    built: {
      pages: built.pages,
      kept: built.kept + built.ran.length,
      demos: built.demos,
      problems: built.problems,
      outputs: [...built.outputs],
    },
  }
  writeAtomically(disk, pathOf(options.cache), seal(JSON.stringify(seen)))
}

/** Forgets: the next build tells the whole story. */
export function forgetBuild(disk: Disk, cache: string): void {
  disk.remove(pathOf(cache))
}

/** The answer "nothing changed", or undefined where it cannot be given. Never throws. */
export function quickBuild(disk: Disk, options: BuildOptions): Built | undefined {
  if (options.clean || options.verifyInputs || options.prove || typeof options.at !== 'number')
    return undefined
  try {
    return answer(disk, options, options.at)
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, 'ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP'))
      return undefined
    throw error
  }
}

function answer(disk: Disk, options: BuildOptions, at: number): Built | undefined {
  const { root, cache, out } = options
  if (!disk.stat(pathOf(cache)) || isUnfinished(disk, out)) return undefined
  const text = unseal(Buffer.from(disk.read(pathOf(cache))).toString('utf8'))
  if (text === undefined) return undefined
  // Its hash says that we wrote it.
  const seen = JSON.parse(text) as Seen
  if (seen.asked !== askedOf(options) || at < seen.at || (seen.until !== null && at >= seen.until))
    return undefined
  if (Object.entries(seen.env).some(([name, value]) => (process.env[name] ?? null) !== value))
    return undefined
  const same = (a: Look, b: Look): boolean => JSON.stringify(a) === JSON.stringify(b)
  if (seen.files.some(([path, look]) => !same(look, lookAt(disk, path)))) return undefined
  const before = loadStats(disk, cache)
  const folders = inputFolders(root, packageLayouts)
  const snapshot = scan({ disk, root, folders, before, now: options.now, verify: false })
  if (snapshot.paths.length !== seen.inputs || !snapshot.isUnchanged()) return undefined
  const manifest = loadManifest(disk, out)
  if (manifest === 'lost' || manifest.size !== seen.built.outputs.length) return undefined
  if (seen.built.outputs.some(([path, hash]) => !standsUntouched(disk, out, manifest, path, hash)))
    return undefined
  return {
    ok: true,
    out,
    outputs: new Map(seen.built.outputs),
    pages: seen.built.pages,
    written: [],
    removed: [],
    ran: [],
    kept: seen.built.kept,
    demos: seen.built.demos,
    problems: seen.built.problems,
    nextChange: seen.until,
    notices: [],
  }
}
