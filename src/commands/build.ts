// `inkstone build`
import { join, relative, sep } from 'node:path'
import type { BuildOptions, Built } from '../built.js'
import { realDisk } from '../engine/disk.js'
import type { Problem } from '../errors.js'
import { inputFolders } from '../inputs.js'
import { quickBuild } from '../quick.js'
import { jsonOf, showBuilt, showDemos, showProblems } from '../report.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'
import { namedFolders, rootFault } from './folders.js'
import { showProgress } from './progress.js'

export const buildCommand: Command = {
  usage: 'build',
  help: 'build the site',
  words: [0, 0],
  flags: {
    root: rootFlag,
    out: { kind: 'text', value: 'DIR', help: 'output folder (default: ROOT/dist)' },
    cache: { kind: 'text', value: 'DIR', help: 'cache folder (default: ROOT/.inkstone)' },
    'base-url': { kind: 'text', value: 'URL', help: 'instead of baseUrl in the configuration' },
    at: { kind: 'text', value: 'TIME', help: 'build as of this moment: decides what is future' },
    drafts: { kind: 'flag', help: 'show drafts, marked' },
    future: { kind: 'flag', help: 'show future posts, marked' },
    clean: { kind: 'flag', help: 'ignore and replace the cache' },
    workers: {
      kind: 'count',
      value: 'N',
      help: 'worker threads; 0: none (default: as many as are worth it)',
    },
    strict: { kind: 'flag', help: 'look at everything as inkstone check does; warnings are errors' },
    prove: { kind: 'flag', help: 'build incrementally and cleanly and compare; run each step twice' },
    'verify-inputs': { kind: 'flag', help: 'hash every input, believe no file time' },
    adopt: { kind: 'flag', help: 'replace foreign files that are in the way of ours' },
    json: { kind: 'flag', help: 'print one JSON object' },
    quiet: { kind: 'flag', help: 'print problems only' },
    help: helpFlag,
  },
  run: runBuild,
}

async function runBuild(parsed: Parsed, terminal: Terminal): Promise<ExitCode> {
  const { texts, flags } = parsed
  const started = terminal.now()
  const json = flags.has('json')
  const at = texts.get('at')
  const progress = !json && !flags.has('quiet') && terminal.isTerminal ? showProgress(terminal) : undefined
  const options = {
    ...namedFolders(parsed, terminal),
    baseUrl: texts.get('base-url'),
    at: at ?? started,
    now: started,
    drafts: flags.has('drafts'),
    future: flags.has('future'),
    clean: flags.has('clean'),
    strict: flags.has('strict'),
    check: flags.has('strict'),
    adopt: flags.has('adopt'),
    verifyInputs: flags.has('verify-inputs'),
    workers: texts.has('workers') ? Number(texts.get('workers')) : ('auto' as const),
    cores: terminal.cores,
    ...(progress && { progress: progress.step }),
  }
  const fault = await usageFault(options, at)
  const built = fault
    ? (await import('../built.js')).failedBuild(options, [fault])
    : flags.has('prove')
      ? await (await import('../prove.js')).proveBuild(options, realDisk)
      : await quickOrFull(options)
  progress?.done()
  const ms = terminal.now() - started
  if (json) terminal.out(`${JSON.stringify(jsonOf(built, ms))}\n`)
  else tell(built, options, ms, flags.has('quiet'), terminal)
  return fault ? 2 : built.ok ? 0 : 1
}

async function quickOrFull(options: BuildOptions): Promise<Built> {
  const { built, seen } = quickBuild(realDisk, options)
  if (built) return built
  const [{ tryBundler }, { wasCompiled }] = await Promise.all([
    import('../compile.js'),
    import('../config/compiled.js'),
  ])
  // The compiler starts while the program loads. What is wrong with it is told where it is needed.
  if (!wasCompiled(realDisk, options.cache)) tryBundler().catch(() => {})
  return (await import('../build.js')).build(options, seen)
}

function tell(built: Built, options: BuildOptions, ms: number, quiet: boolean, terminal: Terminal): void {
  terminal.err(showProblems(built.problems, terminal.isTerminal))
  if (!built.ok) terminal.err('Nothing was published; the output folder is as it was.\n')
  if (!built.ok || quiet) return
  for (const notice of built.notices) terminal.out(`${notice}\n`)
  terminal.out(`${showBuilt(built, ms)}\n`)
  const demos = showDemos(built)
  if (demos !== '') terminal.out(`${demos}\n`)
  if (built.nextChange !== null)
    terminal.out(
      `Build again at ${new Date(built.nextChange).toISOString()}: a post appears or expires then.\n`,
    )
  terminal.out(`The site is in ${built.out}. Look at it: ${previewLine(options, terminal.folder)}\n`)
}

/** What shows this very site, with no more flags than needed. */
function previewLine({ root, out }: BuildOptions, folder: string): string {
  const where = root === folder ? '' : ` --root ${relative(folder, root)}`
  const what = out === join(root, 'dist') ? '' : ` --out ${relative(folder, out)}`
  return `npx inkstone preview${where}${what}`
}

async function usageFault(
  { root, out, cache }: BuildOptions,
  at: string | undefined,
): Promise<Problem | undefined> {
  const usage = (what: string, more: Partial<Problem>): Problem => ({
    severity: 'error',
    code: 'usage',
    what,
    ...more,
  })
  const noRoot = rootFault(root)
  if (noRoot) return noRoot
  // What is written there would be read by the next build.
  for (const [flag, folder] of Object.entries({ out, cache }))
    for (const [name, input] of Object.entries(inputFolders(root)))
      if (folder === input || folder.startsWith(input + sep))
        return usage(`--${flag} lies in ${name}/, which the site is read from`, {
          found: folder,
          fix: `choose another folder for --${flag}`,
        })
  if (at !== undefined && (await import('../content/dates.js')).parseDate(at, 'UTC') === null)
    return usage('--at is no time', {
      found: at,
      expected: ['2024-12-31 or 2024-12-31T10:00:00+08:00'],
    })
  return undefined
}
