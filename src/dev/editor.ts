// Opens a source file in the author's editor. The only file that imports launch-editor. Its traps: it is CommonJS
// without a default in its types; a path that does not exist is ignored silently; it reports failures by a callback
// and prints them itself.
import { isAbsolute, join, relative } from 'node:path'
import type { Disk } from '../engine/disk.js'

export interface Spot {
  /** Relative to the site's root. */
  readonly file: string
  readonly line: number
  readonly column: number
}

/** What was asked for, if it is a place in a file of the site; anything else is undefined. */
export function readSpot(
  disk: Disk,
  root: string,
  text: string,
): (Spot & { readonly path: string }) | undefined {
  let asked: unknown
  try {
    asked = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof asked !== 'object' || asked === null || !('file' in asked)) return undefined
  const { file } = asked
  const line = 'line' in asked ? asked.line : 1
  const column = 'column' in asked ? asked.column : 1
  if (typeof file !== 'string' || !isCount(line) || !isCount(column)) return undefined
  if (file.includes('\0') || isAbsolute(file)) return undefined
  const path = join(root, file)
  if (disk.stat(path)?.kind !== 'file') return undefined
  // Links that lead out of the site are not followed here either.
  const real = relative(disk.realpath(root), disk.realpath(path))
  return real.startsWith('..') || isAbsolute(real) ? undefined : { file, line, column, path }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 1

/** Opens it. Whether there is an editor is known to launch-editor alone. */
export async function openInEditor(path: string, { line, column }: Spot): Promise<void> {
  const { default: launch } = await import('launch-editor')
  launch(`${path}:${line}:${column}`, undefined, () => {})
}
