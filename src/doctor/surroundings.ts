// The machine as it is. Asks the system and changes nothing.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, readFileSync, statfsSync, statSync } from 'node:fs'
import { realDisk } from '../engine/disk.js'
import { realProcesses } from '../engine/lock.js'
import { packageEngines } from '../package.js'
import type { Surroundings } from './types.js'

export function realSurroundings(root: string, now: number): Surroundings {
  return {
    disk: realDisk,
    now,
    node: process.versions.node,
    engines: packageEngines(),
    timezone: new Intl.DateTimeFormat('en').resolvedOptions().timeZone,
    env: process.env,
    processes: realProcesses,
    volumeOf(path) {
      const { bavail, bsize, files, ffree } = statfsSync(path)
      // File systems that make room for files as they need it say 0 of 0.
      const freeFiles = files === 0 ? Number.POSITIVE_INFINITY : ffree
      return { device: String(statSync(path).dev), free: bavail * bsize, freeFiles }
    },
    mayRead: (path) => may(path, constants.R_OK),
    mayWrite: (path) => may(path, constants.W_OK),
    git(...args) {
      const { status, stdout } = spawnSync('git', ['-C', root, ...args], {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      })
      return status === 0 ? stdout : undefined
    },
    async load(name) {
      try {
        await tries[name]()
        return ''
      } catch (error) {
        return (error instanceof Error ? error.message : String(error)).trim().split('\n')[0] ?? ''
      }
    },
    watchLimit: watchLimit(),
  }
}

/** Each does the least that shows that its machine code runs. */
const tries: Readonly<Record<'sharp' | 'satteri' | 'esbuild', () => Promise<unknown>>> = {
  sharp: async () =>
    (await import('../images/sharp.js')).drawPng(
      '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
    ),
  async satteri() {
    const parser = await (await import('../markdown/fast-parse.js')).loadFastParser()
    if (!parser) throw new Error('it is not installed for this system')
  },
  esbuild: async () => (await import('../compile.js')).tryBundler(),
}

function may(path: string, mode: number): boolean {
  try {
    accessSync(path, mode)
    return true
  } catch {
    return false
  }
}

function watchLimit(): number | undefined {
  try {
    return Number(readFileSync('/proc/sys/fs/inotify/max_user_watches', 'utf8')) || undefined
  } catch {
    return undefined
  }
}
