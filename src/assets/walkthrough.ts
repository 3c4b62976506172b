// A project's walkthrough: `walkthrough.ts` beside index.md, run at build time. It renders the page for readers
// without JavaScript from the same core as the live demo, so that text and behaviour cannot drift apart.
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileModule } from '../compile.js'
import type { Disk } from '../engine/disk.js'
import { fingerprint } from '../engine/fingerprint.js'
import { note } from '../engine/reads.js'
import { type Problem, ProblemError, passOn } from '../errors.js'
import { newLooks, noteLooks, type SiteFiles, siteModules } from './site-files.js'

export interface WalkthroughSource {
  readonly disk: Disk
  readonly files: SiteFiles
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

/** Runs one walkthrough. Never throws but interruptions: what is wrong is in `problems`. */
export async function runWalkthrough(source: WalkthroughSource): Promise<Walkthrough> {
  const { disk, files, root, cache, file } = source
  note(`file:${file}`)
  try {
    const looks = newLooks()
    const plugins = [siteModules({ root, files, looks })]
    const { code } = await compileModule(root, file, { plugins, tsconfigRaw: '{}' }).finally(() =>
      noteLooks(looks),
    )
    const compiled = join(cache, 'walkthrough', `${fingerprint(code)}.mjs`)
    if (!disk.stat(compiled)) {
      disk.makeFolder(join(cache, 'walkthrough'))
      disk.write(compiled, code)
    }
    const module: unknown = await import(pathToFileURL(compiled).href)
    return await playedBy(module, file)
  } catch (error) {
    passOn(error)
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
