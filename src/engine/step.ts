// The heart: a step is kept when its version is the same and every question it asked has the same answer,
// asked again in the recorded order; else it runs, and its questions are written down.
// Each trace carries its own answers, so traces of different builds (a failed one among them) may lie side by side.
import { Interruption } from '../errors.js'
import type { Answers } from './answers.js'
import { type Entries, entriesOf, type Parts } from './entries.js'
import type { Answer } from './fingerprint.js'
import { makeJudge, type Unchanged } from './judge.js'
import { decodeEntry, encodeEntry, type Pack, type PackRef } from './pack.js'
import { isRecording, type Question, record } from './reads.js'
import { KeptTrace, partOf } from './sheet.js'
import type { Store } from './store.js'
import type { StepKey, Trace } from './trace.js'

export interface Step {
  readonly key: StepKey
  readonly ran: boolean
  /** Fingerprint of one part of the value: the answer to questions about it. */
  hash(part: string): Answer
  /** Is this the fingerprint of a part? Asked of thousands where `hash` would have to be read. */
  is(part: string, hash: Answer): boolean
  /** One part, loaded when asked for; T is what the step's `run` put there. Throws `DamagedEntry` where the pack was damaged. */
  part<T>(name: string): T
}

/** A kept value turned out to be damaged: its step must run; the build starts over without that trace. */
export class DamagedEntry extends Interruption {
  readonly key: StepKey
  constructor(key: StepKey) {
    super(`the kept value of ${key} is damaged`)
    this.key = key
  }
}

export interface StepOptions {
  /** A further condition for keeping (a page is kept only while its file stands in the output). */
  readonly usable?: (step: Step) => boolean
}

/** A step that does not keep its promise, found by proving. */
export interface BrokenPromise {
  readonly key: StepKey
  readonly kind: 'not deterministic' | 'reads something it does not ask for'
}

export interface Engine {
  readonly answers: Answers
  readonly ran: readonly StepKey[]
  readonly kept: number
  readonly traces: ReadonlyMap<StepKey, Trace>
  readonly reasons: Readonly<Record<StepKey, string>>
  /** Is every step run, the kept ones too? Then all must be asked for by `step`. */
  readonly isProving: boolean
  /** The kept step, or undefined when it must run. */
  keep(key: StepKey, version: string, options?: StepOptions): Step | undefined
  step(key: StepKey, version: string, run: () => Parts | Promise<Parts>, options?: StepOptions): Promise<Step>
  /**
   * Keeps what the last build of this process kept, without asking again: for a caller who knows that none of the
   * answers in `trace` changed since. Undefined where another trace has taken its place meanwhile.
   */
  carry(key: StepKey, trace: Trace): Step | undefined
  /** What the build before kept under this key, whether it still holds or not. */
  before(key: StepKey): Step | undefined
  /** Takes over what ran elsewhere: its parts and the questions it asked there. */
  take(key: StepKey, version: string, entries: Entries, reads: readonly Question[]): Step
  /** As if the step had never been asked for in this build: it rested on what is known better now. */
  forget(key: StepKey): void
  /** Were all kept steps true at one moment, and are they believed? */
  readonly isSure: boolean
  /** What is as it was in that moment is not asked again. It is worked out only if `isSure`; undefined: nothing is known. */
  same(unchanged: () => Unchanged | undefined): void
  /** A value for this build only, never kept: what stands in for a step that was given up. */
  lend(key: StepKey, parts: Parts): Step
}

export interface EngineSource {
  readonly answers: Answers
  /** As it is when the engine is made. */
  readonly store: Pick<Store, 'pack' | 'old' | 'isOfOneMoment'>
  /** Run each step twice and each kept step once more, and tell what differs. */
  readonly prove?: (broken: BrokenPromise) => void
  /** Small parts by their hash, parsed and frozen: for a process that builds again and again. */
  readonly values?: Map<Answer, unknown>
}

/** Parts up to so many bytes are worth remembering. */
const smallPart = 1 << 14

export function makeEngine({ answers, store, prove, values }: EngineSource): Engine {
  const { pack, old } = store
  const isSure = store.isOfOneMoment && !prove
  const traces = new Map<StepKey, Trace>()
  const ran: StepKey[] = []
  const reasons: Record<StepKey, string> = {}
  const { firstOther, same } = makeJudge(answers)
  let kept = 0

  const source: Source = { pack, values }
  const stepOf = (key: StepKey, trace: Trace, didRun: boolean): Step =>
    new TracedStep(key, didRun, trace, source)

  const place = (key: StepKey, entries: Entries): Record<string, PackRef> => {
    const before = old.get(key)?.parts ?? {}
    const refs: Record<string, PackRef> = {}
    for (const [name, entry] of Object.entries(entries)) {
      const same = before[name]
      // An unchanged part keeps its place, so that the pack does not grow by what did not change.
      refs[name] = same && same[2] === entry.hash && pack.read(same) ? same : pack.append(entry)
    }
    return refs
  }

  const whyNot = (key: StepKey, version: string): string | undefined => {
    const trace = old.get(key)
    if (!trace) return 'new'
    if (trace.version !== version) return 'its arguments changed'
    const other = firstOther(trace)
    return other === undefined ? undefined : `changed: ${other}`
  }

  const engine: Engine = {
    answers,
    isSure,
    same(unchanged) {
      const told = isSure ? unchanged() : undefined
      if (told) same(told)
    },
    ran,
    traces,
    reasons,
    isProving: prove !== undefined,
    get kept() {
      return kept
    },
    keep(key, version, options = {}) {
      if (traces.has(key)) throw new Error(`step ${key} is asked for twice`)
      let reason = whyNot(key, version)
      const trace = old.get(key)
      if (reason === undefined && trace) {
        const step = stepOf(key, trace, false)
        if (options.usable?.(step) ?? true) {
          traces.set(key, trace)
          kept++
          return step
        }
        reason = 'its file is gone or altered'
      }
      reasons[key] = reason ?? 'new'
      return undefined
    },
    carry(key, trace) {
      if (old.get(key) !== trace || traces.has(key)) return undefined
      traces.set(key, trace)
      kept++
      // A step of this engine: the one it was would keep the whole of its own alive.
      return stepOf(key, trace, false)
    },
    before(key) {
      const trace = old.get(key)
      return trace && stepOf(key, trace, false)
    },
    async step(key, version, run, options = {}) {
      if (isRecording()) throw new Error(`step ${key} was asked for inside another step`)
      const found = engine.keep(key, version, options)
      if (found && !prove) return found
      const { value, reads } = await record(run)
      if (prove) {
        const again = (await record(run)).value
        const differs = (a: Parts, b: (part: string) => Answer) =>
          Object.entries(a).some(([name, part]) => encodeEntry(part).hash !== b(name))
        if (differs(again, (name) => encodeEntry(value[name] ?? null).hash))
          prove({ key, kind: 'not deterministic' })
        else if (found && differs(value, (name) => found.hash(name)))
          prove({ key, kind: 'reads something it does not ask for' })
        if (found) return found
      }
      return engine.take(key, version, entriesOf(value), reads)
    },
    take(key, version, entries, questions) {
      const trace: Trace = {
        version,
        reads: questions.map((question) => [question, answers.ask(question)] as const),
        parts: place(key, entries),
      }
      traces.set(key, trace)
      ran.push(key)
      return stepOf(key, trace, true)
    },
    forget(key) {
      if (!traces.delete(key)) return
      const at = ran.lastIndexOf(key)
      if (at >= 0) ran.splice(at, 1)
      else kept--
    },
    lend: (key, parts) => stepOf(key, { version: '', reads: [], parts: place(key, entriesOf(parts)) }, true),
  }
  return engine
}

interface Source {
  readonly pack: Pack
  readonly values: Map<Answer, unknown> | undefined
}

class TracedStep implements Step {
  readonly key: StepKey
  readonly ran: boolean
  readonly #trace: Trace
  readonly #source: Source

  constructor(key: StepKey, ran: boolean, trace: Trace, source: Source) {
    this.key = key
    this.ran = ran
    this.#trace = trace
    this.#source = source
  }

  #ref(name: string): PackRef {
    const ref = partOf(this.#trace, name)
    if (!ref) throw new Error(`step ${this.key} has no part ${name}`)
    return ref
  }

  hash(name: string): Answer {
    return this.#ref(name)[2]
  }

  is(name: string, hash: Answer): boolean {
    return this.#trace instanceof KeptTrace ? this.#trace.partIs(name, hash) : this.hash(name) === hash
  }

  part<T>(name: string): T {
    const { pack, values } = this.#source
    const ref = this.#ref(name)
    // A part holds what the step of this key put there: canonical JSON of a T, or its bytes.
    if (values?.has(ref[2])) return values.get(ref[2]) as T
    const bytes = pack.read(ref)
    if (!bytes) throw new DamagedEntry(this.key)
    const value = decodeEntry(bytes)
    // Texts and bytes are many and large: what is wanted again and again is data.
    if (values && bytes.length <= smallPart && typeof value === 'object' && !(value instanceof Uint8Array))
      values.set(ref[2], value)
    return value as T
  }
}
