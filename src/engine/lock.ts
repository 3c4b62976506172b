// One builder at a time for a cache or an output folder. The lock names its holder (pid and the moment that
// process started, so that a recycled pid is not mistaken for it); dead, damaged or foreign locks are taken over.
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type Disk, hasCode, isDiskError } from './disk.js'
import { seal, unseal } from './seal.js'

/** Is this process alive, and when did it start (any text that differs between processes; '' where unknown)? */
export interface Processes {
  readonly own: number
  isAlive(pid: number): boolean
  startOf(pid: number): string
}

export const realProcesses: Processes = {
  own: process.pid,
  isAlive(pid) {
    try {
      process.kill(pid, 0)
      return true
    } catch (error) {
      return hasCode(error, 'EPERM')
    }
  },
  startOf(pid) {
    try {
      // Field 22 of /proc/PID/stat, counted behind the command's closing parenthesis (proc(5)).
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    } catch {
      return ''
    }
  },
}

/** Somebody else holds it. */
export class LockHeld extends Error {
  readonly pid: number
  constructor(pid: number) {
    super(`process ${pid} holds the lock`)
    this.pid = pid
  }
}

/** Takes the lock at `path` and returns how to give it back. Throws `LockHeld`. */
export function takeLock(disk: Disk, path: string, processes: Processes = realProcesses): () => void {
  const mine = seal(JSON.stringify({ pid: processes.own, start: processes.startOf(processes.own) }))
  const draft = `${path}.${processes.own}`
  disk.write(draft, mine)
  try {
    for (;;) {
      try {
        disk.link(draft, path)
        break
      } catch (error) {
        if (!hasCode(error, 'EEXIST')) throw error
      }
      const holder = liveHolder(disk, path, processes)
      if (holder) throw new LockHeld(holder.pid)
      setAside(disk, path, `${draft}.old`, processes)
    }
  } finally {
    disk.remove(draft)
  }
  sweepDrafts(disk, path, processes)
  return () => {
    try {
      disk.remove(path)
    } catch (error) {
      // It stays, and is nobody's as soon as this process is gone.
      if (!isDiskError(error)) throw error
    }
  }
}

/** Who holds the lock at `path`: nobody, a process that lives, or one that has died (`left`; any build takes it over). */
export function lockState(
  disk: Disk,
  path: string,
  processes: Processes,
): { readonly kind: 'free' | 'left' } | { readonly kind: 'held'; readonly pid: number } {
  const holder = liveHolder(disk, path, processes)
  if (holder) return { kind: 'held', pid: holder.pid }
  return { kind: disk.stat(path) ? 'left' : 'free' }
}

/** Removes what processes left that were killed while they took the lock. */
function sweepDrafts(disk: Disk, path: string, processes: Processes): void {
  const [folder, name] = [dirname(path), basename(path)]
  for (const entry of disk.list(folder)) {
    const pid = entry.name.startsWith(`${name}.`)
      ? /^\d+(?=$|\.old$)/.exec(entry.name.slice(name.length + 1))
      : null
    if (pid && Number(pid[0]) !== processes.own && !processes.isAlive(Number(pid[0])))
      disk.remove(join(folder, entry.name))
  }
}

/** Takes a dead lock away. Two may try at once: what turns out to be a living one of the other is put back. */
function setAside(disk: Disk, path: string, aside: string, processes: Processes): void {
  try {
    disk.rename(path, aside)
    if (liveHolder(disk, aside, processes)) disk.link(aside, path)
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'EEXIST')) throw error
  }
  disk.remove(aside)
}

/** Who holds the lock, if that process is still the one that took it. */
function liveHolder(disk: Disk, path: string, processes: Processes): { pid: number } | undefined {
  const holder = holderOf(disk, path)
  const lives = holder && processes.isAlive(holder.pid) && processes.startOf(holder.pid) === holder.start
  return lives ? holder : undefined
}

function holderOf(disk: Disk, path: string): { pid: number; start: string } | undefined {
  try {
    const text = unseal(Buffer.from(disk.read(path)).toString('utf8'))
    const value: unknown = text === undefined ? undefined : JSON.parse(text)
    if (typeof value === 'object' && value !== null && 'pid' in value && 'start' in value)
      return { pid: Number(value.pid), start: String(value.start) }
  } catch {
    // Gone or unreadable: nobody's.
  }
  return undefined
}
