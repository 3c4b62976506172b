// A project's walkthrough: `walkthrough.ts` beside index.md, run at build time. It renders the page for readers
// without JavaScript from the same core as the live demo, so that text and behaviour cannot drift apart.
import { join, relative, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileModule } from '../compile.js'
import type { Disk } from '../engine/disk.js'
import { fingerprint } from '../engine/fingerprint.js'
import { note } from '../engine/reads.js'
import { type Problem, ProblemError } from '../errors.js'

export interface WalkthroughSource {
  readonly disk: Disk
  readonly root: string
  /** Folder for the compiled module. */
  readonly cache: string
  /** `content/projects/pingsix/walkthrough.ts` */
  readonly file: string
}

/** The `walkthrough` part. */
export interface Walkthrough {
  /** HTML for the page, '' where it failed. */
  readonly html: string
  /** Plain text for feeds. */
  readonly summary: string
  readonly problems: readonly Problem[]
}

/** Runs one walkthrough. Never throws: what is wrong is in `problems`. */
export async function runWalkthrough({ disk, root, cache, file }: WalkthroughSource): Promise<Walkthrough> {
  note(`file:${file}`)
  try {
    const { code, inputs } = await compileModule(root, file)
    for (const input of inputs) {
      const path = relative(root, input).split(sep).join('/')
      if (path.startsWith('content/')) note(`file:${path}`)
    }
    const compiled = join(cache, 'walkthrough', `${fingerprint(code)}.mjs`)
    if (!disk.stat(compiled)) {
      disk.makeFolder(join(cache, 'walkthrough'))
      disk.write(compiled, code)
    }
    const module: unknown = await import(pathToFileURL(compiled).href)
    return await playedBy(module, file)
  } catch (error) {
    if (error instanceof ProblemError) return { html: '', summary: '', problems: error.problems }
    const what = `the walkthrough threw: ${error instanceof Error ? error.message : String(error)}`
    return { html: '', summary: '', problems: [{ severity: 'error', code: 'walkthrough/fails', what, file }] }
  }
}

async function playedBy(module: unknown, file: string): Promise<Walkthrough> {
  const exported: Record<string, unknown> = typeof module === 'object' && module !== null ? { ...module } : {}
  const make = exported['default']
  const html: unknown = typeof make === 'function' ? await make() : undefined
  if (typeof html === 'string') return { html, summary: String(exported['summary'] ?? ''), problems: [] }
  return {
    html: '',
    summary: '',
    problems: [
      {
        severity: 'error',
        code: 'walkthrough/no-html',
        what: 'a walkthrough must export a function that returns HTML',
        file,
        found: typeof (make ?? undefined),
        expected: ['export default function walkthrough(): string'],
      },
    ],
  }
}
