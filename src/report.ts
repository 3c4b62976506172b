// How things look on a terminal: problems, the last line of a build, progress. Returns text; prints nothing.
import type { Built } from './built.js'
import type { Problem } from './errors.js'

const paint = (code: string) => (text: string, colour: boolean) =>
  colour ? `\u001b[${code}m${text}\u001b[0m` : text
const red = paint('31')
const yellow = paint('33')
const dim = paint('2')
const bold = paint('1')

/**
 * One Problem for humans: where, severity, code; what; the line itself; what was found and what is allowed;
 * how to mend it.
 */
export function showProblem(problem: Problem, colour = false): string {
  const { severity, code, what, file, line, column, frame, found, expected, fix } = problem
  const where =
    file === undefined ? '' : `${[file, line, column].filter((part) => part !== undefined).join(':')}  `
  const kind = severity === 'error' ? red('error', colour) : yellow('warning', colour)
  const lines = [`${bold(where, colour)}${kind}  ${dim(code, colour)}`, `  ${what}`]
  if (frame) lines.push(...frame.split('\n').map((row) => `    ${row}`))
  if (found !== undefined && expected?.length)
    lines.push(`  found ${shorten(found)}, expected ${list(expected)}`)
  else if (expected?.length) lines.push(`  expected ${list(expected)}`)
  else if (found !== undefined && !frame) lines.push(`  found ${shorten(found)}`)
  if (fix) lines.push(`  fix: ${fix}`)
  return lines.join('\n')
}

const shorten = (text: string): string => (text.length > 120 ? `${text.slice(0, 119)}…` : text)
const list = (items: readonly string[]): string => shorten(items.join(', '))

/** All problems of a run, already in report order, with a count at the end; '' for none. */
export function showProblems(problems: readonly Problem[], colour = false): string {
  if (problems.length === 0) return ''
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const warnings = problems.length - errors
  const counts = [plural(errors, 'error'), plural(warnings, 'warning')]
    .filter((text) => text !== '')
    .join(', ')
  return `${problems.map((problem) => showProblem(problem, colour)).join('\n\n')}\n\n${counts}\n`
}

const plural = (count: number, word: string): string =>
  count === 0 ? '' : `${count} ${word}${count === 1 ? '' : 's'}`

/** `113 pages · 3 changed, 1 removed · 7 steps run, 412 kept · 240 ms` */
export function showBuilt(built: Built, ms: number): string {
  const { pages, written, removed, ran, kept } = built
  const parts = [
    plural(pages, 'page') || 'no pages',
    `${written.length} changed, ${removed.length} removed`,
    `${plural(ran.length, 'step') || '0 steps'} run, ${kept} kept`,
    ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`,
  ]
  return parts.join(' · ')
}

/** `demos, gzipped: pingsix 34.8 kB at load, 37.0 kB in all`; '' for a site without demos. */
export function showDemos({ demos }: Built): string {
  const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`
  const sizes = demos.map(({ slug, atLoad, inAll }) => `${slug} ${kB(atLoad)} at load, ${kB(inAll)} in all`)
  return sizes.length === 0 ? '' : `demos, gzipped: ${sizes.join(' · ')}`
}

/** The object that `--json` prints: always these keys. */
export function jsonOf(built: Built, ms: number): object {
  return {
    ok: built.ok,
    out: built.out,
    outputs: built.outputs.size,
    written: built.written.length,
    removed: built.removed.length,
    ran: built.ran.length,
    kept: built.kept,
    problems: built.problems.map(problemJson),
    ms: Math.round(ms),
  }
}

/** The same object where there was no build: wrong usage, or a command that failed. */
export function failureJson(problems: readonly Problem[], ms: number): object {
  const counts = { outputs: 0, written: 0, removed: 0, ran: 0, kept: 0 }
  return { ok: false, out: '', ...counts, problems: problems.map(problemJson), ms: Math.round(ms) }
}

/** Keys in one order, fresh or from the cache (which sorts them); what is unknown is left out. */
export function problemJson(problem: Problem): object {
  const { severity, code, what, file, line, column, frame, found, expected, fix } = problem
  return { severity, code, what, file, line, column, frame, found, expected, fix }
}
