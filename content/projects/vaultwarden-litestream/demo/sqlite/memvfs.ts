// A VFS for SQLite's WebAssembly build over the model's disks: real database, WAL and journal bytes that can be
// looked at, copied and lost. It has no shared memory (io_methods version 1): WAL mode needs
// `PRAGMA locking_mode=EXCLUSIVE` before it. The number of parameters of each callback must be that of the C function.
import type { Sqlite3Static } from '@sqlite.org/sqlite-wasm'
import type { Disk } from '../core/disk.js'

export interface MemoryVfs {
  readonly name: string
  /** Makes a disk reachable; the result goes before each path on it. */
  mount(disk: Disk): string
  /** Lets the files behind a mount point lead to another disk (a dead one) from now on. */
  remount(prefix: string, disk: Disk): void
  unmount(prefix: string): void
}

export interface VfsEnvironment {
  /** Milliseconds since 1970. */
  now(): number
  /** Fills with random bytes: SQLite seeds its generator, and with it the WAL's salts, from here. */
  random(bytes: Uint8Array): void
}

const name = 'inkstone-memory'
const julianEpochMs = 210866760000000

/** Registers the VFS as the default of this instance of SQLite. */
export function installMemoryVfs(sqlite3: Sqlite3Static, environment: VfsEnvironment): MemoryVfs {
  const { capi, wasm } = sqlite3
  const disks = new Map<string, Disk>()
  const open = new Map<number, { readonly name: string; readonly deleteOnClose: boolean }>()
  let mounted = 0
  let unnamed = 0

  /** `/m1/data/db` → the disk mounted as /m1, and `/data/db`. */
  const locate = (name: string): [Disk, string] => {
    const end = name.indexOf('/', 1)
    const disk = disks.get(name.slice(0, end))
    if (disk === undefined) throw new Error(`not mounted: ${name}`)
    return [disk, name.slice(end)]
  }
  const fileOf = (pointer: number): [Disk, string] => locate(open.get(pointer)!.name)
  const attempt = (failure: number, run: () => number): number => {
    try {
      return run()
    } catch {
      return failure
    }
  }

  // The typings lag behind the build: members carry a $, structInfo is static, results are any number.
  type Fields = Record<`$${string}`, number>
  type Callbacks = Record<`x${string}`, (...args: number[]) => number>
  const { sizeof } = (capi.sqlite3_file as unknown as { structInfo: { sizeof: number } }).structInfo
  const io = new capi.sqlite3_io_methods()
  ;(io as unknown as Fields).$iVersion = 1
  const vfs = new capi.sqlite3_vfs()
  const standard = new capi.sqlite3_vfs(capi.sqlite3_vfs_find(null))
  // Sleeping is borrowed: nobody ever waits for a lock here.
  const { $xSleep = 0 } = standard as unknown as Fields
  Object.assign(vfs, { $iVersion: 2, $szOsFile: sizeof, $mxPathname: 512, $xSleep })
  standard.dispose()

  const ok = capi.SQLITE_OK
  const ioCallbacks: Callbacks = {
    xClose: (file) => {
      const entry = open.get(Number(file))
      open.delete(Number(file))
      if (entry?.deleteOnClose) {
        const [disk, path] = locate(entry.name)
        disk.remove(path)
      }
      return ok
    },
    xRead: (file, buffer, amount, offset) =>
      attempt(capi.SQLITE_IOERR_READ, () => {
        const [disk, path] = fileOf(Number(file))
        const bytes = disk.exists(path) ? disk.read(path, Number(offset), amount) : new Uint8Array(0)
        const heap = wasm.heap8u()
        const start = Number(buffer)
        heap.set(bytes, start)
        if (bytes.length === amount) return ok
        heap.fill(0, start + bytes.length, start + amount)
        return capi.SQLITE_IOERR_SHORT_READ
      }),
    xWrite: (file, buffer, amount, offset) =>
      attempt(capi.SQLITE_IOERR_WRITE, () => {
        const [disk, path] = fileOf(Number(file))
        const start = Number(buffer)
        disk.writeAt(path, Number(offset), wasm.heap8u().subarray(start, start + amount))
        return ok
      }),
    xTruncate: (file, size) =>
      attempt(capi.SQLITE_IOERR_TRUNCATE, () => {
        const [disk, path] = fileOf(Number(file))
        disk.truncate(path, Number(size))
        return ok
      }),
    xSync: (_file, _flags) => ok,
    xFileSize: (file, size) =>
      attempt(capi.SQLITE_IOERR_FSTAT, () => {
        const [disk, path] = fileOf(Number(file))
        wasm.poke64(size, BigInt(disk.size(path) ?? 0))
        return ok
      }),
    xLock: (_file, _type) => ok,
    xUnlock: (_file, _type) => ok,
    xCheckReservedLock: (_file, result) => {
      wasm.poke(result, 0, 'i32')
      return ok
    },
    xFileControl: (_file, _op, _arg) => capi.SQLITE_NOTFOUND,
    xSectorSize: (_file) => 4096,
    // Power-safe overwrite, as the file systems that containers run on: without it SQLite pads each commit
    // to a sector, and the WAL would show frames nobody wrote.
    xDeviceCharacteristics: (_file) => capi.SQLITE_IOCAP_POWERSAFE_OVERWRITE,
  }
  const vfsCallbacks: Callbacks = {
    xOpen: (_vfs, zName, file, flags, outFlags) =>
      attempt(capi.SQLITE_CANTOPEN, () => {
        const path = zName ? wasm.cstrToJs(zName)! : `${[...disks.keys()][0]}/tmp/${++unnamed}`
        const [disk, inside] = locate(path)
        if (!disk.exists(inside)) {
          if ((flags & capi.SQLITE_OPEN_CREATE) === 0) return capi.SQLITE_CANTOPEN
          disk.write(inside, new Uint8Array(0))
        }
        const handle = new capi.sqlite3_file(file)
        handle.$pMethods = io.pointer
        handle.dispose()
        open.set(Number(file), { name: path, deleteOnClose: (flags & capi.SQLITE_OPEN_DELETEONCLOSE) !== 0 })
        if (outFlags) wasm.poke(outFlags, flags, 'i32')
        return ok
      }),
    xDelete: (_vfs, zName, _sync) =>
      attempt(capi.SQLITE_IOERR_DELETE, () => {
        const [disk, path] = locate(wasm.cstrToJs(zName)!)
        if (!disk.exists(path)) return capi.SQLITE_IOERR_DELETE_NOENT
        disk.remove(path)
        return ok
      }),
    xAccess: (_vfs, zName, _flags, result) =>
      attempt(capi.SQLITE_IOERR_ACCESS, () => {
        const [disk, path] = locate(wasm.cstrToJs(zName)!)
        wasm.poke(result, disk.exists(path) ? 1 : 0, 'i32')
        return ok
      }),
    xFullPathname: (_vfs, zName, length, out) =>
      wasm.cstrncpy(out, zName, length) < length ? ok : capi.SQLITE_CANTOPEN,
    xRandomness: (_vfs, length, out) => {
      const start = Number(out)
      environment.random(wasm.heap8u().subarray(start, start + length))
      return length
    },
    xCurrentTime: (_vfs, out) => {
      wasm.poke(out, (julianEpochMs + environment.now()) / 86_400_000, 'double')
      return ok
    },
    xCurrentTimeInt64: (_vfs, out) => {
      wasm.poke64(out, BigInt(julianEpochMs + environment.now()))
      return ok
    },
    xGetLastError: (_vfs, _length, _out) => 0,
  }
  sqlite3.vfs.installVfs({
    io: { struct: io, methods: ioCallbacks as object, applyArgcCheck: true },
    vfs: { struct: vfs, methods: vfsCallbacks as object, applyArgcCheck: true, name, asDefault: true },
  })

  return {
    name,
    mount(disk) {
      const prefix = `/m${++mounted}`
      disks.set(prefix, disk)
      return prefix
    },
    remount: (prefix, disk) => {
      disks.set(prefix, disk)
    },
    unmount: (prefix) => {
      disks.delete(prefix)
    },
  }
}
