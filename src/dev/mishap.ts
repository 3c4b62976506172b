// What went wrong while the site was made, as Problems: the server stays up and says it.
import { problemsOfStop } from '../built.js'
import type { Problem } from '../errors.js'

/** Our own mistakes too: the server stays up and says what happened. */
export function problemsOf(error: unknown): readonly Problem[] {
  try {
    return problemsOfStop(error)
  } catch {
    const what = error instanceof Error ? error.message : String(error)
    const fix = 'if the message does not name a plugin of yours, please report this'
    return [{ severity: 'error', code: 'dev/crash', what: `the site could not be made: ${what}`, fix }]
  }
}
