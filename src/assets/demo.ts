// A project's demo for the browser: its module, its style, its workers, and packages that it loads on demand as
// files of their own (two demos with one package share that file). Every name holds a hash of the bytes; every file
// that went in is a question, so that a change of a shared module rebuilds exactly the demos that use it.
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { problemsOfBundling } from '../compile.js'
import type { Path } from '../content/types.js'
import type { Disk } from '../engine/disk.js'
import { fingerprint } from '../engine/fingerprint.js'
import type { PartValue } from '../engine/pack.js'
import { note } from '../engine/reads.js'
import type { Problem } from '../errors.js'
import { type Bundled, type DemoBundler, demoBundler } from './demo-bundler.js'
import { type Looks, newLooks, noteLooks, type SiteFiles } from './site-files.js'

export interface DemoSource {
  /** For packages; what is the site's own comes from `files`. */
  readonly disk: Disk
  readonly files: SiteFiles
  /** Absolute path of the site. */
  readonly root: string
  /** `content/projects/pingsix/demo/index.ts`, and the style beside it where there is one. */
  readonly module: Path
  readonly style: Path | undefined
  readonly slug: string
  /** Keep a source map for each script, as a part: it is never published. */
  readonly sourceMaps: boolean
}

export interface DemoFile {
  /** Below the output folder. */
  readonly out: string
  readonly hash: string
  /** The step's part with the bytes. */
  readonly part: string
  /** The part with its source map; '' for none. */
  readonly map: string
}

/** The `demo` part; the bytes are parts of their own. */
export interface Demo {
  /** Paths below the output folder; '' where there is none or bundling failed. */
  readonly module: string
  readonly style: string
  readonly files: readonly DemoFile[]
  /** A page with WebAssembly needs another policy. */
  readonly usesWasm: boolean
  /** Gzipped bytes: what the page loads at once, and everything. */
  readonly atLoad: number
  readonly inAll: number
  readonly problems: readonly Problem[]
}

/** Bundles one demo. Never throws but interruptions: what is wrong is in `problems`. */
export async function bundleDemo(source: DemoSource): Promise<Record<string, PartValue>> {
  const { module } = source
  const looks = newLooks()
  note(`file:${module}`)
  try {
    const bundled = await bundle(source, looks)
    noteLooks(looks)
    return partsOf(bundled, module)
  } catch (error) {
    noteLooks(looks)
    return { demo: { ...nothing, problems: problemsOfBundling(error, module) } }
  }
}

interface BundledDemo {
  readonly entry: Bundled
  readonly style: string
  readonly files: DemoBundler['files']
  readonly warnings: readonly Problem[]
}

async function bundle(source: DemoSource, looks: Looks): Promise<BundledDemo> {
  const { root, module, style } = source
  const bundler = demoBundler(source, looks)
  const entry = await bundler.entry(join(root, module), 'module')
  const sheet = style === undefined ? '' : (await bundler.entry(join(root, style), 'style')).out
  const joined = bundler.joined([entry.css, sheet])
  return { entry, style: joined, files: bundler.files, warnings: bundler.warnings }
}

const nothing = { module: '', style: '', files: [], usesWasm: false, atLoad: 0, inAll: 0 }

function partsOf({ entry, style, files, warnings }: BundledDemo, module: Path): Record<string, PartValue> {
  const parts: Record<string, PartValue> = {}
  const listed: DemoFile[] = []
  let atLoad = 0
  let inAll = 0
  for (const [out, { bytes, map }] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const count = listed.length
    parts[`file${count}`] = bytes
    if (map) parts[`map${count}`] = map
    listed.push({ out, hash: fingerprint(bytes), part: `file${count}`, map: map ? `map${count}` : '' })
    const size = gzipSync(bytes, { level: 9 }).length
    inAll += size
    if (out === style || entry.atLoad.has(out)) atLoad += size
  }
  const usesWasm = listed.some(({ out }) => out.endsWith('.wasm'))
  const problems = [...warnings, ...(entry.exports.includes('mount') ? [] : [noMount(entry, module)])]
  const demo = { module: entry.out, style, usesWasm, atLoad, inAll, problems }
  return { ...parts, demo: { ...demo, files: listed.map((file) => ({ ...file })) } }
}

const noMount = ({ exports }: Bundled, module: Path): Problem => ({
  severity: 'error',
  code: 'demo/no-mount',
  what: 'a demo must export a function mount, which gets its place on the page',
  file: module,
  ...(exports.length > 0 && { found: exports.join(', ') }),
  expected: ['export function mount(root: HTMLElement): void'],
  fix: 'export mount from this module',
})
