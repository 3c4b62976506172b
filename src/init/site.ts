// What a deployment needs to know of a site. Nothing of the machine is in it but the lockfile's name.
import { join } from 'node:path'
import type { SiteConfig } from '../config/types.js'
import type { Disk } from '../engine/disk.js'

export interface DeployedSite {
  readonly config: SiteConfig
  /** `a.example`, as the host of `baseUrl`. */
  readonly host: string
  /** The branch that is checked out; `main` where that cannot be told. */
  readonly branch: string
  readonly packages: PackageManager
  /** Future moments (ms since 1970) at which a post appears or expires, soonest first. */
  readonly moments: readonly number[]
}

export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn'
  readonly lockfile: string
  /** As the lockfile says, nothing newer. */
  readonly install: string
  readonly run: string
}

const managers: readonly PackageManager[] = [
  { name: 'npm', lockfile: 'package-lock.json', install: 'npm ci', run: 'npx' },
  {
    name: 'pnpm',
    lockfile: 'pnpm-lock.yaml',
    install: 'corepack enable && pnpm install --frozen-lockfile',
    run: 'pnpm exec',
  },
  {
    name: 'yarn',
    lockfile: 'yarn.lock',
    install: 'corepack enable && yarn install --immutable',
    run: 'yarn',
  },
]

/** By the lockfile that lies in the root; npm without one, which then cannot be asked for what a lockfile says. */
export function managerOf(disk: Disk, root: string): PackageManager {
  const found = managers.find(({ lockfile }) => disk.stat(join(root, lockfile)) !== null)
  return found ?? { name: 'npm', lockfile: 'package.json', install: 'npm install', run: 'npx' }
}

export function branchOf(disk: Disk, root: string): string {
  const head = join(root, '.git', 'HEAD')
  const text = disk.stat(head)?.kind === 'file' ? Buffer.from(disk.read(head)).toString('utf8') : ''
  return /^ref: refs\/heads\/([\w./-]+)\s*$/.exec(text)?.[1] ?? 'main'
}

/** The version that hosts are asked for: the active long-term one. */
export const nodeVersion = '22'
