// Demos of all published projects: one `demo:` and one `walkthrough:` step for each that has them.
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

export interface Demos {
  readonly outputs: readonly BundledOutput[]
  readonly problems: readonly Problem[]
  /** Fingerprint by slug, for the question `demo:SLUG`. */
  readonly answers: ReadonlyMap<string, string>
  /** Notes `demo:SLUG`; null for a project without one. */
  readonly viewOf: (basePath: string) => (slug: string) => DemoView | null
}

export async function makeDemos(source: DemosSource): Promise<Demos> {
  const { engine, snapshot, disk, root, cache } = source
  const outputs: BundledOutput[] = []
  const problems: Problem[] = []
  const answers = new Map<string, string>()
  const views = new Map<
    string,
    { demo: Demo | undefined; walkthrough: Walkthrough | undefined; frame: string }
  >()
  for (const meta of source.projects) {
    const folder = posix.dirname(meta.file)
    const { slug } = meta
    const answer: string[] = []
    let demo: Demo | undefined
    let walkthrough: Walkthrough | undefined
    const module = moduleOf(snapshot, folder)
    if (module !== undefined) {
      const style = snapshot.has(`${folder}/demo/style.css`) ? `${folder}/demo/style.css` : undefined
      const made = await engine.step(`demo:${slug}`, `${module} ${style}`, () =>
        bundleDemo({ disk, root, module, style, slug }),
      )
      demo = made.part<Demo>('demo')
      problems.push(...demo.problems)
      answer.push(made.hash('demo'))
      for (const { out, hash, part } of demo.files)
        outputs.push({ entry: `demo:${slug}`, path: out, hash, bytes: () => made.part<Uint8Array>(part) })
    }
    if (snapshot.has(`${folder}/walkthrough.ts`)) {
      const file = `${folder}/walkthrough.ts`
      const run = async () => ({ walkthrough: await runWalkthrough({ disk, root, cache, file }) })
      const made = await engine.step(`walkthrough:${slug}`, file, run)
      walkthrough = made.part<Walkthrough>('walkthrough')
      problems.push(...walkthrough.problems)
      answer.push(made.hash('walkthrough'))
    }
    const frame = snapshot.has(`${folder}/demo/index.html`) ? `${meta.url}demo/index.html` : ''
    if (answer.length === 0 && frame === '') continue
    answers.set(slug, [...answer, frame].join(' '))
    views.set(slug, { demo, walkthrough, frame })
  }
  return {
    outputs,
    problems,
    answers,
    viewOf: (basePath) => (slug) => {
      note(`demo:${slug}`)
      const view = views.get(slug)
      if (!view) return null
      const href = (path: string | undefined) =>
        path ? hrefOf(path.startsWith('/') ? path : `/${path}`, basePath) : ''
      return {
        module: href(view.demo?.module),
        style: href(view.demo?.style),
        frame: href(view.frame),
        walkthrough: view.walkthrough?.html ?? '',
        summary: view.walkthrough?.summary ?? '',
        usesWasm: view.demo?.usesWasm ?? false,
      }
    },
  }
}

function moduleOf(snapshot: Snapshot, folder: Path): Path | undefined {
  return [`${folder}/demo/index.ts`, `${folder}/demo.ts`].find((path) => snapshot.has(path))
}
