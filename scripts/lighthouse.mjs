// `npm run lighthouse`: what Lighthouse says of the site of this repository, as `inkstone preview` serves it, in the
// Chromium that the tests use, with Lighthouse's own mobile preset. Needs no network. Ends with 1 where a category is
// below 100 or anything on a page moves while it loads. Timings depend on what else the machine does: a page that
// falls short is measured twice more, and the median counts.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { launch } from 'chrome-launcher'
import { build } from 'esbuild'
import lighthouse from 'lighthouse'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const folder = mkdtempSync(join(tmpdir(), 'inkstone-lighthouse-'))
const out = join(folder, 'site')
const inkstone = join(root, 'bin', 'inkstone.mjs')

const pages = [
  ['home', '/'],
  ['post with code and images', '/2024/12/19/从pingora到api网关总结/'],
  ['archive', '/archive/'],
  ['project', '/projects/pingsix/'],
]
const categories = ['performance', 'accessibility', 'best-practices', 'seo']

const failing = ({ scores, shift }) => shift > 0 || categories.some((name) => scores[name] < 100)
const middle = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

let server
let browser
try {
  const built = spawnSync(
    process.execPath,
    [inkstone, 'build', '--quiet', '--root', root, '--out', out, '--cache', join(folder, 'cache')],
    { stdio: 'inherit' },
  )
  if (built.status !== 0) throw new Error('the site could not be built')
  server = spawn(process.execPath, [inkstone, 'preview', '--root', root, '--out', out, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { url } = JSON.parse(await new Promise((resolve) => server.stdout.once('data', resolve)))
  browser = await launch({
    chromePath: await chromium(),
    chromeFlags: ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
    logLevel: 'error',
  })
  let isSound = true
  for (const [name, path] of pages) {
    const address = new URL(path, url).href
    const runs = [await measure(address)]
    if (failing(runs[0])) runs.push(await measure(address), await measure(address))
    const found = {
      scores: Object.fromEntries(
        categories.map((category) => [category, middle(runs.map(({ scores }) => scores[category]))]),
      ),
      shift: middle(runs.map(({ shift }) => shift)),
    }
    const row = categories.map((category) => `${category} ${found.scores[category]}`).join(' · ')
    console.log(`${name}\n  ${row} · layout shift ${found.shift}`)
    if (!failing(found)) continue
    isSound = false
    for (const fault of runs[0].faults) console.log(`  ${fault}`)
  }
  process.exitCode = isSound ? 0 : 1
} finally {
  browser?.kill()
  server?.kill()
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** One run: scores of 0 to 100, the layout shift, and what costs points, a line each. */
async function measure(address) {
  const { lhr } = await lighthouse(address, {
    port: browser.port,
    onlyCategories: categories,
    logLevel: 'error',
  })
  if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`)
  const weighed = categories.flatMap((name) =>
    lhr.categories[name].auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id),
  )
  return {
    scores: Object.fromEntries(
      categories.map((name) => [name, Math.round((lhr.categories[name].score ?? 0) * 100)]),
    ),
    shift: lhr.audits['cumulative-layout-shift'].numericValue,
    faults: weighed
      .map((id) => lhr.audits[id])
      .filter(({ score }) => score !== null && score < 1)
      .map(({ id, title, displayValue = '' }) => `${id}: ${title} ${displayValue}`),
  }
}

/** The program that the tests would drive; the module that finds it is TypeScript, which Node 20 cannot run. */
async function chromium() {
  const module = join(folder, 'chromium.mjs')
  await build({ entryPoints: [join(root, 'test', 'chromium.ts')], outfile: module, format: 'esm' })
  const { provideChromium, thisMachine } = await import(pathToFileURL(module).href)
  const { path, sentence } = provideChromium(thisMachine)
  if (path === '') throw new Error(sentence)
  return path
}
