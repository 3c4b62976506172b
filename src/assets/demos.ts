// Demos of all published projects: one `demo:` and one `walkthrough:` step for each that has them. A demo is a module
// (`demo.ts` or `demo/index.ts`), or a plain folder of files (`demo/index.html`), never both.
import { posix } from 'node:path'
import type { Snapshot } from '../content/scan.js'
import type { Meta, Path } from '../content/types.js'
import type { Disk } from '../engine/disk.js'
import { note } from '../engine/reads.js'
import type { Engine } from '../engine/step.js'
import type { Problem } from '../errors.js'
import { hrefOf } from '../urls.js'
import type { BundledOutput } from './bundles.js'
import { bundleDemo, type Demo } from './demo.js'
import { runWalkthrough, type Walkthrough } from './walkthrough.js'

export interface DemosSource {
  readonly engine: Engine
  readonly snapshot: Snapshot
  readonly disk: Disk
  readonly root: string
  readonly cache: string
  readonly projects: readonly Meta[]
  /** For a server that announces them; a build has no use for them. */
  readonly sourceMaps: boolean
}

/** What a project's page shows of its demo. */
export interface DemoView {
  /** Address of the module that exports `mount(element)`; '' for none. */
  readonly module: string
  readonly style: string
  /** A plain folder of files, shown in a sandboxed frame; '' for none. */
  readonly frame: string
  readonly walkthrough: string
  readonly summary: string
  readonly usesWasm: boolean
}

/** Gzipped bytes of one demo. */
export interface DemoSize {
  readonly slug: string
  readonly atLoad: number
  readonly inAll: number
}

export interface DemoOutput extends BundledOutput {
  /** The script's source map, where they are wanted: for a `SourceMap` header, no output of its own. */
  readonly map?: () => Uint8Array
}

export interface Demos {
  readonly outputs: readonly DemoOutput[]
  readonly sizes: readonly DemoSize[]
  readonly problems: readonly Problem[]
  /** Fingerprint by slug, for the question `demo:SLUG`. */
  readonly answers: ReadonlyMap<string, string>
  /** Notes `demo:SLUG`; null for a project without one. */
  readonly viewOf: (basePath: string) => (slug: string) => DemoView | null
  /** Notes `has-demo:SLUG`: for lists, which must not depend on what a demo is. */
  readonly has: (slug: string) => boolean
}

interface Shown {
  readonly demo: Demo | undefined
  readonly walkthrough: Walkthrough | undefined
  readonly frame: string
}

export async function makeDemos(source: DemosSource): Promise<Demos> {
  const { engine, snapshot, disk, root, cache, sourceMaps } = source
  const outputs: DemoOutput[] = []
  const sizes: DemoSize[] = []
  const problems: Problem[] = []
  const answers = new Map<string, string>()
  const views = new Map<string, Shown>()
  const owners = new Map<string, Meta>()
  for (const meta of source.projects) {
    const folder = posix.dirname(meta.file)
    const { slug } = meta
    const owner = owners.get(slug)
    if (owner) {
      // A translation lies in the same folder and shows the same demo.
      if (posix.dirname(owner.file) !== folder && hasDemo(snapshot, folder))
        problems.push(twoOwners(meta, owner))
      continue
    }
    owners.set(slug, meta)
    const answer: string[] = []
    let demo: Demo | undefined
    let walkthrough: Walkthrough | undefined
    const frame = frameOf(snapshot, folder)
    const module = moduleOf(snapshot, folder)
    if (module !== undefined && frame !== undefined) problems.push(twoKinds(module, frame))
    else if (module !== undefined) {
      const style = [`${folder}/demo/style.css`, `${folder}/demo.css`].find((path) => snapshot.has(path))
      const made = await engine.step(`demo:${slug}`, `${module} ${style} ${sourceMaps}`, () =>
        bundleDemo({ disk, files: snapshot, root, module, style, slug, sourceMaps }),
      )
      demo = made.part<Demo>('demo')
      problems.push(...demo.problems)
      sizes.push({ slug, atLoad: demo.atLoad, inAll: demo.inAll })
      answer.push(made.hash('demo'))
      for (const { out, hash, part, map } of demo.files)
        outputs.push({
          entry: `demo:${slug}`,
          path: out,
          hash,
          bytes: () => made.part<Uint8Array>(part),
          ...(map !== '' && { map: () => made.part<Uint8Array>(map) }),
        })
    }
    const file = `${folder}/walkthrough.ts`
    if (snapshot.has(file)) {
      const made = await engine.step(`walkthrough:${slug}`, file, async () => ({
        walkthrough: await runWalkthrough({ disk, files: snapshot, root, cache, file }),
      }))
      walkthrough = made.part<Walkthrough>('walkthrough')
      problems.push(...walkthrough.problems)
      answer.push(made.hash('walkthrough'))
    }
    if (answer.length === 0 && frame === undefined) continue
    const shown = { demo, walkthrough, frame: frame === undefined ? '' : `${meta.url}demo/index.html` }
    answers.set(slug, [...answer, shown.frame].join(' '))
    views.set(slug, shown)
  }
  return {
    outputs,
    sizes,
    problems,
    answers,
    has(slug) {
      note(`has-demo:${slug}`)
      return views.has(slug)
    },
    viewOf: (basePath) => (slug) => {
      note(`demo:${slug}`)
      const view = views.get(slug)
      return view ? viewFor(view, basePath) : null
    },
  }
}

const hasDemo = (snapshot: Snapshot, folder: string): boolean =>
  moduleOf(snapshot, folder) !== undefined ||
  frameOf(snapshot, folder) !== undefined ||
  snapshot.has(`${folder}/walkthrough.ts`)

/** Demos are asked for by the slug of their project. */
function twoOwners(meta: Meta, owner: Meta): Problem {
  return {
    severity: 'error',
    code: 'demo/same-slug',
    what: `two projects have one slug, so that a demo would be shown on both pages; the other is ${owner.file}`,
    file: meta.file,
    line: 1,
    column: 1,
    found: meta.slug,
    fix: 'give one of them another slug',
  }
}

function viewFor({ demo, walkthrough, frame }: Shown, basePath: string): DemoView {
  const href = (path: string | undefined) =>
    path ? hrefOf(path.startsWith('/') ? path : `/${path}`, basePath) : ''
  return {
    module: href(demo?.module),
    style: href(demo?.style),
    frame: href(frame),
    walkthrough: walkthrough?.html ?? '',
    summary: walkthrough?.summary ?? '',
    usesWasm: demo?.usesWasm ?? false,
  }
}

const moduleOf = (snapshot: Snapshot, folder: Path): Path | undefined =>
  [`${folder}/demo/index.ts`, `${folder}/demo.ts`].find((path) => snapshot.has(path))

/** The page of a demo that is a plain folder of files. */
export function frameOf(snapshot: Pick<Snapshot, 'has'>, folder: Path): Path | undefined {
  const path = `${folder}/demo/index.html`
  return snapshot.has(path) ? path : undefined
}

const twoKinds = (module: Path, frame: Path): Problem => ({
  severity: 'error',
  code: 'demo/two-kinds',
  what: 'a demo is a module or a folder of plain files, and here are both',
  file: module,
  found: frame,
  fix: `remove ${module}, or ${frame}`,
})
