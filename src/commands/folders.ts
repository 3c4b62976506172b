// The folders that a command works on, as its flags name them: the site's against where the user stands, the others against
// that, too, or below the site where nothing is said.
import { resolve } from 'node:path'
import { realDisk } from '../engine/disk.js'
import { type Problem, ProblemError } from '../errors.js'
import type { Terminal } from './command.js'
import type { Parsed } from './flags.js'

export interface SiteFolders {
  readonly root: string
  readonly out: string
  readonly cache: string
}

export function namedFolders(
  { texts }: Pick<Parsed, 'texts'>,
  terminal: Pick<Terminal, 'folder'>,
): SiteFolders {
  const here = (name: string): string | undefined =>
    texts.has(name) ? resolve(terminal.folder, texts.get(name) ?? '') : undefined
  const root = here('root') ?? terminal.folder
  return {
    root,
    out: here('out') ?? resolve(root, 'dist'),
    cache: here('cache') ?? resolve(root, '.inkstone'),
  }
}

export function rootFault(root: string): Problem | undefined {
  return realDisk.stat(root)?.kind === 'folder'
    ? undefined
    : { severity: 'error', code: 'usage', what: `there is no folder ${root}`, fix: 'correct --root' }
}

/** `namedFolders` of a site that is there. Throws a ProblemError where it is not. */
export function siteFolders(parsed: Pick<Parsed, 'texts'>, terminal: Pick<Terminal, 'folder'>): SiteFolders {
  const folders = namedFolders(parsed, terminal)
  const fault = rootFault(folders.root)
  if (fault) throw new ProblemError(fault)
  return folders
}
