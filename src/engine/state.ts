// The state file: traces of all steps and where their values lie in the pack. It ends with a hash of the rest;
// anything wrong with it means one warning and an empty start. It may be lost at any moment without harm.
import type { Disk } from './disk.js'
import { writeAtomically } from './disk.js'
import { type Answer, fingerprint } from './fingerprint.js'
import type { PackRef } from './pack.js'
import type { Question } from './reads.js'

export type StepKey = string

/** What a step did: which questions it asked in which order, what the answers were, and the parts of its value. */
export interface Trace {
  /** Hash of the step's arguments. */
  readonly version: string
  readonly reads: readonly (readonly [Question, Answer])[]
  readonly parts: Readonly<Record<string, PackRef>>
}

export interface State {
  readonly world: Answer
  /** Parts of the world by name, to say which one differs. */
  readonly worldParts: Readonly<Record<string, Answer>>
  /** File name of the pack, and how long it was when this state was saved. */
  readonly pack: string
  readonly packLength: number
  readonly steps: ReadonlyMap<StepKey, Trace>
  /** Why each step of the last build ran. */
  readonly reasons: Readonly<Record<StepKey, string>>
}

const format = 2

interface Saved {
  format: number
  world: Answer
  worldParts: Record<string, Answer>
  pack: string
  packLength: number
  /** Questions and answers, each text once. */
  texts: string[]
  steps: [key: StepKey, version: string, reads: number[], parts: Record<string, PackRef>][]
  reasons: Record<StepKey, string>
}

/** A text with its own hash as last line. */
export function seal(text: string): string {
  return `${text}\n${fingerprint(text)}\n`
}

/** The sealed text, or undefined where it was changed or cut. */
export function unseal(sealed: string): string | undefined {
  const end = sealed.lastIndexOf('\n', sealed.length - 2)
  const text = sealed.slice(0, Math.max(0, end))
  return end > 0 && sealed.endsWith('\n') && sealed.slice(end + 1, -1) === fingerprint(text)
    ? text
    : undefined
}

export function saveState(disk: Disk, path: string, state: State): void {
  const numbers = new Map<string, number>()
  const numberOf = (text: string): number => {
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, numbers.size)
    return numbers.size - 1
  }
  const steps: Saved['steps'] = []
  for (const [key, trace] of [...state.steps].sort(([a], [b]) => (a < b ? -1 : 1)))
    steps.push([
      key,
      trace.version,
      trace.reads.flatMap(([q, a]) => [numberOf(q), numberOf(a)]),
      { ...trace.parts },
    ])
  const saved: Saved = {
    format,
    ...state,
    worldParts: { ...state.worldParts },
    reasons: { ...state.reasons },
    texts: [...numbers.keys()],
    steps,
  }
  writeAtomically(disk, path, seal(JSON.stringify(saved)))
}

/** `damaged` where there is a file that cannot be believed; `none` where there is none. */
export function loadState(disk: Disk, path: string): State | 'none' | 'damaged' {
  if (!disk.stat(path)) return 'none'
  try {
    const text = unseal(Buffer.from(disk.read(path)).toString('utf8'))
    if (text === undefined) return 'damaged'
    // The hash says that we wrote it; the format says that it is of this shape.
    const saved = JSON.parse(text) as Saved
    if (saved.format !== format) return 'none'
    const textAt = (at: number): string => {
      const found = saved.texts[at]
      if (found === undefined) throw new Error('no such text')
      return found
    }
    const steps = new Map<StepKey, Trace>()
    for (const [key, version, numbers, parts] of saved.steps) {
      const reads: [Question, Answer][] = []
      for (let i = 0; i < numbers.length; i += 2)
        reads.push([textAt(numbers[i] ?? -1), textAt(numbers[i + 1] ?? -1)])
      steps.set(key, { version, reads, parts })
    }
    return { ...saved, steps }
  } catch {
    return 'damaged'
  }
}
