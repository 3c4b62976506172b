// How all files of a large tree look, while this thread looks at something else: another takes them piece by piece, and this
// one helps as soon as it has time. Both write into one memory.
import type { Disk } from './disk.js'
import type { Answer } from './fingerprint.js'
import { digestOf, noteLooks, numbersPerFile } from './stat-digest.js'

export interface TreeLook {
  readonly folder: string
  /** The files in it, a line each: hash, blank, path. One text crosses to a thread more cheaply than ten thousand. */
  readonly tree: string
}

/** What the thread is sent. */
export interface LookJob extends TreeLook {
  readonly numbers: SharedArrayBuffer
  /** Pieces that somebody has taken, and those that are done. */
  readonly pieces: SharedArrayBuffer
}

const hashLength = 32
const filesPerPiece = 128
const [taken, done] = [0, 1]
/** A thread that says nothing for so long has ended in the middle of a piece. */
const patienceMs = 5000

const linesOf = (tree: string): string[] => tree.split('\n').slice(0, -1)

/** Name and hash of each file of a tree. */
export const outputsIn = (tree: string): Map<string, Answer> =>
  new Map(linesOf(tree).map((line) => [line.slice(hashLength + 1), line.slice(0, hashLength)]))

/** Takes pieces as long as there are any. Links are not followed: what is no file is as good as not there. */
export function lookAtPieces(disk: Pick<Disk, 'lstat'>, job: LookJob): readonly string[] {
  const lines = linesOf(job.tree)
  const numbers = new Float64Array(job.numbers)
  const pieces = new Int32Array(job.pieces)
  for (;;) {
    const start = Atomics.add(pieces, taken, 1) * filesPerPiece
    if (start >= lines.length) return lines
    for (let row = start; row < Math.min(start + filesPerPiece, lines.length); row++) {
      const stat = disk.lstat(`${job.folder}/${lines[row]!.slice(hashLength + 1)}`)
      noteLooks(numbers, row, stat?.kind === 'file' ? stat : null)
    }
    Atomics.add(pieces, done, 1)
    Atomics.notify(pieces, done)
  }
}

/** Begins to look; what is returned gives the digest (as `statDigest` of the names). `help`: gives the job to a thread. */
export function beginLook(disk: Disk, look: TreeLook, help?: (job: LookJob) => void): () => Answer {
  let count = 0
  for (let at = look.tree.indexOf('\n'); at >= 0; at = look.tree.indexOf('\n', at + 1)) count++
  const job: LookJob = {
    ...look,
    numbers: new SharedArrayBuffer(8 * numbersPerFile * count),
    pieces: new SharedArrayBuffer(8),
  }
  help?.(job)
  return () => {
    const lines = lookAtPieces(disk, job)
    const pieces = new Int32Array(job.pieces)
    const all = Math.ceil(lines.length / filesPerPiece)
    for (let ready = pieces[done]!; ready < all; ready = Atomics.load(pieces, done))
      if (Atomics.wait(pieces, done, ready, patienceMs) === 'timed-out') return beginLook(disk, look)()
    // A hash is made of memory that nobody else can write.
    const numbers = new Float64Array(new Float64Array(job.numbers))
    return digestOf(
      lines.map((line) => line.slice(hashLength + 1)),
      numbers,
    )
  }
}
