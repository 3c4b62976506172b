// An old site's folder as importers see it: names and texts, nothing that could write. Version control, dependencies
// and the old generator's own output are no part of it.
import type { Disk } from '../engine/disk.js'
import type { SourceFiles } from './types.js'

const skipped = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '.DS_Store',
  '.sass-cache',
  '.jekyll-cache',
  '.cache',
  '.deploy_git',
  '.idea',
  '.vscode',
])
/** At the top only: what generators write. */
const outputs = new Set(['public', '_site', 'resources', 'db.json', '.deploy'])

/** Reads the names below an absolute folder; texts are read when asked for. A single file is a folder of one. */
export function openSource(disk: Disk, root: string): SourceFiles {
  const found = new Map<string, string>()
  const visit = (folder: string, prefix: string, depth: number): void => {
    for (const { name, kind } of disk.list(folder)) {
      const path = `${folder}/${name}`
      if (skipped.has(name) || (prefix === '' && outputs.has(name))) continue
      const real = kind === 'link' ? disk.stat(path)?.kind : kind
      if (real === 'folder' && kind !== 'link' && depth < 60)
        visit(path, `${prefix}${name.normalize('NFC')}/`, depth + 1)
      else if (real === 'file') found.set(`${prefix}${name.normalize('NFC')}`, path)
    }
  }
  if (disk.stat(root)?.kind === 'file')
    found.set(root.slice(root.lastIndexOf('/') + 1).normalize('NFC'), root)
  else visit(root, '', 0)
  const paths = [...found.keys()].sort((a, b) => (a < b ? -1 : 1))
  return {
    paths,
    has: (path) => found.has(path),
    diskPath: (path) => found.get(path),
    text(path) {
      const file = found.get(path)
      return file === undefined ? undefined : Buffer.from(disk.read(file)).toString('utf8')
    },
  }
}
