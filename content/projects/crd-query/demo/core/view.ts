// What the page shows of the lab at one moment, as plain data: no element, no live object.

import type { Lab, Ready } from './lab.js'
import { deltasText } from './narrate.js'

export interface LabView {
  readonly nowMs: number
  readonly revision: number
  readonly compactedRevision: number
  /** Objects on the server. */
  readonly objects: number
  readonly watchers: number
  readonly window: {
    readonly capacity: number
    readonly oldest: number
    /** Newest last. */
    readonly events: readonly { readonly type: string; readonly key: string; readonly revision: number }[]
  }
  readonly state: string
  readonly lastSync: string
  readonly queued: number
  /** The first keys of the DeltaFIFO. */
  readonly queue: readonly { readonly key: string; readonly deltas: string }[]
  readonly indexed: number
  readonly informerSynced: boolean
  readonly handlerSynced: boolean
  readonly pending: number
  readonly handled: number
  readonly rows: number
  readonly failures: number
  /** The last writes, newest last. */
  readonly recent: readonly { readonly op: string; readonly key: string }[]
  readonly ready: Ready | null
  /** Milliseconds until connections are possible again; 0 = they are. */
  readonly refusedMs: number
  readonly throttled: number
}

const queueShown = 5

/** How a table differs from the server: rows of nothing, objects without a row, rows of another version. */
export interface Drift {
  readonly ghosts: number
  readonly missing: number
  readonly stale: number
}

/** Compares every object with its row: for 5,000 of them that is some milliseconds, so not for every frame. */
export function driftOf(lab: Lab, resource = 'projects'): Drift {
  const { table } = lab.syncer(resource)
  let found = 0
  let stale = 0
  const objects = lab.server.objects(resource)
  for (const { metadata } of objects) {
    const row = table.row(metadata.namespace ?? '', metadata.name)
    if (row === undefined) continue
    found++
    if (String(row['rv']) !== metadata.resourceVersion) stale++
  }
  return { ghosts: table.size - found, missing: objects.length - found, stale }
}

export function viewOf(lab: Lab, resource: string): LabView {
  const { server, network } = lab
  const { informer, registration, table, failures, recent } = lab.syncer(resource)
  const { fifo, indexer, reflector } = informer
  const cache = server.cacheOf(resource)
  const nowMs = lab.clock.now()
  return {
    nowMs,
    revision: server.revision,
    compactedRevision: server.compactedRevision,
    objects: server.count(resource),
    watchers: server.watcherCount(resource),
    window: {
      capacity: cache.capacity,
      oldest: cache.oldest,
      events: cache.events.map(({ type, key, revision }) => ({ type, key, revision })),
    },
    state: reflector.state,
    lastSync: reflector.lastSyncResourceVersion,
    queued: fifo.length,
    queue: fifo.firstKeys(queueShown).map((key) => ({ key, deltas: deltasText(fifo.deltasOf(key)) })),
    indexed: indexer.size,
    informerSynced: informer.hasSynced(),
    handlerSynced: registration.hasSynced(),
    pending: registration.pending,
    handled: registration.handled,
    rows: table.size,
    failures,
    recent: [...recent],
    ready: lab.ready,
    refusedMs: Math.max(0, network.refusedUntilMs - nowMs),
    throttled: network.throttled,
  }
}
