// argv → a command's flags and words, by a table. Unknown flags and missing values are usage mistakes, told with
// what was probably meant.
import { didYouMean, type Problem } from '../errors.js'

export type FlagKind = 'flag' | 'text' | 'count'

export interface FlagSpec {
  readonly kind: FlagKind
  /** `DIR`, `N` … for the help text. */
  readonly value?: string
  readonly help: string
}

export interface Parsed {
  readonly words: readonly string[]
  readonly flags: ReadonlySet<string>
  readonly texts: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
}

const usage = (what: string, more: Partial<Problem> = {}): Problem => ({
  severity: 'error',
  code: 'usage',
  what,
  ...more,
})

/** Reads `--flag`, `--text VALUE`, `--text=VALUE`; `--` ends the flags. `-h` is `--help`. Never throws. */
export function parseFlags(args: readonly string[], specs: Readonly<Record<string, FlagSpec>>): Parsed {
  const words: string[] = []
  const flags = new Set<string>()
  const texts = new Map<string, string>()
  const problems: Problem[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg === '--') {
      words.push(...args.slice(i + 1))
      break
    }
    if (!arg.startsWith('-') || arg === '-') {
      words.push(arg)
      continue
    }
    const [, name = '', inline] = /^--?([^=]*)(?:=([\s\S]*))?$/.exec(arg === '-h' ? '--help' : arg) ?? []
    const spec = Object.hasOwn(specs, name) && arg.startsWith('-') ? specs[name] : undefined
    if (!spec) {
      const near = didYouMean(name, Object.keys(specs))
      problems.push(
        usage(`unknown flag ${arg}${near ? `, did you mean --${near}?` : ''}`, {
          found: arg,
          expected: Object.keys(specs).map((known) => `--${known}`),
        }),
      )
      continue
    }
    if (spec.kind === 'flag') {
      if (inline !== undefined) problems.push(usage(`--${name} takes no value`, { found: arg }))
      flags.add(name)
      continue
    }
    const value = inline ?? args[++i]
    if (value === undefined || (inline === undefined && value.startsWith('--'))) {
      problems.push(usage(`--${name} needs a value`, { expected: [`--${name} ${spec.value ?? 'VALUE'}`] }))
      if (value !== undefined) i--
    } else if (spec.kind === 'count' && !/^\d{1,6}$/.test(value))
      problems.push(usage(`--${name} needs a whole number`, { found: value }))
    else texts.set(name, value)
  }
  return { words, flags, texts, problems }
}

/** The flags of one command, a line each. */
export function showFlags(specs: Readonly<Record<string, FlagSpec>>): string {
  const rows = Object.entries(specs).map(
    ([name, { value, help }]) => [`--${name}${value ? ` ${value}` : ''}`, help] as const,
  )
  const width = Math.max(...rows.map(([left]) => left.length)) + 2
  return rows.map(([left, help]) => `  ${left.padEnd(width)}${help}`).join('\n')
}
