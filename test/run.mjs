// `npm test`: types, lint, format, then every test, in one command on a fresh machine.
//   node test/run.mjs                 everything (what CI runs)
//   node test/run.mjs dates meta      only test files whose path contains one of the words, without the checks
//   --test-name-pattern=REGEX         only tests of such a name
// Node 20 cannot run TypeScript: src/ and test/ are transpiled file by file into .test-build/ first. lib/ is bundled
// where it is older than src/, before tests start it from several processes at once; tests that need a browser
// are handed one in INKSTONE_CHROMIUM.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { run as runTests } from 'node:test'
import * as reporters from 'node:test/reporters'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { bundle, sourceStamp, stampFile } from '../scripts/bundle.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
process.chdir(root)
const words = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const pattern = process.argv.find((word) => word.startsWith('--test-name-pattern='))?.slice(20)
/** The longest file takes a quarter of it on a small machine. */
const minutesForAFile = Number(process.env.INKSTONE_FILE_MINUTES ?? 20)
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

if (tests.some((path) => path.includes('browser'))) {
  const { provideChromium, thisMachine } = await import(
    pathToFileURL(join(root, out, 'test', 'chromium.js')).href
  )
  const { path, sentence } = provideChromium(thisMachine)
  if (path === '') {
    console.error(`\n${sentence}`)
    process.exit(1)
  }
  process.env.INKSTONE_CHROMIUM = path
}

process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --enable-source-maps`
const concurrency = Math.max(1, Math.min(4, availableParallelism()))

/** Runs the files; gives those that were ended because they hung, and whether anything else failed. */
async function runFiles(files) {
  const late = new Set()
  let failed = false
  const events = runTests({
    files,
    concurrency,
    timeout: minutesForAFile * 60_000,
    ...(pattern && { testNamePatterns: [new RegExp(pattern)] }),
  })
  events.on('test:fail', ({ name, details }) => {
    const file = files.find((one) => resolve(one) === resolve(name))
    if (file && details.error.failureType === 'testTimeoutFailure') late.add(file)
    else failed = true
  })
  for await (const text of events.compose(process.stdout.isTTY ? new reporters.spec() : reporters.tap))
    process.stdout.write(text)
  return { late: [...late], failed }
}

const first = await runFiles(tests)
let { failed } = first
if (first.late.length > 0) {
  // A browser now and then never answers on a busy machine. A file that hangs twice is a fault of ours.
  console.log(`\n${first.late.length} test file(s) ended after ${minutesForAFile} minutes, run once more:`)
  for (const file of first.late) console.log(`  ${file}`)
  const again = await runFiles(first.late)
  failed ||= again.failed || again.late.length > 0
}
process.exitCode = failed ? 1 : 0
