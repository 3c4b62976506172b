// Files that a command lays into a site of somebody's: a file that is there already and says something else is never
// replaced in silence. All or nothing: with one such file nothing is written, unless the user insists.
import { dirname, join } from 'node:path'
import { type Disk, writeAtomically } from '../engine/disk.js'
import type { Problem } from '../errors.js'

export interface NewFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string
  readonly text: string
}

export interface Laid {
  readonly path: string
  readonly state: 'new' | 'same' | 'replaced'
}

export interface Laying {
  readonly disk: Disk
  readonly root: string
  readonly force: boolean
  readonly dryRun: boolean
}

/** Writes the files; with problems nothing was written. */
export function layFiles(
  files: readonly NewFile[],
  { disk, root, force, dryRun }: Laying,
): { readonly laid: readonly Laid[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const laid = files.map(({ path, text }): Laid => {
    const stat = disk.lstat(join(root, path))
    if (!stat) return { path, state: 'new' }
    const there = stat.kind === 'file' ? Buffer.from(disk.read(join(root, path))).toString('utf8') : undefined
    if (there === text) return { path, state: 'same' }
    if (there === undefined || !force) problems.push(inTheWay(path, there, text))
    return { path, state: 'replaced' }
  })
  if (problems.length > 0 || dryRun) return { laid, problems }
  for (const [at, { path, text }] of files.entries()) {
    if (laid[at]?.state === 'same') continue
    const place = join(root, path)
    disk.makeFolder(dirname(place))
    writeAtomically(disk, place, text)
  }
  return { laid, problems: [] }
}

const mostLines = 12

function inTheWay(path: string, there: string | undefined, ours: string): Problem {
  if (there === undefined)
    return {
      severity: 'error',
      code: 'init/exists',
      what: 'this is no file, and a file should be written here',
      file: path,
      fix: 'move it away',
    }
  const { line, theirs, mine } = difference(there.split('\n'), ours.split('\n'))
  const rows = (sign: string, lines: readonly string[]): string[] => [
    ...lines.slice(0, mostLines).map((text) => `${sign} ${text}`),
    ...(lines.length > mostLines ? [`${sign} … ${lines.length - mostLines} more`] : []),
  ]
  return {
    severity: 'error',
    code: 'init/exists',
    what: 'this file is there already and differs from what would be written',
    file: path,
    line,
    column: 1,
    frame: [...rows('-', theirs), ...rows('+', mine)].join('\n'),
    fix: 'take over what you want by hand, or replace it with --force',
  }
}

/** What lies between the lines that both begin with and those that both end with. */
function difference(there: readonly string[], ours: readonly string[]) {
  let start = 0
  while (start < there.length && start < ours.length && there[start] === ours[start]) start++
  let end = 0
  const most = Math.min(there.length, ours.length) - start
  while (end < most && there[there.length - 1 - end] === ours[ours.length - 1 - end]) end++
  return {
    line: Math.min(start + 1, there.length),
    theirs: there.slice(start, there.length - end),
    mine: ours.slice(start, ours.length - end),
  }
}
