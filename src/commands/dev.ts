// `inkstone dev`: the server while writing. Must load next to nothing before its address stands on the terminal.
import { join } from 'node:path'
import type { BuildOptions } from '../built.js'
import { openDev } from '../dev/dev.js'
import type { StudioBuilt } from '../dev/studio.js'
import { realDisk } from '../engine/disk.js'
import { ProblemError } from '../errors.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'
import { siteFolders } from './folders.js'

export const devCommand: Command = {
  usage: 'dev',
  help: 'serve the site while writing, with live reload',
  words: [0, 0],
  flags: {
    root: rootFlag,
    port: { kind: 'count', value: 'N', help: 'port (default: 4321, or the next free one)' },
    host: {
      kind: 'text',
      value: 'HOST',
      help: 'address to listen on (default: 127.0.0.1, this machine only)',
    },
    open: { kind: 'flag', help: 'open the site in the browser' },
    'no-drafts': { kind: 'flag', help: 'show no drafts and no future posts' },
    poll: { kind: 'flag', help: 'look for changes again and again: for network and container mounts' },
    json: { kind: 'flag', help: 'print events, one JSON object a line' },
    help: helpFlag,
  },
  run: runDev,
}

async function runDev(parsed: Parsed, terminal: Terminal): Promise<ExitCode> {
  const { texts, flags } = parsed
  const { root } = siteFolders(parsed, terminal)
  const port = Number(texts.get('port') ?? 4321)
  const host = texts.get('host') ?? '127.0.0.1'
  const json = flags.has('json')
  // Standard output is for events: what a plugin says on the console goes beside them.
  if (json) console.log = console.error
  const dev = await openDev({
    disk: realDisk,
    build: optionsFor(root, !flags.has('no-drafts'), terminal),
    host,
    port,
    poll: flags.has('poll'),
    clock: terminal.now,
    now: () => performance.now(),
    onPolling: () => terminal.err('The system lets us watch no more folders: they are polled from now on.\n'),
    onBuilt: (built) => void tell(built, json, terminal),
  })
  if (json) terminal.out(`${JSON.stringify({ event: 'ready', url: dev.url })}\n`)
  else terminal.out(banner(dev.url, port, dev.port, host))
  const mishap = (error: unknown): void => void dev.mishap(error)
  process.on('uncaughtException', mishap)
  if (flags.has('open')) (await import('../dev/browser.js')).openBrowser(dev.url)
  try {
    await Promise.race([terminal.interrupted(), dev.failed])
  } catch (error) {
    const { problemsOfStop } = await import('../built.js')
    throw new ProblemError(...problemsOfStop(error))
  } finally {
    await dev.close()
    process.off('uncaughtException', mishap)
  }
  return 0
}

function optionsFor(root: string, drafts: boolean, terminal: Terminal): BuildOptions {
  const now = terminal.now()
  return {
    root,
    // Nothing is written there: pages are kept in the cache, which is another than that of `build`.
    out: join(root, '.inkstone', 'dev', 'out'),
    cache: join(root, '.inkstone', 'dev'),
    at: now,
    now,
    drafts,
    future: drafts,
    clean: false,
    strict: false,
    adopt: false,
    verifyInputs: false,
    sourceMaps: true,
    workers: 'auto',
    cores: terminal.cores,
  }
}

function banner(url: string, wanted: number, port: number, host: string): string {
  const moved = port === wanted || wanted === 0 ? '' : `  (port ${wanted} is taken)`
  const isLocal = host === 'localhost' || host.startsWith('127.') || host === '::1'
  const open = isLocal ? '' : 'Everybody who can reach this machine can read it.\n'
  return `\n  inkstone dev  ${url}${moved}\n  Ctrl-C ends it.\n${open}\n`
}

async function tell(
  { ok, ms, changed, problems }: StudioBuilt,
  json: boolean,
  terminal: Terminal,
): Promise<void> {
  if (json) {
    terminal.out(`${JSON.stringify({ event: 'built', ok, ms: Math.round(ms), changed, problems })}\n`)
    return
  }
  const { showProblems } = await import('../report.js')
  terminal.err(showProblems(problems, terminal.isTerminal))
  const files = changed.length === 1 ? '1 file changed' : `${changed.length} files changed`
  terminal.out(ok ? `${files} · ${Math.round(ms)} ms\n` : 'What is served is the last good state.\n')
}
