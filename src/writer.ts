// The thread that writes files (see `engine/writer.ts`): loads nothing of the rest, and tells no news but failures.
import { parentPort, workerData } from 'node:worker_threads'
import { isDiskError, realDisk } from './engine/disk.js'
import { place } from './engine/place.js'
import { fileWriter, type WriterData, type WriterFailure, type WriterJob } from './engine/writer.js'

// What `writeInThread` sends is what these types say.
const written = new Int32Array((workerData as WriterData).written)
const write = fileWriter(realDisk)
let failures: WriterFailure[] = []

parentPort?.on('message', (job: WriterJob) => {
  if (job === 'settle') {
    parentPort?.postMessage(failures)
    failures = []
    return
  }
  if ('moves' in job) {
    for (const [from, to] of job.moves) attempt(() => place(realDisk, from, to))
    return
  }
  for (const file of job) {
    attempt(() => write(file))
    Atomics.add(written, 0, file.bytes.length)
  }
})

function attempt(act: () => void): void {
  try {
    act()
  } catch (error) {
    if (!isDiskError(error)) throw error
    const { message, code, syscall, path }: WriterFailure = error as NodeJS.ErrnoException
    failures.push({ message, code, syscall, path })
  }
}
