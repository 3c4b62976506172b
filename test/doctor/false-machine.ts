// A machine and a site with nothing wrong, on the disk in memory; a test changes what it is about.
import { checkConfig } from '../../src/config/check.js'
import type { SiteConfig } from '../../src/config/types.js'
import type { Finding, Patient, Question, Surroundings } from '../../src/doctor/types.js'
import { type MemoryDisk, memoryDisk } from '../../src/engine/memory-disk.js'

export const now = Date.UTC(2026, 5, 1)

export const configOf = (own: Readonly<Record<string, unknown>> = {}): SiteConfig =>
  checkConfig({
    value: { title: 'T', baseUrl: 'https://example.org/', ...own },
    file: 'site.config.json',
    text: '',
    baseUrl: undefined,
  }).config

export const patient: Patient = {
  root: '/site',
  out: '/site/dist',
  cache: '/site/.inkstone',
  config: configOf(),
  written: new Set(['title', 'baseUrl', 'timezone']),
  configFile: 'site.config.json',
  configProblems: [],
  worldParts: { inkstone: 'a', 'Node.js': 'b' },
}

export function machine(disk: MemoryDisk = siteDisk()): Surroundings {
  return {
    disk,
    now,
    node: '22.1.0',
    engines: '>=20.19',
    timezone: 'Asia/Shanghai',
    env: {},
    processes: { own: 1, isAlive: (pid) => pid === 7, startOf: () => 'then' },
    volumeOf: () => ({ device: '1', free: 1e12, freeFiles: Number.POSITIVE_INFINITY }),
    mayRead: () => true,
    mayWrite: () => true,
    // Somebody commits, which tells clocks apart; the disk in memory has times of its own.
    git: (command) => (command === 'log' ? `${now / 1000}\n` : undefined),
    load: async () => '',
    watchLimit: 65_536,
  }
}

export function siteDisk(): MemoryDisk {
  const disk = memoryDisk()
  disk.makeFolder('/site/content/posts')
  disk.write('/site/content/posts/a.md', 'A')
  disk.write('/site/content/posts/b.md', 'B')
  disk.write('/site/content/posts/c.md', 'C')
  return disk
}

/** `ok` texts and codes, in order. */
export const brief = (findings: readonly Finding[]): string[] =>
  findings.map((found) =>
    'ok' in found ? `ok ${found.ok}` : `${found.problem.severity} ${found.problem.code}`,
  )

export const ask = async (
  question: Question,
  of: Partial<Patient>,
  on: Partial<Surroundings>,
): Promise<string[]> => brief(await question({ ...patient, ...of }, { ...machine(), ...on }))
