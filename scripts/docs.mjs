// `npm run docs`: writes the pages of reference from their sources and builds the documentation into docs/dist/.
// What follows goes to `inkstone build` (`-- --drafts`). A broken link between pages is an error.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)
const inkstone = join('bin', 'inkstone.mjs')
// lib/ first, where it is old: the program's own help is read several times.
spawnSync(process.execPath, [inkstone, '--version'], { stdio: ['ignore', 'ignore', 'inherit'] })

// Below the repository, so that packages are found from there.
const module = join('docs', '.inkstone', 'reference.mjs')
await build({
  entryPoints: ['docs/reference/pages.ts'],
  outfile: module,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
})
const { pages } = await import(pathToFileURL(join(root, module)).href)
for (const [name, make] of Object.entries(pages)) {
  const file = join('docs', 'content', name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, make())
}
const done = spawnSync(
  process.execPath,
  [inkstone, 'build', '--root', 'docs', '--strict', ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exitCode = done.status ?? 1
