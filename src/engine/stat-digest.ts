// How many files look, in one short text: for saying whether any of them has changed without keeping and reading back what
// each looked like.
import { Worker } from 'node:worker_threads'
import type { Disk, FileStat } from './disk.js'
import { type Answer, fingerprint } from './fingerprint.js'

type Looks = Pick<FileStat, 'size' | 'mtimeMs' | 'ctimeMs' | 'inode'>

/** Names in an order that is always the same; `look` gives null for a file that is not there. */
export function statDigest(names: readonly string[], look: (name: string) => Looks | null): Answer {
  const numbers = new Float64Array(4 * names.length)
  let at = 0
  for (const name of names) {
    const looks = look(name)
    numbers[at++] = looks?.size ?? -1
    numbers[at++] = looks?.mtimeMs ?? 0
    numbers[at++] = looks?.ctimeMs ?? 0
    numbers[at++] = looks?.inode ?? 0
  }
  return `${fingerprint(names.join('\n'))}${fingerprint(new Uint8Array(numbers.buffer))}`
}

/** Files below one folder. */
export interface FolderLook {
  readonly folder: string
  /** Their names, a line each behind a hash and a blank: one text crosses to a thread more cheaply than ten thousand. */
  readonly tree: string
}

const hashLength = 32

/** Name and hash of each file of a tree. */
export const outputsIn = (tree: string): Map<string, Answer> =>
  new Map(linesOf(tree).map((line) => [line.slice(hashLength + 1), line.slice(0, hashLength)]))

const linesOf = (tree: string): string[] => tree.split('\n').slice(0, -1)

/** Links are not followed: what is no file is as good as not there. */
export function digestOfFolder(disk: Pick<Disk, 'lstat'>, { folder, tree }: FolderLook): Answer {
  const names = linesOf(tree).map((line) => line.slice(hashLength + 1))
  return statDigest(names, (name) => {
    const stat = disk.lstat(`${folder}/${name}`)
    return stat?.kind === 'file' ? stat : null
  })
}

/** A tree of so many characters: a thread is there sooner than this one would have looked at it. */
const large = 200_000

/** The same, by a thread where that is worth it; `file` is its module. It has begun when this returns. */
export function digestBeside(disk: Disk, isReal: boolean, look: FolderLook, file: string): Promise<Answer> {
  const here = (): Answer => digestOfFolder(disk, look)
  if (!isReal || look.tree.length < large) return Promise.resolve().then(here)
  const thread = new Worker(file, { workerData: look })
  // Whoever need not know any more does not wait for it.
  thread.unref()
  return new Promise<Answer>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', () => reject(new Error('the thread that looks at files has ended')))
  }).catch(here)
}
