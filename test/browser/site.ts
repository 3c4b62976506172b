// Sites for the browser tests: built through the command as a user would, into a folder of their own, and as of one
// fixed moment, so that no result depends on the clock. Nothing in the checkout is written.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { encodePath } from '../../src/urls.js'

/** One built site. Paths are relative to `out`, with forward slashes, sorted. */
export interface BuiltSite {
  readonly out: string
  /** Absolute, ends with `/`. */
  readonly baseUrl: string
  readonly paths: readonly string[]
  /** The HTML among `paths` that shows something: no redirect stubs. */
  readonly pages: readonly string[]
  /** Stubs of aliases: they only lead elsewhere. */
  readonly stubs: readonly string[]
  text(path: string): string
  bytes(path: string): Buffer
  /** Removes the folder. */
  remove(): void
}

export const ownSite = { root: '.', baseUrl: 'https://zhu327.github.io/' }
export const subPathSite = { root: 'test/browser/fixtures/sub-path', baseUrl: 'https://x.github.io/blog/' }

export interface SiteToBuild {
  readonly root: string
  readonly baseUrl: string
  /** A warning is a failure. */
  readonly strict?: boolean
}

/** Builds a site with `inkstone build`; throws with what the command said where it failed. */
export function buildSite({ root, baseUrl, strict = false }: SiteToBuild): BuiltSite {
  const folder = mkdtempSync(join(tmpdir(), 'inkstone-site-'))
  const out = join(folder, 'out')
  const done = spawnSync(
    process.execPath,
    [
      ...[resolve('bin/inkstone.mjs'), 'build', '--quiet', '--root', root, '--out', out],
      ...['--cache', join(folder, 'cache'), '--at', '2025-06-01T00:00:00+08:00'],
      ...(strict ? ['--strict'] : []),
    ],
    { encoding: 'utf8' },
  )
  if (done.status !== 0) throw new Error(`the site could not be built:\n${done.stdout}${done.stderr}`)
  const paths = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(out.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort()
  const text = (path: string): string => readFileSync(join(out, path), 'utf8')
  const html = paths.filter((path) => path.endsWith('.html'))
  const isStub = (path: string): boolean => /<meta http-equiv="refresh"/i.test(text(path))
  return {
    out,
    baseUrl,
    paths,
    pages: html.filter((path) => !isStub(path)),
    stubs: html.filter(isStub),
    text,
    bytes: (path) => readFileSync(join(out, path)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** `a/index.html` → `a/`, encoded: how a reader asks for an output, without the base path and its slash. */
export function addressOf(path: string): string {
  return encodePath(path.replace(/(^|\/)index\.html$/, '$1'))
}
