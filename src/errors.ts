// Problems: everything that Inkstone tells its user to mend. A Problem is plain data (it is kept in the
// cache with the step that found it); how it looks on a terminal is the business of `report.ts`.

export type Severity = 'error' | 'warning'

/**
 * One thing that is wrong, in the field order of a message for humans: where, what, found, allowed, how to mend.
 * `line` and `column` count from 1; `column` counts UTF-16 units, as editors do.
 */
export interface Problem {
  readonly severity: Severity
  /** `floor/short-name`, e.g. `meta/bad-date`. Stable: users filter by it. */
  readonly code: string
  readonly what: string
  /** Path relative to the site's root, with forward slashes. */
  readonly file?: string
  readonly line?: number
  readonly column?: number
  /** The line itself with a caret under the found text; made by `frame()`. */
  readonly frame?: string
  readonly found?: string
  readonly expected?: readonly string[]
  readonly fix?: string
}

/** Thrown where a function can give no value at all; the caller turns it back into its Problems. */
export class ProblemError extends Error {
  readonly problems: readonly Problem[]
  constructor(...problems: readonly Problem[]) {
    super(problems.map((p) => p.what).join('; '))
    this.problems = problems
  }
}

/**
 * What ends a build, or begins it anew, and is no fault of the code that was just running: a damaged cache, a file
 * that changed meanwhile. Who turns errors into Problems lets it pass.
 */
export class Interruption extends Error {}

/** Throws the interruption that `error` is or was wrapped around; else returns. */
export function passOn(error: unknown): void {
  for (let e = error; e instanceof Error; e = e.cause) if (e instanceof Interruption) throw e
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The order of every report: file, line, column, code, then text; never the order of discovery. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    compareText(a.file ?? '', b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.what, b.what)
  )
}

/** East Asian wide characters take two columns on a terminal: the caret must stand under the right one. */
function columnsOf(text: string): number {
  let columns = 0
  for (const char of text)
    columns +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        char,
      )
        ? 2
        : 1
  return columns
}

const frameWidth = 120

/**
 * Source excerpt: the line before, the line itself, a caret line. `line` and `column` from 1, `length` in
 * UTF-16 units. Very long lines are cut around the column. Returns '' where the line does not exist.
 */
export function frame(source: string, line: number, column: number, length = 1): string {
  const lines = source.split(/\r\n|\n|\r/)
  const target = lines[line - 1]
  if (target === undefined) return ''
  const from = column > frameWidth - 40 ? column - 40 : 0
  const cut = (text: string) => text.slice(from, from + frameWidth).replace(/\t/g, ' ')
  const before = lines[line - 2]
  const gutter = String(line).length
  const rows: string[] = []
  if (before !== undefined && before.trim() !== '')
    rows.push(`${String(line - 1).padStart(gutter)} | ${cut(before)}`)
  rows.push(`${line} | ${cut(target)}`)
  const lead = columnsOf(cut(target).slice(0, column - 1 - from))
  const marked = cut(target).slice(column - 1 - from, column - 1 - from + length)
  rows.push(`${' '.repeat(gutter)} | ${' '.repeat(lead)}${'^'.repeat(Math.max(1, columnsOf(marked)))}`)
  return rows.join('\n')
}

/** Line and column (from 1) of a UTF-16 offset. */
export function positionAt(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset)
  const breaks = before.match(/\r\n|\n|\r/g)
  const last = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r'))
  return { line: (breaks?.length ?? 0) + 1, column: offset - last }
}

/** Damerau-Levenshtein distance, stopping early is not worth it for words of this length. */
function distance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}

/** The nearest allowed word, where it is near enough to be a typo; ties go to the first in `allowed`. */
export function didYouMean(word: string, allowed: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3))
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of allowed) {
    // The distance is never less than the difference of lengths.
    if (Math.abs(word.length - candidate.length) > limit) continue
    const d = distance(word.toLowerCase(), candidate.toLowerCase())
    if (d < bestDistance) [best, bestDistance] = [candidate, d]
  }
  return best
}
