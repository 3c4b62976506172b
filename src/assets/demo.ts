// A project's demo for the browser: its module, its style, its workers, and packages that it loads on demand as
// files of their own (two demos with one package share that file). Every name holds a hash of the bytes; every file
// that went in is a question, so that a change of a shared module rebuilds exactly the demos that use it.
import { dirname, join, posix, relative, sep } from 'node:path'
import type { Plugin as EsbuildPlugin } from 'esbuild'
import { problemsOfBundling } from '../compile.js'
import type { Disk } from '../engine/disk.js'
import { fingerprint } from '../engine/fingerprint.js'
import type { PartValue } from '../engine/pack.js'
import { note } from '../engine/reads.js'
import type { Problem } from '../errors.js'

export interface DemoSource {
  readonly disk: Disk
  /** Absolute path of the site. */
  readonly root: string
  /** `content/projects/pingsix/demo/index.ts`, and the style beside it where there is one. */
  readonly module: string
  readonly style: string | undefined
  readonly slug: string
}

/** The `demo` part; the bytes are parts of their own. */
export interface Demo {
  /** Paths below the output folder; '' where there is none or bundling failed. */
  readonly module: string
  readonly style: string
  readonly files: readonly { readonly out: string; readonly hash: string; readonly part: string }[]
  /** A page with WebAssembly needs another policy. */
  readonly usesWasm: boolean
  readonly problems: readonly Problem[]
}

/** `new URL('./worker.js', import.meta.url)` with a literal name. */
const urlPattern = /new URL\(\s*(['"])([^'"]+)\1\s*,\s*import\.meta\.url\s*\)/g

/** Bundles one demo. Never throws: what is wrong is in `problems`. */
export async function bundleDemo(source: DemoSource): Promise<Record<string, PartValue>> {
  const files = new Map<string, Uint8Array>()
  const inputs = new Set<string>()
  const { root, slug } = source
  const demo = { module: '', style: '', problems: [] as Problem[] }
  try {
    const bundler = bundlerOf(source.disk, root, slug, files, inputs)
    demo.module = await bundler.entry(join(root, source.module), `demo-${slug}`)
    if (source.style !== undefined) demo.style = await bundler.entry(join(root, source.style), `demo-${slug}`)
  } catch (error) {
    demo.problems = problemsOfBundling(error, source.module)
    note(`file:${source.module}`)
  }
  for (const input of [...inputs].sort()) {
    const path = relative(root, input).split(sep).join('/')
    if (!path.startsWith('content/')) continue
    note(`file:${path}`)
    note(`list:${posix.dirname(path)}`)
  }
  const parts: Record<string, PartValue> = {}
  const listed = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([out, bytes], i) => {
      parts[`file${i}`] = bytes
      return { out, hash: fingerprint(bytes), part: `file${i}` }
    })
  const usesWasm = listed.some(({ out }) => out.endsWith('.wasm'))
  return { ...parts, demo: { ...demo, files: listed, usesWasm } }
}

function bundlerOf(
  disk: Disk,
  root: string,
  slug: string,
  files: Map<string, Uint8Array>,
  inputs: Set<string>,
) {
  const made = new Map<string, Promise<string>>()

  /** Keeps bytes under a name with their hash and returns the path below the output folder. */
  const keep = (name: string, bytes: Uint8Array): string => {
    const out = `assets/${name.replace(/(\.\w+)$/, `-${fingerprint(bytes).slice(0, 8)}$1`)}`
    files.set(out, bytes)
    return out
  }
  /** One entry with its chunks; the same entry is made once. */
  const entry = (file: string, name: string): Promise<string> => {
    const known = made.get(file)
    if (known) return known
    const making = run(file, name)
    made.set(file, making)
    return making
  }
  /** What stands at `new URL(name, import.meta.url)` of a module, as a file of ours; undefined to leave it alone. */
  const referenced = async (name: string, importer: string): Promise<string | undefined> => {
    const plain = join(dirname(importer), name)
    const typed = plain.replace(/\.js$/, '.ts')
    if (disk.stat(typed) && typed !== plain)
      return entry(typed, `demo-${slug}-${posix.basename(name, '.js')}`)
    if (!disk.stat(plain) || !/\.wasm$/.test(name)) return undefined
    inputs.add(plain)
    return keep(posix.basename(name), disk.read(plain))
  }
  const plugin: EsbuildPlugin = {
    name: 'demo-files',
    setup(build) {
      // A package that is loaded on demand becomes a file of its own, beside this one.
      build.onResolve({ filter: /^[^./]/ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === 'asked') return undefined
        const found = await build.resolve(path, { kind, resolveDir, pluginData: 'asked' })
        if (found.errors.length > 0) return found
        const out = await entry(found.path, path.replace(/^@[^/]+\//, '').replace(/\W+/g, '-'))
        return { path: `./${posix.basename(out)}`, external: true }
      })
      build.onLoad({ filter: /\.(?:ts|mjs|js)$/ }, async ({ path }) => {
        const text = Buffer.from(disk.read(path)).toString('utf8')
        if (!text.includes('import.meta.url')) return undefined
        let contents = text
        for (const [whole, , name = ''] of text.matchAll(urlPattern)) {
          const out = await referenced(name, path)
          if (out !== undefined)
            contents = contents.replace(whole, `new URL('./${posix.basename(out)}', import.meta.url)`)
        }
        return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js', resolveDir: dirname(path) }
      })
    },
  }
  const run = async (file: string, name: string): Promise<string> => {
    const { build } = await import('esbuild')
    const result = await build({
      absWorkingDir: root,
      entryPoints: [{ in: file, out: 'entry' }],
      bundle: true,
      splitting: true,
      minify: true,
      format: 'esm',
      platform: 'browser',
      target: ['es2022', 'chrome111', 'firefox113', 'safari16.4'],
      write: false,
      metafile: true,
      outdir: join(root, 'out'),
      chunkNames: `demo-${slug}-[name]-[hash]`,
      legalComments: 'none',
      logLevel: 'silent',
      plugins: [plugin],
    })
    for (const input of Object.keys(result.metafile.inputs)) inputs.add(join(root, input))
    let out = ''
    for (const { path, contents } of result.outputFiles) {
      const base = posix.basename(path.split(sep).join('/'))
      const isEntry = base === 'entry.js' || base === 'entry.css'
      if (isEntry) out = keep(base.replace('entry', name), contents)
      else files.set(`assets/${base}`, contents)
    }
    return out
  }
  return { entry }
}
