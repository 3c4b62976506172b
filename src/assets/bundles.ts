// Which styles and scripts templates ask for, and one `bundle:` step for each of them.
import { join, relative, sep } from 'node:path'
import type { Snapshot } from '../content/scan.js'
import { packageLayouts, type Theme } from '../content/theme.js'
import { note, type Question } from '../engine/reads.js'
import type { Engine } from '../engine/step.js'
import type { Problem } from '../errors.js'
import { hrefOf } from '../urls.js'
import { type Bundle, bundleEntry, isPackageEntry, packageOf, type ThemeFiles } from './bundle.js'

export interface BundlesSource {
  readonly engine: Engine
  readonly snapshot: Snapshot
  readonly theme: Theme
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
  /** Makes an entry that is bundled for pages that ask for it alone; nothing for one that is made, or unknown. */
  one(entry: string): Promise<void>
}

export async function makeBundles({
  engine,
  snapshot,
  theme,
  root,
  packageFolder,
  packages,
}: BundlesSource): Promise<Bundles> {
  const files = themeFiles(snapshot, theme, root, packageFolder)
  const addresses = new Map<string, string>()
  const outputs: BundledOutput[] = []
  const problems: Problem[] = []
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
  }
  const all = entriesOf(snapshot, theme)
  for (const entry of all) if (packageOf(entry) === undefined) await make(entry)
  const waiting = new Map<string, Promise<void> | undefined>()
  for (const entry of all) {
    const name = packageOf(entry)
    if (name !== undefined && packages(name) !== undefined) waiting.set(entry, undefined)
  }
  return {
    addresses,
    outputs,
    problems,
    async one(entry) {
      if (!waiting.has(entry)) return
      const making = waiting.get(entry) ?? make(entry)
      waiting.set(entry, making)
      await making
    },
    hrefOf: (basePath, wanted) => (entry) => {
      note(`asset:${entry}`)
      if (waiting.has(entry) && waiting.get(entry) === undefined) wanted.add(`asset:${entry}`)
      const path = addresses.get(entry)
      return path === undefined ? undefined : hrefOf(`/${path}`, basePath)
    },
  }
}

/** Every `asset('…')` that stands in a template, by its literal name. */
function entriesOf(snapshot: Snapshot, theme: Theme): string[] {
  const entries = new Set<string>()
  for (const name of theme.names()) {
    if (!name.endsWith('.njk')) continue
    const text = snapshot.text(theme.find(name) ?? '') ?? ''
    for (const [, entry = ''] of text.matchAll(/\basset\(\s*['"]([^'"]+)['"]/g)) entries.add(entry)
  }
  return [...entries].filter((entry) => isPackageEntry(entry) || theme.find(entry) !== undefined).sort()
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
