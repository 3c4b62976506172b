// "Nothing changed", answered from file times alone: inputs, configuration, program and outputs are looked at,
// nothing is loaded, nothing is run. Any doubt means no answer, and the story of `build.ts` is told in full.
import { join } from 'node:path'
import type { BuildOptions, Built } from './built.js'
import { lockfiles } from './content/input-names.js'
import { type Snapshot, type StatIndex, scan } from './content/scan.js'
import { loadStats } from './content/stat-file.js'
import type { Path } from './content/types.js'
import { type Disk, hasCode, writeLossy } from './engine/disk.js'
import { type Answer, absent, canonical, fingerprint } from './engine/fingerprint.js'
import { sealBytes, unsealBytes } from './engine/seal.js'
import { namesIn, statDigest } from './engine/stat-digest.js'
import { inputFolders } from './inputs.js'
import { isUnfinished, type Manifest, manifestPath, type OutPath } from './output/manifest.js'
import { programStamp } from './package.js'
import { type InputLook, type InputMarks, marksOf, type Stretches } from './unchanged.js'

/** What the last sound build saw. */
interface Kept {
  readonly asked: string
  /** Configuration with all that it imports, lockfiles, and the list of the output's files. */
  readonly files: Answer
  /** Names of those files beside the usual ones. */
  readonly imported: readonly string[]
  readonly env: Readonly<Record<string, string | null>>
  /** The moment it was built for, and up to when nothing appears or expires. */
  readonly at: number
  readonly until: number | null
  readonly inputs: Answer
  readonly marks: InputMarks
  /** Inputs of which times alone do not tell whether they changed again. */
  readonly recent: readonly (readonly [Path, Answer])[]
  readonly outputs: Answer
  readonly built: Pick<Built, 'pages' | 'kept' | 'demos' | 'problems'>
}

const pathOf = (cache: string): string => join(cache, 'quick')
const configNames = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `site.config.${ending}`)

/** All files beside inputs and outputs that the result depends on, and how each looks. */
function lookBeside(disk: Disk, { root, out }: BuildOptions, imported: readonly string[]): Answer {
  const names = [...configNames, ...lockfiles].map((name) => join(root, name))
  const paths = [...new Set([...names, ...imported, manifestPath(out)])].sort()
  return statDigest(paths, (path) => disk.stat(path))
}

const digestOfInputs = ({ found }: Snapshot): Answer =>
  statDigest([...found.keys()], (path) => found.get(path)?.stat ?? null)

const hashLength = 32
const linesOf = (tree: string): string[] => tree.split('\n').slice(0, -1)

/** Links are not followed: what is no file is as good as not there. */
function digestOfOutputs(disk: Disk, out: string, tree: string): Answer {
  const names = linesOf(tree).map((line) => line.slice(hashLength + 1))
  return statDigest(names, (name) => {
    const stat = disk.lstat(`${out}/${name}`)
    return stat?.kind === 'file' ? stat : null
  })
}

const outputsIn = (tree: string): Map<string, Answer> =>
  new Map(linesOf(tree).map((line) => [line.slice(hashLength + 1), line.slice(0, hashLength)]))

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

export interface Remembered {
  readonly built: Built
  readonly outputs: readonly { readonly path: OutPath; readonly hash: Answer }[]
  readonly loaded: { readonly inputs: readonly string[]; readonly env: Kept['env'] }
  readonly at: number
  readonly snapshot: Snapshot
  readonly stretches: Stretches
  /** Of its files, where somebody has worked it out. */
  readonly digest: Answer | undefined
  /** Mark of the state that the build has saved. */
  readonly state: string
  /** How the outputs stand in the folder. */
  readonly standing: Manifest
}

/** More of them are not read again to see whether anything changed. */
const mostRecent = 100

/** Kept after a sound build, if nearly every input was the same for long enough to be told by its times. */
export function rememberBuild(disk: Disk, options: BuildOptions, remembered: Remembered): void {
  const { built, outputs, loaded, at, snapshot, standing } = remembered
  const recent = snapshot.recent()
  if (recent.length > mostRecent) {
    forgetBuild(disk, options.cache)
    return
  }
  const looks = (path: string) => {
    const [, size = -1, mtimeMs = 0, ctimeMs = 0, inode = 0] = standing.get(path) ?? []
    return { size, mtimeMs, ctimeMs, inode }
  }
  const kept: Kept = {
    asked: askedOf(options),
    files: lookBeside(disk, options, loaded.inputs),
    imported: loaded.inputs,
    env: loaded.env,
    at,
    until: built.nextChange,
    inputs: remembered.digest ?? digestOfInputs(snapshot),
    marks: marksOf(remembered.stretches, remembered.state),
    recent: recent.map((path) => [path, snapshot.hash(path) ?? absent]),
    outputs: statDigest(
      outputs.map(({ path }) => path),
      looks,
    ),
    built: {
      pages: built.pages,
      kept: built.kept + built.ran.length,
      demos: built.demos,
      problems: built.problems,
    },
  }
  // What is known on the first line, then the outputs in order: hash, blank, path.
  const tree = outputs.map(({ path, hash }) => `${hash} ${path}\n`).join('')
  writeLossy(disk, pathOf(options.cache), sealBytes(Buffer.from(`${JSON.stringify(kept)}\n${tree}`)))
}

/** Forgets: the next build tells the whole story. */
export function forgetBuild(disk: Disk, cache: string): void {
  disk.remove(pathOf(cache))
}

export interface Quick {
  /** The answer "nothing changed", where it can be given. */
  readonly built?: Built
  /** What was looked at, where that is not the whole answer. */
  readonly seen?: Seen
}

export interface Seen {
  /** The inputs as they were found. */
  readonly snapshot: Snapshot
  /** How they look, as `rememberBuild` keeps it. */
  readonly digest: Answer
  /** How they looked to the build before. */
  readonly before: InputLook
  /** Is the output as the build before left it? */
  readonly stands: () => boolean
}

/** The inputs as they are now; what was known of them is read when somebody asks for a hash. */
export function lookAtInputs(disk: Disk, { root, cache, clean, now, verifyInputs }: BuildOptions): Snapshot {
  let before: StatIndex | undefined
  return scan({
    disk,
    root,
    folders: inputFolders(root),
    get before() {
      before ??= clean ? {} : loadStats(disk, cache)
      return before
    },
    isFar: true,
    now,
    verify: verifyInputs,
  })
}

/** Never throws. */
export function quickBuild(disk: Disk, options: BuildOptions): Quick {
  if (options.clean || options.verifyInputs || options.prove || typeof options.at !== 'number') return {}
  try {
    return answer(disk, options, options.at)
  } catch (error) {
    if (error instanceof SyntaxError || hasCode(error, 'ENOENT', 'EACCES', 'ENOTDIR', 'ELOOP')) return {}
    throw error
  }
}

function answer(disk: Disk, options: BuildOptions, at: number): Quick {
  const { cache, out } = options
  if (!disk.stat(pathOf(cache)) || isUnfinished(disk, out)) return {}
  const bytes = unsealBytes(disk.read(pathOf(cache)))
  if (bytes === undefined) return {}
  const line = bytes.indexOf(10)
  // Its hash says that we wrote it.
  const kept = JSON.parse(bytes.toString('utf8', 0, line)) as Kept
  if (kept.asked !== askedOf(options) || at < kept.at || (kept.until !== null && at >= kept.until)) return {}
  if (Object.entries(kept.env).some(([name, value]) => (process.env[name] ?? null) !== value)) return {}
  if (kept.files !== lookBeside(disk, options, kept.imported)) return {}
  const tree = (): string => bytes.toString('utf8', line + 1)
  const stands = (): boolean => digestOfOutputs(disk, out, tree()) === kept.outputs
  const snapshot = lookAtInputs(disk, options)
  const inputs = digestOfInputs(snapshot)
  const isSame =
    kept.inputs === inputs &&
    kept.recent.every(([path, hash]) => fingerprint(disk.read(snapshot.diskPath(path))) === hash)
  if (!isSame || !stands()) {
    const isSameList = namesIn(kept.inputs) === namesIn(inputs)
    const before = { ...kept.marks, recent: kept.recent.map(([path]) => path), isSameList }
    return { seen: { snapshot, digest: inputs, before, stands } }
  }
  return {
    built: {
      ok: true,
      out,
      // Most callers only want to know that all is as it was.
      get outputs() {
        return outputsIn(tree())
      },
      pages: kept.built.pages,
      written: [],
      removed: [],
      ran: [],
      kept: kept.built.kept,
      demos: kept.built.demos,
      problems: kept.built.problems,
      nextChange: kept.until,
      notices: [],
    },
  }
}
