// One file put where another may stand: whoever looks sees the old one or the new one, whole.
import { type Disk, hasCode } from './disk.js'

export type Placing = Pick<Disk, 'rename' | 'makeFolder' | 'copy' | 'remove'>

/** Moves a file, and makes the folders above its new place where they are missing. */
export function place(disk: Placing, from: string, to: string): void {
  try {
    move(disk, from, to)
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
    // Most folders are there.
    disk.makeFolder(to.slice(0, to.lastIndexOf('/')))
    move(disk, from, to)
  }
}

function move(disk: Placing, from: string, to: string): void {
  try {
    disk.rename(from, to)
  } catch (error) {
    // The new place is on another disk (a mount): beside it first, so that it is still put in place whole.
    if (!hasCode(error, 'EXDEV')) throw error
    const near = `${to}.inkstone-new`
    disk.copy(from, near)
    disk.rename(near, to)
    disk.remove(from)
  }
}
