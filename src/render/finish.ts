// The last touch on a page's text: what plugins' `finish` slots make of it, in the order of the plugins.
import { type Problem, ProblemError, passOn } from '../errors.js'
import type { Page } from '../pages/page.js'
import type { PostView } from '../site/types.js'
import { textsOf } from './page-texts.js'

export interface Finish {
  /** Of the plugin. */
  readonly name: string
  readonly finish: (html: string, page: Page) => string
}

/** Applies each in turn. Throws a `ProblemError` where one throws or gives anything but text. */
export function finishText(
  text: string,
  page: Page,
  slots: readonly Finish[],
  post: PostView | undefined,
): string {
  if (slots.length === 0) return text
  // The same for a page that was kept and one that was just planned, however a plugin looks at it.
  const { url, by, from, make } = page
  const props = post ? { ...page.props, ...textsOf(page, post) } : page.props
  const plain: Page = { url, by, ...(from !== undefined && { from }), props, make }
  let result = text
  for (const { name, finish } of slots) {
    let next: unknown
    try {
      next = finish(result, plain)
    } catch (error) {
      passOn(error)
      if (error instanceof ProblemError) throw error
      throw failed(name, `failed: ${error instanceof Error ? error.message : String(error)}`, page)
    }
    if (typeof next !== 'string') throw failed(name, `gave ${typeof next} instead of the page's text`, page)
    result = next
  }
  return result
}

/** The page is not in `what`: one mistake of a plugin is told once, however many pages it spoils. */
function failed(name: string, how: string, page: Page): ProblemError {
  const problem: Problem = {
    severity: 'error',
    code: 'render/finish',
    what: `the finish slot of plugin "${name}" ${how}`,
    found: `on page ${page.url}`,
    fix: `correct the plugin "${name}", or take it out of the configuration`,
  }
  return new ProblemError(problem)
}
