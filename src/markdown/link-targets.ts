// Where the links of bodies lead. Each body keeps its own; all of them are wanted at once, by who looks for broken links and
// by who asks who mentions whom, and ten thousand small values are read one by one in a tenth of a second: so they are kept
// together too, each under its hash, by the step `links`.
import type { DocId } from '../content/types.js'
import type { Answer } from '../engine/fingerprint.js'
import { hashOf } from '../engine/pack.js'
import type { Engine, Step } from '../engine/step.js'
import type { Link } from './types.js'

/** The `targets` part of a body: where links lead, each once, wherever they stand. */
export type Target = Pick<Link, 'url' | 'anchor'>

export function targetsOf(links: readonly Link[]): Target[] {
  const targets = new Map(links.map(({ url, anchor }) => [`${url}#${anchor}`, { url, anchor }]))
  return [...targets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target)
}

export interface Targets {
  /** Of a body that is made. Throws `DamagedEntry`. */
  of(id: DocId): readonly Target[]
  /** All of them, but for a few: what the step `links` keeps as its part `targets`. Of the same bodies it may be another text. */
  together(): string
}

type Kept = readonly (readonly [
  hash: Answer,
  ...targets: readonly (readonly [url: string, anchor: string])[],
])[]

const none = hashOf([])
/** They are put together anew when this part of them had to be read alone. */
const holes = 20

/**
 * A hash says what targets are, whatever has happened since they were put together: what was kept of an earlier build is
 * never wrong, and is handed on while it lacks only a few.
 */
export function openTargets(
  engine: Pick<Engine, 'before' | 'isProving'>,
  made: ReadonlyMap<DocId, Step>,
): Targets {
  const keptText = (): string | undefined => engine.before('links')?.part('targets')
  let known: ReadonlyMap<Answer, readonly Target[]> | undefined
  let missing = 0
  const of = (id: DocId): readonly Target[] => {
    const step = made.get(id)
    if (!step || step.is('targets', none)) return []
    known ??= readTogether(keptText() ?? '[]')
    const found = known.get(step.hash('targets'))
    if (!found) missing++
    return found ?? step.part('targets')
  }
  return {
    of,
    together() {
      const kept = keptText()
      // Who proves compares all that is kept.
      if (kept !== undefined && (engine.isProving || missing * holes <= made.size)) return kept
      const all = new Map<Answer, Kept[number]>()
      for (const [id, step] of made) {
        const own = of(id)
        if (own.length === 0) continue
        const hash = step.hash('targets')
        all.set(hash, [hash, ...own.map(({ url, anchor }) => [url, anchor] as const)])
      }
      return JSON.stringify([...all.values()].sort(([a], [b]) => (a < b ? -1 : 1)))
    },
  }
}

function readTogether(text: string): ReadonlyMap<Answer, readonly Target[]> {
  // As it was written above.
  const kept = JSON.parse(text) as Kept
  return new Map(
    kept.map(([hash, ...targets]) => [hash, targets.map(([url, anchor]) => ({ url, anchor }))] as const),
  )
}
