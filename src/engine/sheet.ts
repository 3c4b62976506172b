// Traces as they lie in a file: texts, each once, and columns of numbers. Ten thousand pages have as many traces, and of
// nearly all of them a build wants to know one thing: does what they were told still hold? So a trace is read from its
// numbers when somebody asks for it, and a question with its answer, a read, is one number for all traces that asked it.
import { endianness } from 'node:os'
import type { Answer } from './fingerprint.js'
import type { PackRef } from './pack.js'
import type { Question } from './reads.js'
import type { Read, StepKey, Trace } from './trace.js'

/** Columns are read as they lie in memory: what a machine of the other kind wrote is not understood. */
export const sheetKind = `sheet 2 ${endianness()}`

export interface SheetHead {
  readonly keys: readonly StepKey[]
  /** Names of parts: most steps of a kind have the same. */
  readonly shapes: readonly (readonly string[])[]
  /** How many different ones of each there are. */
  readonly questions: number
  readonly reads: number
}

/** A sheet in pieces, to be written one behind the other. */
export interface SheetBytes {
  readonly head: Buffer
  /** Questions, sorted, then answers and versions; in UTF-8. */
  readonly texts: Buffer
  readonly numbers: Buffer
}

/** Numbers of a part: where it lies (two), its length, its hash (four). */
export const perPart = 7
export const hashBytes = 16

/** The traces by key, in the order in which they were written. Throws where the bytes are no sheet. */
export function readSheet({ head, texts, numbers }: SheetBytes): Map<StepKey, KeptTrace> {
  // Whoever calls has looked at the hash: it is as we wrote it. A column must begin where its numbers do.
  const sheet = new Sheet(JSON.parse(head.toString('utf8')) as SheetHead, texts, new Uint8Array(numbers))
  const traces = new Map<StepKey, KeptTrace>()
  sheet.keys.forEach((key, i) => void traces.set(key, new KeptTrace(sheet, i)))
  return traces
}

/** What the traces of one file have in common. */
export class Sheet {
  readonly keys: readonly StepKey[]
  readonly questions: number
  readonly reads: number
  readonly shapes: SheetHead['shapes']
  readonly numbers: Uint32Array
  readonly bytes: Buffer
  readonly #texts: Buffer
  /** Of the few hashes that are asked about again and again. */
  readonly #words = new Map<Answer, Uint32Array>()
  /** Where the column of the texts' places begins. */
  readonly #places: number

  constructor({ keys, shapes, questions, reads }: SheetHead, texts: Buffer, bytes: Uint8Array<ArrayBuffer>) {
    this.keys = keys
    this.questions = questions
    this.reads = reads
    this.shapes = shapes
    this.numbers = new Uint32Array(bytes.buffer)
    this.bytes = Buffer.from(bytes.buffer)
    this.#texts = texts
    this.#places = 2 * reads + keys.length
  }

  text(number: number): string {
    const at = this.#places + number
    return this.#texts.toString('utf8', this.numbers[at]!, this.numbers[at + 1]!)
  }

  question(read: number): Question {
    return this.text(this.numbers[2 * read]!)
  }

  answer(read: number): Answer {
    return this.text(this.numbers[2 * read + 1]!)
  }

  /** For the number of each read 1 where its question begins with one of these and is none of `except`, else 0. */
  readsAbout(prefixes: readonly string[], except: Iterable<Question> = []): Uint8Array {
    const isMeant = new Uint8Array(this.questions)
    for (const prefix of prefixes) isMeant.fill(1, this.#placeOf(prefix), this.#placeOf(`${prefix}\u{ffff}`))
    for (const question of except) {
      const place = this.#placeOf(question)
      if (place < this.questions && this.text(place) === question) isMeant[place] = 0
    }
    const found = new Uint8Array(this.reads)
    for (let read = 0; read < this.reads; read++) found[read] = isMeant[this.numbers[2 * read]!]!
    return found
  }

  /** Those of its questions that begin with this. */
  questionsAbout(prefix: string): Question[] {
    const from = this.#placeOf(prefix)
    const count = this.#placeOf(`${prefix}\u{ffff}`) - from
    return Array.from({ length: count }, (_, i) => this.text(from + i))
  }

  /** A hash as it stands in the column. */
  wordsOf(hash: Answer): Uint32Array {
    const known = this.#words.get(hash)
    if (known) return known
    const words = new Uint32Array(hashBytes / 4)
    Buffer.from(words.buffer).write(hash, 'hex')
    this.#words.set(hash, words)
    return words
  }

  /** How many questions sort before this text. */
  #placeOf(text: string): number {
    let from = 0
    let to = this.questions
    while (from < to) {
      const middle = (from + to) >>> 1
      if (this.text(middle) < text) from = middle + 1
      else to = middle
    }
    return from
  }
}

/** A trace that is read when somebody asks for it. */
export class KeptTrace implements Trace {
  readonly sheet: Sheet
  readonly #at: number

  constructor(sheet: Sheet, place: number) {
    this.sheet = sheet
    this.#at = sheet.numbers[2 * sheet.reads + place]!
  }

  get version(): string {
    return this.sheet.text(this.sheet.numbers[this.#at]!)
  }

  /** Numbers of its reads, in order: places of them in the sheet's numbers. Two plain numbers, because all traces are asked. */
  get readsFrom(): number {
    return this.#at + 3
  }
  get readsTo(): number {
    return this.#at + 3 + this.sheet.numbers[this.#at + 2]!
  }

  get reads(): readonly Read[] {
    const own = this.sheet.numbers.subarray(this.readsFrom, this.readsTo)
    return Array.from(own, (read): Read => [this.sheet.question(read), this.sheet.answer(read)])
  }

  get parts(): Trace['parts'] {
    const parts: Record<string, PackRef> = {}
    for (const name of this.shape) parts[name] = this.part(name)!
    return parts
  }

  /** Its parts as they stand in the column, in the order of `shape`. */
  get columns(): Uint32Array {
    const at = this.#at + 3 + this.sheet.numbers[this.#at + 2]!
    return this.sheet.numbers.subarray(at, at + perPart * this.shape.length)
  }

  /** One of them. */
  part(name: string): PackRef | undefined {
    const place = this.shape.indexOf(name)
    if (place < 0) return undefined
    const { numbers, bytes } = this.sheet
    const at = this.#at + 3 + numbers[this.#at + 2]! + perPart * place
    const hash = bytes.toString('hex', 4 * (at + 3), 4 * (at + 3) + hashBytes)
    return [numbers[at]! * 2 ** 32 + numbers[at + 1]!, numbers[at + 2]!, hash]
  }

  /** Is this the hash of that part? Without making a text of it. */
  partIs(name: string, hash: Answer): boolean {
    const place = this.shape.indexOf(name)
    const { numbers } = this.sheet
    const at = this.#at + 6 + numbers[this.#at + 2]! + perPart * place
    const words = this.sheet.wordsOf(hash)
    return place >= 0 && words.every((word, i) => numbers[at + i] === word)
  }

  /** Names of its parts. */
  get shape(): readonly string[] {
    return this.sheet.shapes[this.sheet.numbers[this.#at + 1]!] ?? []
  }
}

export const partOf = (trace: Trace, name: string): PackRef | undefined =>
  trace instanceof KeptTrace ? trace.part(name) : trace.parts[name]
