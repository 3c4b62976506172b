// `npm run bench`: how long builds take, on sites made for it in a temporary folder.
//   --posts 100,1000,10000   sizes                    --rounds 3        each program in turn, so many times
//   --node 24=/path/to/node  Node to run on, may be repeated (default: this one)
//   --peers                  beside other programs, where they are installed (--peers-folder, default ../shared/bench)
//   --only WORDS             programs whose name contains one of the comma-separated words
//   --steps cold,none        only these steps           --theme           our own theme too, beside the bare templates
//   --oldest                 our list pages numbered from the oldest (pagination.from), too
//   --flags "--max-old-space-size=512"  flags of Node for ours     --work FOLDER   where sites are made
//   latency                  another benchmark: see latency.mjs
// Every cell is the median of wall / CPU seconds. Times of a busy machine say little: look at CPU, and at ratios of one run.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { inkstone, loadPeers, putAside } from './entries.mjs'
import { measure } from './measure.mjs'

if (process.argv[2] === 'latency') await import('./latency.mjs')

const here = dirname(fileURLToPath(import.meta.url))
const { values: options } = parseArgs({
  options: {
    posts: { type: 'string', default: '100,1000,10000' },
    rounds: { type: 'string', default: '3' },
    node: { type: 'string', multiple: true, default: [`${process.versions.node}=${process.execPath}`] },
    peers: { type: 'boolean' },
    'peers-folder': { type: 'string', default: join(here, '../../shared/bench') },
    only: { type: 'string' },
    steps: { type: 'string' },
    theme: { type: 'boolean' },
    oldest: { type: 'boolean' },
    flags: { type: 'string', default: '' },
    work: { type: 'string' },
  },
})

const titles = {
  cold: 'Cold',
  none: 'No change',
  body: 'Body edited',
  title: 'Title edited',
  tag: 'Tag added',
  post: 'Post added',
  layout: 'Base layout',
}
const steps = options.steps?.split(',') ?? Object.keys(titles)
const median = (list) => {
  const sorted = [...list].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** One round of one program: its steps in order. */
async function round(entry, site, number, runs) {
  for (const step of steps) {
    const edit = entry.edits[step]
    if (!edit && step !== 'cold' && step !== 'none') continue
    if (step === 'cold')
      for (const name of [entry.out, ...entry.caches]) putAside(join(site, name), dirname(site))
    const mark = `r${number}x${process.pid.toString(36)}`
    const page = edit?.(site, mark)
    const run = await measure(entry.build(site), site)
    if (page && !readFileSync(join(site, entry.out, page), 'utf8').includes(mark))
      throw new Error(`${entry.name}: ${page} does not show the edit`)
    runs[step] = [...(runs[step] ?? []), run]
    const memory = run.rss ? `, ${run.rss.toFixed(0)} MiB` : ''
    console.error(
      `${entry.name} #${number} ${step}: ${run.wall.toFixed(2)} s, CPU ${run.cpu?.toFixed(2) ?? '–'} s${memory} (load ${run.load.toFixed(1)})`,
    )
  }
}

async function ofSize(count, entries, work) {
  const rows = entries.map((entry, i) => ({ entry, site: join(work, `${count}-${i}`), runs: {} }))
  for (const { entry, site } of rows) entry.prepare(count, site)
  for (let number = 1; number <= Number(options.rounds); number++)
    for (const row of rows) {
      // Files that are younger than this are hashed again, because a file's time may stand still that long.
      await setTimeout(3200)
      if (row.failed) continue
      await round(row.entry, row.site, number, row.runs).catch((error) => {
        row.failed = true
        console.error(`${row.entry.name}: ${error.message}`)
      })
    }
  for (const { site } of rows) putAside(site, work)
  const cell = (runs) =>
    runs
      ? `${median(runs.map(({ wall }) => wall)).toFixed(2)} / ${median(runs.map(({ cpu }) => cpu ?? Number.NaN)).toFixed(2)}`
      : '–'
  const memory = (runs) =>
    Math.max(0, ...Object.values(runs).flatMap((list) => list.map(({ rss = 0 }) => rss)))
  const table = [
    `| ${count} posts | ${steps.map((step) => titles[step]).join(' | ')} | Peak MiB |`,
    `| --- |${steps.map(() => ' ---: |').join('')} ---: |`,
    ...rows.map(
      ({ entry, runs }) =>
        `| ${entry.name} | ${steps.map((step) => cell(runs[step])).join(' | ')} | ${memory(runs).toFixed(0)} |`,
    ),
  ]
  console.log(`\n${table.join('\n')}`)
}

/** `--version` against a Node that does nothing. */
async function startUp(nodes, work) {
  const bin = join(here, '../bin/inkstone.mjs')
  for (const [name, node] of nodes) {
    const [empty, version] = [[], []]
    for (let i = 0; i < 15; i++) {
      empty.push((await measure({ cmd: node, args: ['-e', '0'] }, work)).wall)
      version.push((await measure({ cmd: node, args: [bin, '--version'] }, work)).wall)
    }
    const [a, b] = [median(empty) * 1000, median(version) * 1000]
    console.log(
      `Node ${name}: empty ${a.toFixed(0)} ms, --version ${b.toFixed(0)} ms (${(b / a).toFixed(2)})`,
    )
  }
}

const work = options.work ? resolve(options.work) : mkdtempSync(join(tmpdir(), 'inkstone-bench-'))
mkdirSync(work, { recursive: true })
try {
  const compared = options.peers ? await loadPeers(resolve(options['peers-folder'])) : undefined
  const nodes = options.node.map((text) => text.split('='))
  const flags = options.flags.split(' ').filter(Boolean)
  const ours = nodes.flatMap(([version, node]) => {
    const more = { node, flags, ...(compared && { corpus: compared.corpus }) }
    const bare = inkstone({ name: `Inkstone, Node ${version}`, ...more })
    const themed = inkstone({ name: `Inkstone, its theme, Node ${version}`, layouts: false, ...more })
    const oldest = inkstone({ name: `Inkstone, from the oldest, Node ${version}`, from: 'oldest', ...more })
    return [bare, ...(options.theme ? [themed] : []), ...(options.oldest ? [oldest] : [])]
  })
  const words = options.only?.toLowerCase().split(',')
  const entries = [...ours, ...(compared?.peers ?? [])].filter(
    ({ name }) => !words || words.some((word) => name.toLowerCase().includes(word)),
  )
  console.log(`${cpus().length} × ${cpus()[0].model}; medians of ${options.rounds}: wall / CPU seconds`)
  if (compared) console.log(JSON.stringify(compared.versions))
  await startUp(nodes, work)
  for (const count of options.posts.split(',').map(Number)) await ofSize(count, entries, work)
} finally {
  if (!options.work) rmSync(work, { recursive: true, force: true })
}
