// What the command line hands to each command, and what it gets back. Only `cli.ts` prints and exits.
import type { FlagSpec, Parsed } from './flags.js'

export interface Terminal {
  /** Standard output and standard error. */
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Colour and progress are wanted on standard error. */
  readonly isTerminal: boolean
  /** Milliseconds since 1970: the one clock of the program. */
  readonly now: () => number
  readonly cores: number
  readonly folder: string
  /** Resolves when the user has had enough (Ctrl-C), nobody reads us any more, or the system ends us. */
  readonly interrupted: () => Promise<void>
}

/** 0 fine (warnings included), 1 errors in the site, 2 wrong usage. */
export type ExitCode = 0 | 1 | 2

export interface Command {
  /** `post "标题" [--tags a,b]` … */
  readonly usage: string
  readonly help: string
  readonly flags: Readonly<Record<string, FlagSpec>>
  /** How many words the command takes, as [least, most]. */
  readonly words: readonly [least: number, most: number]
  run(parsed: Parsed, terminal: Terminal): Promise<ExitCode>
}

export const rootFlag: FlagSpec = { kind: 'text', value: 'DIR', help: 'the site (default: this folder)' }
export const helpFlag: FlagSpec = { kind: 'flag', help: 'show this' }
