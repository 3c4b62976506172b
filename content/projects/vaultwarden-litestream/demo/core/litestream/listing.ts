// The bucket as Litestream reads it: which generations, snapshots and WAL segments its keys name. Other keys are
// nobody's business here and are passed over. Pure.
import type { StoredObject } from '../objectstore.js'
import { generationsPath, isGenerationName, parseSnapshotPath, parseWalSegmentPath } from './paths.js'

export interface SnapshotInfo extends StoredObject {
  readonly generation: string
  readonly index: number
}

export interface SegmentInfo extends SnapshotInfo {
  readonly offset: number
}

export interface ReplicaListing {
  /** By name. */
  readonly generations: readonly string[]
  /** By generation, index. */
  readonly snapshots: readonly SnapshotInfo[]
  /** By generation, index, offset. */
  readonly segments: readonly SegmentInfo[]
}

/** Sorts the objects of a bucket into snapshots and segments; `root` is the replica's path in the bucket. */
export function listReplica(objects: readonly StoredObject[], root = ''): ReplicaListing {
  const prefix = `${generationsPath(root)}/`
  const generations = new Set<string>()
  const snapshots: SnapshotInfo[] = []
  const segments: SegmentInfo[] = []
  // Keys have fixed widths, so their order is that of generation, index and offset.
  for (const object of [...objects].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    if (!object.key.startsWith(prefix)) continue
    const [generation = '', folder, name = '', ...rest] = object.key.slice(prefix.length).split('/')
    if (!isGenerationName(generation) || rest.length > 0) continue
    generations.add(generation)
    if (folder === 'snapshots' && /^[0-9a-f]{8}\.snapshot\.lz4$/.test(name))
      snapshots.push({ ...object, generation, index: parseSnapshotPath(name) })
    if (folder === 'wal' && /^[0-9a-f]{8}_[0-9a-f]{8}\.wal\.lz4$/.test(name))
      segments.push({ ...object, generation, ...parseWalSegmentPath(name) })
  }
  return { generations: [...generations], snapshots, segments }
}

/** The snapshot with the lowest index in a generation, or null. */
export function minSnapshot<T extends { readonly generation: string; readonly index: number }>(
  snapshots: readonly T[],
  generation: string,
): T | null {
  let lowest: T | null = null
  for (const snapshot of snapshots)
    if (snapshot.generation === generation && (lowest === null || snapshot.index < lowest.index))
      lowest = snapshot
  return lowest
}
