// The in-memory twin of the disk, for tests: same errors, a fake clock (one tick a change), and a hook before
// every change through which a test can stop the program at any moment or fill the disk.
import type { Disk, Entry, FileStat } from './disk.js'

interface Node {
  bytes: Uint8Array
  mtimeMs: number
  inode: number
}

/** A change about to be made; a hook that throws prevents it. */
export type Change = {
  readonly verb: 'write' | 'append' | 'rename' | 'remove' | 'truncate' | 'copy'
  readonly path: string
}

export interface MemoryDisk extends Disk {
  /** Called before each change of a file. */
  beforeChange: (change: Change) => void
  /** Every file's text or bytes, by path: what two trees are compared by. */
  files(under?: string): Map<string, string>
}

function fail(code: string, path: string): never {
  throw Object.assign(new Error(`${code}: ${path}`), { code, path, syscall: 'memory' })
}

const clean = (path: string): string => (path.length > 1 ? path.replace(/\/+$/, '') : path)
const parentOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')))

export function memoryDisk(): MemoryDisk {
  const files = new Map<string, Node>()
  const folders = new Set<string>(['/'])
  let tick = 1_000_000_000_000
  let inodes = 1

  const node = (path: string): Node => files.get(clean(path)) ?? fail('ENOENT', path)
  const put = (path: string, bytes: Uint8Array): void => {
    const key = clean(path)
    if (folders.has(key)) fail('EISDIR', path)
    if (!folders.has(parentOf(key))) fail('ENOENT', path)
    tick += 5000
    files.set(key, { bytes, mtimeMs: tick, inode: files.get(key)?.inode ?? inodes++ })
  }
  const stat = (path: string): FileStat | null => {
    const key = clean(path)
    const file = files.get(key)
    if (file)
      return {
        kind: 'file',
        size: file.bytes.length,
        mtimeMs: file.mtimeMs,
        ctimeMs: file.mtimeMs,
        inode: file.inode,
      }
    return folders.has(key) ? { kind: 'folder', size: 0, mtimeMs: 1, ctimeMs: 1, inode: 0 } : null
  }
  const below = (path: string): string => (clean(path) === '/' ? '/' : `${clean(path)}/`)

  const disk: MemoryDisk = {
    beforeChange: () => {},
    files: (under = '/') =>
      new Map(
        [...files]
          .filter(([path]) => path.startsWith(below(under)))
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([path, { bytes }]) => [
            path.slice(below(under).length),
            Buffer.from(bytes).toString('latin1'),
          ]),
      ),
    read: (path) => Buffer.from(node(path).bytes),
    open: (path) => ({
      readAt: (offset, length) => Buffer.from(node(path).bytes.subarray(offset, offset + length)),
      close() {},
    }),
    write(path, bytes) {
      disk.beforeChange({ verb: 'write', path })
      put(path, Buffer.from(bytes))
    },
    append(path, bytes) {
      disk.beforeChange({ verb: 'append', path })
      put(path, Buffer.concat([files.get(clean(path))?.bytes ?? new Uint8Array(), bytes]))
    },
    truncate(path, size) {
      disk.beforeChange({ verb: 'truncate', path })
      put(path, node(path).bytes.subarray(0, size))
    },
    copy(from, to) {
      disk.beforeChange({ verb: 'copy', path: to })
      put(to, Buffer.from(node(from).bytes))
    },
    list(path) {
      if (!folders.has(clean(path))) fail('ENOENT', path)
      const entries = new Map<string, Entry['kind']>()
      const prefix = below(path)
      for (const [set, kind] of [
        [files.keys(), 'file'],
        [folders, 'folder'],
      ] as const)
        for (const full of set)
          if (full.startsWith(prefix) && full !== prefix && !full.slice(prefix.length).includes('/'))
            entries.set(full.slice(prefix.length), kind)
      return [...entries].map(([name, kind]) => ({ name, kind })).sort((a, b) => (a.name < b.name ? -1 : 1))
    },
    stat,
    lstat: stat,
    realpath: (path) => (stat(path) ? clean(path) : fail('ENOENT', path)),
    makeFolder(path) {
      for (let folder = clean(path); !folders.has(folder); folder = parentOf(folder)) {
        if (files.has(folder)) fail('EEXIST', folder)
        folders.add(folder)
      }
    },
    rename(from, to) {
      disk.beforeChange({ verb: 'rename', path: to })
      if (folders.has(clean(from))) {
        if (stat(to)) fail('ENOTEMPTY', to)
        for (const set of [[...files.keys()], [...folders]])
          for (const path of set) {
            if (path !== clean(from) && !path.startsWith(below(from))) continue
            const moved = clean(to) + path.slice(clean(from).length)
            const file = files.get(path)
            if (file) {
              files.delete(path)
              files.set(moved, file)
            } else if (folders.delete(path)) folders.add(moved)
          }
        return
      }
      const file = node(from)
      if (folders.has(clean(to))) fail('EISDIR', to)
      if (!folders.has(parentOf(clean(to)))) fail('ENOENT', to)
      files.delete(clean(from))
      files.set(clean(to), file)
    },
    link(from, to) {
      if (stat(to)) fail('EEXIST', to)
      disk.beforeChange({ verb: 'write', path: to })
      files.set(clean(to), node(from))
    },
    remove(path) {
      if (folders.has(clean(path))) fail('EISDIR', path)
      if (!files.has(clean(path))) return
      disk.beforeChange({ verb: 'remove', path })
      files.delete(clean(path))
    },
    removeFolder(path) {
      if (!folders.has(clean(path))) fail('ENOENT', path)
      if (disk.list(path).length > 0) fail('ENOTEMPTY', path)
      folders.delete(clean(path))
    },
    removeTree(path) {
      for (const file of [...files.keys()])
        if (file === clean(path) || file.startsWith(below(path))) {
          disk.beforeChange({ verb: 'remove', path: file })
          files.delete(file)
        }
      for (const folder of [...folders])
        if (folder === clean(path) || folder.startsWith(below(path))) folders.delete(folder)
    },
    sync: () => {},
  }
  return disk
}
