// `inkstone doctor`: what of this machine and this site would make builds fail, slow or odd. Changes nothing.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { examine, isIll } from '../doctor/examine.js'
import { readPatient } from '../doctor/patient.js'
import { showFindings, summary } from '../doctor/show.js'
import { realSurroundings } from '../doctor/surroundings.js'
import type { Finding } from '../doctor/types.js'
import { realDisk } from '../engine/disk.js'
import { ProblemError } from '../errors.js'
import { problemJson } from '../report.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'

export const doctorCommand: Command = {
  usage: 'doctor',
  help: 'look at the machine: Node.js, cache, disk, git, clock; and say what to do',
  words: [0, 0],
  flags: {
    root: rootFlag,
    out: { kind: 'text', value: 'DIR', help: 'output folder (default: ROOT/dist)' },
    cache: { kind: 'text', value: 'DIR', help: 'cache folder (default: ROOT/.inkstone)' },
    json: { kind: 'flag', help: 'print one JSON object' },
    help: helpFlag,
  },
  async run({ texts, flags }: Parsed, terminal: Terminal): Promise<ExitCode> {
    const started = terminal.now()
    const root = resolve(terminal.folder, texts.get('root') ?? '.')
    if (realDisk.stat(root)?.kind !== 'folder')
      throw new ProblemError({
        severity: 'error',
        code: 'usage',
        what: `there is no folder ${relative(terminal.folder, root) || '.'}`,
        fix: 'correct --root',
      })
    const folder = (name: string, fallback: string): string =>
      texts.has(name) ? resolve(terminal.folder, texts.get(name) ?? '') : resolve(root, fallback)
    const folders = { root, out: folder('out', 'dist'), cache: folder('cache', '.inkstone') }
    const scratch = mkdtempSync(join(tmpdir(), 'inkstone-doctor-'))
    let findings: readonly Finding[]
    try {
      const patient = await readPatient(realDisk, folders, scratch)
      findings = await examine(patient, realSurroundings(root, started))
    } finally {
      rmSync(scratch, { recursive: true, force: true })
    }
    const ok = !isIll(findings)
    if (flags.has('json')) {
      const told = findings.map((found) =>
        'ok' in found ? { ok: found.ok } : { ...problemJson(found.problem), why: found.why },
      )
      terminal.out(`${JSON.stringify({ ok, findings: told, ms: Math.round(terminal.now() - started) })}\n`)
    } else terminal.out(`${showFindings(findings, terminal.isTerminal)}\n${summary(findings)}\n`)
    return ok ? 0 : 1
  },
}
