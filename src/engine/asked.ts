// Which questions traces ask, gone through trace by trace: most of what a page asked was asked by pages before it.
import type { Question } from './reads.js'
import { KeptTrace, type Sheet } from './sheet.js'
import type { Trace } from './trace.js'

export interface Asked {
  /** Questions of a trace that no trace asked that was added before; some may come again. */
  fresh(trace: Trace): readonly Question[]
  add(trace: Trace): void
}

export function makeAsked(): Asked {
  const known = new Map<Sheet, Uint8Array>()
  const knownOf = (sheet: Sheet): Uint8Array => {
    const found = known.get(sheet) ?? new Uint8Array(sheet.facts)
    known.set(sheet, found)
    return found
  }
  return {
    fresh(trace) {
      if (!(trace instanceof KeptTrace)) return trace.reads.map(([question]) => question)
      const { sheet } = trace
      const seen = knownOf(sheet)
      const questions: Question[] = []
      for (const fact of trace.facts) if (!seen[fact]) questions.push(sheet.question(fact))
      return questions
    },
    add(trace) {
      if (!(trace instanceof KeptTrace)) return
      const seen = knownOf(trace.sheet)
      for (const fact of trace.facts) seen[fact] = 1
    },
  }
}

/** What of these schemes the traces ask about. */
export function askedOf(schemes: readonly string[], traces: Iterable<Trace>): ReadonlySet<Question> {
  const asked = makeAsked()
  const found = new Set<Question>()
  for (const trace of traces) {
    for (const question of asked.fresh(trace))
      if (schemes.some((scheme) => question.startsWith(`${scheme}:`))) found.add(question)
    asked.add(trace)
  }
  return found
}
