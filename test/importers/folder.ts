// Old sites for tests: a folder on disk or a handful of texts, brought over in memory, with each document's body made.

import { checkConfig } from '../../src/config/check.js'
import type { SiteConfig } from '../../src/config/types.js'
import { readMeta } from '../../src/content/meta.js'
import type { DocId, Meta } from '../../src/content/types.js'
import { type Assembled, assemble } from '../../src/import/assemble.js'
import { importers } from '../../src/import/importers.js'
import { normalAddress } from '../../src/import/old-addresses.js'
import type { Imported, ImportKind, SourceFiles } from '../../src/import/types.js'
import { createMarkdown } from '../../src/markdown/body.js'
import type { Body } from '../../src/markdown/types.js'
import { contextOf } from '../markdown/world.js'

/** 2026-11-23: later than anything in the test data but what is meant to be in the future. */
export const now = Date.UTC(2026, 10, 23)

export function filesOf(texts: Readonly<Record<string, string>>): SourceFiles {
  const paths = Object.keys(texts).sort()
  return {
    paths,
    has: (path) => Object.hasOwn(texts, path),
    diskPath: (path) => (Object.hasOwn(texts, path) ? path : undefined),
    text: (path) => (Object.hasOwn(texts, path) ? texts[path] : undefined),
  }
}

export interface Moved {
  readonly imported: Imported
  readonly assembled: Assembled
  readonly config: SiteConfig
  /** Text of a new file. */
  text(path: string): string
  meta(id: DocId): Meta | null
  body(id: DocId): Promise<Body>
}

/** Brings a site over. `old` are addresses in any spelling. */
export async function move(kind: ImportKind, files: SourceFiles, old?: readonly string[]): Promise<Moved> {
  const known = old === undefined ? null : new Set(old.map((address) => normalAddress(address)))
  const request = { files, old: known, now }
  const imported = importers[kind].import(request)
  const assembled = await assemble(imported, request)
  const config = configOf(assembled)
  const text = (path: string): string => {
    const file = assembled.files.get(path)
    return file && 'text' in file ? file.text : ''
  }
  const meta = (id: DocId): Meta | null =>
    readMeta(id, (path) => (path === `content/${id}` ? text(path) : undefined), config).meta
  return {
    imported,
    assembled,
    config,
    text,
    meta,
    body: async (id) => {
      const own = meta(id)
      if (!own) throw new Error(`no document ${id}`)
      return await createMarkdown({ ...contextOf(), config }).makeBody({
        meta: own,
        text: text(`content/${id}`),
      })
    },
  }
}

/** The configuration as it was written, read again: its text is an object of plain data. */
function configOf(assembled: Assembled): SiteConfig {
  const file = assembled.files.get('site.config.ts')
  const text = file && 'text' in file ? file.text : ''
  const body = text.slice(text.indexOf('defineConfig(') + 'defineConfig('.length, text.lastIndexOf(')'))
  const value: unknown = new Function(`return ${body}`)()
  const { config, problems } = checkConfig({ value, file: 'site.config.ts', text })
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) throw new Error(JSON.stringify(errors))
  return config
}
