// The one place for the Markdown parser: remark-parse with GFM, and what a document needs beyond it, is the definition of
// what Markdown means here. For documents of which `shared-syntax.ts` knows that it yields the very same mdast, a faster
// parser stands in.
// Traps: remark-cjk-friendly must come after remark-gfm; math and directives are loaded only for documents
// that may hold them, so that `$5`, `12:30` and `::` in prose cost and change nothing.
import remarkCjkFriendly from 'remark-cjk-friendly'
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import type { PluggableList, Processor } from 'unified'
import type { Label } from '../content/types.js'
import { autolinkSyntax } from './autolink-syntax.js'
import { directiveNames } from './directives.js'
import type { FastParser } from './fast-parse.js'
import { hasWideText } from './scripts.js'
import { mayReadAlike, readsAlike } from './shared-syntax.js'

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

/** The parser as a list of plugins, remark-parse first. `fast` stands in for it where it may. */
export async function parserPlugins(syntax: Syntax, fast?: FastParser): Promise<PluggableList> {
  const plugins: PluggableList = [remarkParse, remarkGfm]
  if (syntax.cjk) plugins.push(autolinkSyntax, remarkCjkFriendly, remarkCjkFriendlyStrikethrough)
  if (syntax.math) plugins.push((await import('./math-syntax.js')).mathSyntax)
  if (syntax.directives) plugins.push((await import('./directive-syntax.js')).directiveSyntax)
  if (fast) plugins.push(standIn(fast, syntax))
  return plugins
}

/** Tries the fast parser first. Where a plugin after it extends or replaces the parser, it is never asked. */
function standIn(fast: FastParser, syntax: Syntax) {
  return function (this: Processor): void {
    const remark = this.parser
    if (!remark) throw new Error('there is no parser to stand in for')
    const extent = (): string => {
      const { micromarkExtensions, fromMarkdownExtensions, settings } = this.data()
      return [micromarkExtensions, fromMarkdownExtensions, Object.keys(settings ?? {})]
        .map((list) => list?.length ?? 0)
        .join(' ')
    }
    const known = extent()
    this.parser = (source, file) => {
      if (extent() === known && mayReadAlike(source, syntax)) {
        const tree = fast(source)
        if (readsAlike(source, tree, syntax)) return tree
      }
      return remark(source, file)
    }
  }
}
