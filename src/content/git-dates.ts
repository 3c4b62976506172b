// When each document was last changed, according to git. Asked only where the configuration says `gitDates: true`.
// git's traps: names are quoted unless -z; a shallow clone says of every file that it changed in its one commit, so
// there it says nothing; a file that is not committed has no date.
import { spawnSync } from 'node:child_process'
import type { Problem } from '../errors.js'
import type { IsoDate, Path } from './types.js'

export interface GitDates {
  /** Committer date of the newest commit that touched the file; undefined where git does not know. */
  of(path: Path): IsoDate | undefined
  readonly problems: readonly Problem[]
}

const git = (root: string, ...args: readonly string[]) =>
  spawnSync('git', ['-C', root, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 })

/** Reads the whole history of `content/` once. Never throws: without git there are no dates and one warning. */
export function readGitDates(root: string): GitDates {
  const warn = (code: string, what: string, fix: string): GitDates => ({
    of: () => undefined,
    problems: [{ severity: 'warning', code, what, fix }],
  })
  const shallow = git(root, 'rev-parse', '--is-shallow-repository')
  if (shallow.status !== 0)
    return warn(
      'git/none',
      'gitDates is on, but this is no git repository',
      'switch gitDates off, or commit the site',
    )
  if (shallow.stdout.trim() === 'true')
    return warn(
      'git/shallow',
      'this is a shallow clone: git cannot say when a post was changed, so no post gets a date from it',
      'fetch the whole history (in CI: fetch-depth: 0)',
    )
  const log = git(root, 'log', '-z', '--relative', '--name-only', '--format=%x01%cI', '--', 'content')
  const dates = new Map<Path, IsoDate>()
  let date = ''
  for (const token of log.stdout.split('\0')) {
    const text = token.replace(/^\n/, '')
    if (text.startsWith('\u0001')) date = text.slice(1).replace(/Z$/, '+00:00')
    else if (text !== '' && !dates.has(text.normalize('NFC'))) dates.set(text.normalize('NFC'), date)
  }
  return { of: (path) => dates.get(path), problems: [] }
}
