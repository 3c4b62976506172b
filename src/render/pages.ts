// Floor 6 as a whole: one `page:` step for each planned page, all of them or one that somebody is waiting for. Where
// a page's text is kept, and when a kept one may be used, is the business of whoever publishes it.
import type { Parts } from '../engine/entries.js'
import type { Pace } from '../engine/pace.js'
import type { Question } from '../engine/reads.js'
import type { Engine, Step } from '../engine/step.js'
import type { Trace } from '../engine/trace.js'
import { type Problem, ProblemError } from '../errors.js'
import { type Page, type PageVersions, versionOf } from '../pages/page.js'
import { glyphsOf } from '../text/glyphs.js'
import { outPathOf } from '../urls.js'

/** Where the texts of pages go. */
export interface PageKeeper {
  /** What the step of a page keeps: of these parts `hashOf` knows the page again. */
  keep(path: string, text: string): Parts
  /** Identifies the page's bytes. */
  hashOf(step: Step): string
  /** Is the text of this hash still there? */
  stands(path: string, hash: string): boolean
  /** The text, for where it does not stand in public yet. */
  bytes(path: string, step: Step): Uint8Array | string
}

/** Rendering asked for what is not made yet: it must be made, and the page rendered again. */
export class Wanting extends Error {
  readonly questions: readonly Question[]
  constructor(questions: readonly Question[]) {
    super(`not made yet: ${questions.join(', ')}`)
    this.questions = questions
  }
}

export interface PagesSource {
  readonly engine: Engine
  readonly old: ReadonlyMap<string, Trace>
  readonly pages: readonly Page[]
  /** Throws `Wanting` or a ProblemError. */
  readonly render: (page: Page) => string
  /** What of lower floors a trace asked about, as far as it may have to be made. */
  readonly needed: (trace: Trace) => readonly Question[]
  /** Makes the steps of lower floors that these questions are about. */
  readonly ready: (questions: readonly Question[]) => Promise<void>
  readonly keeper: PageKeeper
  /** Fonts are made of what pages show. */
  readonly wantsGlyphs: boolean
  /** Versions of pages, where they are known. */
  readonly versions: PageVersions
}

export interface MadePage {
  readonly page: Page
  readonly path: string
  readonly hash: string
  readonly step: Step
}

export interface Pages {
  /** One page with all that it rests on. Throws a ProblemError. */
  one(page: Page): Promise<MadePage>
  /** Every page of the plan; what is wrong with them is in `problems`. */
  all(
    progress: (done: number, total: number) => void,
    pace: Pace,
  ): Promise<{ made: readonly MadePage[]; problems: readonly Problem[] }>
}

export function openPages(source: PagesSource): Pages {
  const { engine, keeper } = source
  const making = new Map<string, MadePage | Promise<MadePage>>()

  const make = async (page: Page): Promise<MadePage> => {
    const path = outPathOf(page.url)
    const key = `page:${page.url}`
    const version = versionOf(page, source.versions)
    const run = (): Parts => {
      const text = source.render(page)
      return {
        ...keeper.keep(path, text),
        ...(source.wantsGlyphs && path.endsWith('.html') && { glyphs: glyphsOf(text) }),
      }
    }
    const usable = (step: Step): boolean => keeper.stands(path, keeper.hashOf(step))
    // Answers about lower floors can be had only of what is made; with other arguments nobody asks for them.
    const old = source.old.get(key)
    const questions = old?.version === version ? source.needed(old) : []
    if (questions.length > 0) await source.ready(questions)
    for (;;) {
      try {
        const step = await engine.step(key, version, run, { usable })
        return { page, path, hash: keeper.hashOf(step), step }
      } catch (error) {
        if (!(error instanceof Wanting)) throw error
        await source.ready(error.questions)
      }
    }
  }

  /** What is kept and needs nothing that is not there, at once: of ten thousand pages an edit leaves nearly all as they are. */
  const keep = (page: Page): MadePage | undefined => {
    const key = `page:${page.url}`
    const old = source.old.get(key)
    if (!old || making.has(page.url) || engine.isProving || source.needed(old).length > 0) return undefined
    const path = outPathOf(page.url)
    let hash = ''
    const usable = (step: Step): boolean => {
      hash = keeper.hashOf(step)
      return keeper.stands(path, hash)
    }
    const step = engine.keep(key, versionOf(page, source.versions), { usable })
    if (!step) return undefined
    const made: MadePage = { page, path, hash, step }
    making.set(page.url, made)
    return made
  }

  const one = (page: Page): Promise<MadePage> => {
    // Two pages at one address are an error that is told later: the second is not made, only counted.
    const known = making.get(page.url)
    if (known) return Promise.resolve(known).then((made) => ({ ...made, page }))
    const made = make(page)
    making.set(page.url, made)
    return made
  }

  /** A page made before all bodies were may have guessed who mentions it: most guess rightly that nobody does. */
  const isWrongGuess = ([question, answer]: Trace['reads'][number]): boolean =>
    question.startsWith('backlinks:') && engine.answers.ask(question) !== answer

  return {
    one,
    async all(progress, pace) {
      for (const url of [...making.keys()]) {
        const trace = engine.traces.get(`page:${url}`)
        if (!trace?.reads.some(isWrongGuess)) continue
        engine.forget(`page:${url}`)
        making.delete(url)
      }
      const made: MadePage[] = []
      const problems = new Map<string, Problem & { times: number }>()
      let done = 0
      for (const page of source.pages) {
        const pause = pace.breathe()
        if (pause) await pause
        try {
          made.push(keep(page) ?? (await one(page)))
        } catch (error) {
          if (!(error instanceof ProblemError)) throw error
          for (const problem of error.problems) {
            // One mistake in a template is one problem, however many pages it breaks.
            const key = `${problem.file}:${problem.line}:${problem.column}:${problem.what}`
            const known = problems.get(key)
            problems.set(key, { ...(known ?? problem), times: (known?.times ?? 0) + 1 })
          }
        }
        progress(++done, source.pages.length)
      }
      return {
        made,
        problems: [...problems.values()].map(({ times, ...problem }) =>
          times === 1 ? problem : { ...problem, what: `${problem.what} (on ${times} pages)` },
        ),
      }
    },
  }
}
