// `inkstone new post "标题"` and `inkstone new project NAME`
import { dirname, join, resolve } from 'node:path'
import { isoOf } from '../content/dates.js'
import { realDisk } from '../engine/disk.js'
import { ProblemError } from '../errors.js'
import { readConfig } from '../session.js'
import { type Command, type ExitCode, helpFlag, rootFlag, type Terminal } from './command.js'
import type { Parsed } from './flags.js'

export const newCommand: Command = {
  usage: 'new post "TITLE" | new project NAME',
  help: 'begin a post or a project page',
  words: [2, 2],
  flags: { root: rootFlag, tags: { kind: 'text', value: 'a,b', help: 'tags of the post' }, help: helpFlag },
  async run({ words, texts }: Parsed, terminal: Terminal): Promise<ExitCode> {
    const [kind = '', title = ''] = words
    const root = resolve(terminal.folder, texts.get('root') ?? '.')
    const { config } = await readConfig({ disk: realDisk, root, cache: join(root, '.inkstone') })
    const date = isoOf(terminal.now(), config.timezone)
    const name = fileNameOf(title)
    if (kind !== 'post' && kind !== 'project')
      return refuse(terminal, `new ${kind}: there are post and project`)
    if (name === '') return refuse(terminal, `"${title}" has no letter or digit to make a file name of`)
    const file =
      kind === 'post' ? `content/posts/${date.slice(0, 10)}-${name}.md` : `content/projects/${name}/index.md`
    const tags = (texts.get('tags') ?? '')
      .split(/[,，]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== '')
    const lines = [`title: ${JSON.stringify(title)}`, `date: ${date}`]
    if (tags.length > 0) lines.push(`tags: [${tags.map((tag) => JSON.stringify(tag)).join(', ')}]`)
    if (kind === 'post') lines.push('draft: true')
    const path = join(root, file)
    if (realDisk.lstat(path))
      throw new ProblemError({
        severity: 'error',
        code: 'new/exists',
        what: 'this file exists already',
        file,
        fix: 'choose another title',
      })
    realDisk.makeFolder(dirname(path))
    realDisk.write(path, `---\n${lines.join('\n')}\n---\n\n`)
    terminal.out(`${file}\n`)
    return 0
  },
}

function refuse(terminal: Terminal, what: string): ExitCode {
  terminal.err(`${what}\n`)
  return 2
}

/** Letters, digits and marks of any script stay; everything else becomes one hyphen. */
function fileNameOf(title: string): string {
  return title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
}
