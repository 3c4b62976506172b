// The thread that helps to look at a large tree (see `tree-look.ts`), started before its job is known: starting takes longer
// than the job. Loads nothing else, so that it can be started while the rest is loaded.
import { Worker } from 'node:worker_threads'
import type { LookJob } from './tree-look.js'

/** Starts it; what is returned gives it its one job. `file`: the thread's module. */
export function startLooker(file: string): (job: LookJob) => void {
  const thread = new Worker(file)
  // Whatever is wrong with it: the one who asked does what it leaves.
  thread.on('error', () => {})
  thread.unref()
  return (job) => thread.postMessage(job)
}
