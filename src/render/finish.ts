// The last touch on a page's text: what plugins' `finish` slots make of it, in the order of the plugins.
import { type Problem, ProblemError } from '../errors.js'
import type { Page } from '../pages/page.js'

export type Finish = (html: string, page: Page) => string

/** Applies each in turn. Throws a `ProblemError` naming the page where one throws or gives anything but text. */
export function finishText(text: string, page: Page, finish: readonly Finish[]): string {
  let result = text
  for (const [index, touch] of finish.entries()) {
    const which = `the finish function no. ${index + 1} of your plugins`
    let next: unknown
    try {
      next = touch(result, page)
    } catch (error) {
      if (error instanceof ProblemError) throw error
      const reason = error instanceof Error ? error.message : String(error)
      throw new ProblemError(failed(`${which} failed on page ${page.url}: ${reason}`))
    }
    if (typeof next !== 'string')
      throw new ProblemError({
        ...failed(`${which} gave no text for page ${page.url}`),
        found: typeof next,
        expected: ['a string: the text of the page'],
      })
    result = next
  }
  return result
}

function failed(what: string): Problem {
  return { severity: 'error', code: 'render/finish', what, file: 'site.config.ts' }
}
