// The thread that looks at the files of the output while another looks at the inputs (see `engine/stat-digest.ts`).
import { parentPort, workerData } from 'node:worker_threads'
import { realDisk } from './engine/disk.js'
import { digestOfFolder, type FolderLook } from './engine/stat-digest.js'

// What `digestBeside` sends is what this type says.
parentPort?.postMessage(digestOfFolder(realDisk, workerData as FolderLook))
