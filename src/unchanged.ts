// What is as it was when all that is kept was told: who asked about that need not be asked again.
import type { Snapshot } from './content/scan.js'
import type { DocId, Path } from './content/types.js'
import { everAsked } from './engine/asked.js'
import type { Answer } from './engine/fingerprint.js'
import type { Unchanged } from './engine/judge.js'
import { statDigest, stretchesOf } from './engine/stat-digest.js'
import type { Engine, Step } from './engine/step.js'
import type { Store } from './engine/store.js'
import { partsAsked } from './questions.js'

/** The inputs of a build, as they are known to a later one. */
export interface InputMarks {
  /** Of the state that was saved with this. */
  readonly state: string
  readonly stretches: readonly Answer[]
}

/** `recent`: files of which times alone do not tell whether they changed again. */
export interface InputLook extends InputMarks {
  readonly recent: readonly Path[]
  /** Has a file come or gone? */
  readonly isSameList: boolean
}

/** A few inputs that stand beside each other, and how they look. */
interface Stretch {
  readonly paths: readonly Path[]
  readonly digest: Answer
}
/** Worked out when they are first asked for. */
export type Stretches = () => readonly Stretch[]

export function stretchesIn(snapshot: Snapshot): Stretches {
  let found: readonly Stretch[] | undefined
  const look = (path: Path) => snapshot.found.get(path)?.stat ?? null
  return () => {
    found ??= stretchesOf(snapshot.paths).map((paths) => ({ paths, digest: statDigest(paths, look) }))
    return found
  }
}

export const marksOf = (stretches: Stretches, state: string): InputMarks => ({
  state,
  stretches: stretches().map(({ digest }) => digest),
})

/**
 * Files, by their times, of which `quick.ts` keeps a digest for each few of them. Undefined where nothing is known: the
 * state is another than the one that was saved with the marks.
 */
export function unchangedFiles(
  { snapshot, stretches }: { readonly snapshot: Snapshot; readonly stretches: Stretches },
  look: InputLook,
  store: Pick<Store, 'old' | 'mark'>,
): Unchanged | undefined {
  if (store.mark !== look.state) return undefined
  const were = new Set(look.stretches)
  const changed = stretches().flatMap(({ paths, digest }) => (were.has(digest) ? [] : paths))
  const except = new Set([...changed, ...look.recent].map((path) => `file:${path}`))
  if (!look.isSameList)
    for (const question of everAsked('file', store.old.values()))
      if (!snapshot.has(question.slice('file:'.length))) except.add(question)
  return { prefixes: ['file:'], except }
}

/** Bodies, when all of them are made; and who links to whom, if besides the site is the same. */
export function unchangedBodies(
  engine: Engine,
  bodies: ReadonlyMap<DocId, Step>,
  store: Pick<Store, 'old'>,
  isSameSite: boolean,
): Unchanged {
  const gone = goneSince(store, 'body:', bodies)
  const made = [...bodies].flatMap(([id, { ran }]) => (ran ? id : []))
  const except = new Set([...gone, ...made].flatMap((id) => partsAsked.map((part) => `${part}:${id}`)))
  const isSameGraph = isSameSite && areAsBefore(engine, bodies, ['targets'])
  return {
    prefixes: [...partsAsked, ...(isSameGraph ? ['backlinks'] : [])].map((part) => `${part}:`),
    except,
  }
}

/** Documents that had a step of this kind and have none now. */
export function goneSince(
  { old }: Pick<Store, 'old'>,
  prefix: 'meta:' | 'body:',
  now: ReadonlyMap<DocId, Step>,
): DocId[] {
  const gone: DocId[] = []
  for (const key of old.keys())
    if (key.startsWith(prefix) && !now.has(key.slice(prefix.length))) gone.push(key.slice(prefix.length))
  return gone
}

/** Have those that were made again the same parts as before? */
export function areAsBefore(
  engine: Engine,
  steps: ReadonlyMap<DocId, Step>,
  parts: readonly string[],
): boolean {
  const isAsBefore = (step: Step): boolean => {
    const before = engine.before(step.key)
    return before !== undefined && parts.every((part) => before.hash(part) === step.hash(part))
  }
  for (const step of steps.values()) if (step.ran && !isAsBefore(step)) return false
  return true
}
