// Traces written down as `sheet.ts` reads them.
import type { Question } from './reads.js'
import { hashBytes, perPart, type SheetBytes, type SheetHead } from './sheet.js'
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
  const rows: number[][] = []
  let parts = 0
  for (const { version, reads, parts: own } of traces.values()) {
    const names = Object.keys(own)
    const row = [textOf(version), shapes.of(names.join(' '), names), reads.length]
    for (const [question, answer] of reads) row.push(all.of(questions.all.get(question)!, textOf(answer)))
    parts += names.length
    rows.push(row)
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
  for (const { parts: own } of traces.values()) {
    numbers[starts + place] = at
    const row = rows[place++]!
    numbers.set(row, at)
    at += row.length
    for (const name in own) {
      const [offset, length, hash] = own[name]!
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

/** By UTF-16 units, so that those of one beginning stand together. */
function sortedQuestions(traces: ReadonlyMap<StepKey, Trace>): Question[] {
  const found = new Set<Question>()
  for (const { reads } of traces.values()) for (const [question] of reads) found.add(question)
  return [...found].sort()
}
