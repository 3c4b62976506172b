// Where the world begins: the few things we do to a disk. Absolute paths, synchronous calls (a blog's files are
// many and small: threads cost more than they bring). `memory-disk.ts` is the twin for tests.
import {
  appendFileSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { sep } from 'node:path'

export interface FileStat {
  readonly kind: 'file' | 'folder' | 'link' | 'other'
  /** Bytes. */
  readonly size: number
  readonly mtimeMs: number
  readonly ctimeMs: number
  readonly inode: number
}

export interface Entry {
  readonly name: string
  readonly kind: FileStat['kind']
}

/** Keeps the file open from the first piece on, until it is given back; read again, it is opened again. */
export interface OpenFile {
  /** `length` bytes from `offset`; fewer where the file ends earlier. */
  readAt(offset: number, length: number): Uint8Array
  close(): void
}

/** All throw Node's errors with a `code` (`ENOENT`, `ENOSPC`, …) except where they say otherwise. */
export interface Disk {
  read(path: string): Uint8Array
  /** A file of which many pieces will be read; it need not exist before the first of them. */
  open(path: string): OpenFile
  write(path: string, bytes: Uint8Array | string): void
  append(path: string, bytes: Uint8Array): void
  truncate(path: string, size: number): void
  copy(from: string, to: string): void
  /** Sorted by name in UTF-16 order: the order of the disk never reaches the output. */
  list(path: string): readonly Entry[]
  /** Follows links; null where there is nothing. */
  stat(path: string): FileStat | null
  /** Does not follow links; null where there is nothing. */
  lstat(path: string): FileStat | null
  realpath(path: string): string
  makeFolder(path: string): void
  rename(from: string, to: string): void
  /** Fails with EEXIST where `to` exists: the one atomic "take it if it is free". */
  link(from: string, to: string): void
  /** A file; nothing there is fine. */
  remove(path: string): void
  /** An empty folder. */
  removeFolder(path: string): void
  removeTree(path: string): void
  /** Waits until the file's bytes are on the medium. */
  sync(path: string): void
}

function statOf(stats: Stats): FileStat {
  const type = stats.mode & constants.S_IFMT
  const kind =
    type === constants.S_IFREG
      ? 'file'
      : type === constants.S_IFDIR
        ? 'folder'
        : type === constants.S_IFLNK
          ? 'link'
          : 'other'
  return { kind, size: stats.size, mtimeMs: stats.mtimeMs, ctimeMs: stats.ctimeMs, inode: stats.ino }
}

const noThrow = { throwIfNoEntry: false } as const

/** Below a file there is nothing either: `throwIfNoEntry` does not cover ENOTDIR. */
function statOrNull(look: typeof statSync, path: string): FileStat | null {
  try {
    const stats = look(path, noThrow)
    return stats ? statOf(stats) : null
  } catch (error) {
    if (hasCode(error, 'ENOTDIR')) return null
    throw error
  }
}

/** Has this error one of these codes? */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

/** Did a call of the disk fail, rather than our code? */
export function isDiskError(error: unknown): error is Error & { readonly code: unknown } {
  return error instanceof Error && 'syscall' in error && 'code' in error
}

export const realDisk: Disk = {
  read: (path) => readFileSync(path),
  open(path) {
    let file: number | undefined
    return {
      readAt(offset, length) {
        file ??= openSync(path, 'r')
        const bytes = Buffer.allocUnsafe(length)
        return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
      },
      close() {
        if (file !== undefined) closeSync(file)
        file = undefined
      },
    }
  },
  write: (path, bytes) => writeFileSync(path, bytes),
  append: (path, bytes) => appendFileSync(path, bytes),
  truncate: (path, size) => truncateSync(path, size),
  copy: (from, to) => copyFileSync(from, to),
  list: (path) =>
    readdirSync(path, { withFileTypes: true })
      .map((entry): Entry => {
        const kind = entry.isFile()
          ? 'file'
          : entry.isDirectory()
            ? 'folder'
            : entry.isSymbolicLink()
              ? 'link'
              : 'other'
        return { name: entry.name, kind }
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  stat(path) {
    return statOrNull(statSync, path)
  },
  lstat(path) {
    return statOrNull(lstatSync, path)
  },
  // With forward slashes everywhere: paths are compared by their beginnings.
  realpath: (path) => realpathSync(path).replaceAll(sep, '/'),
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
  rename: (from, to) => renameSync(from, to),
  link: (from, to) => linkSync(from, to),
  remove(path) {
    try {
      unlinkSync(path)
    } catch (error) {
      if (!hasCode(error, 'ENOENT', 'ENOTDIR')) throw error
    }
  },
  removeFolder: (path) => rmdirSync(path),
  removeTree: (path) => rmSync(path, { recursive: true, force: true }),
  sync(path) {
    if (!existsSync(path)) return
    const file = openSync(path, 'r+')
    try {
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
  },
}

/** Whole or not at all: a temporary name beside it, then one rename. */
export function writeAtomically(disk: Disk, path: string, bytes: Uint8Array | string): void {
  const temporary = `${path}.new`
  disk.write(temporary, bytes)
  disk.sync(temporary)
  disk.rename(temporary, path)
}

/** The same for what carries its own hash and may be lost: after a power cut it may be empty, and nobody waits for the disk. */
export function writeLossy(disk: Disk, path: string, bytes: Uint8Array | string): void {
  const temporary = `${path}.new`
  disk.write(temporary, bytes)
  disk.rename(temporary, path)
}
