// `inkstone check`: makes the site as `build` would and looks at all of it; publishes nothing.
import { build } from '../build.js'
import type { BuildOptions, Built } from '../built.js'
import { realDisk } from '../engine/disk.js'
import type { External } from '../external/external.js'
import { problemJson, showProblems } from '../report.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'
import { siteFolders } from './folders.js'
import { type Progress, showProgress } from './progress.js'

export const checkCommand: Command = {
  usage: 'check',
  help: 'look at everything in the finished site: links, images, HTML, feeds',
  words: [0, 0],
  flags: {
    root: rootFlag,
    out: {
      kind: 'text',
      value: 'DIR',
      help: 'output folder of the site, which is not changed (default: ROOT/dist)',
    },
    cache: { kind: 'text', value: 'DIR', help: 'cache folder (default: ROOT/.inkstone)' },
    'base-url': { kind: 'text', value: 'URL', help: 'instead of baseUrl in the configuration' },
    at: { kind: 'text', value: 'TIME', help: 'check the site as of this moment' },
    drafts: { kind: 'flag', help: 'check drafts, too' },
    future: { kind: 'flag', help: 'check future posts, too' },
    external: { kind: 'flag', help: 'ask outside addresses whether they still answer; advice only' },
    json: { kind: 'flag', help: 'print one JSON object' },
    help: helpFlag,
  },
  run: runCheck,
}

async function runCheck(parsed: Parsed, terminal: Terminal): Promise<ExitCode> {
  const { texts, flags } = parsed
  const started = terminal.now()
  const json = flags.has('json')
  const folders = siteFolders(parsed, terminal)
  const progress = !json && terminal.isTerminal ? showProgress(terminal) : undefined
  const options: BuildOptions = {
    ...folders,
    baseUrl: texts.get('base-url'),
    at: texts.get('at') ?? started,
    now: started,
    drafts: flags.has('drafts'),
    future: flags.has('future'),
    clean: false,
    strict: false,
    check: true,
    outside: flags.has('external'),
    dry: true,
    adopt: false,
    verifyInputs: false,
    workers: 'auto',
    cores: terminal.cores,
    ...(progress && { progress: progress.step }),
  }
  const built = await build(options)
  const external = flags.has('external') ? await askOutside(built, options, terminal, progress) : undefined
  progress?.done()
  const ms = terminal.now() - started
  if (json) terminal.out(`${JSON.stringify({ ...jsonOf(built, ms), ...externalJson(external) })}\n`)
  else {
    terminal.err(showProblems([...built.problems, ...(external?.problems ?? [])], terminal.isTerminal))
    terminal.out(`${showChecked(built, ms)}\n${external ? `${showExternal(external)}\n` : ''}`)
  }
  return built.ok ? 0 : 1
}

/** Of the finished site, sound or not: a broken link inside is no reason to say nothing of those outside. */
async function askOutside(
  { checked }: Built,
  { cache }: BuildOptions,
  terminal: Terminal,
  progress: Progress | undefined,
): Promise<External | undefined> {
  if (!checked) return undefined
  const [{ checkExternal }, { realWeb }] = await Promise.all([
    import('../external/external.js'),
    import('../external/web.js'),
  ])
  const { outside, config } = checked
  return checkExternal({
    outside,
    config,
    disk: realDisk,
    cache,
    web: realWeb(terminal.now),
    progress: progress && ((done, total) => progress.step('outside addresses', done, total)),
  })
}

function externalJson(external: External | undefined): object {
  if (!external) return {}
  const { addresses, asked, problems } = external
  return { external: { addresses, asked, problems: problems.map(problemJson) } }
}

/** `141 addresses outside, 12 asked now: 3 to look at` */
function showExternal({ addresses, asked, problems }: External): string {
  const told = problems.length === 0 ? 'all answer' : `${problems.length} to look at`
  return `${number(addresses)} ${addresses === 1 ? 'address' : 'addresses'} outside, ${number(asked)} asked now: ${told}`
}

function jsonOf({ ok, checked, problems }: Built, ms: number): object {
  const { files = 0, pages = 0, references = 0 } = checked?.counts ?? {}
  return { ok, files, pages, references, problems: problems.map(problemJson), ms: Math.round(ms) }
}

const number = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',')

/** `1,160 pages, 2,065 other files, 93,211 addresses: nothing wrong · 240 ms` */
function showChecked({ checked, problems }: Built, ms: number): string {
  const time = ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`
  if (!checked) return `Nothing could be checked · ${time}`
  const { files, pages, references } = checked.counts
  const looked = `${number(pages)} pages, ${number(files - pages)} other files, ${number(references)} addresses`
  return `${looked}${problems.length === 0 ? ': nothing wrong' : ''} · ${time}`
}
