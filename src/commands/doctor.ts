// `inkstone doctor`: what of this machine and this site would make builds fail, slow or odd. Changes nothing.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { examine, isIll } from '../doctor/examine.js'
import { readPatient } from '../doctor/patient.js'
import { showFindings, summary } from '../doctor/show.js'
import { realSurroundings } from '../doctor/surroundings.js'
import type { Finding } from '../doctor/types.js'
import { realDisk } from '../engine/disk.js'
import { problemJson } from '../report.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'
import { siteFolders } from './folders.js'

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
  async run(parsed: Parsed, terminal: Terminal): Promise<ExitCode> {
    const { flags } = parsed
    const started = terminal.now()
    const folders = siteFolders(parsed, terminal)
    const scratch = mkdtempSync(join(tmpdir(), 'inkstone-doctor-'))
    let findings: readonly Finding[]
    try {
      const patient = await readPatient(realDisk, folders, scratch)
      findings = await examine(patient, realSurroundings(folders.root, started))
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
