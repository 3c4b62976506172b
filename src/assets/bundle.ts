// Styles and scripts of the theme through esbuild: one step an entry, hashed names, every input a question.
// esbuild's traps: it reads the disk itself, so each file it says it read is checked against the snapshot; its
// own [hash] depends on paths, so names are made from the bytes; a site may override one file of the theme, so
// relative imports between theme files are looked up in the site's layouts first. What a script imports on demand becomes
// chunks beside it, whose names are esbuild's.
import { dirname, join, posix } from 'node:path'
import type { Plugin as EsbuildPlugin } from 'esbuild'
import { problemsOfBundling } from '../compile.js'
import { fingerprint } from '../engine/fingerprint.js'
import type { PartValue } from '../engine/pack.js'
import { note } from '../engine/reads.js'
import type { Problem } from '../errors.js'

/** Where theme files are looked up. */
export interface ThemeFiles {
  /** Absolute path of `styles/main.css`: the site's, else the package's; undefined where neither has it. */
  find(name: string): string | undefined
  /** The path below the layouts folders, for an absolute path inside one of them. */
  nameOf(absolute: string): string | undefined
  /** Snapshot path of an absolute one, to ask about and to name in Problems; undefined for packages. */
  pathOf(absolute: string): string | undefined
}

export interface BundledFile {
  /** Below the output folder: `assets/main-1a2b3c4d.css`. */
  readonly out: string
  readonly hash: string
  /** The step's part with the bytes. */
  readonly part: string
}

/** The `bundle` part; the bytes are parts of their own. */
export interface Bundle {
  /** What `asset(entry)` answers, below the output folder; '' where bundling failed. */
  readonly entry: string
  readonly files: readonly BundledFile[]
  readonly problems: readonly Problem[]
}

/** Entries that are not theme files but come from packages. */
const packageEntries: Readonly<Record<string, string>> = { 'katex.css': 'katex/dist/katex.css' }

export function isPackageEntry(entry: string): boolean {
  return Object.hasOwn(packageEntries, entry)
}

/** Scripts that bring a large package along: the entry and the package. Bundled when a page asks for them. */
const large: Readonly<Record<string, string>> = { 'scripts/mermaid.ts': 'mermaid' }

/** The package without which an entry is not bundled at all; undefined for entries that every site bundles. */
export function packageOf(entry: string): string | undefined {
  return Object.hasOwn(large, entry) ? large[entry] : undefined
}

/** Bundles `styles/main.css`, `scripts/main.ts` or `katex.css`. Never throws: problems are in the result. */
export async function bundleEntry(
  entry: string,
  theme: ThemeFiles,
  packageFolder: string,
  modules: readonly string[] = [],
): Promise<Record<string, PartValue>> {
  const { build } = await import('esbuild')
  note(`template:${entry}`)
  // esbuild's callbacks run outside the step: what they looked up is noted when they are done.
  const looked = new Set<string>()
  const start = packageEntries[entry] ?? theme.find(entry)
  if (start === undefined) return { bundle: { entry: '', files: [], problems: [] } }
  try {
    const result = await build({
      absWorkingDir: packageFolder,
      entryPoints: [start],
      bundle: true,
      minify: true,
      write: false,
      metafile: true,
      format: 'esm',
      splitting: true,
      // Where a package is looked for last: beside the site.
      nodePaths: [...modules],
      target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
      outdir: join(packageFolder, 'out'),
      entryNames: '[name]',
      assetNames: '[name]-[hash]',
      chunkNames: `${posix.basename(entry).replace(/\.\w+$/, '')}-[name]-[hash]`,
      loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty', '.svg': 'file', '.png': 'file' },
      logLevel: 'silent',
      legalComments: 'none',
      plugins: [themeImports(theme, looked)],
    })
    for (const input of Object.keys(result.metafile.inputs).sort()) {
      const path = theme.pathOf(join(packageFolder, input))
      if (path === undefined) continue
      note(`file:${path}`)
      note(`list:${dirname(path)}`)
    }
    for (const name of [...looked].sort()) note(`template:${name}`)
    return partsOf(result.outputFiles, posix.basename(start).replace(/\.\w+$/, ''))
  } catch (error) {
    for (const name of [...looked].sort()) note(`template:${name}`)
    const nameOf = (file: string) => theme.pathOf(join(packageFolder, file)) ?? file
    const problems = problemsOfBundling(error, entry, nameOf)
    return { bundle: { entry: '', files: [], problems } }
  }
}

function partsOf(
  outputs: readonly { readonly path: string; readonly contents: Uint8Array }[],
  stem: string,
): Record<string, PartValue> {
  const parts: Record<string, PartValue> = {}
  const files: BundledFile[] = []
  let entry = ''
  for (const { path, contents } of [...outputs].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const name = posix.basename(path.replaceAll('\\', '/'))
    const isEntry = name === `${stem}.css` || name === `${stem}.js`
    const hash = fingerprint(contents)
    // Assets and chunks are named by esbuild where they are asked for already; the entry is named by us.
    const out = `assets/${isEntry ? name.replace(/(\.\w+)$/, `-${hash.slice(0, 8)}$1`) : name}`
    const part = `file${files.length}`
    parts[part] = contents
    files.push({ out, hash, part })
    if (isEntry) entry = out
  }
  return { ...parts, bundle: { entry, files: files.map((file) => ({ ...file })), problems: [] } }
}

function themeImports(theme: ThemeFiles, looked: Set<string>): EsbuildPlugin {
  return {
    name: 'theme-imports',
    setup(build) {
      build.onResolve({ filter: /^\.{1,2}\// }, (args) => {
        const importer = theme.nameOf(args.importer)
        if (importer === undefined) return undefined
        const wanted = posix.join(posix.dirname(importer), args.path)
        const names = [wanted, wanted.replace(/\.js$/, '.ts')]
        for (const name of names) looked.add(name)
        const found = names.map((name) => theme.find(name)).find((path) => path !== undefined)
        return found === undefined ? undefined : { path: found }
      })
    },
  }
}
