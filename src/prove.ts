// `build --prove`: the self-check of the design. The site is built incrementally with every step run once more,
// then cleanly beside it; any difference is a Problem that names the step or the file.
import { join } from 'node:path'
import { build } from './build.js'
import { type BuildOptions, type Built, sortProblems } from './built.js'
import type { Disk } from './engine/disk.js'
import type { BrokenPromise } from './engine/step.js'
import type { Problem } from './errors.js'

/** Builds as `build` does and adds what the proof found. */
export async function proveBuild(options: BuildOptions, disk: Disk): Promise<Built> {
  const broken: BrokenPromise[] = []
  const built = await build({ ...options, disk, prove: (found) => void broken.push(found) })
  if (!built.ok) return built
  const beside = join(options.cache, 'prove')
  disk.removeTree(beside)
  const clean = await build({
    ...options,
    disk,
    clean: true,
    check: false,
    cache: join(beside, 'cache'),
    out: join(beside, 'out'),
  })
  disk.removeTree(beside)
  const found = [...broken.map(problemOf), ...differences(built, clean)]
  return {
    ...built,
    ok: found.length === 0,
    problems: sortProblems([...built.problems, ...found], options.strict),
  }
}

function problemOf({ key, kind }: BrokenPromise): Problem {
  const fix =
    kind === 'not deterministic'
      ? 'a plugin or filter looks at the clock, at chance, or keeps state between calls'
      : 'a plugin or filter reads the disk, the environment or another document by itself'
  return { severity: 'error', code: 'prove/broken-promise', what: `${key}: ${kind}`, fix }
}

function differences(built: Built, clean: Built): Problem[] {
  const paths = [...new Set([...built.outputs.keys(), ...clean.outputs.keys()])].sort()
  return paths
    .filter((path) => built.outputs.get(path) !== clean.outputs.get(path))
    .map((path) => ({
      severity: 'error',
      code: 'prove/differs',
      what: `${path} differs between an incremental and a clean build`,
      fix: 'please report this: it must not happen',
    }))
}
