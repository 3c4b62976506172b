// Both packages as npm would publish them, packed in a folder of their own, so that nobody's lib/ is touched.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const repository = resolve('.')

export interface Packed {
  readonly tarball: string
  /** Paths in the package, sorted. */
  readonly files: readonly string[]
  /** Bytes of the tarball, and unpacked. */
  readonly size: number
  readonly unpacked: number
}

/** Runs a program to its end; throws with what it said where it fails. */
export function run(program: string, args: readonly string[], cwd: string): string {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env
  const done = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    env: { ...env, npm_config_offline: 'true' },
  })
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.stdout}\n${done.stderr}`)
  return done.stdout
}

export const tsc = (args: readonly string[], cwd: string) =>
  spawnSync(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), ...args], {
    cwd,
    encoding: 'utf8',
  })

function pack(folder: string, into: string): Packed {
  const told = run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', into], folder)
  const [packed] = JSON.parse(told) as {
    filename: string
    size: number
    unpackedSize: number
    files: { path: string }[]
  }[]
  if (!packed) throw new Error(`npm pack said ${told}`)
  return {
    tarball: join(into, packed.filename),
    files: packed.files.map(({ path }) => path).sort(),
    size: packed.size,
    unpacked: packed.unpackedSize,
  }
}

export interface Workshop {
  readonly folder: string
  readonly inkstone: Packed
  readonly creator: Packed
  [Symbol.dispose](): void
}

/** Packs both; types are made as `prepare` makes them. */
export function packBoth(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'inkstone-packed-'))
  const staged = join(folder, 'staged')
  mkdirSync(staged)
  // Sources and tests stand there to be left out.
  // The sources stand there to be left out.
  const names = 'bin lib layouts scripts src LICENSE README.md CHANGELOG.md package.json'
  for (const name of names.split(' ')) cpSync(join(repository, name), join(staged, name), { recursive: true })
  rmSync(join(staged, 'lib', 'types'), { recursive: true, force: true })
  const made = tsc(
    ['-p', join(repository, 'tsconfig.types.json'), '--outDir', join(staged, 'lib', 'types')],
    repository,
  )
  if (made.status !== 0) throw new Error(made.stdout)
  const inkstone = pack(staged, folder)
  const creator = pack(join(repository, 'create-inkstone'), folder)
  rmSync(staged, { recursive: true })
  return {
    folder,
    inkstone,
    creator,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Unpacks a tarball as npm does: what lies in its `package/` becomes `folder`. */
export function unpack(tarball: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', folder], folder)
}

/** `node_modules` of a site: the packed generator, and links to everything that this repository has installed. */
export function installPacked(site: string, tarball: string): void {
  const modules = join(site, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(join(repository, 'node_modules')))
    if (!name.startsWith('.') && name !== 'inkstone')
      symlinkSync(join(repository, 'node_modules', name), join(modules, name))
  unpack(tarball, join(modules, 'inkstone'))
}
