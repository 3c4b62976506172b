// What a bundler sees of the site: the files of the snapshot, of one moment, under their names there. Relative imports
// are looked up here and each look is a question, also the vain ones, so that a missing module that appears later is
// found. Packages stay esbuild's own business. esbuild's trap: what a callback throws becomes a message of its own,
// so an interruption is kept aside and must be thrown again by whoever called esbuild.
import { dirname, join, posix, relative, sep } from 'node:path'
import type { Plugin as EsbuildPlugin, OnLoadResult, OnResolveResult } from 'esbuild'
import type { Snapshot } from '../content/scan.js'
import type { Path } from '../content/types.js'
import { note, type Question } from '../engine/reads.js'
import { Interruption } from '../errors.js'

export type SiteFiles = Pick<Snapshot, 'has' | 'bytes'>

/** What one bundling looked at. */
export interface Looks {
  readonly questions: Set<Question>
  interruption?: Interruption
}

export const newLooks = (): Looks => ({ questions: new Set() })

/** To be called when esbuild is done, well or not: its callbacks run outside of the step. */
export function noteLooks({ questions, interruption }: Looks): void {
  for (const question of [...questions].sort()) note(question)
  if (interruption) throw interruption
}

/** Snapshot path of an absolute one; undefined for what is no file of the site's own folders. */
export function sitePath(root: string, absolute: string): Path | undefined {
  const path = relative(root, absolute).split(sep).join('/')
  return /^(?:content|data|layouts|public)\/(?!.*(?:^|\/)node_modules\/)/.test(path) ? path : undefined
}

/** The file that `./x.js` beside `importer` stands for; undefined for none. TypeScript is imported as what it becomes. */
export function findModule(
  files: SiteFiles,
  looks: Looks,
  importer: Path,
  specifier: string,
): Path | undefined {
  const wanted = posix.join(posix.dirname(importer), specifier)
  const typed = wanted.replace(/\.([mc]?)js(x?)$/, '.$1ts$2')
  const bare = /\.\w+$/.test(wanted)
    ? []
    : ['.ts', '.tsx', '.js', '.json', '/index.ts', '/index.js'].map((ending) => wanted + ending)
  return [wanted, ...(typed === wanted ? [] : [typed]), ...bare].find((path) => {
    looks.questions.add(`exists:${path}`)
    return files.has(path)
  })
}

export interface SiteModules {
  readonly root: string
  readonly files: SiteFiles
  readonly looks: Looks
  /** Last change of a module's text before it is compiled. */
  readonly change?: (text: string, path: Path) => Promise<string>
}

export function siteModules({ root, files, looks, change }: SiteModules): EsbuildPlugin {
  const resolve = (specifier: string, importer: Path, isStyle: boolean): OnResolveResult | undefined => {
    const path = findModule(files, looks, importer, specifier)
    if (path !== undefined) return { path: join(root, path) }
    if (isStyle && !specifier.startsWith('.')) return undefined
    const wanted = posix.join(posix.dirname(importer), specifier)
    const text = sitePath(root, join(root, wanted))
      ? `there is no file ${wanted}`
      : `${wanted} lies outside of content/, data/, layouts/ and public/, where changes would not be seen`
    return { errors: [{ text }] }
  }
  const load = async (path: Path): Promise<OnLoadResult | undefined> => {
    looks.questions.add(`file:${path}`)
    let bytes: Uint8Array | undefined
    try {
      bytes = files.bytes(path)
    } catch (error) {
      if (error instanceof Interruption) looks.interruption ??= error
      throw error
    }
    if (!bytes) return undefined
    const resolveDir = dirname(join(root, path))
    if (!change || !/\.(?:[mc]?[jt]s|[jt]sx)$/.test(path))
      return { contents: bytes, loader: 'default', resolveDir }
    const contents = await change(Buffer.from(bytes).toString('utf8'), path)
    return { contents, loader: 'default', resolveDir }
  }
  return {
    name: 'site-modules',
    setup(build) {
      build.onResolve({ filter: /./ }, ({ path, kind, importer }) => {
        if (kind === 'entry-point') return sitePath(root, path) === undefined ? undefined : { path }
        const from = sitePath(root, importer)
        const isStyle = kind === 'url-token' || kind === 'import-rule'
        if (from === undefined || (!isStyle && !/^\.{1,2}(?:\/|$)/.test(path))) return undefined
        // Addresses of the finished site or of elsewhere stay as they are.
        if (isStyle && /^(?:\/|#|[a-z][a-z0-9+.-]*:)/i.test(path)) return { path, external: true }
        return resolve(path, from, isStyle)
      })
      build.onLoad({ filter: /./ }, ({ path }) => {
        const name = sitePath(root, path)
        return name === undefined ? undefined : load(name)
      })
    },
  }
}
