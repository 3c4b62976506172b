// The browser that the tests drive: found where it is, otherwise got as Debian's package where that is allowed,
// otherwise asked for in one sentence. Never downloads a browser by itself and never touches a running one.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What finding a browser may know of the machine; tests hand in another. */
export interface Machine {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isRoot: boolean
  /** Text of /etc/os-release, '' where there is none. */
  readonly release: string
  exists(path: string): boolean
  /** Runs quietly; `status` is null where the command could not be started. */
  ask(command: string, args: readonly string[]): { readonly status: number | null; readonly out: string }
  /** Runs with its output shown. Gives the exit status. */
  show(command: string, args: readonly string[]): number | null
}

export const thisMachine: Machine = {
  platform: process.platform,
  env: process.env,
  isRoot: process.getuid?.() === 0,
  release: existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '',
  exists: existsSync,
  ask: (command, args) => {
    const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', timeout: 30_000 })
    return { status, out: stdout ?? '' }
  },
  show: (command, args) => spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status,
}

/** `path` is '' where there is no browser; then `sentence` tells the reader what to do. */
export interface Found {
  readonly path: string
  readonly sentence: string
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** Finds a Chromium or Chrome that starts, or installs Debian's. */
export function provideChromium(machine: Machine): Found {
  const chosen = machine.env['CHROMIUM'] || machine.env['CHROME_PATH'] || ''
  if (chosen !== '')
    // What somebody chose is taken or refused, never silently replaced.
    return starts(machine, chosen)
      ? { path: chosen, sentence: '' }
      : { path: '', sentence: `CHROMIUM or CHROME_PATH names ${chosen}, which does not start as a browser.` }
  const path = findChromium(machine) || (installChromium(machine) ? findChromium(machine) : '')
  return path !== '' ? { path, sentence: '' } : { path: '', sentence: askForChromium }
}

const askForChromium =
  'The tests need Chromium or Chrome and found none: install one (Debian: apt-get install chromium) ' +
  'or set CHROMIUM to the path of its program, then run npm test again.'

/** The first of the usual places whose browser starts; '' for none. */
export function findChromium(machine: Machine): string {
  return places(machine).find((path) => starts(machine, path)) ?? ''
}

/** Programs on the PATH in the order of `names`, then where macOS and Windows keep theirs. */
function places({ platform, env, exists }: Machine): string[] {
  const isWindows = platform === 'win32'
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(isWindows ? ';' : delimiter)
  const onPath = names.flatMap((name) =>
    folders.filter((folder) => folder !== '').map((folder) => join(folder, isWindows ? `${name}.exe` : name)),
  )
  const homes = ['', env['HOME'] ?? '']
  const mac = ['Google Chrome', 'Chromium'].flatMap((name) =>
    homes.map((home) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
  )
  const windows = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) =>
    env[name]
      ? [
          `${env[name]}\\Google\\Chrome\\Application\\chrome.exe`,
          `${env[name]}\\Chromium\\Application\\chrome.exe`,
        ]
      : [],
  )
  return [...onPath, ...(platform === 'darwin' ? mac : []), ...(isWindows ? windows : [])].filter(exists)
}

/**
 * Ubuntu's `chromium-browser` is a stub that only asks for a snap: a path that exists is not enough.
 * On Windows `--version` would open a window, so there it is.
 */
function starts(machine: Machine, path: string): boolean {
  if (!machine.exists(path)) return false
  if (machine.platform === 'win32') return true
  const { status, out } = machine.ask(path, ['--version'])
  return status === 0 && /chrom/i.test(out)
}

/** Debian's package, where this is Debian (or made from it, but not Ubuntu: see `starts`) and we may. */
function installChromium(machine: Machine): boolean {
  const { release, isRoot } = machine
  const isDebian = /^ID(_LIKE)?=.*debian/m.test(release) && !/^ID=.*ubuntu/m.test(release)
  if (machine.platform !== 'linux' || !isDebian) return false
  if (machine.ask('apt-get', ['--version']).status !== 0) return false
  if (!isRoot && machine.ask('sudo', ['-n', 'true']).status !== 0) return false
  const before = isRoot ? [] : ['sudo', '-n']
  const run = (...args: readonly string[]): boolean => {
    const [command = '', ...rest] = [...before, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
    return machine.show(command, rest) === 0
  }
  // A failed update need not be the end: the lists that are there may do. The install decides.
  run('update', '-q')
  return run('install', '-q', '-y', '--no-install-recommends', 'chromium')
}
