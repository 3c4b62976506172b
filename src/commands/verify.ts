// `inkstone verify --against OLD`: does the built site still answer everything that the old one did? Reads both, writes
// nothing; 1 while anything is missing that the ledger does not acknowledge.
import { join, resolve } from 'node:path'
import { ledgerFile } from '../content/input-names.js'
import type { Url } from '../content/types.js'
import { type Disk, realDisk } from '../engine/disk.js'
import { ProblemError } from '../errors.js'
import { readOldSite } from '../import/old-site.js'
import { readConfig } from '../session.js'
import { readLedger } from '../site/ledger.js'
import { compareSites, isSound } from '../verify/compare.js'
import type { NewSite } from '../verify/resolve.js'
import { showVerified } from '../verify/show.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'

export const verifyCommand: Command = {
  usage: 'verify --against OLD',
  help: 'compare the built site with the old one',
  words: [0, 0],
  flags: {
    against: {
      kind: 'text',
      value: 'OLD',
      help: 'the old output folder, a sitemap, a feed, or a list of addresses',
    },
    root: rootFlag,
    out: { kind: 'text', value: 'DIR', help: 'the built site (default: ROOT/dist)' },
    json: { kind: 'flag', help: 'print one JSON object' },
    help: helpFlag,
  },
  run: runVerify,
}

async function runVerify({ texts, flags }: Parsed, terminal: Terminal): Promise<ExitCode> {
  const against = texts.get('against')
  if (against === undefined)
    throw new ProblemError({
      severity: 'error',
      code: 'usage',
      what: 'verify needs --against OLD',
      expected: ['--against old-output/'],
    })
  const root = resolve(terminal.folder, texts.get('root') ?? '.')
  const out = texts.has('out') ? resolve(terminal.folder, texts.get('out') ?? '') : join(root, 'dist')
  if (realDisk.stat(out)?.kind !== 'folder')
    throw new ProblemError({
      severity: 'error',
      code: 'verify/not-built',
      what: `there is no built site at ${out}`,
      fix: 'run inkstone build first',
    })
  const { config } = await readConfig({ disk: realDisk, root, cache: join(root, '.inkstone') })
  const old = readOldSite(realDisk, resolve(terminal.folder, against), against)
  const { forgotten, kept } = readKept(realDisk, root)
  const report = compareSites({ old, site: openSite(realDisk, out, config.basePath), forgotten, kept })
  const ok = isSound(report)
  terminal.out(flags.has('json') ? `${JSON.stringify({ ok, ...report })}\n` : showVerified(report))
  return ok ? 0 : 1
}

/** What the ledger acknowledges as gone, and the feed ids that it keeps, by every address of their post. */
function readKept(disk: Disk, root: string): { forgotten: ReadonlySet<Url>; kept: ReadonlyMap<Url, string> } {
  const path = join(root, ledgerFile)
  if (disk.stat(path)?.kind !== 'file') return { forgotten: new Set(), kept: new Map() }
  const { ledger, problems } = readLedger(Buffer.from(disk.read(path)).toString('utf8'))
  if (problems.length > 0) throw new ProblemError(...problems)
  const kept = [...ledger.entries.values()].flatMap(({ urls, feed }) =>
    feed === '' ? [] : urls.map((url): [Url, string] => [url, feed]),
  )
  return { forgotten: ledger.forgotten, kept: new Map(kept) }
}

function openSite(disk: Disk, out: string, basePath: string): NewSite {
  const files = new Map<string, string>()
  const visit = (folder: string, prefix: string): void => {
    for (const { name, kind } of disk.list(folder)) {
      if (name === '.git') continue
      if (kind === 'folder') visit(`${folder}/${name}`, `${prefix}${name.normalize('NFC')}/`)
      else files.set(`${prefix}${name.normalize('NFC')}`, `${folder}/${name}`)
    }
  }
  visit(out, '')
  return {
    paths: new Set(files.keys()),
    read: (path) => Buffer.from(disk.read(files.get(path) ?? '')).toString('utf8'),
    basePath,
  }
}
