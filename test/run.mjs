// `npm test`: types, lint, format, then every test, in one command on a fresh machine.
//   node test/run.mjs                 everything (what CI runs)
//   node test/run.mjs dates meta      only test files whose path contains one of the words, without the checks
// Node 20 cannot run TypeScript: src/ and test/ are transpiled file by file into .test-build/ first. lib/ is bundled
// where it is older than src/, before tests start it from several processes at once; tests that need a browser
// are handed one in INKSTONE_CHROMIUM.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { bundle, sourceStamp, stampFile } from '../scripts/bundle.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const flags = process.argv.slice(2).filter((word) => word.startsWith('--'))
const out = process.env.TEST_BUILD ?? '.test-build'

const filesUnder = (dir) =>
  !existsSync(dir)
    ? []
    : readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
        .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
        .filter((path) => !path.includes('/fixtures/') && !path.startsWith('test/sites/'))
        .sort()

const run = (name, command, args) => {
  const done = spawnSync(command, args, { stdio: 'inherit' })
  if (done.status !== 0) {
    console.error(`\n${name} failed`)
    process.exit(1)
  }
}

if (words.length === 0) {
  const bin = (name) => join('node_modules', '.bin', name)
  run('types', bin('tsc'), ['--noEmit'])
  run('lint and format', bin('biome'), ['check', '--error-on-warnings', '.'])
}

rmSync(out, { recursive: true, force: true })
await build({
  entryPoints: ['src', 'test', 'content', 'layouts', 'bench', 'docs'].flatMap(filesUnder),
  outdir: out,
  outbase: '.',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
})
const tests = filesUnder('test')
  .filter((path) => path.endsWith('.test.ts'))
  .filter((path) => words.length === 0 || words.some((word) => path.includes(word)))
  .map((path) => join(out, path.replace(/\.ts$/, '.js')))
if (tests.length === 0) {
  console.error('no test file matches')
  process.exit(2)
}

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== sourceStamp())
  await bundle().catch((error) => {
    console.error(`lib/ could not be bundled: ${error.message}`)
    // A few chosen files may well not need it while the sources are being changed.
    if (words.length === 0) process.exit(1)
  })

const env = { ...process.env }
if (tests.some((path) => path.includes(join('test', 'browser')))) {
  const { provideChromium, thisMachine } = await import(
    pathToFileURL(join(root, out, 'test', 'chromium.js')).href
  )
  const { path, sentence } = provideChromium(thisMachine)
  if (path === '') {
    console.error(`\n${sentence}`)
    process.exit(1)
  }
  env.INKSTONE_CHROMIUM = path
}

const concurrency = Math.max(1, Math.min(4, availableParallelism()))
const done = spawnSync(
  process.execPath,
  ['--enable-source-maps', '--test', `--test-concurrency=${concurrency}`, ...flags, ...tests],
  { stdio: 'inherit', env },
)
process.exit(done.status ?? 1)
