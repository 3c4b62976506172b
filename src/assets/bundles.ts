// Which styles and scripts templates ask for, and one `bundle:` step for each of them.
import { join, relative, sep } from 'node:path'
import { packageLayouts } from '../content/input-names.js'
import type { Snapshot } from '../content/scan.js'
import type { Theme } from '../content/theme.js'
import { note, type Question } from '../engine/reads.js'
import type { Engine } from '../engine/step.js'
import type { Problem } from '../errors.js'
import { hrefOf } from '../urls.js'
import { type Bundle, bundleEntry, isPackageEntry, packageOf, type ThemeFiles } from './bundle.js'
import { templatesBehind } from './template-names.js'

export interface BundlesSource {
  readonly engine: Engine
  readonly snapshot: Snapshot
  readonly theme: Theme
  /**
   * Names of the templates that pages are made with: what these ask for is begun at once. None where code of plugins runs
   * meanwhile: one that never comes back is ended with the program, and a bundler in the midst of its work complains of that.
   */
  readonly templates: Iterable<string>
  /** Absolute path of the site and of our package. */
  readonly root: string
  readonly packageFolder: string
  /** Where a package is installed; it has noted nothing. */
  readonly packages: (name: string) => string | undefined
}

export interface BundledOutput {
  readonly entry: string
  readonly path: string
  readonly hash: string
  readonly bytes: () => Uint8Array
}

export interface Bundles {
  /** Entry → path of its file below the output folder. */
  readonly addresses: ReadonlyMap<string, string>
  /** For templates: `href` of an entry, noting `asset:`; undefined for an unknown one. What is not made yet is `wanted`. */
  readonly hrefOf: (basePath: string, wanted: Set<Question>) => (entry: string) => string | undefined
  /** Grows by what `one` makes. */
  readonly outputs: readonly BundledOutput[]
  readonly problems: readonly Problem[]
  /** Makes an entry, or waits for it; nothing for an unknown one. Pages ask for theirs before they are made. */
  one(entry: string): Promise<void>
  /** Nothing that was begun is still being made. */
  settled(): Promise<void>
}

/** While the bundler, a process of its own, is at what pages will surely ask for, this one goes on. */
export function makeBundles({
  engine,
  snapshot,
  theme,
  templates,
  root,
  packageFolder,
  packages,
}: BundlesSource): Bundles {
  const files = themeFiles(snapshot, theme, root, packageFolder)
  const addresses = new Map<string, string>()
  const outputs: BundledOutput[] = []
  const problems: Problem[] = []
  const isDone = new Set<string>()
  const make = async (entry: string): Promise<void> => {
    const modules = [join(root, 'node_modules')]
    const step = await engine.step(`bundle:${entry}`, '', () =>
      bundleEntry(entry, files, packageFolder, modules),
    )
    const bundle = step.part<Bundle>('bundle')
    problems.push(...bundle.problems)
    if (bundle.entry !== '') addresses.set(entry, bundle.entry)
    for (const { out, hash, part } of bundle.files)
      outputs.push({ entry, path: out, hash, bytes: () => step.part<Uint8Array>(part) })
    isDone.add(entry)
  }
  /** Looked up once: pages ask again and again, and where a package lies is a question to the disk. */
  const isThere = new Map<string, boolean>()
  const known = (entry: string): boolean => {
    const needed = packageOf(entry)
    const found =
      isThere.get(entry) ??
      ((needed === undefined || packages(needed) !== undefined) &&
        (isPackageEntry(entry) || theme.find(entry) !== undefined))
    isThere.set(entry, found)
    return found
  }
  const making = new Map<string, Promise<void>>()
  const one = (entry: string): Promise<void> => {
    if (!known(entry)) return Promise.resolve()
    const made = making.get(entry) ?? make(entry)
    making.set(entry, made)
    return made
  }
  const early = entriesIn(templatesBehind(templates, theme)).filter((entry) => packageOf(entry) === undefined)
  // What goes wrong is told to whoever waits for it.
  for (const entry of early) one(entry).catch(() => {})
  return {
    addresses,
    outputs,
    problems,
    one,
    async settled() {
      await Promise.all(making.values())
    },
    hrefOf: (basePath, wanted) => (entry) => {
      note(`asset:${entry}`)
      if (!isDone.has(entry) && known(entry)) wanted.add(`asset:${entry}`)
      const path = addresses.get(entry)
      return path === undefined ? undefined : hrefOf(`/${path}`, basePath)
    },
  }
}

/** Every `asset('…')` that stands in one of these templates, by its literal name, sorted. */
function entriesIn(sources: Iterable<string>): string[] {
  const entries = new Set<string>()
  for (const text of sources)
    for (const [, entry = ''] of text.matchAll(/\basset\(\s*['"]([^'"]+)['"]/g)) entries.add(entry)
  return [...entries].sort()
}

function themeFiles(snapshot: Snapshot, theme: Theme, root: string, packageFolder: string): ThemeFiles {
  const places: readonly (readonly [folder: string, prefix: string])[] = [
    [join(root, 'layouts'), 'layouts'],
    [join(packageFolder, 'layouts'), packageLayouts],
  ]
  const below = (folder: string, absolute: string): string | undefined => {
    const name = relative(folder, absolute).split(sep).join('/')
    return name.startsWith('..') ? undefined : name
  }
  return {
    find(name) {
      const path = theme.find(name)
      return path === undefined ? undefined : snapshot.diskPath(path)
    },
    nameOf: (absolute) =>
      places.map(([folder]) => below(folder, absolute)).find((name) => name !== undefined),
    pathOf(absolute) {
      for (const [folder, prefix] of places) {
        const name = below(folder, absolute)
        if (name !== undefined && snapshot.has(`${prefix}/${name}`)) return `${prefix}/${name}`
      }
      return undefined
    },
  }
}
