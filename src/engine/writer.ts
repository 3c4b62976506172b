// Many files, written while others compute: making a file costs the disk more time than the program, so a thread does
// it. Few files are written here, because a thread costs more than they do. Nothing may look at a file before `settled`.
import { Worker } from 'node:worker_threads'
import { type Disk, isDiskError } from './disk.js'
import { place } from './place.js'

export interface Writer {
  /**
   * Writes a file, with the folders above it, now or later. Never throws what the disk says. `bytes` are given away with all
   * the memory that they lie in: they may be gone afterwards.
   */
  write(path: string, bytes: Uint8Array<ArrayBuffer>): void
  /** Puts a file in its place, now or later: one that has settled. Never throws what the disk says. */
  move(from: string, to: string): void
  /** Everything is written and moved, or is not for these reasons, each an error of the disk. */
  settled(): Promise<readonly Error[]>
  /** Gives up what is not written yet. */
  close(): Promise<void>
}

/** What the thread is sent: files to write or to move, or 'settle', which it answers with what went wrong since. */
export type WriterJob = readonly WriterFile[] | { readonly moves: readonly Move[] } | 'settle'
export type Move = readonly [from: string, to: string]
export interface WriterFile {
  readonly path: string
  readonly bytes: Uint8Array<ArrayBuffer>
}
export interface WriterData {
  /** Bytes written so far, in one 32-bit number that overflows: for a sender who has no time to listen. */
  readonly written: SharedArrayBuffer
}
/** An error as it crosses threads: Node's codes are lost otherwise. */
export type WriterFailure = Pick<NodeJS.ErrnoException, 'message' | 'code' | 'syscall' | 'path'>

/** Writes one file on this disk and remembers folders that are there. */
export function fileWriter(disk: Pick<Disk, 'makeFolder' | 'write'>): (file: WriterFile) => void {
  const made = new Set<string>()
  return ({ path, bytes }) => {
    const parent = path.slice(0, path.lastIndexOf('/'))
    if (!made.has(parent)) disk.makeFolder(parent)
    made.add(parent)
    disk.write(path, bytes)
  }
}

/** Each file at once, by this very disk. */
export function writeHere(disk: Disk): Writer {
  const write = fileWriter(disk)
  const failures: Error[] = []
  const attempt = (act: () => void): void => {
    try {
      act()
    } catch (error) {
      if (!isDiskError(error)) throw error
      failures.push(error)
    }
  }
  return {
    write: (path, bytes) => attempt(() => write({ path, bytes })),
    move: (from, to) => attempt(() => place(disk, from, to)),
    settled: async () => failures.splice(0),
    close: async () => {},
  }
}

/** Files before the first thread, files and bytes of one message, and bytes that may be under way. */
const few = 48
const batchFiles = 32
const batchBytes = 1 << 18
const mostUnderWay = 1 << 25

/** On the real disk: few files here, more of them by a thread. `file` is the thread's module. */
export function writeInThread(disk: Disk, file: string): Writer {
  const here = writeHere(disk)
  const written = new Int32Array(new SharedArrayBuffer(4))
  let worker: Worker | undefined
  let count = 0
  let sent = 0
  let batch: WriterFile[] = []
  let weight = 0
  let moves: Move[] = []
  let crash: Error | undefined

  const start = (): Worker => {
    const data: WriterData = { written: written.buffer }
    const made = new Worker(file, { workerData: data })
    made.on('error', (error: unknown) => {
      crash = error instanceof Error ? error : new Error(String(error))
    })
    // A build that stops for another reason does not wait for its files.
    made.unref()
    return made
  }
  const send = (): void => {
    if (moves.length > 0) worker?.postMessage({ moves } satisfies WriterJob)
    moves = []
    if (batch.length === 0) return
    worker ??= start()
    // Handed over: copying them costs more than all else that this thread does for a file.
    worker.postMessage(
      batch satisfies WriterJob,
      batch.map(({ bytes }) => bytes.buffer),
    )
    sent = (sent + weight) | 0
    batch = []
    weight = 0
  }
  const underWay = (): number => (sent - Atomics.load(written, 0)) | 0

  return {
    write(path, bytes) {
      count++
      // Behind the disk's back the queue would grow without end: helping is better than waiting.
      if (count <= few || underWay() > mostUnderWay) {
        here.write(path, bytes)
        return
      }
      weight += bytes.length
      batch.push({ path, bytes })
      if (batch.length >= batchFiles || weight >= batchBytes) send()
    },
    move(from, to) {
      // A thread is not started for this alone: of so many files some were brought by it.
      if (!worker) here.move(from, to)
      else if (moves.push([from, to]) >= batchFiles) send()
    },
    async settled() {
      send()
      const failures = [...(await here.settled())]
      if (!worker) return failures
      const asked = worker
      asked.ref()
      const told = await new Promise<readonly WriterFailure[]>((resolve, reject) => {
        asked.once('message', resolve)
        asked.once('error', reject)
        asked.once('exit', () => reject(crash ?? new Error('the thread that writes files has ended')))
        if (crash) reject(crash)
        asked.postMessage('settle' satisfies WriterJob)
      })
      asked.removeAllListeners('message').removeAllListeners('exit')
      asked.unref()
      return [...failures, ...told.map((failure) => Object.assign(new Error(failure.message), failure))]
    },
    async close() {
      await worker?.terminate()
      worker = undefined
      batch = []
    },
  }
}
