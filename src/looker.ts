// The thread that helps to look at the files of the output while another looks at the inputs (see `engine/tree-look.ts`).
import { parentPort } from 'node:worker_threads'
import { realDisk } from './engine/disk.js'
import { type LookJob, lookAtPieces } from './engine/tree-look.js'

// What `startLooker` sends is what this type says.
parentPort?.once('message', (job: LookJob) => void lookAtPieces(realDisk, job))
