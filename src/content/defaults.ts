// Defaults for all documents of a folder: `_defaults.yml`, from the document's own folder up to `content/`.
// Every file that could exist on the way is asked for, so that one that appears later is noticed.
import type { Problem } from '../errors.js'
import { FieldsFault } from './fault.js'
import type { Layer } from './fields.js'
import { checkSize, faultProblem } from './frontmatter.js'
import type { Source } from './source.js'
import type { DocId, Path } from './types.js'
import { parseYaml } from './yaml.js'

/** The layers of defaults for a document, nearest folder first, and what is wrong with them. */
export function readDefaults(
  id: DocId,
  read: (path: Path) => string | undefined,
): { readonly layers: readonly Layer[]; readonly problems: readonly Problem[] } {
  const layers: Layer[] = []
  const problems: Problem[] = []
  for (const file of defaultsFiles(id)) {
    const text = read(file)
    if (text === undefined) continue
    const clean = text.replace(/^\ufeff+/, '')
    const block = clean.includes('\r') ? clean.replace(/\r\n?/g, '\n') : clean
    const source: Source = { file, text: clean, syntax: 'yaml', block, blockLine: 1 }
    try {
      checkSize(block)
      layers.push({ source, fields: parseYaml(block) })
    } catch (error) {
      if (!(error instanceof FieldsFault)) throw error
      problems.push(faultProblem(source, error))
    }
  }
  return { layers, problems }
}

/** `posts/a/b.md` → content/posts/a/_defaults.yml, content/posts/_defaults.yml, content/_defaults.yml. */
function defaultsFiles(id: DocId): Path[] {
  const folders = ['content', ...id.split('/').slice(0, -1)]
  return folders.map((_, index) => `${folders.slice(0, folders.length - index).join('/')}/_defaults.yml`)
}
