// Traces written down as `sheet.ts` reads them.
import type { Answer } from './fingerprint.js'
import type { Question } from './reads.js'
import { hashBytes, KeptTrace, perPart, type Sheet, type SheetBytes, type SheetHead } from './sheet.js'
import type { StepKey, Trace } from './trace.js'

class Numbers<T> {
  readonly all = new Map<string, number>()
  readonly values: T[] = []
  of(key: string, value: T): number {
    const known = this.all.get(key)
    if (known !== undefined) return known
    this.all.set(key, this.values.length)
    return this.values.push(value) - 1
  }
}

/** Pairs of numbers, each once. Nearly every question has one answer in a build. */
class Reads {
  readonly values: (readonly [question: number, answer: number])[] = []
  readonly #ofQuestion: number[] = []
  readonly #others = new Map<string, number>()
  of(question: number, answer: number): number {
    const usual = this.#ofQuestion[question]
    if (usual !== undefined && this.values[usual]![1] === answer) return usual
    const known = usual === undefined ? undefined : this.#others.get(`${question} ${answer}`)
    if (known !== undefined) return known
    const made = this.values.push([question, answer]) - 1
    if (usual === undefined) this.#ofQuestion[question] = made
    else this.#others.set(`${question} ${answer}`, made)
    return made
  }
}

/** Keys in the order in which they come. */
export function writeSheet(traces: ReadonlyMap<StepKey, Trace>): SheetBytes {
  const questions = new Numbers<string>()
  for (const question of sortedQuestions(traces)) questions.of(question, question)
  const texts = new Numbers<string>()
  const textOf = (text: string): number => questions.values.length + texts.of(text, text)
  const shapes = new Numbers<readonly string[]>()
  const all = new Reads()
  const readOf = (question: Question, answer: Answer): number =>
    all.of(questions.all.get(question)!, textOf(answer))
  const numbersOf = numbersOfReads(readOf)
  const rows: number[][] = []
  let parts = 0
  for (const trace of traces.values()) {
    const names = namesOf(trace)
    const reads = numbersOf(trace)
    rows.push([textOf(trace.version), shapes.of(names.join(' '), names), reads.length, ...reads])
    parts += names.length
  }
  const written = [...questions.values, ...texts.values].map((text) => Buffer.from(text))
  const columns = 2 * all.values.length + rows.length + written.length + 1
  const numbers = new Uint32Array(rows.reduce((sum, row) => sum + row.length, columns + perPart * parts))
  const bytes = Buffer.from(numbers.buffer)
  let at = 0
  for (const [question, answer] of all.values) {
    numbers[at++] = question
    numbers[at++] = answer
  }
  const starts = at
  at += rows.length
  let end = 0
  for (const { length } of written) {
    numbers[at++] = end
    end += length
  }
  numbers[at++] = end
  let place = 0
  for (const trace of traces.values()) {
    numbers[starts + place] = at
    const row = rows[place++]!
    numbers.set(row, at)
    at += row.length
    if (trace instanceof KeptTrace) {
      numbers.set(trace.columns, at)
      at += trace.columns.length
      continue
    }
    for (const [offset, length, hash] of Object.values(trace.parts)) {
      numbers[at] = Math.floor(offset / 2 ** 32)
      numbers[at + 1] = offset % 2 ** 32
      numbers[at + 2] = length
      bytes.write(hash, 4 * (at + 3), hashBytes, 'hex')
      at += perPart
    }
  }
  const head: SheetHead = {
    keys: [...traces.keys()],
    shapes: shapes.values,
    questions: questions.values.length,
    reads: all.values.length,
  }
  return { head: Buffer.from(JSON.stringify(head)), texts: Buffer.concat(written), numbers: bytes }
}

const namesOf = (trace: Trace): readonly string[] =>
  trace instanceof KeptTrace ? trace.shape : Object.keys(trace.parts)

/**
 * Numbers of a trace's reads in a new sheet. What many traces of another sheet were told is looked up once: nearly all of a
 * large site is written again as it was.
 */
function numbersOfReads(readOf: (question: Question, answer: Answer) => number): (trace: Trace) => number[] {
  const known = new Map<Sheet, Int32Array>()
  const knownOf = (sheet: Sheet): Int32Array => {
    const numbers = known.get(sheet) ?? new Int32Array(sheet.reads).fill(-1)
    known.set(sheet, numbers)
    return numbers
  }
  return (trace) => {
    if (!(trace instanceof KeptTrace))
      return trace.reads.map(([question, answer]) => readOf(question, answer))
    const { sheet } = trace
    const numbers = knownOf(sheet)
    return Array.from(sheet.numbers.subarray(trace.readsFrom, trace.readsTo), (read) => {
      if (numbers[read]! < 0) numbers[read] = readOf(sheet.question(read), sheet.answer(read))
      return numbers[read]!
    })
  }
}

/** By UTF-16 units, so that those of one beginning stand together. */
function sortedQuestions(traces: ReadonlyMap<StepKey, Trace>): Question[] {
  const found = new Set<Question>()
  const seen = new Map<Sheet, Uint8Array>()
  for (const trace of traces.values()) {
    if (!(trace instanceof KeptTrace)) {
      for (const [question] of trace.reads) found.add(question)
      continue
    }
    const { sheet } = trace
    const isSeen = seen.get(sheet) ?? new Uint8Array(sheet.reads)
    seen.set(sheet, isSeen)
    for (const read of sheet.numbers.subarray(trace.readsFrom, trace.readsTo)) {
      if (!isSeen[read]) found.add(sheet.question(read))
      isSeen[read] = 1
    }
  }
  return [...found].sort()
}
