import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Machine, provideChromium } from './chromium.js'

interface Given {
  readonly env?: Readonly<Record<string, string>>
  readonly platform?: string
  readonly isRoot?: boolean
  readonly release?: string
  /** Paths of browsers that start. */
  readonly browsers?: readonly string[]
  /** Paths that exist and do not start. */
  readonly stubs?: readonly string[]
  readonly hasSudo?: boolean
  /** Statuses of `apt-get update` and `apt-get install`. */
  readonly apt?: readonly [update: number, install: number]
}

/** A machine that never was, and the commands that it was seen to run. */
function machineOf(given: Given): { machine: Machine; shown: string[] } {
  const shown: string[] = []
  const browsers = new Set(given.browsers)
  const machine: Machine = {
    platform: given.platform ?? 'linux',
    env: { PATH: '/usr/local/bin:/usr/bin', ...given.env },
    isRoot: given.isRoot ?? false,
    release: given.release ?? 'ID=debian\n',
    exists: (path) => browsers.has(path) || (given.stubs ?? []).includes(path),
    ask: (command) => {
      if (command === 'apt-get') return { status: given.apt ? 0 : null, out: 'apt 2.6' }
      if (command === 'sudo') return { status: given.hasSudo ? 0 : 1, out: '' }
      return browsers.has(command)
        ? { status: 0, out: 'Chromium 150.0\n' }
        : { status: 1, out: 'get a snap\n' }
    },
    show: (command, args) => {
      const line = [command, ...args].join(' ')
      shown.push(line)
      const [update, install] = given.apt ?? [1, 1]
      if (!line.includes(' install ')) return update
      if (install === 0) browsers.add('/usr/bin/chromium')
      return install
    },
  }
  return { machine, shown }
}

const update = 'env DEBIAN_FRONTEND=noninteractive apt-get update -q'
const install = 'env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium'
const ask =
  'The tests need Chromium or Chrome and found none: install one (Debian: apt-get install chromium) ' +
  'or set CHROMIUM to the path of its program, then run npm test again.'

const cases: readonly [
  name: string,
  given: Given,
  path: string,
  sentence: string,
  shown: readonly string[],
][] = [
  [
    'the browser that CHROMIUM names comes before all others',
    { env: { CHROMIUM: '/opt/c' }, browsers: ['/opt/c', '/usr/bin/chromium'] },
    '/opt/c',
    '',
    [],
  ],
  [
    'CHROME_PATH serves where CHROMIUM is not set',
    { env: { CHROME_PATH: '/opt/c' }, browsers: ['/opt/c'] },
    '/opt/c',
    '',
    [],
  ],
  [
    'a chosen browser that does not start is refused by name, not replaced',
    { env: { CHROMIUM: '/opt/c' }, browsers: ['/usr/bin/chromium'] },
    '',
    'CHROMIUM or CHROME_PATH names /opt/c, which does not start as a browser.',
    [],
  ],
  [
    'names on the PATH are tried in order',
    { browsers: ['/usr/local/bin/google-chrome', '/usr/bin/chromium'] },
    '/usr/bin/chromium',
    '',
    [],
  ],
  [
    'a stub that only asks for a snap is passed over',
    { browsers: ['/usr/bin/google-chrome'], stubs: ['/usr/bin/chromium-browser'] },
    '/usr/bin/google-chrome',
    '',
    [],
  ],
  [
    'macOS keeps its browsers among the applications',
    {
      platform: 'darwin',
      release: '',
      browsers: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    },
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '',
    [],
  ],
  [
    'Windows keeps its browsers among the programs, and none is started to ask its version',
    {
      platform: 'win32',
      release: '',
      env: { PROGRAMFILES: 'C:\\Program Files' },
      stubs: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
    },
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    '',
    [],
  ],
  ["root gets Debian's package", { isRoot: true, apt: [0, 0] }, '/usr/bin/chromium', '', [update, install]],
  [
    'a user with passwordless sudo gets it through sudo',
    { hasSudo: true, apt: [0, 0] },
    '/usr/bin/chromium',
    '',
    [`sudo -n ${update}`, `sudo -n ${install}`],
  ],
  ['a user without sudo is told what to install', { apt: [0, 0] }, '', ask, []],
  [
    'a failed update is not the end where the install succeeds',
    { isRoot: true, apt: [100, 0] },
    '/usr/bin/chromium',
    '',
    [update, install],
  ],
  ['a failed install ends with what to install', { isRoot: true, apt: [0, 100] }, '', ask, [update, install]],
  [
    'Ubuntu, whose package is a stub, is told what to install',
    { isRoot: true, apt: [0, 0], release: 'ID=ubuntu\nID_LIKE=debian\n' },
    '',
    ask,
    [],
  ],
  ['a system without apt-get is told what to install', { isRoot: true, release: 'ID=alpine\n' }, '', ask, []],
]

for (const [name, given, path, sentence, shown] of cases)
  test(name, () => {
    const { machine, shown: seen } = machineOf(given)
    assert.deepEqual({ found: provideChromium(machine), shown: seen }, { found: { path, sentence }, shown })
  })
