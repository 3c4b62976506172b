// Does what a trace was told still hold? The one question of an incremental build, asked of each trace that there is.
import type { Answers } from './answers.js'
import type { Question } from './reads.js'
import { KeptTrace, type Sheet } from './sheet.js'
import type { Trace } from './trace.js'

/** Questions that begin with one of these have the answer that they had, beside some. */
export interface Unchanged {
  readonly prefixes: readonly string[]
  readonly except: ReadonlySet<Question>
}

export interface Judge {
  /** The first question of a trace that has another answer now, undefined for none. */
  firstOther(trace: Trace): Question | undefined
  /** What is known to be as it was when all traces of the store were told: it is not asked again. */
  same(unchanged: Unchanged): void
}

/** What a read was found to be in this build; 0 before it was looked at. */
const holds = 1
const fails = 2

/** What many traces of one file were told is asked for once. */
export function makeJudge(answers: Answers): Judge {
  const found = new Map<Sheet, Uint8Array>()
  const told: Unchanged[] = []

  const apply = (sheet: Sheet, seen: Uint8Array, { prefixes, except }: Unchanged): void =>
    sheet.readsAbout(prefixes, except).forEach((isSame, read) => {
      if (isSame && !seen[read]) seen[read] = holds
    })

  const seenOf = (sheet: Sheet): Uint8Array => {
    const known = found.get(sheet)
    if (known) return known
    const seen = new Uint8Array(sheet.reads)
    for (const unchanged of told) apply(sheet, seen, unchanged)
    found.set(sheet, seen)
    return seen
  }

  const look = (sheet: Sheet, seen: Uint8Array, read: number): number => {
    const question = sheet.question(read)
    const result = answers.look(question) === sheet.answer(read) ? holds : fails
    if (answers.isFinal(question)) seen[read] = result
    return result
  }

  return {
    same(unchanged) {
      told.push(unchanged)
      for (const [sheet, seen] of found) apply(sheet, seen, unchanged)
    },
    firstOther(trace) {
      if (!(trace instanceof KeptTrace)) return trace.reads.find(([q, told]) => answers.ask(q) !== told)?.[0]
      const { sheet } = trace
      const seen = seenOf(sheet)
      const { numbers } = sheet
      const end = trace.readsTo
      for (let at = trace.readsFrom; at < end; at++) {
        const read = numbers[at]!
        if ((seen[read] || look(sheet, seen, read)) !== holds) return sheet.question(read)
      }
      return undefined
    },
  }
}
