// Is somebody building here, or did somebody die who was?
import { join } from 'node:path'
import { lockState } from '../engine/lock.js'
import { nameOf } from './folders.js'
import { type Finding, finding, type Question } from './types.js'

export const locks: Question = ({ root, cache, out }, { disk, processes }): readonly Finding[] => {
  const findings = [join(cache, 'lock'), `${out}.inkstone/lock`].flatMap((path): Finding[] => {
    const state = lockState(disk, path, processes)
    const name = nameOf(root, path)
    if (state.kind === 'held')
      return [
        finding('warning', 'doctor/busy', {
          what: `process ${state.pid} is building here (it holds ${name})`,
          why: 'a second build is refused until it ends; a dev server holds the site as long as it runs',
          fix: `wait for it or end it (kill ${state.pid}), or build with another --out and --cache`,
        }),
      ]
    return state.kind === 'left'
      ? [{ ok: `lock ${name}: left by a process that died; the next build takes it over` }]
      : []
  })
  return findings.length > 0 ? findings : [{ ok: 'no other build is running' }]
}
