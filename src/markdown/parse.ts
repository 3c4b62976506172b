// The one place for the Markdown parser: remark-parse with GFM, and what a document needs beyond it. A faster
// parser that yields the very same mdast may stand in here, with remark-parse as the definition.
// Traps: remark-cjk-friendly must come after remark-gfm; math and directives are loaded only for documents
// that may hold them, so that `$5`, `12:30` and `::` in prose cost and change nothing.
import remarkCjkFriendly from 'remark-cjk-friendly'
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import type { PluggableList } from 'unified'
import type { Label } from '../content/types.js'
import { autolinkSyntax } from './autolink-syntax.js'
import { directiveNames } from './directives.js'
import { hasWideText } from './scripts.js'

/** What a document needs beyond GFM; documents with equal needs share one processor. */
export interface Syntax {
  readonly cjk: boolean
  readonly math: boolean
  readonly directives: boolean
}

const directiveAtLineStart = new RegExp(`^[ \\t>*+\\d.)-]*::(?:${directiveNames.join('|')})(?![\\w-])`, 'm')

/** Looks at the text only, so it may say yes too often, never no where yes is right. */
export function syntaxOf(source: string, meta: Pick<Label, 'math'>): Syntax {
  return {
    cjk: hasWideText(source),
    math: meta.math !== false && source.includes('$'),
    directives: source.includes('::') && directiveAtLineStart.test(source),
  }
}

/** The parser as a list of plugins, remark-parse first. */
export async function parserPlugins(syntax: Syntax): Promise<PluggableList> {
  const plugins: PluggableList = [remarkParse, remarkGfm]
  if (syntax.cjk) plugins.push(autolinkSyntax, remarkCjkFriendly, remarkCjkFriendlyStrikethrough)
  if (syntax.math) plugins.push((await import('./math-syntax.js')).mathSyntax)
  if (syntax.directives) plugins.push((await import('./directive-syntax.js')).directiveSyntax)
  return plugins
}
