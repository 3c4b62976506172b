// `inkstone urls …` as a test calls it: what it prints, and its exit code.

import { parseFlags } from '../../src/commands/flags.js'
import { urlsCommand } from '../../src/commands/urls.js'
import { testMoment } from '../incremental/options.js'

export async function urls(root: string, ...args: readonly string[]): Promise<{ code: number; out: string }> {
  let out = ''
  const terminal = {
    out: (text: string) => {
      out += text
    },
    err: () => {},
    isTerminal: false,
    now: () => testMoment,
    cores: 1,
    folder: root,
    interrupted: () => new Promise<void>(() => {}),
  }
  const code = await urlsCommand.run(parseFlags(args, urlsCommand.flags), terminal)
  return { code, out }
}
