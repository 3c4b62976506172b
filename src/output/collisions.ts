// Two outputs that cannot stand side by side, on any file system: by one path, by paths that differ only in case or
// Unicode form, or by one name as file and as folder. Looks at everything that the site consists of: pages, aliases,
// plugins' pages, bundles, copies.
import type { Answer } from '../engine/fingerprint.js'
import type { Problem } from '../errors.js'
import { foldName } from '../site/terms.js'
import type { OutPath } from './manifest.js'

/** One file that the site consists of. */
export interface Output {
  readonly path: OutPath
  readonly hash: Answer
  /** Tells the user where it comes from: `content/posts/a.md`, `an alias of content/posts/a.md`, `public/a.txt`. */
  readonly by: string
  /** Where its author chose the path; absent for what we chose. Asked for in errors only. */
  readonly place?: () => Pick<Problem, 'file' | 'line' | 'column' | 'frame'>
}

/**
 * Each pair as one error naming both, at the place where the path of one of them can be changed. `stood`: paths of a tree
 * that was published, so that no two of them collide.
 */
export function findCollisions(
  outputs: readonly Output[],
  stood: { has(path: OutPath): boolean } = new Set(),
): Problem[] {
  const isOnce = new Set(outputs.map(({ path }) => path)).size === outputs.length
  if (isOnce && outputs.every(({ path }) => stood.has(path))) return []
  const problems: Problem[] = []
  const files = new Map<string, Output>()
  const collide = (a: Output, b: Output, why: string): void => {
    const places = [a, b].flatMap(({ place }) => place?.() ?? [])
    problems.push({
      severity: 'error',
      code: 'output/collision',
      what: `two outputs ${why}: ${a.path} (${a.by}) and ${b.path} (${b.by})`,
      ...(places.find(({ line }) => line !== undefined) ?? places[0]),
      found: b.path,
      fix: 'give one of them another slug, permalink, alias or name',
    })
  }
  const sorted = [...outputs].sort((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.by < b.by ? -1 : 1,
  )
  for (const output of sorted) {
    const other = files.get(foldName(output.path))
    if (!other) files.set(foldName(output.path), output)
    else if (other.path === output.path) collide(other, output, 'have one path')
    else collide(other, output, 'differ only by case or Unicode form')
  }
  for (const output of sorted) {
    const path = foldName(output.path)
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      const file = files.get(path.slice(0, at))
      if (file) collide(file, output, 'need one name as file and as folder')
    }
  }
  return problems
}
