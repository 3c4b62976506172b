// The disk inside a container: files in memory, gone with the container. SQLite writes its database and WAL here
// through the VFS, Litestream its shadow WAL. Times come from the injected clock.
import { type Bytes, concat } from './bytes.js'

interface MemoryFile {
  bytes: Bytes
  size: number
  modifiedMs: number
}

export interface DiskEntry {
  readonly path: string
  readonly size: number
  readonly modifiedMs: number
}

export class Disk {
  readonly #files = new Map<string, MemoryFile>()
  readonly #clock: { now(): number }

  constructor(clock: { now(): number }) {
    this.#clock = clock
  }

  /** All files, by path. */
  list(prefix = ''): DiskEntry[] {
    return [...this.#files]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, { size, modifiedMs }]) => ({ path, size, modifiedMs }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  exists(path: string): boolean {
    return this.#files.has(path)
  }

  /** Size in bytes, or null where there is no such file. */
  size(path: string): number | null {
    return this.#files.get(path)?.size ?? null
  }

  /** Last change in milliseconds of the virtual clock, or null where there is no such file. */
  modified(path: string): number | null {
    return this.#files.get(path)?.modifiedMs ?? null
  }

  /** A view of the content from `offset`, at most `length` bytes: read it at once, later writes show through. */
  read(path: string, offset = 0, length = Number.POSITIVE_INFINITY): Bytes {
    const file = this.#files.get(path)
    if (file === undefined) throw new Error(`no such file: ${path}`)
    return file.bytes.subarray(Math.min(offset, file.size), Math.min(offset + length, file.size))
  }

  /** Puts `bytes` at `offset`; a gap before it is filled with zeros, a missing file is made. */
  writeAt(path: string, offset: number, bytes: Uint8Array): void {
    const file = this.#files.get(path) ?? { bytes: new Uint8Array(0), size: 0, modifiedMs: 0 }
    const end = offset + bytes.length
    if (end > file.bytes.length) {
      const grown = new Uint8Array(Math.max(end, file.bytes.length * 2, 4096))
      grown.set(file.bytes.subarray(0, file.size))
      file.bytes = grown
    }
    file.bytes.set(bytes, offset)
    file.size = Math.max(file.size, end)
    file.modifiedMs = this.#clock.now()
    this.#files.set(path, file)
  }

  /** Replaces the whole content. */
  write(path: string, bytes: Uint8Array): void {
    this.#files.set(path, { bytes: concat([bytes]), size: bytes.length, modifiedMs: this.#clock.now() })
  }

  append(path: string, bytes: Uint8Array): void {
    this.writeAt(path, this.size(path) ?? 0, bytes)
  }

  /** Shortens (or lengthens with zeros) a file. */
  truncate(path: string, size: number): void {
    const content = new Uint8Array(size)
    content.set(this.read(path, 0, size))
    this.write(path, content)
  }

  remove(path: string): void {
    this.#files.delete(path)
  }

  rename(from: string, to: string): void {
    const file = this.#files.get(from)
    if (file === undefined) throw new Error(`no such file: ${from}`)
    this.#files.delete(from)
    this.#files.set(to, file)
  }

  /** An independent copy with the same times: what is left on the platters after a crash. */
  clone(): Disk {
    const copy = new Disk(this.#clock)
    for (const [path, file] of this.#files)
      copy.#files.set(path, { ...file, bytes: file.bytes.slice(0, file.size) })
    return copy
  }
}
