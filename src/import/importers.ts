// All importers by name, and how each recognises its own kind of folder.

import { importEleventy, isEleventy } from './eleventy.js'
import { importHexo } from './hexo.js'
import { isHexo } from './hexo-config.js'
import { importHugo } from './hugo.js'
import { isHugo } from './hugo-config.js'
import { importJekyll, importOctopress } from './jekyll.js'
import { isJekyll, isOctopress } from './jekyll-config.js'
import type { Importer, ImportKind, SourceFiles } from './types.js'
import { importWordPress, isWordPress } from './wordpress.js'
import { importZola, isZola } from './zola.js'

export interface KnownImporter {
  readonly import: Importer
  /** Does this folder look like one of its kind? Asked in order; the first yes counts. */
  readonly recognises: (files: SourceFiles) => boolean
}

export const importers: Readonly<Record<ImportKind, KnownImporter>> = {
  zola: { import: importZola, recognises: isZola },
  hugo: { import: importHugo, recognises: isHugo },
  octopress: { import: importOctopress, recognises: isOctopress },
  hexo: { import: importHexo, recognises: isHexo },
  eleventy: { import: importEleventy, recognises: isEleventy },
  wordpress: { import: importWordPress, recognises: isWordPress },
  jekyll: { import: importJekyll, recognises: isJekyll },
}

export function recognise(files: SourceFiles): ImportKind | undefined {
  // Object.entries widens the keys to string.
  return Object.entries(importers).find(([, importer]) => importer.recognises(files))?.[0] as
    | ImportKind
    | undefined
}
