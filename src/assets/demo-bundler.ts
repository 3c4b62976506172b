// esbuild for one demo: entries with their chunks, workers and files behind `new URL('./x', import.meta.url)`, and
// packages loaded on demand, each bundled once and apart. esbuild's traps: its chunk hashes change when source maps are
// wanted, so maps come from a second run whose outputs are matched by what went into them; it minifies CSS and
// scripts alike, but gives files imported by a script no address that the page could use, so those are refused.
import { basename, dirname, join, posix, sep } from 'node:path'
import type { BuildOptions, Plugin as EsbuildPlugin, Metafile, OutputFile } from 'esbuild'
import { problemsOfMessages } from '../compile.js'
import { fingerprint } from '../engine/fingerprint.js'
import type { Problem } from '../errors.js'
import type { DemoSource } from './demo.js'
import { findModule, type Looks, siteModules, sitePath } from './site-files.js'

/** One entry, bundled. */
export interface Bundled {
  /** Below the output folder, of the entry and of the styles that its modules import; '' for none. */
  readonly out: string
  readonly css: string
  readonly exports: readonly string[]
  /** The entry and the chunks that it cannot begin without. */
  readonly atLoad: ReadonlySet<string>
}

export interface KeptFile {
  readonly bytes: Uint8Array
  readonly map?: Uint8Array
}

export interface DemoBundler {
  /** By path below the output folder. */
  readonly files: ReadonlyMap<string, KeptFile>
  readonly warnings: readonly Problem[]
  /** `file` absolute. Throws esbuild's failure. */
  entry(file: string, kind: 'module' | 'style'): Promise<Bundled>
  /** Several style sheets as one; '' for none. */
  joined(sheets: readonly string[]): string
}

/** `new URL('./worker.js', import.meta.url)` with a literal name. */
const urlPattern = /new URL\(\s*(['"])([^'"]+)\1\s*,\s*import\.meta\.url\s*\)/g
const pictures = ['.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp', '.avif', '.woff2']

export function demoBundler(source: DemoSource, looks: Looks): DemoBundler {
  const { disk, files: siteFiles, root, slug, sourceMaps } = source
  const files = new Map<string, KeptFile>()
  const warnings: Problem[] = []
  const made = new Map<string, Promise<Bundled>>()

  /** Keeps bytes under a name with their hash and returns the path below the output folder. */
  const keep = (name: string, bytes: Uint8Array, map?: Uint8Array): string => {
    const out = `assets/${name.replace(/(\.\w+)$/, `-${fingerprint(bytes).slice(0, 8)}$1`)}`
    files.set(out, { bytes, ...(map && { map }) })
    return out
  }
  /** The same entry is made once, whoever asks for it. */
  const once = (file: string, name: string, kind: 'module' | 'style'): Promise<Bundled> => {
    const making = made.get(file) ?? run(file, name, kind)
    made.set(file, making)
    return making
  }

  /** What stands at `new URL(name, import.meta.url)` of a module, as a file of ours; undefined to leave it alone. */
  const referenced = async (name: string, importer: string): Promise<string | undefined> => {
    const from = sitePath(root, importer)
    if (from === undefined) {
      const file = join(dirname(importer), name)
      return name.endsWith('.wasm') && disk.stat(file) ? keep(basename(name), disk.read(file)) : undefined
    }
    const path = findModule(siteFiles, looks, from, name)
    if (path === undefined) return undefined
    if (/\.[mc]?[jt]sx?$/.test(path))
      return (await once(join(root, path), `demo-${slug}-${stem(path)}`, 'module')).out
    looks.questions.add(`file:${path}`)
    const bytes = siteFiles.bytes(path)
    return bytes && keep(`demo-${slug}-${posix.basename(path)}`, bytes)
  }
  const withFiles = async (text: string, importer: string): Promise<string> => {
    let changed = text
    for (const [whole, , name = ''] of text.matchAll(urlPattern)) {
      const out = await referenced(name, importer)
      if (out !== undefined)
        changed = changed.replace(whole, `new URL('./${posix.basename(out)}', import.meta.url)`)
    }
    return changed
  }
  const packages: EsbuildPlugin = {
    name: 'packages-on-demand',
    setup(build) {
      // A package that is loaded on demand becomes a file of its own, beside this one.
      build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === 'asked') return undefined
        const found = await build.resolve(path, { kind, resolveDir, pluginData: 'asked' })
        if (found.errors.length > 0) return { errors: found.errors }
        const { out } = await once(found.path, path.replace(/^@[^/]+\//, '').replace(/\W+/g, '-'), 'module')
        return { path: `./${posix.basename(out)}`, external: true }
      })
      build.onLoad({ filter: /\.m?js$/ }, async ({ path }) => {
        const text = Buffer.from(disk.read(path)).toString('utf8')
        if (!text.includes('import.meta.url')) return undefined
        return { contents: await withFiles(text, path), loader: 'js', resolveDir: dirname(path) }
      })
    },
  }

  const run = async (file: string, name: string, kind: 'module' | 'style'): Promise<Bundled> => {
    const { build } = await import('esbuild')
    const options = {
      absWorkingDir: root,
      entryPoints: [{ in: file, out: 'entry' }],
      bundle: true,
      splitting: kind === 'module',
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
      charset: 'utf8',
      // What the site's own tsconfig says is for its author's editor.
      tsconfigRaw: '{}',
      loader: kind === 'style' ? Object.fromEntries(pictures.map((ending) => [ending, 'file'])) : {},
      write: false,
      metafile: true,
      outdir: join(root, 'out'),
      chunkNames: `${name}-[name]-[hash]`,
      assetNames: `${name}-[name]-[hash]`,
      legalComments: 'none',
      logLevel: 'silent',
      plugins: [
        siteModules({
          root,
          files: siteFiles,
          looks,
          change: (text, path) => withFiles(text, join(root, path)),
        }),
        packages,
      ],
    } as const satisfies BuildOptions
    const { outputFiles, metafile, warnings: said } = await build(options)
    warnings.push(
      ...problemsOfMessages(
        said.filter(({ location }) => isOurs(location?.file)),
        'warning',
        '',
      ),
    )
    const mapped = sourceMaps ? await build({ ...options, sourcemap: 'external' }) : undefined
    const maps = mapped ? mapsOf(metafile, mapped) : new Map<string, Uint8Array>()

    const outs = new Map<string, string>()
    for (const { path, contents } of outputFiles) {
      const base = posix.basename(path.split(sep).join('/'))
      const map = maps.get(`out/${base}`)
      if (base === 'entry.js' || base === 'entry.css')
        outs.set(`out/${base}`, keep(base.replace('entry', name), contents, map))
      else {
        outs.set(`out/${base}`, `assets/${base}`)
        files.set(`assets/${base}`, { bytes: contents, ...(map && { map }) })
      }
    }
    const at = (path: string): string => outs.get(path) ?? ''
    const main = kind === 'module' ? 'out/entry.js' : 'out/entry.css'
    return {
      out: at(main),
      css: kind === 'module' ? at('out/entry.css') : '',
      exports: metafile.outputs[main]?.exports ?? [],
      atLoad: new Set(staticImports(metafile, main).map(at)),
    }
  }
  const isOurs = (file: string | undefined): boolean =>
    file !== undefined && sitePath(root, join(root, file)) !== undefined

  return {
    files,
    warnings,
    entry: (file, kind) => once(file, `demo-${slug}`, kind),
    joined(sheets) {
      const [first = '', ...rest] = sheets.filter((sheet) => sheet !== '')
      if (rest.length === 0) return first
      const all = [first, ...rest].map((sheet) => files.get(sheet)?.bytes ?? new Uint8Array())
      for (const sheet of [first, ...rest]) files.delete(sheet)
      return keep(`demo-${slug}.css`, Buffer.concat(all))
    },
  }
}

const stem = (path: string): string => posix.basename(path).replace(/\.\w+$/, '')

/** An output with all that it imports not on demand. */
function staticImports({ outputs }: Metafile, start: string): string[] {
  const found = new Set([start])
  for (const path of found)
    for (const { path: next, kind, external } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && !external) found.add(next)
  return [...found]
}

/** Source maps of a second run by the outputs of the first: what went into both is the same. */
function mapsOf(
  first: Metafile,
  second: { readonly metafile: Metafile; readonly outputFiles: readonly OutputFile[] },
): Map<string, Uint8Array> {
  const wentIn = ({ entryPoint = '', inputs }: Metafile['outputs'][string]): string =>
    JSON.stringify([entryPoint, Object.keys(inputs).sort()])
  const twins = new Map(
    Object.entries(second.metafile.outputs).map(([path, output]) => [wentIn(output), path]),
  )
  const maps = new Map<string, Uint8Array>()
  for (const [path, output] of Object.entries(first.outputs)) {
    const twin = posix.basename(twins.get(wentIn(output)) ?? '')
    const map = second.outputFiles.find((file) => basename(file.path) === `${twin}.map`)
    if (map) maps.set(path, map.contents)
  }
  return maps
}
