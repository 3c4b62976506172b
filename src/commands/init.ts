// `inkstone init deploy HOST` and `inkstone init editor vscode`: files for where a site is published and written.
import { join, resolve } from 'node:path'
import { instantOf, zoneOf } from '../content/dates.js'
import { readMeta } from '../content/meta.js'
import { documentsOf } from '../content/metas.js'
import { scan } from '../content/scan.js'
import { realDisk } from '../engine/disk.js'
import { didYouMean, type Problem, ProblemError } from '../errors.js'
import { hosts } from '../init/deploy.js'
import { type Laid, layFiles } from '../init/files.js'
import { branchOf, managerOf } from '../init/site.js'
import { inputFolders } from '../inputs.js'
import { readConfig } from '../session.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import { tellFailure } from './failure.js'
import type { Parsed } from './flags.js'

const hostNames = Object.keys(hosts)
const choices: Readonly<Record<string, readonly string[]>> = { deploy: hostNames, editor: ['vscode'] }

export const initCommand: Command = {
  usage: `init deploy ${hostNames.join('|')} | init editor vscode`,
  help: 'write what a host or an editor needs',
  words: [2, 2],
  flags: {
    root: rootFlag,
    force: { kind: 'flag', help: 'replace files that are there already and differ' },
    'dry-run': { kind: 'flag', help: 'show what would be written and write nothing' },
    json: { kind: 'flag', help: 'print one JSON object' },
    help: helpFlag,
  },
  async run({ words, texts, flags }: Parsed, terminal: Terminal): Promise<ExitCode> {
    const [subject = '', target = ''] = words
    const started = terminal.now()
    const wrong = wrongWords(subject, target)
    if (wrong) return tellFailure([wrong], flags.has('json'), terminal, started, 2)
    const root = resolve(terminal.folder, texts.get('root') ?? '.')
    const laying = { disk: realDisk, root, force: flags.has('force'), dryRun: flags.has('dry-run') }
    const { config } = await readConfig({ disk: realDisk, root, cache: join(root, '.inkstone') })
    let laid: readonly Laid[]
    let next: readonly string[]
    if (subject === 'editor') {
      const { vscodeFiles } = await import('../init/vscode.js')
      const { files, merged, problems } = vscodeFiles(realDisk, root, config)
      if (problems.length > 0) throw new ProblemError(...problems)
      // What is generated is ours alone and always replaced; the author's files keep all that was in them.
      laid = layFiles([...files, ...merged], { ...laying, force: true }).laid
      next = ['Ctrl+Shift+B builds, and underlines what is wrong where it stands.']
    } else {
      const host = hosts[target]
      if (!host) throw new Error(`no host ${target}`)
      const moments = momentsOf(root, config, started)
      const site = {
        config,
        host: new URL(config.baseUrl).host,
        branch: branchOf(realDisk, root),
        packages: managerOf(realDisk, root),
        moments,
      }
      const done = layFiles(host.files(site, started), laying)
      if (done.problems.length > 0) return tellFailure(done.problems, flags.has('json'), terminal, started, 1)
      laid = done.laid
      next = host.next
    }
    if (flags.has('json'))
      terminal.out(`${JSON.stringify({ ok: true, written: !laying.dryRun, files: laid, next })}\n`)
    else {
      const words = { new: 'new      ', same: 'unchanged', replaced: 'replaced ' }
      terminal.out(laid.map(({ path, state }) => `${words[state]}  ${path}\n`).join(''))
      terminal.out(laying.dryRun ? 'Nothing was written.\n' : next.map((line) => `${line}\n`).join(''))
    }
    return 0
  },
}

function wrongWords(subject: string, target: string): Problem | undefined {
  const allowed = choices[subject]
  const [word, known, before] = allowed
    ? [target, allowed, `init ${subject}`]
    : [subject, Object.keys(choices), 'init']
  if (known.includes(word)) return undefined
  const near = didYouMean(word, known)
  return {
    severity: 'error',
    code: 'usage',
    what: `${before} ${word}: there are ${known.join(', ')}${near ? `; did you mean ${near}?` : ''}`,
    found: word,
    expected: known,
  }
}

/** When documents appear or expire from now on, soonest first. */
function momentsOf(root: string, config: Parameters<typeof readMeta>[2], now: number): readonly number[] {
  const folders = inputFolders(root)
  const snapshot = scan({ disk: realDisk, root, folders, before: {}, now, verify: false })
  const zone = zoneOf(config.timezone)
  const moments = documentsOf(snapshot).flatMap((id) => {
    const { meta } = readMeta(id, (path) => snapshot.text(path), config, zone)
    if (!meta || meta.draft) return []
    return [meta.date, meta.expires].flatMap((date) => (date === null ? [] : [instantOf(date, zone)]))
  })
  return [...new Set(moments.filter((ms) => ms > now))].sort((a, b) => a - b)
}
