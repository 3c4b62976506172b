// `inkstone import KIND SOURCE --into DIR`: an old site becomes a new one. The source is read only, the target must be
// empty or not there yet; with --dry-run nothing is written at all.
import { dirname, join, resolve } from 'node:path'
import { type Disk, realDisk } from '../engine/disk.js'
import { didYouMean, type Problem, ProblemError } from '../errors.js'
import { assemble } from '../import/assemble.js'
import { importers, recognise } from '../import/importers.js'
import { normalAddress } from '../import/old-addresses.js'
import { readOldSite } from '../import/old-site.js'
import { reportDocument, reportOf, showReport } from '../import/report.js'
import { openSource } from '../import/source.js'
import { type ImportKind, importKinds, type SourceFiles } from '../import/types.js'
import { ledgerOf, writeLedger } from '../site/ledger.js'
import { type Command, type ExitCode, helpFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'

const kinds = [...importKinds, 'auto']

export const importCommand: Command = {
  usage: 'import KIND SOURCE --into DIR',
  help: `bring a blog over; KIND is ${kinds.join(', ')}`,
  words: [2, 2],
  flags: {
    into: { kind: 'text', value: 'DIR', help: 'the new site: an empty folder, or none yet' },
    old: {
      kind: 'text',
      value: 'OLD',
      help: 'what the old site published: its output folder, a sitemap, a feed or a list of addresses',
    },
    'dry-run': { kind: 'flag', help: 'write nothing, only report' },
    json: { kind: 'flag', help: 'print the report as one JSON object' },
    help: helpFlag,
  },
  run: runImport,
}

const usage = (what: string, more: Partial<Problem> = {}): ProblemError =>
  new ProblemError({ severity: 'error', code: 'usage', what, ...more })

async function runImport({ words, texts, flags }: Parsed, terminal: Terminal): Promise<ExitCode> {
  const [typed = '', from = ''] = words
  const source = resolve(terminal.folder, from)
  const into = texts.get('into')
  if (!realDisk.stat(source)) throw usage(`there is nothing at ${from}`)
  if (into === undefined && !flags.has('dry-run'))
    throw usage('import needs --into DIR', { expected: ['--into DIR'] })
  const files = openSource(realDisk, source)
  const kind = kindOf(typed, files)
  const target = resolve(terminal.folder, into ?? '.')
  if (!flags.has('dry-run')) refuseTarget(realDisk, source, target)

  const oldPath = texts.get('old')
  const old = oldPath === undefined ? null : readOldSite(realDisk, resolve(terminal.folder, oldPath), oldPath)
  const known =
    old && new Set(old.addresses.map((address) => normalAddress(address)).filter((url) => url !== ''))
  const request = { files, old: known, now: terminal.now() }
  const imported = importers[kind].import(request)
  const assembled = await assemble(imported, request)
  const report = reportOf(imported, assembled, known)
  if (!flags.has('dry-run')) {
    for (const [path, file] of assembled.files) {
      const place = join(target, path)
      realDisk.makeFolder(dirname(place))
      if ('text' in file) realDisk.write(place, file.text)
      else realDisk.copy(files.diskPath(file.copy) ?? '', place)
    }
    realDisk.write(join(target, 'urls.lock.json'), writeLedger(ledgerOf(assembled.published)))
    realDisk.write(join(target, 'import-report.md'), reportDocument(report))
  }
  terminal.out(flags.has('json') ? `${JSON.stringify(report)}\n` : showReport(report))
  if (!flags.has('json') && !flags.has('dry-run'))
    terminal.out(
      `The new site is in ${target}; everything is told in import-report.md. Next: inkstone build --root ${into}\n`,
    )
  return 0
}

function kindOf(typed: string, files: SourceFiles): ImportKind {
  const known = importKinds.find((kind) => kind === typed)
  if (known) return known
  if (typed !== 'auto') {
    const near = didYouMean(typed, kinds)
    throw usage(`there is no importer "${typed}"${near ? `, did you mean ${near}?` : ''}`, {
      expected: kinds,
    })
  }
  const found = recognise(files)
  if (!found)
    throw usage('the folder looks like no blog that is known', {
      expected: [...importKinds],
      fix: 'name the kind',
    })
  return found
}

/** Nothing of the user's is ever overwritten, least of all the old site. */
function refuseTarget(disk: Disk, source: string, target: string): void {
  if (target === source || target.startsWith(`${source}/`))
    throw usage('the new site cannot lie in the old one', { fix: 'choose another folder for --into' })
  const stat = disk.stat(target)
  if (stat && stat.kind !== 'folder') throw usage(`${target} is a file`)
  const inside = stat ? disk.list(target).filter(({ name }) => name !== '.git' && name !== '.DS_Store') : []
  if (inside.length > 0) throw usage(`${target} is not empty`, { fix: 'choose an empty folder for --into' })
}
