// Does what a trace was told still hold? The one question of an incremental build, asked of each trace that there is.
import type { Answers } from './answers.js'
import type { Question } from './reads.js'
import { KeptTrace, type Sheet } from './sheet.js'
import type { Trace } from './trace.js'

/** What a read was found to be in this build; 0 before it was looked at. */
const holds = 1
const fails = 2

/**
 * Gives the first question of a trace that has another answer now, undefined for none. What many traces of one file were
 * told is asked for once.
 */
export function makeJudge(answers: Answers): (trace: Trace) => Question | undefined {
  const found = new Map<Sheet, Uint8Array>()

  const look = (sheet: Sheet, seen: Uint8Array, read: number): number => {
    const { prefixes, except } = answers.unchanged
    if (sheet.beginsWith(read, prefixes) && (except.size === 0 || !except.has(sheet.question(read)))) {
      seen[read] = holds
      return holds
    }
    const question = sheet.question(read)
    const result = answers.look(question) === sheet.answer(read) ? holds : fails
    if (answers.isFinal(question)) seen[read] = result
    return result
  }

  return (trace) => {
    if (!(trace instanceof KeptTrace)) return trace.reads.find(([q, told]) => answers.ask(q) !== told)?.[0]
    const { sheet } = trace
    let seen = found.get(sheet)
    if (!seen) {
      seen = new Uint8Array(sheet.reads)
      found.set(sheet, seen)
    }
    let other: Question | undefined
    const known = seen
    trace.eachRead((read) => {
      if ((known[read] || look(sheet, known, read)) === holds) return true
      other = sheet.question(read)
      return false
    })
    return other
  }
}
