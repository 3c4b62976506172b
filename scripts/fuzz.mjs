// `npm run fuzz -- --minutes N [--seed S] [--only NAME]`: compiles the sources into a folder of its own, so that the
// sources may be edited while it runs, and starts test/fuzz/run.ts.
import { spawnSync } from 'node:child_process'
import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'))
const out = '.test-build-fuzz'
const sources = ['src', 'test', 'layouts'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.d)\.ts$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .filter((path) => !path.startsWith('test/sites/')),
)
rmSync(out, { recursive: true, force: true })
await build({
  entryPoints: sources,
  outdir: out,
  outbase: '.',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
})
const done = spawnSync(
  process.execPath,
  ['--enable-source-maps', join(out, 'test/fuzz/run.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exit(done.status ?? 1)
