// Findings for humans: what is fine on a short line, what is not as any Problem is told, with its reason.
import { showProblem } from '../report.js'
import type { Finding } from './types.js'

export function showFindings(findings: readonly Finding[], colour = false): string {
  const rows = findings.map((found) => {
    if ('ok' in found) return `ok  ${found.ok}\n`
    const { fix, ...problem } = found.problem
    return `\n${showProblem(problem, colour)}\n  why: ${found.why}\n  fix: ${fix}\n\n`
  })
  return rows
    .join('')
    .replace(/^\n|\n(?=\n\n)/g, '')
    .replace(/\n+$/, '\n')
}

/** `fine` · `2 warnings` · `1 error, 2 warnings: a build fails here` */
export function summary(findings: readonly Finding[]): string {
  const count = (severity: string): number =>
    findings.filter((found) => 'problem' in found && found.problem.severity === severity).length
  const [errors, warnings] = [count('error'), count('warning')]
  const plural = (n: number, word: string): string[] => (n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`])
  const counted = [...plural(errors, 'error'), ...plural(warnings, 'warning')].join(', ')
  return counted === '' ? 'Nothing is wrong' : `${counted}${errors > 0 ? ': a build fails here' : ''}`
}
