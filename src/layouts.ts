// Documents whose layout does not exist: told where the document names it, once for each, before any page is made.
import { placeOfField } from './content/address-place.js'
import type { Snapshot } from './content/snapshot.js'
import type { Theme } from './content/theme.js'
import type { DocId } from './content/types.js'
import { didYouMean, type Problem } from './errors.js'
import type { Index, Metas } from './site/types.js'

/** One error for each published document without a layout, by id: their pages cannot be made. */
export function missingLayouts(
  { published }: Index,
  metas: Metas,
  theme: Theme,
  snapshot: Snapshot,
): ReadonlyMap<DocId, Problem> {
  const exists = new Map<string, boolean>()
  const missing = new Map<DocId, Problem>()
  for (const id of published) {
    const meta = metas.get(id)
    if (!meta) continue
    const found = exists.get(meta.layout) ?? theme.find(`${meta.layout}.njk`) !== undefined
    exists.set(meta.layout, found)
    if (found) continue
    const layouts = theme.names().flatMap((name) => /^([^/]+)\.njk$/.exec(name)?.[1] ?? [])
    const near = didYouMean(meta.layout, layouts)
    missing.set(id, {
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
