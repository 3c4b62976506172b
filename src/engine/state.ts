// The state file: traces of all steps and where their values lie in the pack. It ends with a hash of the rest;
// anything wrong with it means one warning and an empty start. Beside it lies what changed since, build by build, each
// with its own hash. Both may be lost at any moment without harm: an older state is as true as a newer one.
import type { Disk } from './disk.js'
import { type Answer, fingerprint, fingerprintOfPieces } from './fingerprint.js'
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

/** What one build changed in a state of the same world and pack. */
export interface StateChange {
  readonly packLength: number
  /** New, or other than before. */
  readonly steps: ReadonlyMap<StepKey, Trace>
  readonly gone: readonly StepKey[]
  readonly reasons: State['reasons']
}

/** Where a state stands on the disk. */
export interface Standing {
  /** Hash of the state file, to which changes beside it belong. */
  readonly base: Answer
  /** Of the changes beside it: bytes that are whole, and steps that they name. */
  readonly journalBytes: number
  readonly changedSteps: number
}

const format = 4
const stepsOnLine = 2000

/** Questions and answers, each text once. */
interface SavedSteps {
  texts: string[]
  steps: [key: StepKey, version: string, reads: number[], parts: Record<string, PackRef>][]
}

/** The state's first line; steps follow, so many on a line that none is very long, and the hash of all before it. */
interface Saved {
  format: number
  world: Answer
  worldParts: Record<string, Answer>
  pack: string
  packLength: number
  reasons: Record<StepKey, string>
}

interface SavedChange extends SavedSteps {
  base: Answer
  packLength: number
  gone: StepKey[]
  reasons: Record<StepKey, string>
}

const journalOf = (path: string): string => `${path}.journal`

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

function savedSteps(traces: Iterable<readonly [StepKey, Trace]>): SavedSteps {
  const numbers = new Map<string, number>()
  const numberOf = (text: string): number => {
    const known = numbers.get(text)
    if (known !== undefined) return known
    numbers.set(text, numbers.size)
    return numbers.size - 1
  }
  const steps: SavedSteps['steps'] = []
  for (const [key, { version, reads, parts }] of traces)
    steps.push([key, version, reads.flatMap(([q, a]) => [numberOf(q), numberOf(a)]), { ...parts }])
  return { texts: [...numbers.keys()], steps }
}

const sortedSteps = (traces: ReadonlyMap<StepKey, Trace>): [StepKey, Trace][] =>
  [...traces].sort(([a], [b]) => (a < b ? -1 : 1))

function* tracesOf({ texts, steps }: SavedSteps): Generator<[StepKey, Trace]> {
  const textAt = (at: number): string => {
    const found = texts[at]
    if (found === undefined) throw new Error('no such text')
    return found
  }
  for (const [key, version, numbers, parts] of steps) {
    const reads: [Question, Answer][] = []
    for (let i = 0; i < numbers.length; i += 2)
      reads.push([textAt(numbers[i] ?? -1), textAt(numbers[i + 1] ?? -1)])
    yield [key, { version, reads, parts }]
  }
}

/** The whole of it, atomically; changes beside an older one are void from then on. */
export function saveState(disk: Disk, path: string, state: State): Standing {
  const { world, worldParts, pack, packLength, reasons } = state
  const head: Saved = {
    format,
    world,
    worldParts: { ...worldParts },
    pack,
    packLength,
    reasons: { ...reasons },
  }
  const temporary = `${path}.new`
  const hash = fingerprintOfPieces()
  disk.write(temporary, '')
  // Line by line: in one piece it would be, for a moment, a large part of the memory that a build takes.
  const write = (value: Saved | SavedSteps): void => {
    const line = Buffer.from(`${JSON.stringify(value)}\n`)
    hash.add(line)
    disk.append(temporary, line)
  }
  write(head)
  const steps = sortedSteps(state.steps)
  for (let i = 0; i < steps.length; i += stepsOnLine) write(savedSteps(steps.slice(i, i + stepsOnLine)))
  const base = hash.end()
  disk.append(temporary, Buffer.from(`${base}\n`))
  disk.sync(temporary)
  disk.rename(temporary, path)
  disk.remove(journalOf(path))
  return { base, journalBytes: 0, changedSteps: 0 }
}

/**
 * What changed, written behind what changed before: a site's state is large, and one edit is small. `standing` must be
 * what is on the disk.
 */
export function saveChange(disk: Disk, path: string, standing: Standing, change: StateChange): Standing {
  const { packLength, gone, reasons } = change
  const saved: SavedChange = {
    base: standing.base,
    packLength,
    gone: [...gone],
    reasons: { ...reasons },
    ...savedSteps(sortedSteps(change.steps)),
  }
  const sealed = Buffer.from(seal(JSON.stringify(saved)))
  disk.append(journalOf(path), sealed)
  disk.sync(journalOf(path))
  return {
    base: standing.base,
    journalBytes: standing.journalBytes + sealed.length,
    changedSteps: standing.changedSteps + change.steps.size + gone.length,
  }
}

/** Does the file of changes hold these and nothing else? Behind a torn one nothing may be written. */
export const isJournalWhole = (disk: Disk, path: string, { journalBytes }: Standing): boolean =>
  (disk.stat(journalOf(path))?.size ?? 0) === journalBytes

/** `damaged` where there is a file that cannot be believed; `none` where there is none. */
export function loadState(disk: Disk, path: string): (State & Standing) | 'none' | 'damaged' {
  if (!disk.stat(path)) return 'none'
  try {
    const bytes = Buffer.from(disk.read(path))
    const end = bytes.lastIndexOf(10, bytes.length - 2) + 1
    const base = fingerprint(bytes.subarray(0, end))
    if (bytes.toString('latin1', end) !== `${base}\n`) return 'damaged'
    const lines = linesOf(bytes, end)
    // The hash says that we wrote it; the format says that it is of this shape.
    const head = JSON.parse(lines.next().value ?? '') as Saved
    if (head.format !== format) return 'none'
    const steps = new Map<StepKey, Trace>()
    for (const line of lines)
      for (const [key, trace] of tracesOf(JSON.parse(line) as SavedSteps)) steps.set(key, trace)
    return withChanges(disk, path, { ...head, steps }, base)
  } catch {
    return 'damaged'
  }
}

function* linesOf(bytes: Buffer, end: number): Generator<string, undefined> {
  for (let start = 0; start < end; ) {
    const stop = bytes.indexOf(10, start)
    yield bytes.toString('utf8', start, stop)
    start = stop + 1
  }
}

/** Changes are read up to the first that is torn, damaged or of another state: those before it were whole when they were written. */
function withChanges(
  disk: Disk,
  path: string,
  state: State & { readonly steps: Map<StepKey, Trace> },
  base: Answer,
): State & Standing {
  const steps = state.steps
  let { packLength, reasons } = state
  let journalBytes = 0
  let changedSteps = 0
  const lines = disk.stat(journalOf(path))
    ? Buffer.from(disk.read(journalOf(path)))
        .toString('utf8')
        .split('\n')
    : []
  for (let i = 0; i + 2 < lines.length; i += 2) {
    const sealed = `${lines[i]}\n${lines[i + 1]}\n`
    const text = unseal(sealed)
    if (text === undefined) break
    const change = JSON.parse(text) as SavedChange
    if (change.base !== base) break
    for (const key of change.gone) steps.delete(key)
    for (const [key, trace] of tracesOf(change)) steps.set(key, trace)
    ;({ packLength, reasons } = change)
    journalBytes += Buffer.byteLength(sealed)
    changedSteps += change.gone.length + change.steps.length
  }
  return { ...state, steps, packLength, reasons, base, journalBytes, changedSteps }
}
