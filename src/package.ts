// Where this program lies: its package folder, its own code, its version. Nothing else may look at import.meta.url.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Answer, fingerprint } from './engine/fingerprint.js'

/** Folder of the running code: `lib/` of the package, or the transpiled `src/` under test. */
export const codeFolder = dirname(fileURLToPath(import.meta.url))

/** The module of the thread that writes files. */
export const writerFile = join(codeFolder, 'writer.js')

/** The package's own folder: the nearest one above the code with our package.json. */
export const packageFolder = findPackage(codeFolder)

function findPackage(folder: string): string {
  const file = join(folder, 'package.json')
  if (existsSync(file) && readFileSync(file, 'utf8').includes('"name": "inkstone"')) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error('the package.json of inkstone is missing')
  return findPackage(parent)
}

/** A package of ours that most sites never need, loaded when it is asked for. */
export function requirePackage(name: string): unknown {
  return createRequire(import.meta.url)(name)
}

/**
 * Finds packages that few sites need: first where the site's own imports would, then where ours would. Gives the
 * folder, or undefined.
 */
export function packagesFor(root: string): (name: string) => string | undefined {
  const above = (folder: string): string[] => {
    const parent = dirname(folder)
    return parent === folder ? [folder] : [folder, ...above(parent)]
  }
  const places = [...above(root), ...above(packageFolder)]
  return (name) =>
    places
      .map((place) => join(place, 'node_modules', name))
      .find((folder) => existsSync(join(folder, 'package.json')))
}

/** Absolute path of a file that a package of ours exports. */
export function resolvePackage(name: string): string {
  return createRequire(import.meta.url).resolve(name)
}

/** The version of a package of ours, which need not be loaded for it. */
export function versionOf(name: string): string {
  let folder = dirname(resolvePackage(name))
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder)
  return /"version": *"([^"]+)"/.exec(readFileSync(join(folder, 'package.json'), 'utf8'))?.[1] ?? ''
}

/** `0.1.0` */
export function packageVersion(): string {
  const text = readFileSync(join(packageFolder, 'package.json'), 'utf8')
  return /"version": "([^"]+)"/.exec(text)?.[1] ?? '0.0.0'
}

/** `>=20.19`: the versions of Node.js that we run on. */
export function packageEngines(): string {
  const text = readFileSync(join(packageFolder, 'package.json'), 'utf8')
  return /"node": "([^"]+)"/.exec(text)?.[1] ?? ''
}

/** Which program runs, a part of the world: the hash that the bundler wrote beside the code, else the code is hashed. */
export function programStamp(): Answer {
  const stamp = join(codeFolder, 'code')
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : programFingerprint()
}

function programFingerprint(): Answer {
  const files = readdirSync(codeFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.m?js$/.test(name))
    .sort()
  return fingerprint(
    files.map((name) => `${name} ${fingerprint(readFileSync(join(codeFolder, name)))}`).join('\n'),
  )
}
