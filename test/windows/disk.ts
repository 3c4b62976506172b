// The disk in memory as Windows would have it: either slash separates, case does not tell names apart but is kept, and
// names that Windows does not have are refused.
import type { Disk, Entry } from '../../src/engine/disk.js'
import { type MemoryDisk, memoryDisk } from '../../src/engine/memory-disk.js'

export interface WindowsDisk extends Disk {
  readonly inner: MemoryDisk
  /** As the disk shows it: path below the folder, in the case it was written in. */
  files(folder: string): Map<string, string>
}

const forbidden = /[<>:"|?*\u0000-\u001f]|[. ]$/
const device = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)/i

export function windowsDisk(): WindowsDisk {
  const inner = memoryDisk()
  const shown = new Map<string, string>()
  const plain = (path: string): string => {
    const [drive = '', ...names] = path.replaceAll('\\', '/').replace(/\/+$/, '').split('/')
    // The program itself lies elsewhere.
    if (drive === '') return '/program'
    if (!/^[a-z]:$/i.test(drive)) throw new Error(`no absolute path of Windows: ${path}`)
    for (const name of names) {
      if (forbidden.test(name) || device.test(name))
        throw Object.assign(new Error(`EINVAL: ${path}`), { code: 'EINVAL', syscall: 'memory', path })
      const key = name.toLowerCase()
      if (!shown.has(key)) shown.set(key, name)
    }
    return [drive, ...names].join('/').toLowerCase()
  }
  const nameOf = (name: string): string => shown.get(name) ?? name
  const disk: WindowsDisk = {
    inner,
    files: (folder) =>
      new Map(
        [...inner.files(plain(folder))].map(([path, text]) => [path.split('/').map(nameOf).join('/'), text]),
      ),
    read: (path) => inner.read(plain(path)),
    open: (path) => inner.open(plain(path)),
    write: (path, bytes) => inner.write(plain(path), bytes),
    append: (path, bytes) => inner.append(plain(path), bytes),
    truncate: (path, size) => inner.truncate(plain(path), size),
    copy: (from, to) => inner.copy(plain(from), plain(to)),
    list: (path) => inner.list(plain(path)).map(({ name, kind }): Entry => ({ name: nameOf(name), kind })),
    stat: (path) => inner.stat(plain(path)),
    lstat: (path) => inner.lstat(plain(path)),
    realpath: (path) => inner.realpath(plain(path)),
    makeFolder: (path) => inner.makeFolder(plain(path)),
    rename: (from, to) => inner.rename(plain(from), plain(to)),
    link: (from, to) => inner.link(plain(from), plain(to)),
    remove: (path) => inner.remove(plain(path)),
    removeFolder: (path) => inner.removeFolder(plain(path)),
    removeTree: (path) => inner.removeTree(plain(path)),
    sync: () => {},
  }
  return disk
}
