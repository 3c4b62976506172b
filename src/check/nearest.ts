// What an author probably meant by an address that leads nowhere.
import { didYouMean } from '../errors.js'
import type { Making } from '../output/output.js'
import { addressOfPath } from '../urls.js'
import type { Facts } from './facts.js'
import type { Resolved } from './resolve.js'

/** Looks among the addresses and ids that there are; each asked once. */
export function nearest(
  outputs: ReadonlyMap<string, Making>,
  factsOf: (path: string) => Facts | undefined,
): (resolved: Resolved) => string | undefined {
  const known = new Map<string, string | undefined>()
  // Comparing with every address of a very large site would cost more than the hint is worth.
  const addresses = outputs.size > 5000 ? [] : [...outputs.keys()].map(addressOfPath)
  return (resolved) => {
    if (resolved.kind !== 'no-page' && resolved.kind !== 'no-anchor') return undefined
    const key = JSON.stringify(resolved)
    if (!known.has(key))
      known.set(
        key,
        resolved.kind === 'no-page'
          ? didYouMean(resolved.url, addresses)
          : didYouMean(resolved.anchor, [...(factsOf(resolved.path)?.ids ?? [])].sort()),
      )
    return known.get(key)
  }
}
