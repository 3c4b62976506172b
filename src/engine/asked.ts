// Which questions of some schemes traces ask. Of traces of a file it is looked up once which of its reads are of these
// schemes: most of what a page asked was asked by pages before it, and is about something else.
import type { Question } from './reads.js'
import { KeptTrace, type Sheet } from './sheet.js'
import type { Trace } from './trace.js'

/** Finds questions of these schemes. */
export function makeFinder(schemes: readonly string[]): (trace: Trace) => readonly Question[] {
  const prefixes = schemes.map((scheme) => `${scheme}:`)
  const marks = new Map<Sheet, Uint8Array>()
  const marksOf = (sheet: Sheet): Uint8Array => {
    const found = marks.get(sheet) ?? sheet.readsAbout(prefixes)
    marks.set(sheet, found)
    return found
  }
  return (trace) => {
    if (!(trace instanceof KeptTrace))
      return trace.reads.flatMap(([question]) =>
        schemes.some((scheme) => question.startsWith(`${scheme}:`)) ? question : [],
      )
    const found = marksOf(trace.sheet)
    const questions: Question[] = []
    const { numbers } = trace.sheet
    const end = trace.readsTo
    for (let at = trace.readsFrom; at < end; at++)
      if (found[numbers[at]!]) questions.push(trace.sheet.question(numbers[at]!))
    return questions
  }
}

/** What of a scheme the traces of these files ask about, or traces that were there before them. */
export function everAsked(scheme: string, traces: Iterable<Trace>): Iterable<Question> {
  const sheets = new Set<Sheet>()
  const found = new Set<Question>()
  for (const trace of traces)
    if (trace instanceof KeptTrace) sheets.add(trace.sheet)
    else for (const [question] of trace.reads) if (question.startsWith(`${scheme}:`)) found.add(question)
  for (const sheet of sheets) for (const question of sheet.questionsAbout(`${scheme}:`)) found.add(question)
  return found
}

/** What of these schemes the traces ask about. */
export function askedOf(schemes: readonly string[], traces: Iterable<Trace>): ReadonlySet<Question> {
  const find = makeFinder(schemes)
  const found = new Set<Question>()
  for (const trace of traces) for (const question of find(trace)) found.add(question)
  return found
}
