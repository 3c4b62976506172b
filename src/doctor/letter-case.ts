// Are `A.md` and `a.md` one file here? Found by trying, because any disk may be formatted either way on any system.
import { basename, dirname, join } from 'node:path'
import type { Disk } from '../engine/disk.js'
import { nameOf, nearestExisting } from './folders.js'
import { type Finding, finding, type Question } from './types.js'

export const letterCase: Question = ({ root, out }, { disk, git }): readonly Finding[] => {
  const folded = [join(root, 'content'), out]
    .map((path) => nearestExisting(disk, path))
    .filter((path) => ignoresCase(disk, path))
  if (folded.length === 0) return [{ ok: 'letter case: names that differ in it are different files' }]
  const twins = twinsOf((git('ls-files', '-z') ?? '').split('\0'))
  const names = [...new Set(folded.map((path) => nameOf(root, path)))].join(' and ')
  return [
    twins.length > 0
      ? finding('warning', 'doctor/case-twins', {
          what: `git knows ${twins[0]?.join(' and ')}, which are one file on this disk`,
          why: 'only one of the two is here, so a build here lacks what a build elsewhere has',
          fix: `rename one of them: git mv ${twins[0]?.[0]} …`,
        })
      : finding('warning', 'doctor/ignores-case', {
          what: `the disk of ${names} takes A.md and a.md for one file`,
          why: 'a link with the wrong case works here and is broken on most hosts; two posts whose names differ in case alone cannot both be written',
          fix: 'run inkstone check before deploying: it compares addresses exactly, on every disk',
        }),
  ]
}

/** The name with the other case leads to the same file. */
function ignoresCase(disk: Disk, path: string): boolean {
  const name = basename(path)
  const other = [...name].map((c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())).join('')
  if (other === name) return dirname(path) !== path && ignoresCase(disk, dirname(path))
  const [own, its] = [disk.stat(path), disk.stat(join(dirname(path), other))]
  if (!own || !its || own.inode !== its.inode || own.mtimeMs !== its.mtimeMs) return false
  // Two folders may be alike in all this (file systems without inodes): a second name in the list tells them apart.
  const names = disk.list(dirname(path)).map((entry) => entry.name)
  return !(names.includes(name) && names.includes(other))
}

/** Names that are the same but for case. */
function twinsOf(names: readonly string[]): string[][] {
  const groups = new Map<string, string[]>()
  for (const name of names) {
    const key = name.normalize('NFC').toLowerCase()
    groups.set(key, [...(groups.get(key) ?? []), name])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}
