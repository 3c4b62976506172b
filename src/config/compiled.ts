// The configuration compiled once: starting the compiler costs more than a whole build of a small site. What was compiled
// is used again only while nothing has changed that could change it: the file itself, the packages it imports, and what
// tells the compiler how to read it. A configuration of several files is compiled every time, because which file an
// import means may change without any of them changing.
import { dirname, join, relative } from 'node:path'
import { compileModule } from '../compile.js'
import { type Disk, writeLossy } from '../engine/disk.js'
import { type Answer, absent, fingerprint } from '../engine/fingerprint.js'
import { seal, unseal } from '../engine/seal.js'
import { programStamp } from '../package.js'

export interface CompiledConfig {
  /** Absolute path of a module that Node can run. */
  readonly module: string
  readonly hash: Answer
  /** Absolute paths of all that went in. */
  readonly inputs: readonly string[]
}

interface Kept {
  readonly program: Answer
  readonly file: string
  /** The compiled code. */
  readonly hash: Answer
  readonly inputs: readonly string[]
  /** All that it depends on → hash, or `absent`. */
  readonly seen: Readonly<Record<string, Answer>>
}

const recordIn = (cache: string): string => join(cache, 'config', 'kept')

/** Was a configuration compiled into this cache before? */
export const wasCompiled = (disk: Disk, cache: string): boolean => disk.stat(recordIn(cache)) !== null

/** Throws a ProblemError where the configuration cannot be compiled. */
export async function compileConfig(
  disk: Disk,
  root: string,
  file: string,
  cache: string,
): Promise<CompiledConfig> {
  const folder = join(cache, 'config')
  const moduleOf = (hash: Answer): string => join(folder, `${hash}.mjs`)
  const record = recordIn(cache)
  const kept = readKept(disk, record)
  if (kept && kept.program === programStamp() && kept.file === join(root, file)) {
    const isSame = Object.entries(kept.seen).every(([path, hash]) => hashOf(disk, path) === hash)
    const module = moduleOf(kept.hash)
    if (isSame && hashOf(disk, module) === kept.hash) return { module, hash: kept.hash, inputs: kept.inputs }
  }
  const { code, inputs } = await compileModule(root, file)
  const hash = fingerprint(code)
  if (hashOf(disk, moduleOf(hash)) !== hash) {
    disk.makeFolder(folder)
    disk.write(moduleOf(hash), code)
  }
  const watched = watchedFor(disk, root, file, inputs)
  if (watched) {
    const seen = Object.fromEntries(watched.map((path) => [path, hashOf(disk, path)]))
    const found: Kept = { program: programStamp(), file: join(root, file), hash, inputs, seen }
    writeLossy(disk, record, seal(JSON.stringify(found)))
  } else disk.remove(record)
  return { module: moduleOf(hash), hash, inputs }
}

function readKept(disk: Disk, path: string): Kept | undefined {
  if (!disk.stat(path)) return undefined
  const text = unseal(Buffer.from(disk.read(path)).toString('utf8'))
  // Its seal says that we wrote it.
  return text === undefined ? undefined : (JSON.parse(text) as Kept)
}

const hashOf = (disk: Disk, path: string): Answer =>
  disk.stat(path)?.kind === 'file' ? fingerprint(disk.read(path)) : absent

/** Everything that could change the compiled code; undefined where that cannot be said. */
function watchedFor(disk: Disk, root: string, file: string, inputs: readonly string[]): string[] | undefined {
  const own = inputs.filter((path) => !relative(root, path).split(/[\\/]/).includes('node_modules'))
  if (own.some((path) => path !== join(root, file))) return undefined
  const settings = foldersAbove(root).map((folder) => join(folder, 'tsconfig.json'))
  if (
    settings.some(
      (path) => disk.stat(path) && /"extends"/.test(Buffer.from(disk.read(path)).toString('utf8')),
    )
  )
    return undefined
  const packages = inputs.flatMap((path) => [
    ...foldersAbove(dirname(path)).map((folder) => join(folder, 'package.json')),
    ...nearerPlaces(root, path),
  ])
  return [...new Set([...inputs, ...settings, ...packages])].sort()
}

/** Where a package of this name would be found before the one that was: it must stay absent. */
function nearerPlaces(root: string, path: string): string[] {
  const [, home = '', name = ''] =
    /^(.*)[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(path) ?? []
  return foldersAbove(root)
    .filter((folder) => folder.length > home.length)
    .map((folder) => join(folder, 'node_modules', name, 'package.json'))
}

function foldersAbove(folder: string): string[] {
  const parent = dirname(folder)
  return parent === folder ? [folder] : [folder, ...foldersAbove(parent)]
}
