// `inkstone theme eject [NAME]`: copies a file of the theme into the site's layouts/, where it stands in for it.
import { dirname, join, resolve } from 'node:path'
import { realDisk } from '../engine/disk.js'
import { didYouMean, type Problem, ProblemError } from '../errors.js'
import { packageFolder, packageVersion } from '../package.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import { tellFailure } from './failure.js'
import type { Parsed } from './flags.js'

export const themeCommand: Command = {
  usage: 'theme eject [NAME]',
  help: 'copy a layout, style or script of the theme to layouts/, to change it',
  words: [1, 2],
  flags: { root: rootFlag, json: { kind: 'flag', help: 'print one JSON object' }, help: helpFlag },
  async run({ words, texts, flags }: Parsed, terminal: Terminal): Promise<ExitCode> {
    const [action = '', name] = words
    const json = flags.has('json')
    if (action !== 'eject')
      return tellFailure(
        [usage(`theme ${action}: there is eject`, action, ['eject'])],
        json,
        terminal,
        terminal.now(),
        2,
      )
    const root = resolve(terminal.folder, texts.get('root') ?? '.')
    const names = themeFiles(join(packageFolder, 'layouts'))
    const stands = (file: string): boolean => realDisk.lstat(join(root, 'layouts', file)) !== null
    if (name === undefined) {
      const rows = names.map((file) => ({ file, overridden: stands(file) }))
      terminal.out(
        json
          ? `${JSON.stringify({ ok: true, version: packageVersion(), files: rows })}\n`
          : rows.map(({ file, overridden }) => `${file}${overridden ? '  (yours)' : ''}\n`).join(''),
      )
      return 0
    }
    const file = fileOf(name, names)
    if (file === undefined) {
      const near = didYouMean(name, names) ?? didYouMean(`${name}.njk`, names)
      const what = `the theme has no ${name}${near ? `, did you mean ${near}?` : ''}`
      return tellFailure(
        [usage(what, name, ['a name that `inkstone theme eject` lists'])],
        json,
        terminal,
        terminal.now(),
        2,
      )
    }
    const target = `layouts/${file}`
    if (root === packageFolder || stands(file))
      throw new ProblemError({
        severity: 'error',
        code: 'theme/exists',
        what: 'this file exists already and stands in for that of the theme',
        file: target,
        fix: 'move it away to begin anew with that of the theme',
      })
    const text = Buffer.from(realDisk.read(join(packageFolder, 'layouts', file))).toString('utf8')
    realDisk.makeFolder(dirname(join(root, target)))
    realDisk.write(join(root, target), `${originOf(file)}${text}`)
    terminal.out(
      json
        ? `${JSON.stringify({ ok: true, version: packageVersion(), files: [{ file: target }] })}\n`
        : `${target}\nIt is yours now: the theme's own changes no longer reach it.\n`,
    )
    return 0
  },
}

/** Every file below the theme's folder that a site may override, sorted. */
function themeFiles(folder: string, below = ''): string[] {
  return realDisk.list(join(folder, below)).flatMap(({ name, kind }) => {
    const path = below === '' ? name : `${below}/${name}`
    if (kind === 'folder') return themeFiles(folder, path)
    return /\.(?:njk|css|ts|js|mjs|xsl|svg)$/.test(name) ? [path] : []
  })
}

/** By its whole name, without its ending, or by a last part that only one file has: `footer`, `tokens.css`. */
function fileOf(name: string, names: readonly string[]): string | undefined {
  const typed = name.replace(/^\.?\/?(?:layouts\/)?/, '')
  const exact = names.find((file) => file === typed || file === `${typed}.njk`)
  if (exact !== undefined) return exact
  const ends = names.filter(
    (file) => `/${file}`.endsWith(`/${typed}`) || file.replace(/.*\/|\.\w+$/g, '') === typed,
  )
  return ends.length === 1 ? ends[0] : undefined
}

/** Which version it came from, as a comment of its language. */
function originOf(file: string): string {
  const said = `From Inkstone ${packageVersion()}, ${file}.`
  if (file.endsWith('.njk')) return `{# ${said} -#}\n`
  if (file.endsWith('.css')) return `/* ${said} */\n`
  return /\.(?:xsl|svg)$/.test(file) ? '' : `// ${said}\n`
}

const usage = (what: string, found: string, expected: readonly string[]): Problem => ({
  severity: 'error',
  code: 'usage',
  what,
  found,
  expected,
})
