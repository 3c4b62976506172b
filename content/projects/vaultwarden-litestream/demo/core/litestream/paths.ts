// Names that Litestream v0.3 gives to things: positions, keys in the bucket, files beside the database. Pure text.

/** Where in which WAL file of which generation. */
export interface Position {
  /** 16 lower-case hexadecimal digits. */
  readonly generation: string
  /** Counts the restarts of the WAL within the generation. */
  readonly index: number
  /** Bytes from the start of that WAL file. */
  readonly offset: number
}

/** The largest index a generation may reach; then a new one begins. */
export const maxIndex = 0x7fffffff

const hex8 = (value: number): string => {
  if (!Number.isInteger(value) || value < 0)
    throw new Error(`index and offset must be non-negative: ${value}`)
  return value.toString(16).padStart(8, '0')
}
const join = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('/')

/** `29cf4bced74e92ab/00000001:4152`: index in hexadecimal, offset in decimal. */
export function formatPosition({ generation, index, offset }: Position): string {
  return `${generation}/${hex8(index)}:${offset}`
}

export function isGenerationName(name: string): boolean {
  return /^[0-9a-f]{16}$/.test(name)
}

/** Folder of all generations under the replica's path (`''` is the root of the bucket). */
export function generationsPath(root: string): string {
  return join(root.replace(/\/+$/, ''), 'generations')
}

/** Throws `generation required` for an empty name. */
export function generationPath(root: string, generation: string): string {
  if (generation === '') throw new Error('generation required')
  return join(generationsPath(root), generation)
}

export function snapshotsPath(root: string, generation: string): string {
  return join(generationPath(root, generation), 'snapshots')
}

/** `…/snapshots/000003e8.snapshot.lz4`. */
export function snapshotPath(root: string, generation: string, index: number): string {
  return join(snapshotsPath(root, generation), `${hex8(index)}.snapshot.lz4`)
}

export function walPath(root: string, generation: string): string {
  return join(generationPath(root, generation), 'wal')
}

/** `…/wal/000003e8_000003e9.wal.lz4`: index and offset, both in hexadecimal. */
export function walSegmentPath(root: string, generation: string, index: number, offset: number): string {
  return join(walPath(root, generation), `${hex8(index)}_${hex8(offset)}.wal.lz4`)
}

/** The index in `000003e8.snapshot.lz4` (folders before it are ignored). Throws on another name. */
export function parseSnapshotPath(path: string): number {
  const match = /(?:^|\/)([0-9a-f]{8})\.snapshot\.lz4$/.exec(path)
  if (match === null) throw new Error(`invalid snapshot path: ${path}`)
  return Number.parseInt(match[1]!, 16)
}

/** Index and offset in `000003e8_000003e9.wal.lz4`. Throws on another name. */
export function parseWalSegmentPath(path: string): { index: number; offset: number } {
  const match = /(?:^|\/)([0-9a-f]{8})_([0-9a-f]{8})\.wal\.lz4$/.exec(path)
  if (match === null) throw new Error(`invalid wal segment path: ${path}`)
  return { index: Number.parseInt(match[1]!, 16), offset: Number.parseInt(match[2]!, 16) }
}

/** The index in `000003e8.wal`, a file of the shadow WAL. Throws on another name. */
export function parseShadowWalPath(path: string): number {
  const match = /(?:^|\/)([0-9a-f]{8})\.wal$/.exec(path)
  if (match === null) throw new Error(`invalid wal path: ${path}`)
  return Number.parseInt(match[1]!, 16)
}

/** Files that belong to a database file. */
export interface DatabasePaths {
  readonly wal: string
  /** `.NAME-litestream` beside the database. */
  readonly meta: string
  /** Holds the name of the current generation. */
  readonly generation: string
  readonly generations: string
  shadowDir(generation: string): string
  shadowWal(generation: string, index: number): string
}

export function databasePaths(path: string): DatabasePaths {
  const slash = path.lastIndexOf('/') + 1
  const meta = `${path.slice(0, slash)}.${path.slice(slash)}-litestream`
  const shadowDir = (generation: string): string => walPath(meta, generation)
  return {
    wal: `${path}-wal`,
    meta,
    generation: `${meta}/generation`,
    generations: generationsPath(meta),
    shadowDir,
    shadowWal: (generation, index) => `${shadowDir(generation)}/${hex8(index)}.wal`,
  }
}
