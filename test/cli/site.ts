// A folder for one test, and the command run in it as a child process, as a user runs it.
import { spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { TestContext } from 'node:test'

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Folder {
  readonly path: string
  /** Runs `inkstone` with this folder as the working directory. */
  run(...args: readonly string[]): Ran
  /** `inkstone build --json …`: its one object; throws where there is anything else on standard output. */
  build(...args: readonly string[]): Report
  write(name: string, text: string): void
  read(name: string): string
  /** All files below, sorted; of `below` where given. */
  files(below?: string): string[]
}

export interface Report {
  readonly ok: boolean
  readonly out: string
  readonly outputs: number
  readonly written: number
  readonly removed: number
  readonly ran: number
  readonly kept: number
  readonly problems: readonly Readonly<Record<string, unknown>>[]
  readonly ms: number
  readonly code: number | null
}

const bin = resolve('bin/inkstone.mjs')

/** What a post needs least. */
export const post = (title: string, date: string, more = ''): string =>
  `---\ntitle: ${title}\ndate: ${date}\n${more}---\n\n${title}的正文。\n`

/** A configuration that gives no warning, for a site of as few files as there can be. */
export const config = '{ "title": "站", "baseUrl": "https://example.org/", "search": false }'

/** Makes a folder with these files, removed after the test. */
export function makeFolder(test: TestContext, files: Readonly<Record<string, string>>): Folder {
  // macOS: /var is a link, and the command speaks of where things really are.
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'inkstone-cli-')))
  test.after(() => rmSync(path, { recursive: true, force: true }))
  const folder: Folder = {
    path,
    run: (...args) => {
      const { NO_COLOR: _, ...env } = process.env
      const done = spawnSync(process.execPath, [bin, ...args], { cwd: path, encoding: 'utf8', env })
      return { code: done.status, out: done.stdout, err: done.stderr }
    },
    build: (...args) => {
      const { code, out } = folder.run('build', '--json', ...args)
      if (!/^\{.*\}\n$/.test(out)) throw new Error(`not one JSON object: ${out}`)
      // The shape is what the tests of --json look at.
      return { ...(JSON.parse(out) as Omit<Report, 'code'>), code }
    },
    write: (name, text) => {
      mkdirSync(dirname(join(path, name)), { recursive: true })
      writeFileSync(join(path, name), text)
    },
    read: (name) => readFileSync(join(path, name), 'utf8'),
    files: (below = '.') =>
      readdirSync(join(path, below), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(join(path, below).length + 1)
            .replaceAll('\\', '/'),
        )
        .sort(),
  }
  for (const [name, text] of Object.entries(files)) folder.write(name, text)
  return folder
}
