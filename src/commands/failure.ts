// How a command says that it failed: problems as text, or as the one JSON object. Loads what prints only then.
import type { Problem } from '../errors.js'
import type { ExitCode, Terminal } from './command.js'

/** Tells the problems and gives back `code`. `started`: when the command began, by the terminal's clock. */
export async function tellFailure(
  problems: readonly Problem[],
  json: boolean,
  terminal: Terminal,
  started: number,
  code: ExitCode,
): Promise<ExitCode> {
  const { failureJson, showProblems } = await import('../report.js')
  if (json) terminal.out(`${JSON.stringify(failureJson(problems, terminal.now() - started))}\n`)
  else terminal.err(showProblems(problems, terminal.isTerminal))
  return code
}
