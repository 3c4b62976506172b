// The shelf: what is dear to make and depends on nothing but a source and settings, kept under a key made of both. It
// lies in the cache folder but outside the world line: another title, layout, configuration or program makes nothing
// again. One file an entry, `KEY.HASH`, so that a list of the folder tells what there is; an entry whose bytes do not
// fit the hash in its name is as good as absent.
import { threadId } from 'node:worker_threads'
import { type Disk, isDiskError } from '../engine/disk.js'
import { type Answer, fingerprint } from '../engine/fingerprint.js'

export interface Shelf {
  /** Hash of the entry's bytes, as its name says; undefined for none. Counts as use. */
  hashOf(key: Answer): Answer | undefined
  /** The bytes, or undefined for none or damaged ones, which are thrown away. */
  read(key: Answer): Uint8Array | undefined
  put(key: Answer, bytes: Uint8Array): Answer
  /** Entries that were made since it was opened. */
  readonly made: number
  /** Throws away what was not used since it was opened, once that is more than what was. */
  tidy(): void
}

const nameOf = (key: Answer, hash: Answer): string => `${key}.${hash}`
const pattern = /^([0-9a-f]{32})\.([0-9a-f]{32})$/
/** Less is not worth throwing away: a branch, a draft, another output folder may want it again. */
const small = 64 << 20

/** `fresh` empties it. The folder is made when something is put there. */
export function openShelf(disk: Disk, folder: string, fresh = false): Shelf {
  if (fresh) disk.removeTree(folder)
  const hashes = new Map<Answer, Answer>()
  const used = new Set<Answer>()
  const strangers: string[] = []
  let isThere = disk.stat(folder) !== null
  for (const { name } of isThere ? disk.list(folder) : []) {
    const [, key, hash] = pattern.exec(name) ?? []
    if (key !== undefined && hash !== undefined) hashes.set(key, hash)
    else strangers.push(name)
  }
  let made = 0
  const drop = (key: Answer, hash: Answer): void => {
    disk.remove(`${folder}/${nameOf(key, hash)}`)
    hashes.delete(key)
  }
  return {
    get made() {
      return made
    },
    hashOf(key) {
      used.add(key)
      return hashes.get(key)
    },
    read(key) {
      used.add(key)
      const hash = hashes.get(key)
      if (hash === undefined) return undefined
      try {
        const bytes = disk.read(`${folder}/${nameOf(key, hash)}`)
        if (fingerprint(bytes) === hash) return bytes
      } catch (error) {
        if (!isDiskError(error)) throw error
      }
      drop(key, hash)
      return undefined
    },
    put(key, bytes) {
      if (!isThere) disk.makeFolder(folder)
      isThere = true
      const hash = fingerprint(bytes)
      const path = `${folder}/${nameOf(key, hash)}`
      // Two threads may put the same at once.
      const temporary = `${path}.${process.pid}-${threadId}`
      disk.write(temporary, bytes)
      disk.rename(temporary, path)
      hashes.set(key, hash)
      used.add(key)
      made++
      return hash
    },
    tidy() {
      for (const name of strangers.splice(0)) disk.remove(`${folder}/${name}`)
      const unused = [...hashes].filter(([key]) => !used.has(key))
      if (made === 0 || unused.length === 0) return
      const sizeOf = ([key, hash]: readonly [Answer, Answer]): number =>
        disk.stat(`${folder}/${nameOf(key, hash)}`)?.size ?? 0
      const bytes = unused.reduce((sum, entry) => sum + sizeOf(entry), 0)
      const kept = [...hashes].filter(([key]) => used.has(key)).reduce((sum, one) => sum + sizeOf(one), 0)
      if (bytes > Math.max(small, kept)) for (const [key, hash] of unused) drop(key, hash)
    },
  }
}
