// `inkstone doctor`: every question in the order in which it is told, what everything else rests on first.
import { isDiskError } from '../engine/disk.js'
import { cacheHealth } from './cache.js'
import { clock } from './clock.js'
import { configuration } from './configuration.js'
import { history } from './history.js'
import { letterCase } from './letter-case.js'
import { locks } from './locks.js'
import { nodeVersion } from './node.js'
import { packages } from './packages.js'
import { permissions } from './permissions.js'
import { room } from './room.js'
import { timezone } from './timezone.js'
import { type Finding, finding, type Patient, type Question, type Surroundings } from './types.js'
import { watches } from './watches.js'

const questions: readonly Question[] = [
  nodeVersion,
  configuration,
  packages,
  permissions,
  room,
  cacheHealth,
  locks,
  letterCase,
  history,
  clock,
  timezone,
  watches,
]

/** Asks everything. A question that the disk does not answer is a finding, and the others are asked all the same. */
export async function examine(patient: Patient, surroundings: Surroundings): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  for (const question of questions)
    try {
      findings.push(...(await question(patient, surroundings)))
    } catch (error) {
      if (!isDiskError(error)) throw error
      findings.push(
        finding('warning', 'doctor/disk', {
          what: error.message,
          why: 'a build reads and writes there, too',
          fix: 'look whether the disk is still there and whose the folder is',
        }),
      )
    }
  return findings
}

/** Would a build fail here? */
export const isIll = (findings: readonly Finding[]): boolean =>
  findings.some((found) => 'problem' in found && found.problem.severity === 'error')
