// argv → command. The only file that exits the process, prints, or looks at the clock. Commands are loaded when
// they are called; `--version` is answered by the file that starts this one.
import type { Command, ExitCode, Terminal } from './commands/command.js'
import { tellFailure } from './commands/failure.js'
import { parseFlags, showFlags } from './commands/flags.js'
import { didYouMean, type Problem, ProblemError } from './errors.js'
import { packageVersion } from './package.js'

const commands: Readonly<Record<string, () => Promise<Command>>> = {
  build: async () => (await import('./commands/build.js')).buildCommand,
  dev: async () => (await import('./commands/dev.js')).devCommand,
  preview: async () => (await import('./commands/preview.js')).previewCommand,
  new: async () => (await import('./commands/new.js')).newCommand,
  init: async () => (await import('./commands/init.js')).initCommand,
  theme: async () => (await import('./commands/theme.js')).themeCommand,
  list: async () => (await import('./commands/list.js')).listCommand,
  why: async () => (await import('./commands/why.js')).whyCommand,
  import: async () => (await import('./commands/import.js')).importCommand,
  urls: async () => (await import('./commands/urls.js')).urlsCommand,
  ping: async () => (await import('./commands/ping.js')).pingCommand,
  check: async () => (await import('./commands/check.js')).checkCommand,
  doctor: async () => (await import('./commands/doctor.js')).doctorCommand,
  verify: async () => (await import('./commands/verify.js')).verifyCommand,
}

async function terminalOf(): Promise<Terminal> {
  const { availableParallelism } = await import('node:os')
  // Whoever read what we print has gone (`| head`): the work goes on, a server ends.
  const unread = new Promise<void>((resolve) => {
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => resolve())
  })
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    isTerminal: process.stderr.isTTY === true && process.env['NO_COLOR'] === undefined,
    now: () => Date.now(),
    cores: availableParallelism(),
    folder: process.cwd(),
    interrupted: () =>
      new Promise((resolve) => {
        void unread.then(resolve)
        for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
      }),
  }
}

async function overview(): Promise<string> {
  const rows = await Promise.all(Object.values(commands).map(async (load) => load()))
  const width = Math.max(...rows.map(({ usage }) => usage.length)) + 2
  const list = rows.map(({ usage, help }) => `  ${usage.padEnd(width)}${help}`).join('\n')
  return `inkstone ${packageVersion()}: a static blog and personal-site generator\n\n${list}\n\ninkstone COMMAND --help shows a command's flags.\n`
}

async function main(args: readonly string[]): Promise<ExitCode> {
  const [name = '', ...rest] = args
  if (name === '' || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(await overview())
    return name === '' ? 2 : 0
  }
  const terminal = await terminalOf()
  const started = terminal.now()
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    const near = didYouMean(name, Object.keys(commands))
    const what = `inkstone ${name}: no such command${near ? `, did you mean ${near}?` : ''}`
    if (rest.includes('--json')) return tellFailure([usage(what, name)], true, terminal, started, 2)
    terminal.err(`${what}\n\n${await overview()}`)
    return 2
  }
  const command = await load()
  const parsed = parseFlags(rest, command.flags)
  if (parsed.flags.has('help')) {
    terminal.out(`inkstone ${command.usage}: ${command.help}\n\n${showFlags(command.flags)}\n`)
    return 0
  }
  const [least, most] = command.words
  const problems = [...parsed.problems]
  if (parsed.words.length < least || parsed.words.length > most)
    problems.push(usage(`usage: inkstone ${command.usage}`, parsed.words.join(' ')))
  const json = parsed.flags.has('json')
  if (problems.length > 0) return tellFailure(problems, json, terminal, started, 2)
  try {
    return await command.run(parsed, terminal)
  } catch (error) {
    if (error instanceof ProblemError) return tellFailure(error.problems, json, terminal, started, 1)
    // Ours: told as such, with what a developer needs.
    terminal.err(
      `inkstone ${packageVersion()} made a mistake of its own; please report it with what follows.\n`,
    )
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error)
    terminal.err(`${what}\n`)
    return json
      ? tellFailure([{ severity: 'error', code: 'inkstone/mistake', what }], true, terminal, started, 1)
      : 1
  }
}

const usage = (what: string, found: string): Problem => ({ severity: 'error', code: 'usage', what, found })

process.exitCode = await main(process.argv.slice(2))
