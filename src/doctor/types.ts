// What the questions of `inkstone doctor` are asked of, and what they answer. Everything outside the program is handed in
// as Surroundings, so that a test can show each question a machine that it does not have.
import type { SiteConfig } from '../config/types.js'
import type { Disk } from '../engine/disk.js'
import type { Processes } from '../engine/lock.js'
import type { Problem } from '../errors.js'

/** What a file system says of itself. */
export interface Volume {
  /** Differs from one file system to the next. */
  readonly device: string
  /** Bytes that we may still write. */
  readonly free: number
  /** Files that may still be made; Infinity where the file system has no such limit. */
  readonly freeFiles: number
}

export interface Surroundings {
  readonly disk: Disk
  /** Milliseconds since 1970. */
  readonly now: number
  /** `22.1.0` */
  readonly node: string
  /** The package's own `engines.node`: `>=20.19`. */
  readonly engines: string
  /** The machine's time zone, as Intl names it. */
  readonly timezone: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly processes: Processes
  /** Of something that exists; undefined where the system does not say. */
  volumeOf(path: string): Volume | undefined
  mayRead(path: string): boolean
  mayWrite(path: string): boolean
  /** What git prints in the site's folder; undefined where it fails or is not installed. */
  git(...args: readonly string[]): string | undefined
  /** Loads a native package and lets it do the least it can. '' or why it did not. */
  load(name: 'sharp' | 'satteri' | 'esbuild'): Promise<string>
  /** Folders that one user may watch (inotify); undefined where there is no such limit. */
  readonly watchLimit: number | undefined
}

/** The site that is looked at; absolute paths. */
export interface Patient {
  readonly root: string
  readonly out: string
  readonly cache: string
  /** Checked; undefined where it cannot be used, which is a finding of its own. */
  readonly config: SiteConfig | undefined
  /** Keys that the configuration itself writes. */
  readonly written: ReadonlySet<string>
  /** File of the configuration, relative to the root; '' for none. */
  readonly configFile: string
  readonly configProblems: readonly Problem[]
  /** The parts of the world that a build here would have; undefined without a configuration. */
  readonly worldParts: Readonly<Record<string, string>> | undefined
}

/** What is fine, in a few words; or a Problem with the reason why it matters. An error breaks a build, nothing else is one. */
export type Finding =
  | { readonly ok: string }
  | { readonly problem: Problem & { readonly fix: string }; readonly why: string }

export type Question = (
  patient: Patient,
  surroundings: Surroundings,
) => readonly Finding[] | Promise<readonly Finding[]>

/** A finding in the order in which it is told: what, why it matters, what to do. */
export function finding(
  severity: Problem['severity'],
  code: `doctor/${string}`,
  { what, why, fix, ...place }: { what: string; why: string; fix: string; file?: string },
): Finding {
  return { problem: { severity, code, what, fix, ...place }, why }
}
