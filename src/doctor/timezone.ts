// Which zone are dates without one in, and does the author know? Inkstone never asks the machine for it; people do.
import { type Finding, finding, type Question } from './types.js'

export const timezone: Question = ({ config, written }, { env, timezone: own }): readonly Finding[] => {
  const findings: Finding[] = []
  const { TZ } = env
  if (TZ !== undefined && TZ !== '' && !isZone(TZ.replace(/^:/, '')))
    findings.push(
      finding('warning', 'doctor/bad-tz', {
        what: `TZ is "${TZ}", which Node.js does not know and takes for ${own}`,
        why: 'Inkstone reads dates by the configuration alone, but plugins, git and the shell that says which day it is go by TZ',
        fix: 'unset TZ, or write a name such as Asia/Shanghai',
      }),
    )
  if (!config) return findings
  if (config.timezone !== own && !written.has('timezone'))
    findings.push(
      finding('warning', 'doctor/timezone', {
        what: `the configuration names no timezone, so dates are read in ${config.timezone}; this machine is in ${own}`,
        why: 'a post of "2026-01-01 09:00" appears when it is nine there, not here',
        fix: `write timezone: '${own}' (or '${config.timezone}') into the configuration`,
      }),
    )
  if (findings.length > 0) return findings
  return [
    {
      ok: `timezone: ${config.timezone}${config.timezone === own ? '' : ` (this machine: ${own}, not asked)`}`,
    },
  ]
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== ''
  } catch {
    return false
  }
}
