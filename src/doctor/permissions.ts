// May we read all that we must read, and write where we must write?
import { dirname, join } from 'node:path'
import { filesBelow, foldersBelow, nameOf, nearestExisting } from './folders.js'
import { type Finding, finding, type Question } from './types.js'

const inputs = ['content', 'layouts', 'public', 'data', 'fonts']

export const permissions: Question = (
  { root, out, cache },
  { disk, mayRead, mayWrite },
): readonly Finding[] => {
  const unread = inputs
    .map((name) => join(root, name))
    .flatMap((folder) => [...foldersBelow(disk, folder), ...filesBelow(disk, folder).map(({ path }) => path)])
    .filter((path) => !mayRead(path))
  // The stage and the manifest lie beside the output, in its parent folder.
  const places = [dirname(out), out, ...foldersBelow(disk, out), `${out}.inkstone`, cache]
  const unwritten = [...new Set(places.map((path) => nearestExisting(disk, path)))].filter(
    (path) => !mayWrite(path),
  )
  const findings: Finding[] = []
  if (unread.length > 0)
    findings.push(
      finding('error', 'doctor/unreadable', {
        what: `${listed(root, unread)} cannot be read by this user`,
        why: 'a build reads every file of the site, and one that is missed would be missing in it',
        fix: `chmod -R u+rX ${inputs.filter((name) => unread.some((path) => nameOf(root, path).split('/')[0] === name)).join(' ')}`,
      }),
    )
  if (unwritten.length > 0)
    findings.push(
      finding('error', 'doctor/read-only', {
        what: `${listed(root, unwritten)} cannot be written by this user`,
        why: 'the finished site and the cache are put there; a build fails and leaves what stands as it is',
        fix: 'change the owner (often another user, or root in a container, built here before), or choose --out and --cache elsewhere',
      }),
    )
  return findings.length > 0
    ? findings
    : [{ ok: 'permissions: content is readable, output and cache writable' }]
}

function listed(root: string, paths: readonly string[]): string {
  const names = paths.map((path) => nameOf(root, path)).sort()
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')
}
