// `litestream restore` of v0.3: first a plan from the list of objects alone, then the plan carried out with SQLite.
// The output must not exist; nothing stands under its name before everything has been applied.
import { concat } from '../bytes.js'
import type { Disk } from '../disk.js'
import { decodeFrame } from '../lz4frame.js'
import type { ObjectStore, StoredObject } from '../objectstore.js'
import type { CheckpointResult, SqliteEngine } from '../sqlite.js'
import { listReplica, type ReplicaListing, type SegmentInfo, type SnapshotInfo } from './listing.js'

export interface RestoreOptions {
  /** `-generation`; without it the one with the latest update is taken. */
  readonly generation?: string
  /** `-index`: only with a generation, not with a timestamp. */
  readonly index?: number
  /** `-timestamp`: milliseconds, or RFC 3339 text. */
  readonly timestamp?: number | string
  /** `-if-replica-exists`: an empty bucket is no error. */
  readonly ifReplicaExists?: boolean
  /** Path in the bucket. */
  readonly root?: string
}

export interface RestorePlan {
  readonly generation: string
  readonly snapshot: SnapshotInfo
  /** WAL files to rebuild, in order; each from its segments. */
  readonly files: readonly { readonly index: number; readonly segments: readonly SegmentInfo[] }[]
}

/** A generation with the span of time in which its objects came into being. */
export interface GenerationSpan {
  readonly generation: string
  readonly createdMs: number
  readonly updatedMs: number
}

export interface RestoreStep {
  readonly text: string
  readonly checkpoint?: CheckpointResult
}

/** An RFC 3339 text as milliseconds. Throws on any other. */
export function parseTimestamp(text: string): number {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i.test(text)
    ? Date.parse(text.toUpperCase())
    : Number.NaN
  if (Number.isNaN(ms))
    throw new Error('invalid -timestamp, must specify in ISO 8601 format (e.g. 2000-01-01T00:00:00Z)')
  return ms
}

/** All generations with their spans, in the order of their names. */
export function generationSpans({ generations, snapshots, segments }: ReplicaListing): GenerationSpan[] {
  return generations.map((generation) => {
    const times = [...snapshots, ...segments]
      .filter((object) => object.generation === generation)
      .map(({ createdMs }) => createdMs)
    return { generation, createdMs: Math.min(...times), updatedMs: Math.max(...times) }
  })
}

/** The generation to restore, or null. `timestamp` must lie within its span. */
export function chooseGeneration(
  listing: ReplicaListing,
  wanted: { readonly generation?: string | undefined; readonly timestamp?: number | undefined } = {},
): GenerationSpan | null {
  let best: GenerationSpan | null = null
  for (const span of generationSpans(listing)) {
    const { timestamp } = wanted
    if (wanted.generation !== undefined && span.generation !== wanted.generation) continue
    if (timestamp !== undefined && (timestamp < span.createdMs || timestamp > span.updatedMs)) continue
    if (best === null || span.updatedMs > best.updatedMs) best = span
  }
  return best
}

/**
 * What to download and apply, from the list of objects alone. Null where there is nothing and
 * `ifReplicaExists` is set; else `no matching backups found`. Throws on options that exclude each other and on gaps.
 */
export function planRestore(
  objects: readonly StoredObject[],
  options: RestoreOptions = {},
): RestorePlan | null {
  const { index } = options
  const timestamp =
    typeof options.timestamp === 'string' ? parseTimestamp(options.timestamp) : options.timestamp
  if (index !== undefined && options.generation === undefined)
    throw new Error('must specify generation when restoring to index')
  if (index !== undefined && timestamp !== undefined)
    throw new Error('cannot specify index & timestamp to restore')
  const listing = listReplica(objects, options.root)
  const generation = chooseGeneration(listing, { generation: options.generation, timestamp })?.generation
  if (generation === undefined) {
    if (options.ifReplicaExists) return null
    throw new Error('no matching backups found')
  }
  const snapshot = baseSnapshot(listing, generation, index, timestamp)
  const files = walFiles(listing, generation, snapshot.index, index, timestamp)
  const last = files.at(-1)?.index ?? -1
  if (index !== undefined && index !== last)
    throw new Error(
      `unable to locate index ${index} in generation "${generation}", highest index was ${last}`,
    )
  files.forEach((file, i) => {
    const expected = snapshot.index + i
    if (file.index !== expected)
      throw new Error(`missing WAL index: ${generation}/${expected.toString(16).padStart(8, '0')}`)
  })
  return { generation, snapshot, files }
}

/** The newest snapshot not after the timestamp, or the highest not above the index. */
function baseSnapshot(
  { snapshots }: ReplicaListing,
  generation: string,
  index: number | undefined,
  timestamp: number | undefined,
): SnapshotInfo {
  let best: SnapshotInfo | null = null
  for (const snapshot of snapshots) {
    if (snapshot.generation !== generation) continue
    if (index !== undefined && snapshot.index > index) continue
    if (timestamp !== undefined && snapshot.createdMs > timestamp) continue
    if (
      best === null ||
      (index !== undefined ? snapshot.index >= best.index : snapshot.createdMs > best.createdMs)
    )
      best = snapshot
  }
  if (best === null)
    throw new Error(
      `cannot find snapshot index${index === undefined ? ' by timestamp' : ''}: no snapshots available`,
    )
  return best
}

/** Segments by WAL index, in order, up to the first that is too new. */
function walFiles(
  { segments }: ReplicaListing,
  generation: string,
  from: number,
  to: number | undefined,
  timestamp: number | undefined,
): { index: number; segments: SegmentInfo[] }[] {
  const files: { index: number; segments: SegmentInfo[] }[] = []
  for (const segment of segments) {
    if (segment.generation !== generation) continue
    if (timestamp !== undefined && segment.createdMs > timestamp) break
    if (to !== undefined && segment.index > to) break
    if (segment.index < from) continue
    const file = files.at(-1)
    const at = `generation=${generation} index=${segment.index.toString(16).padStart(8, '0')}`
    if (file?.index === segment.index) {
      const before = file.segments.at(-1)!.offset
      if (before >= segment.offset)
        throw new Error(`wal segments out of order: ${at} offsets=(${before},${segment.offset})`)
      file.segments.push(segment)
    } else {
      if (segment.offset !== 0)
        throw new Error(
          `cannot find max wal index for restore: missing initial wal segment: ${at} offset=${segment.offset}`,
        )
      files.push({ index: segment.index, segments: [segment] })
    }
  }
  return files
}

/**
 * Carries out a plan on `disk`: the snapshot under a temporary name, then WAL file after WAL file applied by SQLite
 * itself (`wal_checkpoint(TRUNCATE)`), at last the rename. Throws where `output` exists.
 */
export function runRestore(
  plan: RestorePlan,
  { store, disk, engine, output }: { store: ObjectStore; disk: Disk; engine: SqliteEngine; output: string },
): RestoreStep[] {
  refuseExisting(disk, output)
  const steps: RestoreStep[] = []
  const temporary = `${output}.tmp`
  disk.write(temporary, decodeFrame(store.get(plan.snapshot.key)))
  steps.push({ text: `下载快照${plan.snapshot.key}` })
  for (const { index, segments } of plan.files) {
    disk.write(`${temporary}-wal`, concat(segments.map(({ key }) => decodeFrame(store.get(key)))))
    const connection = engine.open(disk, temporary)
    const checkpoint = connection.checkpoint('TRUNCATE')
    connection.close()
    if (checkpoint.busy !== 0)
      throw new Error('cannot apply wal: truncation checkpoint failed during restore')
    steps.push({
      text: `应用WAL ${index.toString(16).padStart(8, '0')}（${segments.length}段）`,
      checkpoint,
    })
  }
  disk.remove(`${temporary}-wal`)
  disk.rename(temporary, output)
  steps.push({ text: `改名为${output}` })
  return steps
}

/** Throws where `output` is already there: a restore never overwrites. */
export function refuseExisting(disk: Disk, output: string): void {
  if (disk.exists(output)) throw new Error(`cannot restore, output path already exists: ${output}`)
}
