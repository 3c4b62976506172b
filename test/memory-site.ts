// A site on the disk in memory, with templates of its own and nothing to bundle: hundreds of builds a minute.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from '../src/build.js'
import type { BuildOptions, Built } from '../src/built.js'
import type { Disk } from '../src/engine/disk.js'
import { type MemoryDisk, memoryDisk } from '../src/engine/memory-disk.js'
import { quickBuild } from '../src/quick.js'
import { optionsFor } from './incremental/options.js'
import type { Files } from './temp-site.js'

export const root = '/site'

/** The templates of test/sites/layouts. */
const layouts: Files = Object.fromEntries(
  readdirSync('test/sites/layouts', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    .map((path) => [path.replace('test/sites/', ''), readFileSync(path)]),
)

const config = {
  title: 'Memory',
  baseUrl: 'https://memory.example/',
  language: 'en',
  timezone: 'UTC',
  search: false,
  cards: false,
}

export interface MemorySite {
  readonly disk: MemoryDisk
  write(files: Files): void
  remove(name: string): void
  /** On `disk` unless another is named. */
  build(more?: Partial<BuildOptions>): Promise<Built>
  /** As the command line does: "nothing changed" is answered from file times. */
  quickBuild(more?: Partial<BuildOptions>): Promise<Built>
  /** Path → bytes (as latin1 text), sorted. */
  tree(out?: string): Map<string, string>
}

export function memorySite(files: Files): MemorySite {
  const disk = memoryDisk()
  const site: MemorySite = {
    disk,
    write(more) {
      for (const [name, text] of Object.entries(more)) {
        const path = `${root}/${name}`
        disk.makeFolder(path.slice(0, path.lastIndexOf('/')))
        disk.write(path, text)
      }
    },
    remove: (name) => disk.remove(`${root}/${name}`),
    build: (more = {}) => build(optionsFor(root, { disk, ...more })),
    async quickBuild(more = {}) {
      const options = optionsFor(root, { disk, ...more })
      const { built, seen } = quickBuild(options.disk as Disk, options)
      return built ?? (await build(options, seen))
    },
    tree: (out = `${root}/dist`) => disk.files(out),
  }
  // How a browser shows a feed: the package's own layouts are not on this disk.
  const more = { 'layouts/feed-style.njk': '' }
  site.write({ 'site.config.json': JSON.stringify(config), ...layouts, ...more, ...files })
  return site
}

/** A few posts that show each other: links, tags, a picture, a draft. */
export const fewPosts: Files = {
  'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-01\ntags: [x]\n---\n\nThe first, before [B](./b.md).\n',
  'content/posts/b.md':
    '---\ntitle: B\ndate: 2024-01-02\ntags: [x, y]\n---\n\nThe second.\n\n![A dot](./dot.png)\n',
  'content/posts/c.md':
    '---\ntitle: C\ndate: 2024-01-03\naliases: [/old/]\n---\n\nThe third. `code`[^1]\n\n[^1]: A note.\n',
  'content/posts/d.md': '---\ntitle: D\ndate: 2024-01-04\ndraft: true\n---\n\nNot yet.\n',
  'content/posts/dot.png': Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
  'content/about.md': '---\ntitle: About\n---\n\nWho.\n',
  'public/plain.txt': 'plain\n',
}

/** One file that is not quite what it was: other titles, other links, a post gone, one new. */
export const laterPosts: Files = {
  'content/posts/a.md': '---\ntitle: A\ndate: 2024-01-01\ntags: [y]\n---\n\nThe first, rewritten.\n',
  'content/posts/c.md': '---\ntitle: See\nslug: c\ndate: 2024-01-03\n---\n\nThe third.\n',
  'content/posts/d.md': '---\ntitle: D\ndate: 2024-01-04\n---\n\nNow.\n',
  'public/plain.txt': 'plainer\n',
}
