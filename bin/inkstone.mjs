#!/usr/bin/env node
// The command. What is published carries its bundle in lib/; in a checkout it is made on first use and again
// whenever the sources are newer than it.
import { existsSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs'
import module from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const stamp = join(root, 'lib', 'stamp')
const source = join(root, 'src')

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`inkstone needs Node.js 20.19 or newer; this is ${process.version}`)
  process.exit(2)
}

// Asked by scripts before each build, and answered without loading the program.
if (['--version', '-v'].includes(process.argv[2])) {
  console.log(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version)
  process.exit(0)
}

/** Cheap first: only where some source is newer than the bundle is its hash compared. */
function isStale() {
  if (!existsSync(stamp)) return true
  if (!existsSync(source)) return false
  const made = statSync(stamp).mtimeMs
  // Names alone: asking what kind of entry each is would cost more than the look at the few folders among them.
  const isNewer = (folder) =>
    readdirSync(folder).some((name) =>
      name.endsWith('.ts')
        ? statSync(join(folder, name)).mtimeMs > made
        : !name.includes('.') && isNewer(join(folder, name)),
    )
  return isNewer(source)
}

if (isStale()) {
  const { bundle, sourceStamp } = await import('../scripts/bundle.mjs')
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sourceStamp()) await bundle()
  // Only the times were newer (another branch and back): not to be looked into each time.
  else
    try {
      utimesSync(stamp, new Date(), new Date())
    } catch {} // a folder that is not ours
}
module.enableCompileCache?.()
await import(pathToFileURL(join(root, 'lib', 'cli.js')).href)
