// What hosts have answered, in `.inkstone/external`, so that nobody is asked again too soon. It may be lost at any moment
// without harm and is never believed when damaged.
import { join } from 'node:path'
import { type Disk, writeLossy } from '../engine/disk.js'
import { seal, unseal } from '../engine/seal.js'
import type { Verdict } from './visit.js'

const day = 86_400_000
/** How long an answer holds: what is well seldom changes, what is not may be mended tomorrow. */
const ages: Readonly<Record<Verdict['kind'], number>> = {
  good: 7 * day,
  moved: 7 * day,
  gone: day,
  refused: day,
  failed: day,
  private: 0,
}

export interface KeptAnswers {
  /** The answer of that address, where it is young enough. */
  of(url: string): Verdict | undefined
  learn(url: string, verdict: Verdict): void
  /** Writes down what is known of these addresses and forgets all others. */
  save(urls: readonly string[]): void
}

type Saved = Readonly<Record<string, { readonly at: number; readonly verdict: Verdict }>>

export function openAnswers(disk: Disk, cache: string, now: () => number): KeptAnswers {
  const path = join(cache, 'external')
  const known = new Map(Object.entries(load(disk, path)))
  return {
    of(url) {
      const entry = known.get(url)
      const age = entry ? now() - entry.at : 0
      // One of the future was written by another clock.
      return entry && age >= 0 && age < ages[entry.verdict.kind] ? entry.verdict : undefined
    },
    learn: (url, verdict) => void known.set(url, { at: now(), verdict }),
    save(urls) {
      const used = urls.flatMap((url) => {
        const entry = known.get(url)
        return entry ? [[url, entry] as const] : []
      })
      disk.makeFolder(cache)
      writeLossy(disk, path, seal(JSON.stringify(Object.fromEntries(used))))
    },
  }
}

function load(disk: Disk, path: string): Saved {
  if (disk.stat(path)?.kind !== 'file') return {}
  const text = unseal(Buffer.from(disk.read(path)).toString('utf8'))
  // Its seal says that we wrote it.
  return text === undefined ? {} : (JSON.parse(text) as Saved)
}
