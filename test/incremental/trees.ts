// Trees compared as a user would: every file, every byte.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Path → bytes (as latin1 text), sorted. */
export function treeOf(folder: string): Map<string, string> {
  const tree = new Map<string, string>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    tree.set(path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'latin1'))
  }
  return new Map([...tree].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The first differences, for a message; '' for none. */
export function differences(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string {
  const paths = [...new Set([...a.keys(), ...b.keys()])].sort()
  const found = paths.filter((path) => a.get(path) !== b.get(path))
  return found
    .slice(0, 5)
    .map(
      (path) =>
        `${path}: ${a.has(path) ? (b.has(path) ? 'differs' : 'only in the first') : 'only in the second'}`,
    )
    .join('\n')
}
