// A site in a temporary folder, made of texts: write, build, look. Nothing of this machine is in what it builds.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from '../src/build.js'
import type { BuildOptions, Built } from '../src/built.js'
import { optionsFor } from './incremental/options.js'
import { treeOf } from './incremental/trees.js'

export type Files = Readonly<Record<string, string | Uint8Array>>

export interface TempSite {
  /** Absolute; the folder above it is removed with it. */
  readonly root: string
  readonly folder: string
  write(files: Files): void
  read(name: string): string
  /** A file or folder; nothing there is fine. */
  remove(name: string): void
  /** New times, same bytes. */
  touch(name: string): void
  build(more?: Partial<BuildOptions>): Promise<Built>
  /** What stands in `dist`, or in another folder beside the site. */
  tree(out?: string): Map<string, string>
  [Symbol.dispose](): void
}

/** Makes the site. Who does not come through `withSite` calls its dispose at the end. */
export function tempSite(files: Files, name = 'site'): TempSite {
  const folder = mkdtempSync(join(tmpdir(), 'inkstone-site-'))
  const root = join(folder, name)
  const path = (file: string) => join(root, file)
  mkdirSync(root)
  const site: TempSite = {
    root,
    folder,
    write(more) {
      for (const [file, text] of Object.entries(more)) {
        mkdirSync(dirname(path(file)), { recursive: true })
        writeFileSync(path(file), text)
      }
    },
    read: (file) => readFileSync(path(file), 'utf8'),
    remove: (file) => rmSync(path(file), { recursive: true, force: true }),
    touch: (file) => utimesSync(path(file), new Date(1e12), new Date(1e12)),
    build: (more = {}) => build(optionsFor(root, more)),
    tree: (out = path('dist')) => treeOf(out),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
  site.write(files)
  return site
}

/** Runs a test on a site that is gone afterwards. */
export async function withSite<T>(files: Files, run: (site: TempSite) => Promise<T>): Promise<T> {
  const site = tempSite(files)
  try {
    return await run(site)
  } finally {
    site[Symbol.dispose]()
  }
}

/** Lays a site of test/sites into a folder, with the common templates under its own. */
export function copySite(name: string, root: string): void {
  const source = join('test/sites', name)
  cpSync('test/sites/layouts', join(root, 'layouts'), { recursive: true })
  cpSync(source, root, { recursive: true, filter: (path) => path !== join(source, 'expected') })
}
