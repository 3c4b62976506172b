// `inkstone preview`: the built site as a static host would serve it.
import { join, resolve } from 'node:path'
import { listenFrom, originOf } from '../dev/port.js'
import { openPreview } from '../dev/preview.js'
import { realDisk } from '../engine/disk.js'
import { ProblemError } from '../errors.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'

export const previewCommand: Command = {
  usage: 'preview',
  help: 'serve the built site as a host would',
  words: [0, 0],
  flags: {
    root: rootFlag,
    out: { kind: 'text', value: 'DIR', help: 'the built site (default: ROOT/dist)' },
    'base-url': {
      kind: 'text',
      value: 'URL',
      help: 'what it was built for, where not that of the configuration',
    },
    port: { kind: 'count', value: 'N', help: 'port (default: 4322, or the next free one)' },
    host: {
      kind: 'text',
      value: 'HOST',
      help: 'address to listen on (default: 127.0.0.1, this machine only)',
    },
    open: { kind: 'flag', help: 'open the site in the browser' },
    json: { kind: 'flag', help: 'print one JSON object when it is ready' },
    help: helpFlag,
  },
  run: runPreview,
}

async function runPreview({ texts, flags }: Parsed, terminal: Terminal): Promise<ExitCode> {
  const root = resolve(terminal.folder, texts.get('root') ?? '.')
  const out = texts.has('out') ? resolve(terminal.folder, texts.get('out') ?? '') : join(root, 'dist')
  if (realDisk.stat(out)?.kind !== 'folder')
    throw new ProblemError({
      severity: 'error',
      code: 'preview/no-site',
      what: `there is no folder ${out}`,
      fix: 'run inkstone build first, or name the folder with --out',
    })
  const { readConfig } = await import('../session.js')
  const cache = join(root, '.inkstone')
  const { config } = await readConfig({ disk: realDisk, root, cache, baseUrl: texts.get('base-url') })
  const server = openPreview({ disk: realDisk, out, basePath: config.basePath })
  const host = texts.get('host') ?? '127.0.0.1'
  const wanted = Number(texts.get('port') ?? 4322)
  const port = await listenFrom(server, wanted, host)
  const url = `${originOf(host, port)}${config.basePath}`
  const moved = port === wanted ? '' : `  (port ${wanted} is taken)`
  terminal.out(
    flags.has('json')
      ? `${JSON.stringify({ event: 'ready', url })}\n`
      : `\n  inkstone preview  ${url}${moved}\n  Ctrl-C ends it.\n\n`,
  )
  if (flags.has('open')) (await import('../dev/browser.js')).openBrowser(url)
  await terminal.interrupted()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  return 0
}
