// Floor 6 as a whole: one `page:` step for each planned page. A page's text is not kept in the cache: its file in
// the output is the copy. So a page is kept only while that file stands there; else it is made again.

import { fingerprintOf } from '../engine/fingerprint.js'
import type { Engine, Step } from '../engine/step.js'
import { type Problem, ProblemError } from '../errors.js'
import type { Page } from '../pages/page.js'
import { outPathOf } from '../urls.js'

export interface PagesSource {
  readonly engine: Engine
  readonly pages: readonly Page[]
  readonly render: (page: Page) => string
  /** Does the output hold this path with these bytes? */
  readonly stands: (path: string, hash: string) => boolean
  /** Keeps a text for the commit and returns its hash. */
  readonly stage: (path: string, text: string) => string
  readonly progress: (done: number, total: number) => void
}

export interface MadePage {
  readonly page: Page
  readonly path: string
  readonly hash: string
  readonly step: Step
}

/** What the step keeps of a page. */
interface PageValue {
  readonly hash: string
}

export async function makePages(source: PagesSource): Promise<{ made: MadePage[]; problems: Problem[] }> {
  const { engine, pages } = source
  const made: MadePage[] = []
  const problems = new Map<string, Problem & { times: number }>()
  const byUrl = new Map<string, MadePage | undefined>()
  for (const [done, page] of pages.entries()) {
    const path = outPathOf(page.url)
    if (byUrl.has(page.url)) {
      // Two pages at one address are an error that is told later: the second is not made, only counted.
      const twin = byUrl.get(page.url)
      if (twin) made.push({ ...twin, page })
      continue
    }
    byUrl.set(page.url, undefined)
    const name = 'template' in page.make ? page.make.template : page.make.name
    const version = fingerprintOf({ by: page.by, name, props: page.props })
    const usable = (step: Step): boolean => source.stands(path, step.part<PageValue>('page').hash)
    try {
      const run = () => ({ page: { hash: source.stage(path, source.render(page)) } })
      const step = await engine.step(`page:${page.url}`, version, run, { usable })
      const one = { page, path, hash: step.part<PageValue>('page').hash, step }
      byUrl.set(page.url, one)
      made.push(one)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      for (const problem of error.problems) {
        // One mistake in a template is one problem, however many pages it breaks.
        const key = `${problem.file}:${problem.line}:${problem.column}:${problem.what}`
        const known = problems.get(key)
        problems.set(key, { ...(known ?? problem), times: (known?.times ?? 0) + 1 })
      }
    }
    source.progress(done + 1, pages.length)
  }
  return {
    made,
    problems: [...problems.values()].map(({ times, ...problem }) =>
      times === 1 ? problem : { ...problem, what: `${problem.what} (on ${times} pages)` },
    ),
  }
}
