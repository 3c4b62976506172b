// Where the links of bodies lead. Each body keeps its own; all of them are wanted at once, by who looks for broken links and
// by who asks who mentions whom, and ten thousand small values are read one by one in a tenth of a second: so they are kept
// together too, each under its hash, by the step `links`.
import type { Answer } from '../engine/fingerprint.js'
import type { Engine } from '../engine/step.js'
import type { Bodies } from './bodies.js'
import type { Link } from './types.js'

/** The `targets` part of a body: where links lead, each once, wherever they stand. */
export type Target = Pick<Link, 'url' | 'anchor'>

export function targetsOf(links: readonly Link[]): Target[] {
  const targets = new Map(links.map(({ url, anchor }) => [`${url}#${anchor}`, { url, anchor }]))
  return [...targets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target)
}

type Kept = readonly (readonly [
  hash: Answer,
  ...targets: readonly (readonly [url: string, anchor: string])[],
])[]

/** As the step `links` keeps them. */
export function allTargets({ made, targets }: Pick<Bodies, 'made' | 'targets'>): string {
  const kept = new Map<Answer, Kept[number]>()
  for (const [id, step] of made) {
    const own = targets(id)
    if (own.length === 0) continue
    const hash = step.hash('targets')
    kept.set(hash, [hash, ...own.map(({ url, anchor }) => [url, anchor] as const)])
  }
  return JSON.stringify([...kept.values()].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What the build before kept of them; a hash says what they are, whatever has happened since. Throws `DamagedEntry`. */
export function targetsOfBefore(engine: Engine): ReadonlyMap<Answer, readonly Target[]> {
  const kept = JSON.parse(engine.before('links')?.part<string>('targets') ?? '[]') as Kept
  return new Map(
    kept.map(([hash, ...targets]) => [hash, targets.map(([url, anchor]) => ({ url, anchor }))] as const),
  )
}
