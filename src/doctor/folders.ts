// Questions about a folder that may not be there yet are asked of the nearest one above it that is.
import { dirname } from 'node:path'
import type { Disk } from '../engine/disk.js'

export function nearestExisting(disk: Disk, path: string): string {
  const parent = dirname(path)
  return disk.stat(path) || parent === path ? path : nearestExisting(disk, parent)
}

/** Below the root with forward slashes, or absolute where it lies elsewhere. */
export function nameOf(root: string, path: string): string {
  const [base, full] = [root, path].map((text) => text.replaceAll('\\', '/'))
  if (full === base) return '.'
  return base !== undefined && full?.startsWith(`${base}/`) ? full.slice(base.length + 1) : (full ?? '')
}

/** `3.2 MB` */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const
  let [value, unit] = [bytes, 0]
  while (value >= 1000 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1]
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

export interface Counted {
  readonly path: string
  readonly size: number
  readonly mtimeMs: number
}

/** All files below a folder; links are not followed, and what cannot be read is left out (permissions are told apart). */
export function filesBelow(disk: Disk, folder: string): Counted[] {
  return walk(disk, folder).flatMap(({ path, kind }) => {
    const stat = kind === 'file' ? disk.lstat(path) : null
    return stat ? [{ path, size: stat.size, mtimeMs: stat.mtimeMs }] : []
  })
}

/** All folders below a folder, itself included. */
export const foldersBelow = (disk: Disk, folder: string): string[] =>
  disk.stat(folder)?.kind === 'folder'
    ? [folder, ...walk(disk, folder).flatMap(({ path, kind }) => (kind === 'folder' ? [path] : []))]
    : []

function walk(disk: Disk, folder: string): { path: string; kind: string }[] {
  if (disk.stat(folder)?.kind !== 'folder') return []
  try {
    return disk.list(folder).flatMap(({ name, kind }) => {
      const path = `${folder}/${name}`
      return [{ path, kind }, ...(kind === 'folder' ? walk(disk, path) : [])]
    })
  } catch {
    return []
  }
}
