// Traces as they lie in a file: texts, each once, and columns of numbers. Ten thousand pages have as many traces, and of
// nearly all of them a build wants to know one thing: does what they were told still hold? So a trace is read from its
// numbers when somebody asks for it, and a question with its answer, a fact, is one number for all traces that asked it.
import { endianness } from 'node:os'
import type { PackRef } from './pack.js'
import type { Question } from './reads.js'
import type { Read, StepKey, Trace } from './trace.js'

/** Columns are read as they lie in memory: what a machine of the other kind wrote is not understood. */
export const sheetKind = `sheet 1 ${endianness()}`

interface Texts {
  readonly keys: readonly StepKey[]
  /** Questions, answers and versions. */
  readonly texts: readonly string[]
  /** Names of parts: most steps of a kind have the same. */
  readonly shapes: readonly (readonly string[])[]
  readonly facts: number
}

/** A sheet in two pieces, to be written one behind the other. */
export interface SheetBytes {
  readonly texts: Buffer
  readonly numbers: Buffer
}

/** Numbers of a part: where it lies (two), its length, its hash (four). */
const perPart = 7
const hashBytes = 16

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

/** Keys in the order in which they come. */
export function writeSheet(traces: ReadonlyMap<StepKey, Trace>): SheetBytes {
  const texts = new Numbers<string>()
  const shapes = new Numbers<readonly string[]>()
  const facts = new Numbers<readonly [question: number, answer: number]>()
  const rows: number[][] = []
  let parts = 0
  for (const { version, reads, parts: own } of traces.values()) {
    const names = Object.keys(own)
    const row = [texts.of(version, version), shapes.of(names.join(' '), names), reads.length]
    for (const [question, answer] of reads) {
      const [q, a] = [texts.of(question, question), texts.of(answer, answer)]
      row.push(facts.of(`${q} ${a}`, [q, a]))
    }
    parts += names.length
    rows.push(row)
  }
  const before = 2 * facts.values.length + rows.length
  const numbers = new Uint32Array(rows.reduce((sum, row) => sum + row.length, before + perPart * parts))
  const bytes = Buffer.from(numbers.buffer)
  facts.values.forEach(([question, answer], i) => void numbers.set([question, answer], 2 * i))
  let at = before
  let i = 0
  for (const { parts: own } of traces.values()) {
    numbers[2 * facts.values.length + i] = at
    const row = rows[i++]!
    numbers.set(row, at)
    at += row.length
    for (const name in own) {
      const [offset, length, hash] = own[name]!
      numbers.set([Math.floor(offset / 2 ** 32), offset % 2 ** 32, length], at)
      bytes.write(hash, 4 * (at + 3), hashBytes, 'hex')
      at += perPart
    }
  }
  const head: Texts = {
    keys: [...traces.keys()],
    texts: texts.values,
    shapes: shapes.values,
    facts: facts.values.length,
  }
  return { texts: Buffer.from(JSON.stringify(head)), numbers: bytes }
}

/** The traces by key, in the order in which they were written. Throws where the bytes are no sheet. */
export function readSheet({ texts, numbers }: SheetBytes): Map<StepKey, KeptTrace> {
  // A column must begin where its numbers do.
  const own = Uint8Array.from(numbers)
  // Whoever calls has looked at the hash: it is as we wrote it.
  const sheet = new Sheet(JSON.parse(texts.toString('utf8')) as Texts, own)
  const traces = new Map<StepKey, KeptTrace>()
  sheet.keys.forEach((key, i) => void traces.set(key, new KeptTrace(sheet, i)))
  return traces
}

/** What the traces of one file have in common. */
export class Sheet {
  readonly keys: readonly StepKey[]
  readonly facts: number
  readonly shapes: Texts['shapes']
  readonly numbers: Uint32Array
  readonly bytes: Buffer
  readonly #texts: readonly string[]

  constructor({ keys, texts, shapes, facts }: Texts, bytes: Uint8Array<ArrayBuffer>) {
    this.keys = keys
    this.facts = facts
    this.shapes = shapes
    this.#texts = texts
    this.numbers = new Uint32Array(bytes.buffer)
    this.bytes = Buffer.from(bytes.buffer)
  }

  text(number: number): string {
    const found = this.#texts[number]
    if (found === undefined) throw new Error('no such text')
    return found
  }

  question(fact: number): Question {
    return this.text(this.numbers[2 * fact]!)
  }

  fact(fact: number): Read {
    return [this.question(fact), this.text(this.numbers[2 * fact + 1]!)]
  }
}

/** A trace that is read when somebody asks for it. */
export class KeptTrace implements Trace {
  readonly sheet: Sheet
  readonly #at: number
  #parts: Trace['parts'] | undefined

  constructor(sheet: Sheet, place: number) {
    this.sheet = sheet
    this.#at = sheet.numbers[2 * sheet.facts + place]!
  }

  get version(): string {
    return this.sheet.text(this.sheet.numbers[this.#at]!)
  }

  /** Facts of the sheet. */
  get facts(): Uint32Array {
    const { numbers } = this.sheet
    return numbers.subarray(this.#at + 3, this.#at + 3 + numbers[this.#at + 2]!)
  }

  get reads(): readonly Read[] {
    return Array.from(this.facts, (fact) => this.sheet.fact(fact))
  }

  get parts(): Trace['parts'] {
    this.#parts ??= this.#readParts()
    return this.#parts
  }

  #readParts(): Trace['parts'] {
    const { numbers, bytes, shapes } = this.sheet
    const parts: Record<string, PackRef> = {}
    let at = this.#at + 3 + numbers[this.#at + 2]!
    for (const name of shapes[numbers[this.#at + 1]!] ?? []) {
      const hash = bytes.toString('hex', 4 * (at + 3), 4 * (at + 3) + hashBytes)
      parts[name] = [numbers[at]! * 2 ** 32 + numbers[at + 1]!, numbers[at + 2]!, hash]
      at += perPart
    }
    return parts
  }
}
