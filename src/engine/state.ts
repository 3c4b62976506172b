// The state file: traces of all steps and where their values lie in the pack. It ends with a hash of the rest;
// anything wrong with it means one warning and an empty start. Beside it lies what changed since, build by build, each
// with its own hash. Both may be lost at any moment without harm: an older state is as true as a newer one.

import { viewOf } from './bytes.js'
import type { Disk } from './disk.js'
import { type Answer, fingerprint, fingerprintOfPieces } from './fingerprint.js'
import { sealLength } from './seal.js'
import { readSheet, sheetKind } from './sheet.js'
import { writeSheet } from './sheet-writer.js'
import type { StepKey, Trace } from './trace.js'

/** What a build writes down beside its traces. */
export interface StateFacts {
  /** How long the pack was when this was saved, and how much of it was of some use. */
  readonly packLength: number
  readonly liveBytes: number
  /** All traces were true at one moment; else some are left of a build that came to nothing. */
  readonly isOfOneMoment: boolean
  /** Why each step of the last build ran. */
  readonly reasons: Readonly<Record<StepKey, string>>
}

export interface State extends StateFacts {
  readonly world: Answer
  /** Parts of the world by name, to say which one differs. */
  readonly worldParts: Readonly<Record<string, Answer>>
  /** File name of the pack. */
  readonly pack: string
  readonly steps: ReadonlyMap<StepKey, Trace>
}

/** What one build changed in a state of the same world and pack. */
export interface StateChange extends StateFacts {
  /** New, or other than before. */
  readonly steps: ReadonlyMap<StepKey, Trace>
  readonly gone: readonly StepKey[]
}

/** Where a state stands on the disk. */
export interface Standing {
  /** Hash of the state file, to which changes beside it belong. */
  readonly base: Answer
  /** Of the changes beside it: bytes that are whole, and steps that they name. */
  readonly journalBytes: number
  readonly changedSteps: number
}

const format = `6 ${sheetKind}`

/** First line of a block: what it is about, and how long the pieces of the sheet and the reasons behind it are. */
interface Head extends Omit<StateFacts, 'reasons'> {
  readonly format: string
  readonly pieces: readonly [head: number, texts: number, numbers: number, reasons: number]
}
type StateHead = Head & Pick<State, 'world' | 'worldParts' | 'pack'>
type ChangeHead = Head & Pick<StateChange, 'gone'> & { readonly base: Answer }

const journalOf = (path: string): string => `${path}.journal`

/** Head, sheet, and the hash of both. */
function writeBlock(
  head: object,
  steps: ReadonlyMap<StepKey, Trace>,
  reasons: StateFacts['reasons'],
): { bytes: Buffer; hash: Answer } {
  const sheet = writeSheet(new Map([...steps].sort(([a], [b]) => (a < b ? -1 : 1))))
  const pieces = [sheet.head, sheet.texts, sheet.numbers, Buffer.from(JSON.stringify(reasons))]
  const line = JSON.stringify({ ...head, format, pieces: pieces.map(({ length }) => length) })
  const body = [Buffer.from(`${line}\n`), ...pieces]
  const whole = fingerprintOfPieces()
  for (const piece of body) whole.add(piece)
  const hash = whole.end()
  return { bytes: Buffer.concat([...body, Buffer.from(`${hash}\n`)]), hash }
}

interface Block<H> {
  readonly head: H
  readonly hash: Answer
  /** Where the next one begins. */
  readonly end: number
  readonly steps: () => Map<StepKey, Trace>
  /** Read when somebody asks why. */
  readonly reasons: () => StateFacts['reasons']
}

/** The block that begins at `start`; `other` for one of another format, undefined where it is not whole. */
function readBlock<H extends Head>(bytes: Buffer, start: number): Block<H> | 'other' | undefined {
  const stop = bytes.indexOf(10, start)
  if (stop < 0) return undefined
  try {
    // Believed below, when its hash fits.
    const head = JSON.parse(bytes.toString('utf8', start, stop)) as H
    if (head.format !== format) return 'other'
    const [first, second, third, fourth] = head.pieces
    const texts = stop + 1 + first
    const numbers = texts + second
    const why = numbers + third
    const end = why + fourth
    const hash = fingerprint(bytes.subarray(start, end))
    if (bytes.toString('latin1', end, end + sealLength) !== `${hash}\n`) return undefined
    const sheet = {
      head: bytes.subarray(stop + 1, texts),
      texts: bytes.subarray(texts, numbers),
      numbers: bytes.subarray(numbers, why),
    }
    return {
      head,
      hash,
      end: end + sealLength,
      steps: () => readSheet(sheet),
      // As it was written.
      reasons: () => JSON.parse(bytes.toString('utf8', why, end)) as StateFacts['reasons'],
    }
  } catch {
    return undefined
  }
}

/** What is to be written, and what stands on the disk once it is. */
export interface Prepared {
  readonly standing: Standing
  write(): void
}

/** The whole of it, atomically; changes beside an older one are void from then on. */
export function prepareState(disk: Disk, path: string, { steps, reasons, ...head }: State): Prepared {
  const temporary = `${path}.new`
  const { bytes, hash } = writeBlock(head, steps, reasons)
  return {
    standing: { base: hash, journalBytes: 0, changedSteps: 0 },
    write() {
      disk.write(temporary, bytes)
      disk.sync(temporary)
      disk.rename(temporary, path)
      disk.remove(journalOf(path))
    },
  }
}

/**
 * What changed, written behind what changed before: a site's state is large, and one edit is small. `standing` must be
 * what is on the disk.
 */
export function prepareChange(disk: Disk, path: string, standing: Standing, change: StateChange): Prepared {
  const { steps, reasons, ...about } = change
  const { base } = standing
  const { bytes } = writeBlock({ ...about, base }, steps, reasons)
  return {
    standing: {
      base,
      journalBytes: standing.journalBytes + bytes.length,
      changedSteps: standing.changedSteps + steps.size + change.gone.length,
    },
    write() {
      disk.append(journalOf(path), bytes)
      disk.sync(journalOf(path))
    },
  }
}

/** Does the file of changes hold these and nothing else? Behind a torn one nothing may be written. */
export const isJournalWhole = (disk: Disk, path: string, { journalBytes }: Standing): boolean =>
  (disk.stat(journalOf(path))?.size ?? 0) === journalBytes

/** `damaged` where there is a file that cannot be believed; `none` where there is none, or one of another format. */
export function loadState(disk: Disk, path: string): (State & Standing) | 'none' | 'damaged' {
  if (!disk.stat(path)) return 'none'
  const bytes = viewOf(disk.read(path))
  const block = readBlock<StateHead>(bytes, 0)
  if (block === 'other') return 'none'
  if (block === undefined || block.end !== bytes.length) return 'damaged'
  return withChanges(disk, path, block)
}

/** Changes are read up to the first that is torn, damaged or of another state: those before it were whole when they were written. */
function withChanges(disk: Disk, path: string, { head, hash, ...block }: Block<StateHead>): State & Standing {
  const { world, worldParts, pack } = head
  const steps = block.steps()
  let { packLength, liveBytes, isOfOneMoment } = head
  let { reasons } = block
  let journalBytes = 0
  let changedSteps = 0
  const bytes = disk.stat(journalOf(path)) ? viewOf(disk.read(journalOf(path))) : Buffer.alloc(0)
  while (journalBytes < bytes.length) {
    const change = readBlock<ChangeHead>(bytes, journalBytes)
    if (change === undefined || change === 'other' || change.head.base !== hash) break
    for (const key of change.head.gone) steps.delete(key)
    const changed = change.steps()
    for (const [key, trace] of changed) steps.set(key, trace)
    ;({ packLength, liveBytes, isOfOneMoment } = change.head)
    reasons = change.reasons
    journalBytes = change.end
    changedSteps += change.head.gone.length + changed.size
  }
  return {
    world,
    worldParts,
    pack,
    packLength,
    liveBytes,
    isOfOneMoment,
    get reasons() {
      return reasons()
    },
    steps,
    base: hash,
    journalBytes,
    changedSteps,
  }
}
