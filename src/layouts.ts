// Documents whose layout does not exist: told where the document names it, once for each, before any page is made.
import { placeOfField } from './content/address-place.js'
import type { Snapshot } from './content/snapshot.js'
import type { Theme } from './content/theme.js'
import type { DocId } from './content/types.js'
import { didYouMean, type Problem } from './errors.js'
import type { Page } from './pages/page.js'
import type { Metas } from './site/types.js'

/** One error for each document whose page has no layout, by id: it cannot be made. */
export function missingLayouts(
  pages: readonly Page[],
  metas: Metas,
  theme: Theme,
  snapshot: Snapshot,
): ReadonlyMap<DocId, Problem> {
  const exists = new Map<string, boolean>()
  const missing = new Map<DocId, Problem>()
  for (const { by, from, make } of pages) {
    if (by !== 'posts' || from === undefined || !('template' in make)) continue
    const found = exists.get(make.template) ?? theme.find(`${make.template}.njk`) !== undefined
    exists.set(make.template, found)
    const meta = found ? undefined : metas.get(from)
    if (!meta) continue
    const layouts = theme.names().flatMap((name) => /^([^/]+)\.njk$/.exec(name)?.[1] ?? [])
    const near = didYouMean(meta.layout, layouts)
    missing.set(from, {
      severity: 'error',
      code: 'render/no-layout',
      what: `there is no layout "${meta.layout}"${near ? `, did you mean "${near}"?` : ''}`,
      ...placeOfField(meta.file, snapshot.text(meta.file) ?? '', 'layout'),
      found: meta.layout,
      expected: layouts,
      fix: `add layouts/${meta.layout}.njk, or write another name`,
    })
  }
  return missing
}
